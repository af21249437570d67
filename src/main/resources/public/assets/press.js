// What changes a page by itself waits while a button is held down: what is written above the button
// meanwhile would move it away from under the pointer, and the click would be lost.

let pressed = false;
let waiting = [];

export function whenReleased(action) {
  if (pressed) {
    waiting.push(action);
  } else {
    action();
  }
}

function release() {
  pressed = false;
  const actions = waiting;
  waiting = [];
  // After the click, which follows the release.
  setTimeout(() => actions.forEach((action) => action()), 0);
}

document.addEventListener("pointerdown", () => {
  pressed = true;
}, true);
for (const end of ["pointerup", "pointercancel", "dragend"]) {
  document.addEventListener(end, release, true);
}
