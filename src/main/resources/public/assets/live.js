// Keeps the changing part of an experiment's page up to date. The page is complete without it.

const INTERVAL_MS = 2000;
const live = document.getElementById("live");

/** Makes `from` equal to `to` by touching only what differs, so focus and open details stay. */
function patch(from, to) {
  if (from.isEqualNode(to)) {
    return;
  }
  if (from.nodeType !== to.nodeType || from.nodeName !== to.nodeName) {
    from.replaceWith(to.cloneNode(true));
    return;
  }
  if (from.nodeType !== Node.ELEMENT_NODE) {
    from.nodeValue = to.nodeValue;
    return;
  }
  for (const name of from.getAttributeNames()) {
    // Whether details are open is the reader's business.
    if (!to.hasAttribute(name) && name !== "open") {
      from.removeAttribute(name);
    }
  }
  for (const name of to.getAttributeNames()) {
    if (from.getAttribute(name) !== to.getAttribute(name)) {
      from.setAttribute(name, to.getAttribute(name));
    }
  }
  patchChildren(from, to);
}

function patchChildren(from, to) {
  const before = [...from.childNodes];
  const after = [...to.childNodes];
  before.slice(after.length).forEach((node) => node.remove());
  after.forEach((node, i) => {
    if (i < before.length) {
      patch(before[i], node);
    } else {
      from.append(node.cloneNode(true));
    }
  });
}

function detailsName(details) {
  const part = details.closest("section, figure")?.querySelector("h2, h3, figcaption");
  return `${part?.textContent} / ${details.querySelector("summary")?.textContent}`;
}

function control() {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button quiet live-button";
  const say = () => {
    button.textContent = paused ? "Resume updates" : "Pause updates";
  };
  let paused = false;
  button.addEventListener("click", () => {
    paused = !paused;
    say();
  });
  say();
  document.querySelector(".tools").prepend(button);
  return () => paused;
}

const isPaused = control();

async function refresh() {
  if (isPaused() || document.visibilityState !== "visible") {
    return;
  }
  const answer = await fetch(live.dataset.source, { headers: { Accept: "text/html" }, redirect: "manual" });
  if (!answer.ok) {
    return;
  }
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  if (!isPaused()) {
    const open = new Set([...live.querySelectorAll("details[open]")].map(detailsName));
    patchChildren(live, page.body);
    // A part that has appeared before them may have replaced them by closed ones.
    for (const details of live.querySelectorAll("details")) {
      details.open ||= open.has(detailsName(details));
    }
  }
}

async function loop() {
  try {
    await refresh();
    live.classList.remove("stale");
  } catch {
    // The service is away; the page says when its figures were read.
    live.classList.add("stale");
  }
  setTimeout(loop, INTERVAL_MS);
}

setTimeout(loop, INTERVAL_MS);
