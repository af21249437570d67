// On a phone a long page begins with its sections closed; without this script all are open.

function fold(part) {
  for (const section of part.querySelectorAll("details.fold")) {
    section.open = false;
  }
}

if (matchMedia("(max-width: 34rem)").matches) {
  fold(document);
  // Sections that come with the evidence begin closed, too.
  const live = document.getElementById("live");
  if (live) {
    new MutationObserver((changes) => {
      for (const change of changes) {
        for (const node of change.addedNodes) {
          if (node instanceof Element && node.matches("details.fold")) {
            node.open = false;
          } else if (node instanceof Element) {
            fold(node);
          }
        }
      }
    }).observe(live, { childList: true, subtree: true });
  }
}
