/* <button data-copy="text or #id of an input" data-copied="Copied">: copies, and says so. Hidden without script. */
import { say } from "./speak.js";

const watched = new WeakSet();

function textOf(source) {
  if (!source.startsWith("#")) return source;
  const element = document.querySelector(source);
  return element?.value ?? element?.textContent.trim() ?? "";
}

export function watchCopies(root) {
  for (const button of root.querySelectorAll("button[data-copy]")) {
    if (watched.has(button) || !navigator.clipboard) continue;
    watched.add(button);
    button.hidden = false;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(textOf(button.dataset.copy));
      const before = button.textContent;
      button.textContent = button.dataset.copied || before;
      say(button.dataset.copied);
      window.setTimeout(() => {
        button.textContent = before;
      }, 2500);
    });
  }
}
