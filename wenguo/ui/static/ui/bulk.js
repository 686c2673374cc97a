/* Choosing rows: this page, or all that match; the bar shows how many. Without scripts the checkboxes and buttons still post. */
import { say } from "./texts.js";

function watch(form) {
  if (form.dataset.bulkWatched) return;
  form.dataset.bulkWatched = "1";
  const boxes = () => [...form.querySelectorAll("input[name=ids]")];
  const all = form.querySelector("[data-bulk-all]");
  const bar = form.querySelector("[data-bulk-bar]");
  const matching = form.querySelector("[data-bulk-matching]");
  let last = null;

  function count() {
    const chosen = boxes().filter((box) => box.checked).length;
    if (bar) bar.hidden = chosen === 0;
    if (matching && chosen === 0) matching.checked = false;
    for (const label of form.querySelectorAll("[data-bulk-count]")) label.textContent = matching?.checked ? say("selectedAll") : say("selected", chosen);
    if (all) { all.checked = chosen > 0 && chosen === boxes().length; all.indeterminate = chosen > 0 && chosen < boxes().length; }
  }

  form.addEventListener("click", (event) => {
    const box = event.target;
    if (box.name !== "ids") return;
    if (event.shiftKey && last) {
      const list = boxes();
      const [from, to] = [list.indexOf(last), list.indexOf(box)].sort((a, b) => a - b);
      for (const other of list.slice(from, to + 1)) other.checked = box.checked;
    }
    last = box;
  });
  form.addEventListener("change", (event) => {
    if (event.target === all) for (const box of boxes()) box.checked = all.checked;
    count();
  });
  window.addEventListener("pageshow", count);
  count();
}

export function startBulk(root = document) {
  for (const bar of root.querySelectorAll("[data-bulk-bar]")) bar.hidden = true;
  root.querySelectorAll("form[data-bulk]").forEach(watch);
}
