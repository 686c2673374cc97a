/* A link with data-dialog opens the page it leads to inside one <dialog>; forms in it post in place.
   A redirect (HX-Redirect, see ui/middleware.py) means done: the new page is loaded. Focus goes back to the link. */
import { element, say } from "./texts.js";
import { toast } from "./toast.js";

const CONTENTS = ["[data-dialog-content]", ".page-inner", "main"]; // the first that is there
let opener = null;
let address = "";

const dialog = () => document.getElementById("dialog");
const body = () => document.getElementById("dialog-body");

async function answer(url, options = {}) {
  const response = await fetch(url, { ...options, headers: { "HX-Request": "true", Accept: "text/html" } });
  const elsewhere = response.headers.get("HX-Redirect");
  if (elsewhere) {
    dialog().close();
    if (new URL(elsewhere, location.href).href === location.href) location.reload();
    else location.assign(elsewhere);
    return null;
  }
  if (response.status >= 500) throw new Error(String(response.status));
  return response.text();
}

function show(html) {
  const page = new DOMParser().parseFromString(html, "text/html");
  const content = CONTENTS.map((one) => page.querySelector(one)).find(Boolean) ?? page.body;
  document.getElementById("dialog-title").textContent = page.querySelector("main h1")?.textContent ?? page.title.split(" · ")[0];
  body().replaceChildren(...content.childNodes);
  window.htmx?.process(body());
  document.dispatchEvent(new CustomEvent("wenguo:content", { detail: body() }));
  (body().querySelector("[autofocus], [data-focus], [aria-invalid='true']") ?? body().querySelector("input:not([type=hidden]), textarea, select") ?? dialog().querySelector("[data-close-dialog]"))?.focus();
}

export async function openDialog(url, from = document.activeElement, size = "") {
  opener = from;
  address = url;
  dialog().className = size;
  document.getElementById("dialog-title").textContent = say("loading");
  body().replaceChildren(element("div", { class: "skeleton" }), element("div", { class: "skeleton" }));
  if (!dialog().open) dialog().showModal();
  try {
    const html = await answer(url);
    if (html !== null) show(html);
  } catch {
    dialog().close();
    location.assign(url);
  }
}

async function submit(event) {
  const form = event.target;
  if (!body()?.contains(form) || form.method === "dialog" || [...form.attributes].some((a) => a.name.startsWith("hx-"))) return;
  event.preventDefault();
  const fields = new FormData(form, event.submitter);
  const action = new URL(form.getAttribute("action") || address, location.href);
  event.submitter?.setAttribute("aria-busy", "true");
  try {
    if (form.method === "get") {
      action.search = new URLSearchParams(fields).toString();
      address = action.href;
    }
    const html = await answer(action.href, form.method === "get" ? {} : { method: "POST", body: fields });
    if (html !== null) show(html);
  } catch {
    toast(say("failed"), "error");
  } finally {
    event.submitter?.removeAttribute("aria-busy");
  }
}

export function startDialogs() {
  if (!dialog()) return;
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[data-dialog]");
    if (link && !event.metaKey && !event.ctrlKey && !event.shiftKey && event.button === 0) {
      event.preventDefault();
      link.closest("details.menu")?.removeAttribute("open");
      openDialog(link.href, link, link.dataset.dialog);
    }
    const closing = event.target.closest?.("dialog [data-close-dialog], dialog [data-dialog-close]");
    if (closing) {
      event.preventDefault();
      closing.closest("dialog").close();
    }
    if (event.target instanceof HTMLDialogElement && event.target.id !== "dialog") event.target.close();
  });
  document.addEventListener("submit", submit);
  dialog().addEventListener("close", () => { body().replaceChildren(); opener?.focus?.(); });
}
