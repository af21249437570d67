// Makes a part of the page equal to another by touching only what differs, so that focus, scroll
// and open details stay.

/** Whether an attribute is none of the other's business: the reader's, or that of a script. */
function keeps(element, name) {
  return name === "open" || name === "data-own" || element.dataset.own?.split(" ").includes(name);
}

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
    if (!to.hasAttribute(name) && !keeps(from, name)) {
      from.removeAttribute(name);
    }
  }
  for (const name of to.getAttributeNames()) {
    if (!keeps(from, name) && from.getAttribute(name) !== to.getAttribute(name)) {
      from.setAttribute(name, to.getAttribute(name));
    }
  }
  patchChildren(from, to);
}

/** What tells an element from its neighbours whatever appears before it; null where nothing does. */
function identity(node) {
  return node.getAttribute?.("id") || node.getAttribute?.("aria-labelledby") || null;
}

/** The child that a wanted one is the new state of, from the next child on; null for a new one. */
function counterpart(node, next, known) {
  const name = identity(node);
  if (name !== null) {
    return known.get(name) ?? null;
  }
  return next?.nodeName === node.nodeName && identity(next) === null ? next : null;
}

/** Removes a child, and answers the one after it. */
function removed(child) {
  const after = child.nextSibling;
  child.remove();
  return after;
}

export function patchChildren(from, to) {
  const wanted = new Set([...to.childNodes].map(identity));
  const known = new Map();
  for (const child of [...from.childNodes]) {
    if (wanted.has(identity(child))) {
      known.set(identity(child), child);
    } else {
      child.remove();
    }
  }
  let next = from.firstChild;
  for (const node of to.childNodes) {
    const child = counterpart(node, next, known);
    if (child === null) {
      from.insertBefore(node.cloneNode(true), next);
      continue;
    }
    // Whatever has stood between is gone; a child that is moved loses the focus.
    while (next && next !== child && identity(next) === null) {
      next = removed(next);
    }
    if (next === child) {
      next = child.nextSibling;
    } else {
      from.insertBefore(child, next);
    }
    patch(child, node);
  }
  while (next) {
    next = removed(next);
  }
}
