/* News without a long connection: asks every 20 s with the ETag of the last answer, sleeps with the page, and never moves a row:
   new things are announced in a bar, the reader decides when to load them. */
import { element, say } from "./texts.js";

const EVERY = 20000;
let etag = "";
let failures = 0;
let timer;

function announce(news) {
  const bell = document.querySelector("[data-bell-count]");
  if (bell && news.bell !== undefined) { bell.textContent = news.bell > 99 ? "99+" : news.bell; bell.hidden = !news.bell; }
  const bar = document.querySelector("[data-new-bar]");
  if (bar && news.new !== undefined) {
    bar.hidden = !news.new;
    bar.classList.add("new-bar");
    if (!bar.querySelector("button")) bar.append(element("button", { type: "button" }));
    bar.querySelector("button").textContent = news.message || say("new", news.new);
  }
  const viewers = document.querySelector("[data-viewers], [data-poll-viewers]");
  if (viewers && news.viewers !== undefined) viewers.textContent = news.viewers;
  document.dispatchEvent(new CustomEvent("wenguo:poll", { detail: news }));
}

async function ask(url) {
  clearTimeout(timer);
  if (!document.hidden) {
    try {
      const response = await fetch(url, { headers: etag ? { "If-None-Match": etag } : {}, cache: "no-store" });
      failures = 0;
      if (response.status === 200 && response.headers.get("Content-Type")?.includes("json")) {
        etag = response.headers.get("ETag") ?? "";
        announce(await response.json());
      }
    } catch { failures += 1; }
  }
  timer = setTimeout(() => ask(url), EVERY * Math.min(8, 1 + failures));
}

export function startPolling() {
  const holder = document.querySelector("[data-poll]");
  if (!holder) return;
  const url = holder.dataset.poll;
  timer = setTimeout(() => ask(url), EVERY);
  document.addEventListener("visibilitychange", () => { if (!document.hidden) ask(url); });
  document.addEventListener("click", (event) => {
    const bar = event.target.closest?.("[data-new-bar]");
    if (!bar) return;
    bar.hidden = true;
    const target = document.querySelector("[data-new-target]");
    if (target && window.htmx) window.htmx.trigger(target, "refresh");
    else location.reload();
  });
}
