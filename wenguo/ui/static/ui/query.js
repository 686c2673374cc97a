/* The search box offers what may come next: fields of the query language and their values. The text stays the truth. */
import { element } from "./texts.js";

let count = 0;

function enhance(input) {
  if (input.dataset.queryReady) return;
  input.dataset.queryReady = "1";
  const id = `query-${count += 1}`;
  const list = element("ul", { class: "combo-list", role: "listbox", id, hidden: true });
  const wrap = element("div", { class: "combo" });
  let items = [];
  let at = -1;
  let asked;
  let timer;

  input.replaceWith(wrap);
  wrap.append(input, list);
  for (const [name, value] of Object.entries({ role: "combobox", "aria-expanded": "false", "aria-controls": id, "aria-autocomplete": "list", autocomplete: "off", spellcheck: "false" })) input.setAttribute(name, value);

  const show = (open) => { list.hidden = !open; input.setAttribute("aria-expanded", String(open)); };

  function pick(item) {
    input.value = item.text;
    input.focus();
    show(false);
    if (item.text.endsWith(":") || item.text.endsWith("：")) find();
  }

  function draw() {
    list.replaceChildren(...items.map((item, index) => element("li", { role: "option", id: `${id}-${index}`, "aria-selected": String(index === at), onpointerdown: (event) => { event.preventDefault(); pick(item); } },
      element("span", {}, item.label), item.hint ? element("span", { class: "hint" }, item.hint) : null)));
    input.setAttribute("aria-activedescendant", at >= 0 ? `${id}-${at}` : "");
    show(items.length > 0);
  }

  async function find() {
    asked?.abort();
    asked = new AbortController();
    const target = new URL(input.dataset.queryUrl, location.href);
    target.searchParams.set("q", input.value);
    try {
      const response = await fetch(target, { signal: asked.signal });
      if (!response.ok) return;
      items = (await response.json()).items ?? [];
      at = -1;
      if (document.activeElement === input) draw();
    } catch { /* the next letter asks again */ }
  }

  input.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(find, 150); });
  input.addEventListener("blur", () => show(false));
  input.addEventListener("keydown", (event) => {
    if (list.hidden) return;
    if (event.key === "Escape") { event.stopPropagation(); show(false); }
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      at = (at + (event.key === "ArrowDown" ? 1 : -1) + items.length) % items.length;
      draw();
    }
    if ((event.key === "Enter" || event.key === "Tab") && at >= 0) { event.preventDefault(); pick(items[at]); }
  });
}

export function startQueries(root = document) {
  root.querySelectorAll("input[data-query-url]").forEach(enhance);
}
