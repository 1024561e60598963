/* Keys for the steps of a room: the buttons do the work, so that keys can do nothing which the page cannot. */
const isTyping = (element) => element.closest?.("input, textarea, select, dialog[open]") !== null;

export function watchKeys(root) {
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || isTyping(event.target)) return;
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    const button = Array.from(root().querySelectorAll("[data-room-key]")).find((one) => one.dataset.roomKey === key);
    if (!button) return;
    event.preventDefault();
    button.form.requestSubmit(button);
  });
}
