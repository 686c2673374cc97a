/* Forms with data-draft keep what is typed on this device. Never passwords, files or hidden fields.
   The server says when a form is done: a redirect after the POST sets a cookie with the draft's key (ui/middleware.py). */
import { element, momentText, say } from "./texts.js";

const PREFIX = "wenguo:draft:";
const DONE = "wenguo_draft_done";
const DAYS = 14 * 86400000;

const fields = (form) => [...form.elements].filter((field) => field.name && field.name !== "csrfmiddlewaretoken" && !["password", "file", "hidden", "submit", "button"].includes(field.type) && !field.hasAttribute("data-no-draft"));

function read(form) {
  const kept = {};
  for (const field of fields(form)) {
    if (field.type === "checkbox" || field.type === "radio") {
      if (field.checked !== field.defaultChecked) (kept[field.name] ??= []).push([field.value, field.checked]);
    } else if (field.type === "select-multiple") kept[field.name] = [...field.selectedOptions].map((option) => option.value);
    else if (field.value !== (field.tagName === "SELECT" ? ([...field.options].find((o) => o.defaultSelected) ?? field.options[0])?.value : field.defaultValue)) kept[field.name] = field.value;
  }
  return kept;
}

function write(form, kept) {
  for (const field of fields(form)) {
    const value = kept[field.name];
    if (value === undefined) continue;
    if (field.type === "checkbox" || field.type === "radio") {
      const found = value.find?.(([option]) => option === field.value);
      if (found) field.checked = found[1];
    } else if (field.type === "select-multiple") for (const option of field.options) option.selected = value.includes(option.value);
    else field.value = value;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

function forgetDone() {
  const cookie = document.cookie.split("; ").find((part) => part.startsWith(`${DONE}=`));
  if (!cookie) return;
  localStorage.removeItem(PREFIX + decodeURIComponent(decodeURIComponent(cookie.slice(DONE.length + 1))));
  document.cookie = `${DONE}=; max-age=0; path=/; samesite=lax`;
}

function forgetOld() {
  for (const key of Object.keys(localStorage)) {
    if (!key.startsWith(PREFIX)) continue;
    try { if (Date.now() - JSON.parse(localStorage[key]).at > DAYS) localStorage.removeItem(key); } catch { localStorage.removeItem(key); }
  }
}

function note(form, at) {
  const discard = element("button", { class: "btn text", type: "button" }, say("draftDiscard"));
  const line = element("div", { class: "draft-note", role: "status" }, say("draftRestored", momentText(new Date(at)) ?? new Date(at).toLocaleString(document.documentElement.lang)), discard);
  discard.addEventListener("click", () => { localStorage.removeItem(PREFIX + form.dataset.draft); form.reset(); line.remove(); });
  form.prepend(line);
}

function watch(form) {
  if (form.dataset.draftWatched) return;
  form.dataset.draftWatched = "1";
  const key = PREFIX + form.dataset.draft;
  form.append(element("input", { type: "hidden", name: "draft_key", value: form.dataset.draft }));
  try {
    const draft = JSON.parse(localStorage.getItem(key) ?? "null");
    if (draft && Object.keys(draft.fields).length && !form.querySelector("[aria-invalid='true']")) { write(form, draft.fields); note(form, draft.at); }
  } catch { localStorage.removeItem(key); }
  let timer;
  const keep = () => {
    const kept = read(form);
    if (Object.keys(kept).length) localStorage.setItem(key, JSON.stringify({ at: Date.now(), fields: kept }));
    else localStorage.removeItem(key);
    for (const label of form.querySelectorAll("[data-draft-state]")) label.textContent = Object.keys(kept).length ? say("draftSaved") : "";
  };
  form.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(keep, 400); });
  form.addEventListener("change", keep);
  // The timer is forgotten too: leaving the page would write the finished draft once more
  form.addEventListener("htmx:afterRequest", (event) => { if (event.detail.successful && event.detail.elt === form) { timer = clearTimeout(timer); localStorage.removeItem(key); } });
  window.addEventListener("pagehide", () => { if (form.isConnected && timer) keep(); });
}

export function startDrafts(root = document) {
  if (root === document) { forgetDone(); forgetOld(); }
  root.querySelectorAll("form[data-draft]").forEach(watch);
}
