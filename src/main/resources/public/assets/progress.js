// Follows a run by asking for its page again, and shows the whole page once the run has ended; on a
// page with a form only the part that is about the run.
import { patch } from "./patch.js";

const INTERVAL_MS = 1000;
const part = document.getElementById("progress");

async function follow() {
  try {
    const answer = await fetch(location.href, { headers: { Accept: "text/html" }, redirect: "manual" });
    if (answer.ok) {
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const now = page.getElementById("progress");
      const runs = Boolean(now?.dataset.running);
      if (!runs && !part.dataset.inPlace) {
        location.reload();
        return;
      }
      if (now) {
        patch(part, now);
      }
      if (!runs) {
        return;
      }
    }
  } catch {
    // The service is away; the next round asks again.
  }
  setTimeout(follow, INTERVAL_MS);
}

setTimeout(follow, INTERVAL_MS);
