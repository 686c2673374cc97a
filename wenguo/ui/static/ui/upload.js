/* Files before they are sent: names, sizes, pictures, remove, drag and drop, and a size check that says what to do. */
import { element, say } from "./texts.js";

const MB = 1024 * 1024;
const size = (bytes) => (bytes < MB ? `${Math.max(1, Math.round(bytes / 1024))} KB` : `${(bytes / MB).toFixed(1)} MB`);

function thumb(file) {
  if (!file.type.startsWith("image/")) return element("span", { class: "thumb small", "aria-hidden": "true" }, (file.name.split(".").pop() ?? "").slice(0, 4).toUpperCase());
  const url = URL.createObjectURL(file);
  return element("img", { src: url, alt: "", onload: () => URL.revokeObjectURL(url) });
}

function put(input, files) {
  const transfer = new DataTransfer();
  for (const file of files) transfer.items.add(file);
  input.files = transfer.files;
  draw(input);
}

function draw(input) {
  const zone = input.closest("[data-upload]");
  const limit = Number(input.dataset.maxMb || 0) * MB;
  const tooBig = [...input.files].some((file) => limit && file.size > limit);
  input.setCustomValidity(tooBig ? say("tooBig", input.dataset.maxMb) : "");
  zone.querySelector("[data-upload-list]").replaceChildren(...[...input.files].map((file) => {
    const big = limit && file.size > limit;
    const remove = element("button", { class: "btn small quiet", type: "button", "aria-label": `${say("remove")} ${file.name}`, onclick: () => put(input, [...input.files].filter((other) => other !== file)) }, say("remove"));
    return element("li", { class: `file${big ? " too-big" : ""}` }, thumb(file), element("span", { class: "name" }, file.name), big ? element("span", { class: "field-error" }, say("tooBig", input.dataset.maxMb)) : element("span", { class: "faint num" }, size(file.size)), remove);
  }));
}

function watch(zone) {
  const input = zone.querySelector("input[type=file]");
  if (!input || zone.dataset.uploadWatched) return;
  zone.dataset.uploadWatched = "1";
  let before = [];
  input.addEventListener("click", () => { before = [...input.files]; });
  input.addEventListener("change", () => {
    if (input.multiple && before.length) put(input, [...before, ...[...input.files].filter((file) => !before.some((old) => old.name === file.name && old.size === file.size))]);
    else draw(input);
  });
  for (const name of ["dragover", "dragenter"]) zone.addEventListener(name, (event) => { event.preventDefault(); zone.classList.add("over"); });
  for (const name of ["dragleave", "drop"]) zone.addEventListener(name, () => zone.classList.remove("over"));
  zone.addEventListener("drop", (event) => {
    event.preventDefault();
    const dropped = [...event.dataTransfer.files];
    put(input, input.multiple ? [...input.files, ...dropped] : dropped.slice(0, 1));
  });
}

export function startUploads(root = document) {
  root.querySelectorAll("[data-upload]").forEach(watch);
}
