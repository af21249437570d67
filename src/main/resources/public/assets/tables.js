// Fetches a chart's table when it is opened; without this script a link leads to it.
import { patchChildren } from "./patch.js";

async function load(details) {
  const answer = await fetch(details.dataset.table, { headers: { Accept: "text/html" } });
  if (!answer.ok) {
    return;
  }
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const figures = page.getElementById("figures");
  const place = details.querySelector(".loaded");
  if (!figures || !place) {
    return;
  }
  for (const name of ["tabindex", "role", "aria-label"]) {
    place.setAttribute(name, figures.getAttribute(name));
  }
  patchChildren(place, figures);
}

function begin(details) {
  // Without the service the link is still there, and it says what is wrong.
  load(details).catch(() => {});
}

document.addEventListener(
  "toggle",
  (event) => {
    if (event.target.open && event.target.dataset.table) {
      begin(event.target);
    }
  },
  true,
);

// The page has followed the evidence: what is open follows, too.
document.addEventListener("followed", () => {
  for (const details of document.querySelectorAll("details[data-table]")) {
    if (details.open) {
      begin(details);
    } else {
      details.querySelector(".loaded").replaceChildren();
    }
  }
});
