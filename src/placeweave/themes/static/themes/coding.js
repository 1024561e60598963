/* Coding: send the words as they were seen, so that the server can compare them with the text; Enter is enough. */
import { selectionIn } from "../kit/js/selection.js";

const source = document.querySelector("[data-select-source='coding-form']");
const form = document.getElementById("coding-form");
const words = form?.querySelector("[data-coding-words]");
const hint = form?.querySelector("[data-coding-hint]");
if (hint) hint.hidden = false;

document.addEventListener("selectionchange", () => {
  const found = source && selectionIn(source);
  if (!found) return;
  words.value = found.words;
  for (const tick of form.querySelectorAll("[name='sentence']:checked")) tick.checked = false;
});

/* Ticking sentences takes the place of a selection: only one of the two is meant. */
form?.addEventListener("change", (event) => {
  if (event.target.name !== "sentence") return;
  for (const field of form.querySelectorAll("[data-select-start], [data-select-end], [data-coding-words]")) field.value = "";
  form.querySelector("[data-select-words]").textContent = "";
  form.classList.remove("has-selection");
});

/* With words selected, the first letter typed begins the theme. */
document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input, textarea, select, button, a, summary");
  if (typing || event.key.length !== 1 || event.key === " " || event.ctrlKey || event.metaKey || event.altKey) return;
  if (form?.classList.contains("has-selection")) form.querySelector("[name='theme']").focus();
});
