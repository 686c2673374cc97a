/* Small manners: menus close, details remember, filters send themselves, copy, print, ask first, focus an error. */

function menus() {
  document.addEventListener("click", (event) => {
    for (const menu of document.querySelectorAll("details.menu[open], .stepper details[open]")) if (!menu.contains(event.target)) menu.open = false;
  });
  document.addEventListener("keydown", (event) => {
    const menu = event.target.closest?.("details.menu[open]");
    if (!menu) return;
    if (event.key === "Escape") { menu.open = false; menu.querySelector("summary").focus(); }
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const items = [...menu.querySelectorAll(".menu-item")];
    items[(items.indexOf(document.activeElement) + step + items.length) % items.length]?.focus();
  });
}

function remember(root) {
  for (const details of root.querySelectorAll("details[data-remember]")) {
    const key = `wenguo:open:${details.dataset.remember}`;
    const kept = localStorage.getItem(key);
    if (kept !== null) details.open = kept === "1";
    details.addEventListener("toggle", () => localStorage.setItem(key, details.open ? "1" : "0"));
  }
}

function manners() {
  document.addEventListener("click", (event) => {
    const target = event.target.closest?.("[data-copy], [data-print]");
    if (!target) return;
    if (target.dataset.copy !== undefined) navigator.clipboard?.writeText(target.dataset.copy || target.textContent.trim()).then(() => target.animate?.([{ opacity: 0.3 }, { opacity: 1 }], 300));
    else window.print();
  });
  document.addEventListener("submit", (event) => {
    const sentence = event.submitter?.dataset.confirm ?? event.target.dataset?.confirm;
    if (sentence && !window.confirm(sentence)) { event.preventDefault(); event.stopImmediatePropagation(); }
  }, true);
  document.addEventListener("change", (event) => { event.target.closest?.("form[data-submit-on-change]")?.requestSubmit(); });
  document.addEventListener("submit", (event) => {
    if (event.defaultPrevented || event.target.method !== "post") return;
    const button = event.submitter;
    setTimeout(() => { if (!event.defaultPrevented) button?.setAttribute("aria-busy", "true"); });
    window.addEventListener("pageshow", () => button?.removeAttribute("aria-busy"), { once: true });
  });
  document.addEventListener("click", (event) => { if (event.target.closest?.("[aria-disabled='true']")) event.preventDefault(); }, true);
}

function tabs() {
  document.addEventListener("click", (event) => {
    const tab = event.target.closest?.("[data-tabs] > a");
    if (!tab || event.metaKey || event.ctrlKey) return;
    const body = document.querySelector(tab.getAttribute("hx-target"));
    if (tab.getAttribute("aria-current") && (body?.querySelector("form") || tab.classList.contains("htmx-request"))) {
      event.preventDefault(); /* open already, or on its way: what is typed there stays */
      event.stopPropagation();
      body?.querySelector("textarea")?.focus();
      return;
    }
    for (const other of tab.parentElement.children) other.removeAttribute("aria-current");
    tab.setAttribute("aria-current", "true");
    tab.dataset.pressed = "1";
  }, true);
  document.addEventListener("htmx:afterSettle", (event) => {
    const tab = event.detail.requestConfig?.elt;
    if (!tab?.dataset?.pressed) return;
    event.detail.target.querySelector("textarea, input:not([type=hidden])")?.focus();
    tab.closest("section")?.scrollIntoView({ block: "nearest" });
  });
}

/* what scrolls sideways can be scrolled with the keyboard */
function reachable(root) {
  for (const box of root.querySelectorAll(".table-wrap, .scroll-x")) if (box.scrollWidth > box.clientWidth) box.tabIndex = 0;
}

/* the tab one is on is in sight where a narrow window scrolls them */
function inSight(root) {
  for (const tab of root.querySelectorAll(".tabs > [aria-current], .segments > [aria-current], .views > [aria-current]")) {
    const bar = tab.parentElement;
    if (bar.scrollWidth > bar.clientWidth) bar.scrollLeft = tab.offsetLeft - (bar.clientWidth - tab.offsetWidth) / 2 - bar.offsetLeft;
  }
}

export function startManners(root = document) {
  remember(root);
  reachable(root);
  inSight(root);
  if (root !== document) return;
  menus();
  manners();
  tabs();
  document.querySelector("[data-focus]")?.focus();
}
