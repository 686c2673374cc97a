/* Times and clocks tick: [data-when], [data-countdown], and the seconds of a delayed send [data-until]. */
import { lengthText, momentText, say } from "./texts.js";

function tickMoments() {
  for (const time of document.querySelectorAll("time[data-when]")) {
    const words = momentText(new Date(time.dateTime));
    if (words && time.textContent !== words) time.textContent = words;
  }
}

function tickCountdowns() {
  for (const time of document.querySelectorAll("time[data-countdown]")) {
    const left = new Date(time.dateTime) - Date.now();
    const words = say(left >= 0 ? "left" : "overdue", lengthText(left));
    const label = time.querySelector("span");
    if (label && label.textContent !== words) label.textContent = words;
    time.classList.toggle("kind-urgent", left < 0);
    if (left < 0) time.classList.remove("kind-major", "kind-neutral");
  }
}

function tickSeconds() {
  for (const waiting of document.querySelectorAll("[data-until]")) {
    const left = Math.ceil((new Date(waiting.dataset.until) - Date.now()) / 1000);
    const label = waiting.querySelector("[data-seconds]");
    if (label) label.textContent = left > 0 ? say("seconds", left) : "";
    if (left <= 0) {
      waiting.removeAttribute("data-until");
      for (const button of waiting.querySelectorAll("button")) button.hidden = true;
      waiting.dispatchEvent(new CustomEvent("wenguo:until", { bubbles: true }));
    }
  }
}

export function startTicking() {
  const slow = () => { tickMoments(); tickCountdowns(); };
  slow();
  tickSeconds();
  setInterval(slow, 20000);
  setInterval(tickSeconds, 1000);
  document.addEventListener("visibilitychange", () => { if (!document.hidden) slow(); });
  document.addEventListener("htmx:afterSettle", () => { slow(); tickSeconds(); });
}
