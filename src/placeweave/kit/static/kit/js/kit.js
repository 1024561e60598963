/* Everything here only adds ease: each page works without it. */
import { watchBoards } from "./board.js";
import { watchCopies } from "./copy.js";
import { watchForms } from "./forms.js";
import { watchMenus } from "./menu.js";
import { watchSelections } from "./selection.js";
import { say } from "./speak.js";

document.documentElement.classList.remove("no-script");

function start(root) {
  watchMenus(root);
  watchForms(root);
  watchBoards(root);
  watchSelections(root);
  watchCopies(root);
}

/* Where the strand is wider than a phone, the step we are at is brought into sight. */
function showStep() {
  const frame = document.querySelector(".strand__frame");
  const here = frame?.querySelector(".is-here");
  if (here) frame.scrollLeft = here.offsetLeft - (frame.clientWidth - here.offsetWidth) / 2;
}

start(document);
showStep();
document.addEventListener("htmx:load", (event) => start(event.detail.elt));

/* A refused fragment says its sentence aloud and on the page, instead of nothing. */
document.addEventListener("htmx:responseError", (event) => {
  const answer = new DOMParser().parseFromString(event.detail.xhr.responseText, "text/html");
  const sentence = answer.querySelector("[data-sentence]")?.textContent.trim();
  say(sentence || document.body.dataset.failed, { visibly: true });
});
document.addEventListener("htmx:sendError", () => say(document.body.dataset.offline, { visibly: true }));
