// Makes a part of the page equal to another by touching only what differs, so that focus, scroll
// and open details stay.

export function patch(from, to) {
  // What the page has fetched since is not in the other.
  if (from.isEqualNode(to) || from.classList?.contains("loaded")) {
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
    if (name !== "open" && from.getAttribute(name) !== to.getAttribute(name)) {
      from.setAttribute(name, to.getAttribute(name));
    }
  }
  patchChildren(from, to);
}

export function patchChildren(from, to) {
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
