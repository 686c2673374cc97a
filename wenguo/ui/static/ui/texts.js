/* Words in the page's language (templates/ui/_texts.html), and times said in them. */

const source = () => document.getElementById("ui-texts")?.dataset ?? {};

export function say(key, value = "") {
  return (source()[key] ?? key).replace("{}", value);
}

export function lengthText(milliseconds) {
  const total = Math.floor(Math.abs(milliseconds) / 60000);
  const days = Math.floor(total / 1440);
  const hours = Math.floor((total % 1440) / 60);
  const minutes = days ? 0 : total % 60;
  const said = [];
  if (days) said.push(say("days", days));
  if (hours) said.push(say("hours", hours));
  if (minutes || !said.length) said.push(say("minutes", minutes));
  return said.join(" ");
}

const zone = () => document.documentElement.dataset.timeZone || undefined;

function parts(moment) {
  const form = new Intl.DateTimeFormat("en-CA", { timeZone: zone(), year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  const found = Object.fromEntries(form.formatToParts(moment).map((part) => [part.type, part.value]));
  return { day: `${found.year}-${found.month}-${found.day}`, clock: `${found.hour}:${found.minute}` };
}

/* null: farther than a day, what the server wrote stays right */
export function momentText(moment, now = new Date()) {
  const passed = now - moment;
  if (passed >= 0 && passed < 60000) return say("justNow");
  if (passed >= 0 && passed < 3600000) return say("minutesAgo", Math.floor(passed / 60000));
  const then = parts(moment);
  const distance = Math.round((Date.parse(then.day) - Date.parse(parts(now).day)) / 86400000);
  const word = { 0: "today", "-1": "yesterday", 1: "tomorrow" }[distance];
  return word ? `${say(word)} ${then.clock}` : null;
}

export function isTyping(target) {
  return target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName)) && !/^(checkbox|radio|button|submit)$/.test(target.type ?? "");
}

export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === false || value === null || value === undefined) continue;
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else made.setAttribute(name, value === true ? "" : value);
  }
  made.append(...children.filter((child) => child !== null && child !== undefined));
  return made;
}
