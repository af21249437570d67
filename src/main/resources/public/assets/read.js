// Says the values of a chart's arms where somebody points, or where the keyboard has moved to. The
// same figures are in the chart's table; this only saves the way there.

const SIZE = 1000;
const GAP = 14;
const MOST_STOPS = 100;
const FAR = 10;
const CHARTS = "svg.plot[data-from]";
const OWN = "role tabindex aria-orientation aria-valuemin aria-valuemax aria-valuenow aria-valuetext";
const line = document.createElement("div");
const box = document.createElement("div");
line.className = "reading-line";
box.className = "reading-box";
line.hidden = box.hidden = true;
line.ariaHidden = box.ariaHidden = "true";
document.body.append(line, box);

/** Where the keyboard has moved to in charts, from 0 to 1. */
const places = new WeakMap();

/** The points of a path of straight lines, with null before each new beginning. */
function points(path) {
  const all = [];
  for (const [, letter, x, y] of path.matchAll(/([ML])([\d.]+) ([\d.]+)/g)) {
    if (letter === "M" && all.length) {
      all.push(null);
    }
    all.push([Number(x), Number(y)]);
  }
  return all;
}

/** Where a line is at x; null in a gap. Of several points at x the last counts. */
function at(all, x) {
  let found = null;
  for (let i = 1; i < all.length; i++) {
    const [a, b] = [all[i - 1], all[i]];
    if (a && b && a[0] <= x && x <= b[0]) {
      found = b[0] === a[0] ? b[1] : a[1] + ((b[1] - a[1]) * (x - a[0])) / (b[0] - a[0]);
    }
  }
  return found;
}

/** The part of a density's mass that lies after x: each point is the mass of a cell around it. */
function massAfter(all, x) {
  const cell = SIZE / (all.length - 1);
  let after = 0;
  let whole = 0;
  for (const [middle, y] of all) {
    const mass = SIZE - y;
    whole += mass;
    after += mass * Math.min(1, Math.max(0, (middle + cell / 2 - x) / cell));
  }
  return whole > 0 ? after / whole : null;
}

/** What a chart's shape says at x, as a part of the whole plot or, for a density, of its mass. */
function part(shape, chart, x) {
  const all = points(shape.getAttribute("d"));
  if ("density" in chart.dataset) {
    return massAfter(all, x);
  }
  if ("lines" in chart.dataset) {
    const y = at(all, x);
    return y === null ? null : 1 - y / SIZE;
  }
  // A band goes along its upper edge and back along its lower one.
  const above = at(all.slice(0, all.length / 2), x);
  const below = at(all.slice(all.length / 2).reverse(), x);
  return above === null || below === null ? null : (below - above) / SIZE;
}

function decimal(value, decimals) {
  const texts = new Intl.NumberFormat("en", {
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
  });
  return texts.format(value).replace("-", "\u2212");
}

/** The value that lies at a part of a chart's scale, as text. */
function scaled(chart, part) {
  const from = Number(chart.dataset.from);
  const value = from + part * (Number(chart.dataset.to) - from);
  const { factor, decimals, unit } = chart.dataset;
  return decimal(Number(factor) * value, Number(decimals)) + unit;
}

/** A probability that never reads as certainty. */
function probability(value) {
  return value > 0.999
    ? ">\u00a099.9\u00a0%"
    : value < 0.001
      ? "<\u00a00.1\u00a0%"
      : `${decimal(100 * value, 1)}\u00a0%`;
}

function values(chart, x) {
  const found = [];
  for (const shape of chart.querySelectorAll("path.line, path.band")) {
    const value = part(shape, chart, x);
    const arm = [...shape.classList].find((name) => name.startsWith("arm-"));
    const entry = chart.closest("figure").querySelector(`.legend .${arm}`);
    if (value !== null && entry) {
      const text = "density" in chart.dataset ? probability(value) : scaled(chart, value);
      found.push({ arm, name: entry.textContent.trim(), value, text });
    }
  }
  return "bands" in chart.dataset ? found : found.sort((a, b) => b.value - a.value);
}

/** What the values are of: a time, or a value of the metric. */
function heading(chart, fraction) {
  if ("density" in chart.dataset) {
    return `Probability that the true value is above ${scaled(chart, fraction)}`;
  }
  const since = Number(chart.dataset.since);
  const until = Number(chart.dataset.until);
  const day = { day: "numeric", month: "short", timeZone: "UTC" };
  const whole = { ...day, hour: "2-digit", minute: "2-digit", hourCycle: "h23" };
  const at = new Date(since + fraction * (until - since));
  return "days" in chart.dataset
    ? new Intl.DateTimeFormat("en-GB", day).format(at)
    : `${new Intl.DateTimeFormat("en-GB", whole).format(at)} UTC`;
}

function entry({ arm, name, text }) {
  const row = document.createElement("p");
  const swatch = document.createElement("span");
  const label = document.createElement("span");
  const value = document.createElement("strong");
  row.className = arm;
  swatch.className = "reading-swatch";
  label.textContent = name;
  value.textContent = text;
  row.append(swatch, label, value);
  return row;
}

function hide() {
  line.hidden = box.hidden = true;
}

function show(chart, fraction) {
  const plot = chart.querySelector("svg").getBoundingClientRect();
  const whole = chart.getBoundingClientRect();
  const found = values(chart, fraction * SIZE);
  if (!found.length) {
    hide();
    return;
  }
  const head = document.createElement("p");
  head.className = "reading-time";
  head.textContent = heading(chart, fraction);
  box.replaceChildren(head, ...found.map(entry));
  line.hidden = box.hidden = false;
  const x = whole.left + fraction * whole.width + scrollX;
  line.style.left = `${x}px`;
  line.style.top = `${plot.top + scrollY}px`;
  line.style.height = `${plot.height}px`;
  const width = box.offsetWidth;
  const right = x + GAP + width < scrollX + document.documentElement.clientWidth;
  box.style.left = `${right ? x + GAP : Math.max(scrollX, x - GAP - width)}px`;
  box.style.top = `${plot.top + scrollY}px`;
}

/** The places at which the keyboard stops: where lines have points, if these are not too many. */
function stops(chart) {
  const shapes = [...chart.querySelectorAll("path.line, path.band")];
  const all = shapes.flatMap((shape) => points(shape.getAttribute("d")));
  const found = [...new Set(all.filter(Boolean).map(([x]) => x))].sort((a, b) => a - b);
  const stride = Math.ceil(found.length / MOST_STOPS);
  const last = found.length - 1;
  return found.filter((_, i) => (last - i) % stride === 0).map((x) => x / SIZE);
}

/** Lets the keyboard reach a chart and move along it: to assistive technology it is a slider. */
function offer(chart) {
  // Kept when the page follows the evidence.
  chart.dataset.own = OWN;
  chart.setAttribute("role", "slider");
  chart.setAttribute("tabindex", "0");
  chart.setAttribute("aria-orientation", "horizontal");
  chart.setAttribute("aria-valuemin", "0");
  chart.setAttribute("aria-valuemax", String(SIZE));
  tell(chart);
}

/** The index of the stop that is nearest to a place. */
function nearest(all, place) {
  return all.reduce(
    (best, stop, i) => (Math.abs(stop - place) < Math.abs(all[best] - place) ? i : best),
    0,
  );
}

/**
 * Where the keyboard reads a chart: at its newest figures, or amidst a density, until it moves. The
 * stops move when the page follows the evidence, and between them there may be nothing to read.
 */
function place(chart) {
  const all = stops(chart);
  const start = "density" in chart.dataset ? 0.5 : 1;
  return all[nearest(all, places.get(chart) ?? start)] ?? start;
}

/** Says what the keyboard reads in a chart to assistive technology. */
function tell(chart) {
  const fraction = place(chart);
  const found = values(chart, fraction * SIZE).map(({ name, text }) => `${name} ${text}`);
  chart.setAttribute("aria-valuenow", String(Math.round(10 * SIZE * fraction) / 10));
  chart.setAttribute("aria-valuetext", [heading(chart, fraction), ...found].join(", "));
}

function moveTo(chart, fraction) {
  places.set(chart, fraction);
  tell(chart);
  show(chart, fraction);
}

/** The stop that a key leads to; null for a key that leads nowhere. */
function destination(key, all, now) {
  const last = all.length - 1;
  const steps = { ArrowLeft: -1, ArrowRight: 1, PageDown: -FAR, PageUp: FAR, Home: -last, End: last };
  return key in steps ? all[Math.min(last, Math.max(0, nearest(all, now) + steps[key]))] : null;
}

/** Nobody points at a chart: what is left is what the keyboard reads. */
function rest() {
  hide();
  const chart = document.activeElement?.closest(CHARTS);
  if (chart?.matches(":focus-visible")) {
    show(chart, place(chart));
  }
}

function pointAt(event) {
  const chart = event.target.closest?.(CHARTS);
  if (chart) {
    const whole = chart.getBoundingClientRect();
    show(chart, Math.min(1, Math.max(0, (event.clientX - whole.left) / whole.width)));
  } else {
    rest();
  }
}

document.addEventListener("pointermove", pointAt);
document.addEventListener("pointerdown", pointAt);
document.addEventListener("pointerleave", rest);
document.addEventListener("focusin", (event) => {
  const chart = event.target.closest?.(CHARTS);
  if (chart?.matches(":focus-visible")) {
    moveTo(chart, place(chart));
  }
});
document.addEventListener("focusout", hide);
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") {
    hide();
  }
  const chart = event.target.closest?.(CHARTS);
  const all = chart && !event.altKey && !event.ctrlKey && !event.metaKey ? stops(chart) : [];
  const next = all.length ? destination(event.key, all, place(chart)) : null;
  if (next !== null) {
    event.preventDefault();
    moveTo(chart, next);
  }
});

// What was read may have changed, or moved.
function follow() {
  document.querySelectorAll(CHARTS).forEach(offer);
  rest();
}

document.addEventListener("followed", follow);
follow();
