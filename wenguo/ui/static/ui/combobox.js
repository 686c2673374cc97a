/* Type-ahead over a <select data-combobox>: its own options, or JSON from data-combobox-url. The select stays the field that is sent. */
import { element, say } from "./texts.js";

let count = 0;

function enhance(select) {
  if (select.dataset.comboboxReady || select.multiple) return;
  select.dataset.comboboxReady = "1";
  const id = `combo-${count += 1}`;
  const url = select.dataset.comboboxUrl;
  const label = document.querySelector(`label[for="${select.id}"]`);
  const input = element("input", { type: "text", class: "input", role: "combobox", "aria-expanded": "false", "aria-controls": `${id}-list`, "aria-autocomplete": "list", autocomplete: "off", id, "data-no-draft": true, "aria-describedby": select.getAttribute("aria-describedby") });
  const list = element("ul", { class: "combo-list", role: "listbox", id: `${id}-list`, hidden: true });
  const wrap = element("div", { class: "combo" });
  let options = [];
  let at = -1;
  let asked;
  let timer;

  const chosenLabel = () => (select.value === "" ? "" : select.selectedOptions[0]?.textContent.trim() ?? "");
  const show = (open) => { list.hidden = !open; input.setAttribute("aria-expanded", String(open)); };

  function pick(option) {
    if (![...select.options].some((known) => known.value === String(option.value))) select.append(new Option(option.label, option.value));
    select.value = option.value;
    input.value = option.label;
    show(false);
    select.dispatchEvent(new Event("change", { bubbles: true }));
  }

  function draw() {
    list.replaceChildren(...(options.length ? options.map((option, index) => element("li", { role: "option", id: `${id}-${index}`, "aria-selected": String(index === at), onpointerdown: (event) => { event.preventDefault(); pick(option); } },
      element("span", {}, option.label), option.hint ? element("span", { class: "hint" }, option.hint) : null)) : [element("li", { class: "combo-none" }, say("none"))]));
    input.setAttribute("aria-activedescendant", at >= 0 ? `${id}-${at}` : "");
    document.getElementById(`${id}-${at}`)?.scrollIntoView({ block: "nearest" });
    show(true);
  }

  async function find(text) {
    if (!url) {
      options = [...select.options].filter((o) => o.value !== "" && o.textContent.toLowerCase().includes(text.toLowerCase())).slice(0, 60).map((o) => ({ value: o.value, label: o.textContent.trim(), hint: o.dataset.hint }));
      at = options.length ? 0 : -1;
      return draw();
    }
    asked?.abort();
    asked = new AbortController();
    const target = new URL(url, location.href);
    target.searchParams.set("q", text);
    try {
      const response = await fetch(target, { signal: asked.signal });
      if (!response.ok) return undefined;
      options = (await response.json()).items ?? [];
      at = options.length ? 0 : -1;
      return draw();
    } catch { return undefined; }
  }

  input.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(() => find(input.value.trim()), url ? 180 : 0); });
  input.addEventListener("focus", () => { input.select(); });
  input.addEventListener("click", () => { if (list.hidden) find(""); });
  input.addEventListener("blur", () => { show(false); if (input.value.trim() === "" && [...select.options].some((o) => o.value === "")) select.value = ""; input.value = chosenLabel(); });
  input.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) { event.preventDefault(); if (list.hidden) find(""); else if (options.length) { at = (at + step + options.length) % options.length; draw(); } }
    if (event.key === "Enter" && !list.hidden && options[at]) { event.preventDefault(); pick(options[at]); }
    if (event.key === "Escape" && !list.hidden) { event.preventDefault(); event.stopPropagation(); show(false); input.value = chosenLabel(); }
  });
  select.addEventListener("input", () => { input.value = chosenLabel(); });
  select.form?.addEventListener("reset", () => setTimeout(() => { input.value = chosenLabel(); }));

  input.value = chosenLabel();
  if (select.getAttribute("aria-invalid")) input.setAttribute("aria-invalid", "true");
  select.after(wrap);
  wrap.append(input, list);
  select.hidden = true;
  select.removeAttribute("required");
  if (label) label.htmlFor = id;
  else input.setAttribute("aria-label", select.getAttribute("aria-label") ?? "");
}

export function startComboboxes(root = document) {
  root.querySelectorAll("select[data-combobox]").forEach(enhance);
}
