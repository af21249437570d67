// Follows a run by asking for its page again, and shows the whole page once the run has ended.
import { patch } from "./patch.js";

const INTERVAL_MS = 1000;
const part = document.getElementById("progress");

async function follow() {
  try {
    const answer = await fetch(location.href, { headers: { Accept: "text/html" }, redirect: "manual" });
    if (answer.ok) {
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const now = page.getElementById("progress");
      if (!now || !now.dataset.running) {
        location.reload();
        return;
      }
      patch(part, now);
    }
  } catch {
    // The service is away; the next round asks again.
  }
  setTimeout(follow, INTERVAL_MS);
}

setTimeout(follow, INTERVAL_MS);
