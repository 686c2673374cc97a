/* Many at once, a few at a time: the page shows how far it is, and what became of each. Without scripts all go at once. */
const AT_ONCE = 10;

function watch(form) {
  if (form.dataset.partsWatched) return;
  form.dataset.partsWatched = "1";
  const bar = form.querySelector("progress");
  const rows = form.querySelector("tbody");

  async function perform(keys) {
    const body = new FormData(form);
    body.delete("ids");
    for (const key of keys) body.append("ids", key);
    body.append("part", "1");
    const response = await fetch(form.action, { method: "POST", body, headers: { "HX-Request": "true" } });
    if (!response.ok) throw new Error(String(response.status));
    rows.insertAdjacentHTML("beforeend", await response.text());
    bar.value += keys.length;
  }

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const keys = new FormData(form).getAll("ids");
    form.querySelector(".form-actions").hidden = true;
    bar.hidden = false;
    rows.replaceChildren();
    form.querySelector("thead th:last-child").textContent = form.dataset.partsDone;
    for (let start = 0; start < keys.length; start += AT_ONCE) {
      try {
        await perform(keys.slice(start, start + AT_ONCE));
      } catch {
        // what is left goes the plain way, and the server says what is wrong
        for (const input of form.querySelectorAll("input[name=ids]")) if (keys.indexOf(input.value) < start) input.remove();
        form.submit();
        return;
      }
    }
    bar.hidden = true;
  });
}

export function startParts(root = document) {
  root.querySelectorAll("form[data-parts]").forEach(watch);
}
