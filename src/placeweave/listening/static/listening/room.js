/* The console by keyboard. Its figures are brought up to date by htmx; the run sheet stays where it was scrolled to, and
 * comes to the stop that is on the wall when that has changed. */
import { watchKeys } from "./steps.js";

const run = () => document.querySelector("[data-run]");
const here = () => run()?.querySelector(".is-here");
let scrolled = 0;
let shown = "";

function showHere() {
  const stop = here();
  if (!stop) return;
  const isNew = stop.textContent !== shown;
  shown = stop.textContent;
  run().scrollTop = isNew ? stop.offsetTop - run().offsetTop - run().clientHeight / 3 : scrolled;
}

watchKeys(() => document.getElementById("console-now") ?? document.body);
document.addEventListener("htmx:beforeSwap", () => {
  scrolled = run()?.scrollTop ?? 0;
});
document.addEventListener("htmx:afterSwap", showHere);
showHere();
