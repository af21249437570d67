// Keeps the changing part of an experiment's page up to date. The page is complete without it.
import { patchChildren } from "./patch.js";
import { whenReleased } from "./press.js";

const AGAIN_MS = 3000;
const live = document.getElementById("live");
const away = document.getElementById("away");
let source = null;
let waiting = 0;
let paused = false;
let fresh = true;

function detailsName(details) {
  const part = details.closest("section, figure")?.querySelector("h2, h3, figcaption");
  return `${part?.textContent} / ${details.querySelector("summary")?.textContent}`;
}

function show(html) {
  const page = new DOMParser().parseFromString(html, "text/html");
  const open = new Set([...live.querySelectorAll("details[open]")].map(detailsName));
  patchChildren(live, page.body);
  // A part that has appeared before them may have replaced them by closed ones.
  for (const details of live.querySelectorAll("details")) {
    details.open ||= open.has(detailsName(details));
  }
  document.dispatchEvent(new Event("followed"));
}

function say(text) {
  live.classList.toggle("stale", text !== "");
  if (away.textContent !== text) {
    away.textContent = text;
  }
}

function close() {
  clearTimeout(waiting);
  source?.close();
  source = null;
}

function open() {
  close();
  if (paused || document.visibilityState !== "visible") {
    return;
  }
  // The page has been made just now; one that was left for a while wants its news at once.
  source = new EventSource(fresh ? `${live.dataset.source}?fresh=true` : live.dataset.source);
  fresh = false;
  source.addEventListener("live", (event) => {
    whenReleased(() => show(event.data));
    say("");
  });
  source.addEventListener("away", (event) => say(event.data));
  source.addEventListener("error", () => {
    // The browser comes back by itself after a broken connection, but not after a refusal.
    if (source?.readyState === EventSource.CLOSED) {
      close();
      waiting = setTimeout(open, AGAIN_MS);
    }
    say("No news from the service: these figures stand as of the time below. Trying again.");
  });
  source.addEventListener("open", () => say(""));
}

function control() {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button quiet live-button";
  const label = () => {
    button.textContent = paused ? "Resume updates" : "Pause updates";
  };
  button.addEventListener("click", () => {
    paused = !paused;
    label();
    open();
  });
  label();
  document.querySelector(".tools").prepend(button);
}

control();
document.addEventListener("visibilitychange", open);
addEventListener("pagehide", close);
addEventListener("pageshow", (event) => {
  if (event.persisted) {
    open();
  }
});
open();
