/* Typing sheets in: a letter goes on to the next box, arrows move about. The form works without. */
const sheets = document.querySelector("[data-sheets]");
const boxes = Array.from(sheets?.querySelectorAll("input") ?? []);
const across = sheets?.querySelector("tbody tr")?.querySelectorAll("input").length ?? 1;
const ways = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -across, ArrowDown: across };

sheets?.addEventListener("input", (event) => {
  if (/^[adp]$/i.test(event.target.value)) boxes[boxes.indexOf(event.target) + 1]?.select();
});
sheets?.addEventListener("keydown", (event) => {
  if (!(event.key in ways)) return;
  const next = boxes[boxes.indexOf(event.target) + ways[event.key]];
  if (!next) return;
  event.preventDefault();
  next.select();
});
