// Keeps the estimate and the remarks beside the form up to date, and an unfinished form on this
// device. The form is complete without it: every button posts all of it.

import { patch } from "./patch.js";
import { whenReleased } from "./press.js";

const form = document.getElementById("editor");
const plan = document.getElementById("plan");
const memory = `armwise.form.${location.pathname}`;
const touched = new Set();
let running = null;
let timer = 0;

/** Shows what is wrong with the fields that the person has left; no scolding in advance. */
function remark(part) {
  const remarks = new Map();
  for (const item of part.querySelectorAll("[data-field]")) {
    remarks.set(item.dataset.field, remarks.get(item.dataset.field) ?? item.dataset.text);
  }
  for (const field of form.querySelectorAll(".form-field :is(input, textarea, select)")) {
    if (!touched.has(field.id)) {
      continue;
    }
    const text = remarks.get(field.id) ?? "";
    document.getElementById(`${field.id}-error`).textContent = text;
    field.closest(".form-field").classList.toggle("wrong", text !== "");
    if (text === "") {
      field.removeAttribute("aria-invalid");
    } else {
      field.setAttribute("aria-invalid", "true");
    }
  }
}

function show(page) {
  const part = page.getElementById("plan");
  const simulated = page.getElementById("progress");
  if (simulated) {
    patch(document.getElementById("progress"), simulated);
  }
  if (part && part.innerHTML !== plan.innerHTML) {
    plan.replaceChildren(...part.childNodes);
  }
  remark(plan);
}

async function check() {
  running?.abort();
  running = new AbortController();
  const body = new URLSearchParams(new FormData(form));
  body.set("step", "check");
  try {
    const answer = await fetch(form.action, { method: "POST", body, signal: running.signal, headers: { Accept: "text/html" } });
    if (!answer.ok) {
      return;
    }
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    whenReleased(() => show(page));
  } catch (error) {
    if (error.name !== "AbortError") {
      // The service is away; the form says so when it is sent.
    }
  }
}

function keep() {
  const fields = [...new FormData(form)].filter(([name]) => name !== "token");
  localStorage.setItem(memory, JSON.stringify({ at: Date.now(), fields }));
}

function changed() {
  keep();
  clearTimeout(timer);
  timer = setTimeout(check, 350);
}

/** Sends the kept form instead of this one; the server lays it out with as many arms as it has. */
function restore(fields) {
  const again = document.createElement("form");
  again.method = "post";
  again.action = form.action;
  for (const [name, value] of [...fields, ["step", "check"], ["token", form.elements.token.value]]) {
    const input = document.createElement("input");
    input.type = "hidden";
    input.name = name;
    input.value = value;
    again.append(input);
  }
  document.body.append(again);
  again.submit();
}

function offer() {
  const text = localStorage.getItem(memory);
  const kept = text ? JSON.parse(text) : null;
  if (!kept) {
    return;
  }
  const same = JSON.stringify(kept.fields) === JSON.stringify([...new FormData(form)].filter(([name]) => name !== "token"));
  if (same) {
    return;
  }
  const note = document.createElement("p");
  note.className = "notice";
  note.append(`There is an unsaved form from ${new Date(kept.at).toLocaleString("en-GB", { dateStyle: "medium", timeStyle: "short" })}. `);
  const button = (label, action) => {
    const made = document.createElement("button");
    made.type = "button";
    made.className = "button quiet";
    made.textContent = label;
    made.addEventListener("click", action);
    note.append(made);
  };
  button("Go on with it", () => restore(kept.fields));
  button("Discard it", () => {
    localStorage.removeItem(memory);
    note.remove();
    form.elements.name.focus();
  });
  document.getElementById("restore").replaceChildren(note);
}

form.addEventListener("input", changed);
form.addEventListener("focusout", (event) => {
  if (event.target.id && event.target.closest(".form-field")) {
    touched.add(event.target.id);
    whenReleased(() => remark(plan));
  }
});
form.addEventListener("submit", () => {
  localStorage.removeItem(memory);
  sessionStorage.setItem(memory, "sent");
});
if (sessionStorage.getItem(memory) === "sent") {
  // The server has laid out again what was sent: that is the form as it stands.
  keep();
} else {
  offer();
}
sessionStorage.removeItem(memory);
