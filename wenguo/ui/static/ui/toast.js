/* Short messages at the corner. Errors stay until closed; the rest leaves after eight seconds, not while pointed at. */
import { element, say } from "./texts.js";

const KINDS = { success: "kind-ok", info: "kind-act", warning: "kind-major", error: "kind-urgent" };
const SVG = "http://www.w3.org/2000/svg";

function mark(path) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("class", "icon");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  const line = document.createElementNS(SVG, "path");
  line.setAttribute("d", path);
  svg.append(line);
  return svg;
}

function leaveLater(toast) {
  if (toast.dataset.toast === "error" || toast.dataset.toast === "warning") return;
  let timer;
  const start = () => { timer = setTimeout(() => toast.remove(), 8000); };
  const stop = () => clearTimeout(timer);
  for (const name of ["pointerenter", "focusin"]) toast.addEventListener(name, stop);
  for (const name of ["pointerleave", "focusout"]) toast.addEventListener(name, start);
  start();
}

export function toast(text, level = "info") {
  const bad = level === "error" || level === "warning";
  const made = element("div", { class: `toast ${KINDS[level] ?? KINDS.info}`, "data-toast": level },
    mark(bad ? "M12 4 2.8 20h18.400zM12 10v4.500M12 17v.3" : "m5 12.5 4.5 4.500L19.5 7"),
    element("div", {}, text),
    element("button", { class: "icon-btn", type: "button", "data-close-toast": true, "aria-label": say("close") }, mark("m6 6 12 12M18 6 6 18")));
  document.getElementById("toasts")?.append(made);
  leaveLater(made);
}

export function startToasts() {
  document.querySelectorAll("[data-toast]").forEach(leaveLater);
  document.addEventListener("click", (event) => {
    event.target.closest?.("[data-close-toast]")?.closest(".toast")?.remove();
    const demo = event.target.closest?.("[data-demo-toast]");
    if (demo) toast(demo.dataset.demoToast, "success");
  });
  document.addEventListener("wenguo:toast", (event) => toast(event.detail.text ?? event.detail.value, event.detail.level));
  document.addEventListener("htmx:sendError", () => toast(say("failed"), "error"));
  document.addEventListener("htmx:responseError", () => toast(say("failed"), "error"));
}
