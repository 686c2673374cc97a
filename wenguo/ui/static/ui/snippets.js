/* While writing: "::" text modules, "??" articles, "@@" people. A textarea, or else the body, says where each is found:
   data-text-modules, data-articles, data-mentions = addresses of JSON {"items":[{"label","hint","text"}]}. */
import { element, say } from "./texts.js";

const MARKS = { "::": "textModules", "??": "articles", "@@": "mentions" };
const PATTERN = /(::|\?\?|？？|：：|@@)([^\s:?@]{0,30})$/u;
const PLAIN = { "？？": "??", "：：": "::" };

let list = null;
let area = null;
let found = [];
let at = 0;
let asked;
let timer;

function close() {
  list?.remove();
  list = null;
  found = [];
}

function asking() {
  const before = area.value.slice(0, area.selectionStart);
  const match = PATTERN.exec(before);
  if (!match) return null;
  const mark = PLAIN[match[1]] ?? match[1];
  const url = area.dataset[MARKS[mark]] ?? document.body.dataset[MARKS[mark]];
  return url ? { url, words: match[2], length: match[0].length } : null;
}

function take(item) {
  const question = asking();
  if (!question) return close();
  area.setRangeText(item.text ?? item.label, area.selectionStart - question.length, area.selectionStart, "end");
  area.dispatchEvent(new Event("input", { bubbles: true }));
  area.focus();
  return close();
}

function draw() {
  list ??= element("ul", { class: "combo-list snippets", role: "listbox", id: "snippets" });
  list.replaceChildren(...found.map((item, index) => element("li", { role: "option", id: `snippet-${index}`, "aria-selected": String(index === at), onpointerdown: (event) => { event.preventDefault(); take(item); } },
    element("span", {}, item.label), item.hint ? element("span", { class: "hint clip" }, item.hint) : null)));
  if (!found.length) list.replaceChildren(element("li", { class: "combo-none" }, say("none")));
  if (!list.isConnected) { area.parentElement.classList.add("combo"); area.after(list); }
  list.style.top = `${area.offsetTop + area.offsetHeight + 2}px`;
  area.setAttribute("aria-controls", "snippets");
  area.setAttribute("aria-activedescendant", found.length ? `snippet-${at}` : "");
}

async function look() {
  const question = asking();
  if (!question) return close();
  asked?.abort();
  asked = new AbortController();
  try {
    const target = new URL(question.url, location.href);
    target.searchParams.set("q", question.words);
    const response = await fetch(target, { signal: asked.signal, headers: { Accept: "application/json" } });
    if (!response.ok) return close();
    found = (await response.json()).items ?? [];
    at = 0;
    return draw();
  } catch { return undefined; }
}

function onKey(event) {
  if (!list || event.isComposing || event.target !== area) return;
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step && found.length) { event.preventDefault(); at = (at + step + found.length) % found.length; draw(); }
  if ((event.key === "Enter" || event.key === "Tab") && !event.ctrlKey && !event.metaKey && found[at]) { event.preventDefault(); take(found[at]); }
  if (event.key === "Escape") { event.preventDefault(); event.stopPropagation(); close(); }
}

export function startSnippets() {
  document.addEventListener("input", (event) => {
    if (!event.target.matches?.("textarea")) return;
    area = event.target;
    clearTimeout(timer);
    if (asking()) timer = setTimeout(look, 150);
    else close();
  });
  document.addEventListener("keydown", onKey, true);
  document.addEventListener("focusout", (event) => { if (event.target === area) setTimeout(close, 100); });
}
