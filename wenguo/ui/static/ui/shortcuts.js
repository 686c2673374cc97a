/* Keys. What exists is what the page declares: data-key="g c" on links, buttons and inputs; data-list with data-row. */
import { element, isTyping, say } from "./texts.js";

const OFF = "wenguo:shortcuts-off";
let first = "";
let timer;

const isOff = () => localStorage.getItem(OFF) === "1";
const plainText = (node) => [...node.childNodes].filter((child) => child.nodeName !== "KBD").map((child) => child.textContent).join("").trim();
const visible = (node) => node.offsetParent !== null || node.closest(".rail, details");

function press(key) {
  const target = [...document.querySelectorAll(`[data-key="${CSS.escape(key)}"]`)].find(visible);
  if (!target) return false;
  if (isTyping(target)) { target.focus(); target.select?.(); } else target.click();
  return true;
}

const rows = () => [...document.querySelectorAll("[data-list] [data-row]")].filter((row) => row.offsetParent !== null);
const cursor = () => document.querySelector("[data-row].is-cursor");

function move(step) {
  const all = rows();
  if (!all.length) return false;
  const next = all[Math.min(all.length - 1, Math.max(0, all.indexOf(cursor()) + step))] ?? all[0];
  cursor()?.classList.remove("is-cursor");
  next.classList.add("is-cursor");
  next.scrollIntoView({ block: "nearest" });
  next.querySelector("a[href], button")?.focus({ preventScroll: true });
  return true;
}

function openRow() {
  const row = cursor();
  const link = row?.querySelector("[data-open], td.main a, a[href]");
  if (link) link.click();
  else if (row?.dataset.href) location.assign(row.dataset.href);
  return Boolean(row);
}

function selectRow() {
  const box = cursor()?.querySelector("input[type=checkbox]");
  box?.click();
  return Boolean(box);
}

const ROW_KEYS = { j: () => move(1), k: () => move(-1), o: openRow, x: selectRow };

export function openSheet() {
  const sheet = document.getElementById("shortcuts");
  if (!sheet || sheet.open) return;
  const found = new Map();
  for (const node of document.querySelectorAll("[data-key]")) {
    found.set(node.dataset.key, node.dataset.keyLabel || node.getAttribute("aria-label") || plainText(node));
  }
  if (rows().length) for (const [key, word] of [["j", "next"], ["k", "previous"], ["o", "open"], ["x", "select"]]) found.set(key, say(word));
  found.set("Ctrl Enter", say("send"));
  found.set("Ctrl K", say("palette"));
  found.set("?", say("cheatSheet"));
  sheet.querySelector(".keys").replaceChildren(...[...found].map(([key, label]) =>
    element("li", {}, element("span", {}, label), element("span", {}, ...key.split(" ").flatMap((part) => [element("kbd", {}, part), " "])))));
  sheet.querySelector("[data-shortcuts-switch]").checked = !isOff();
  sheet.showModal();
}

function onKey(event) {
  if ((event.ctrlKey || event.metaKey) && event.key === "Enter") {
    const form = event.target.closest?.("form");
    if (form) { event.preventDefault(); form.requestSubmit(form.querySelector("button[type=submit].primary, button[type=submit]")); }
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || isTyping(event.target) || document.querySelector("dialog[open]")) return;
  if (event.key === "?") { event.preventDefault(); openSheet(); return; }
  if (isOff()) return;
  const key = first ? `${first} ${event.key}` : event.key;
  clearTimeout(timer);
  const used = press(key) || (!first && ROW_KEYS[event.key]?.());
  first = !used && !first && document.querySelector(`[data-key^="${CSS.escape(event.key)} "]`) ? event.key : "";
  if (first) timer = setTimeout(() => { first = ""; }, 1200);
  if (used || first) event.preventDefault();
}

export function startShortcuts() {
  document.addEventListener("keydown", onKey);
  document.addEventListener("click", (event) => { if (event.target.closest?.("[data-open-shortcuts]")) openSheet(); });
  document.addEventListener("change", (event) => {
    if (event.target.matches?.("[data-shortcuts-switch]")) localStorage.setItem(OFF, event.target.checked ? "0" : "1");
  });
}
