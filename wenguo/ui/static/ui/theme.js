/* The theme menu works as a form; here it answers at once and tells the server behind. */

export function startTheme() {
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.matches?.("[data-theme-form]") || !event.submitter) return;
    event.preventDefault();
    const chosen = event.submitter.value;
    const root = document.documentElement;
    if (chosen === "auto") root.removeAttribute("data-theme");
    else root.dataset.theme = chosen;
    for (const button of form.querySelectorAll("button")) button.toggleAttribute("aria-current", button === event.submitter);
    form.closest("details").open = false;
    const body = new FormData(form);
    body.set("theme", chosen);
    fetch(form.action, { method: "POST", body, redirect: "manual" }).catch(() => form.submit());
    document.dispatchEvent(new CustomEvent("wenguo:theme", { detail: chosen }));
  });
}
