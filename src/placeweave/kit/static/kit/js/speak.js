/* Say a sentence to people who listen and, where asked, show it to people who look. */
export function say(sentence, { visibly = false } = {}) {
  if (!sentence) return;
  const speaker = document.querySelector("[data-speaker]");
  if (!speaker) return;
  speaker.classList.toggle("visually-hidden", !visibly);
  speaker.textContent = "";
  window.setTimeout(() => {
    speaker.textContent = sentence;
  }, 50);
  if (visibly) window.setTimeout(() => speaker.classList.add("visually-hidden"), 12000);
}
