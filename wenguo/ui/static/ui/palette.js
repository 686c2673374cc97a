/* Ctrl/⌘+K: places of the navigation, buttons of this page, and what the server finds for the words typed. */
import { element, say } from "./texts.js";

let items = [];
let chosen = 0;
let asked;

const palette = () => document.getElementById("palette");
const input = () => palette().querySelector("input");
const list = () => document.getElementById("palette-list");

function ownItems() {
  const places = [...document.querySelectorAll("[data-palette-item]")].map((link) => ({
    label: link.querySelector("span")?.textContent ?? link.textContent.trim(), hint: link.dataset.key ?? "", group: say("pages"), run: () => link.click(),
  }));
  const doings = [...document.querySelectorAll("main [data-key], main .ws-actions a.btn, main .page-head a.btn")].filter((node) => !node.matches("input, textarea, select")).map((node) => ({
    label: node.dataset.keyLabel || node.textContent.trim(), hint: node.dataset.key ?? "", group: say("onPage"), run: () => node.click(),
  }));
  return [...doings, ...places];
}

function matches(item, words) {
  const text = `${item.label} ${item.hint ?? ""}`.toLowerCase();
  return words.every((word) => text.includes(word));
}

function draw() {
  const nodes = [];
  let group = "";
  items.forEach((item, index) => {
    if (item.group && item.group !== group) nodes.push(element("div", { class: "palette-group", role: "presentation" }, group = item.group));
    nodes.push(element("div", { class: "palette-item", role: "option", id: `palette-${index}`, "aria-selected": String(index === chosen), onclick: () => run(index) },
      element("span", { class: "clip" }, item.label), element("span", { class: "hint" }, item.hint ?? "")));
  });
  if (!items.length) nodes.push(element("div", { class: "palette-group" }, say("none")));
  list().replaceChildren(...nodes);
  input().setAttribute("aria-activedescendant", items.length ? `palette-${chosen}` : "");
  document.getElementById(`palette-${chosen}`)?.scrollIntoView({ block: "nearest" });
}

function run(index) {
  const item = items[index];
  if (!item) return;
  palette().close();
  if (item.run) item.run();
  else location.assign(item.url);
}

async function ask(text) {
  const url = palette().dataset.url;
  if (!url) return;
  asked?.abort();
  asked = new AbortController();
  try {
    const target = new URL(url, location.href);
    target.searchParams.set("q", text);
    const response = await fetch(target, { signal: asked.signal, headers: { Accept: "application/json" } });
    if (!response.ok) return;
    const found = (await response.json()).items ?? [];
    items = [...items.filter((item) => item.run), ...found];
    draw();
  } catch { /* a newer question, or no connection: the places of the page remain */ }
}

function refresh() {
  const words = input().value.trim().toLowerCase().split(/\s+/).filter(Boolean);
  items = ownItems().filter((item) => matches(item, words));
  chosen = 0;
  draw();
  ask(input().value.trim());
}

export function openPalette() {
  if (!palette() || palette().open) return;
  input().value = "";
  palette().showModal();
  refresh();
  input().focus();
}

export function startPalette() {
  if (!palette()) return;
  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && !event.shiftKey && event.key.toLowerCase() === "k") { event.preventDefault(); openPalette(); }
  });
  document.addEventListener("click", (event) => { if (event.target.closest?.("[data-open-palette]")) openPalette(); });
  input().addEventListener("input", refresh);
  input().addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && items.length) { event.preventDefault(); chosen = (chosen + step + items.length) % items.length; draw(); }
    if (event.key === "Enter") { event.preventDefault(); run(chosen); }
  });
}
