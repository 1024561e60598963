/* The wall asks every second whether it has changed; most answers are "no" and empty. Steps are taken without leaving. */
import { watchKeys } from "./steps.js";

const EVERY = 1000;
const PATIENCE = 3;
const now = document.getElementById("wall-now");
const controls = document.getElementById("wall-controls");
const lost = document.querySelector("[data-wall-lost]");
let mark = "";
let missed = 0;

document.documentElement.classList.remove("no-script");

function connected(isThere) {
  missed = isThere ? 0 : missed + 1;
  lost.hidden = missed < PATIENCE;
}

function take(html) {
  now.innerHTML = html;
  const version = now.querySelector("[data-version]")?.dataset.version;
  for (const field of document.querySelectorAll("#wall-controls input[name='seen']")) field.value = version ?? field.value;
}

async function look() {
  try {
    const answer = await fetch(now.dataset.now, {
      headers: mark ? { "If-None-Match": mark } : {},
      cache: "no-store",
      signal: AbortSignal.timeout(5000),
    });
    if (answer.status === 404) return location.reload(); // the room was ended, or the key has run out
    if (answer.status === 200) {
      mark = answer.headers.get("ETag") ?? "";
      const before = now.querySelector("[data-version]")?.dataset.version;
      take(await answer.text());
      if (now.querySelector("[data-version]")?.dataset.version !== before) await freshControls();
    }
    connected(answer.ok || answer.status === 304);
  } catch {
    connected(false);
  }
}

function adopt(html) {
  const page = new DOMParser().parseFromString(html, "text/html");
  for (const id of ["wall-now", "wall-controls", "wall-told"]) {
    const fresh = page.getElementById(id);
    if (!fresh) return location.reload();
    document.getElementById(id).innerHTML = fresh.innerHTML;
  }
}

/* Somebody else took a step: "Show results" may now be "Hide results". */
async function freshControls() {
  const answer = await fetch(location.href, { cache: "no-store" });
  if (answer.ok) adopt(await answer.text());
}

controls.addEventListener("submit", async (event) => {
  event.preventDefault();
  // A second press before the first is answered would start from a wall that has moved on.
  if (controls.hasAttribute("aria-busy")) return;
  controls.setAttribute("aria-busy", "true");
  const sent = new FormData(event.target, event.submitter);
  const focused = event.submitter?.id;
  try {
    const answer = await fetch(event.target.action, { method: "POST", body: sent });
    adopt(await answer.text());
    if (focused) document.getElementById(focused)?.focus();
    connected(answer.ok);
  } catch {
    connected(false);
  } finally {
    controls.removeAttribute("aria-busy");
  }
});

async function keepLooking() {
  await look();
  window.setTimeout(keepLooking, EVERY);
}

watchKeys(() => document);
window.setTimeout(keepLooking, EVERY);
