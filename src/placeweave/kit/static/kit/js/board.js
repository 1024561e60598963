/* A board by keyboard: j and k walk the cards, m opens "Move to", s split, a accept, r refuse, u undo, ? shows the
 * keys; a key does nothing where a board has nothing to do it with.
 *
 *   <div data-board> ... <li data-board-card tabindex="-1"> <details data-board-move>, <a|button data-board-split>, <button data-board-accept>,
 *   <details data-board-refuse> ...
 *   <form|button data-board-undo> and <dialog data-board-keys> stand anywhere in the page.
 *
 * Cards may also be dragged onto [data-board-column]: dropping sets the card's own "Move to" form and sends it, so
 * that dragging can do nothing which the form cannot.
 */
const watched = new WeakSet();

const isTyping = (element) => element.closest("input, textarea, select, [contenteditable='true'], dialog[open]") !== null;
const cardsOf = (board) => Array.from(board.querySelectorAll("[data-board-card]"));
const cardAt = (element) => element.closest?.("[data-board-card]") ?? null;

function step(board, by) {
  const cards = cardsOf(board);
  if (!cards.length) return;
  const here = cards.indexOf(cardAt(document.activeElement));
  const next = cards[Math.min(Math.max(here + by, 0), cards.length - 1)];
  next.focus();
  next.scrollIntoView({ block: "nearest", inline: "nearest" });
}

function openMove(card) {
  const move = card?.querySelector("[data-board-move]");
  if (!move) return;
  move.open = true;
  move.querySelector("select, button, input:not([type='hidden'])")?.focus();
}

function openRefusal(card) {
  const refusal = card?.querySelector("[data-board-refuse]");
  if (!refusal) return;
  refusal.open = true;
  refusal.querySelector("select")?.focus();
}

function undo() {
  const control = document.querySelector("[data-board-undo]");
  if (control instanceof HTMLFormElement) control.requestSubmit();
  else control?.click();
}

function keysOf(board) {
  return {
    j: () => step(board, 1),
    k: () => step(board, -1),
    m: () => openMove(cardAt(document.activeElement)),
    s: () => cardAt(document.activeElement)?.querySelector("[data-board-split]")?.click(),
    a: () => cardAt(document.activeElement)?.querySelector("[data-board-accept]")?.click(),
    r: () => openRefusal(cardAt(document.activeElement)),
    u: undo,
    "?": () => document.querySelector("dialog[data-board-keys]")?.showModal(),
  };
}

function letDrag(board) {
  let dragged = null;
  board.addEventListener("dragstart", (event) => {
    dragged = cardAt(event.target);
    event.dataTransfer?.setData("text/plain", "");
  });
  for (const column of board.querySelectorAll("[data-board-column]")) {
    column.addEventListener("dragover", (event) => {
      if (!dragged) return;
      event.preventDefault();
      column.classList.add("is-over");
    });
    column.addEventListener("dragleave", () => column.classList.remove("is-over"));
    column.addEventListener("drop", (event) => {
      event.preventDefault();
      column.classList.remove("is-over");
      const choice = dragged?.querySelector("[data-board-move] select");
      if (!choice || choice.value === column.dataset.boardColumn) return;
      choice.value = column.dataset.boardColumn;
      choice.form.requestSubmit();
    });
  }
}

export function watchBoards(root) {
  for (const board of root.querySelectorAll("[data-board]")) {
    if (watched.has(board)) continue;
    watched.add(board);
    const keys = keysOf(board);
    document.addEventListener("keydown", (event) => {
      if (!board.isConnected || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
      if (!(event.key in keys)) return;
      event.preventDefault();
      keys[event.key]();
    });
    letDrag(board);
  }
  for (const button of root.querySelectorAll("[data-show-keys]")) {
    button.hidden = false;
    button.addEventListener("click", () => document.querySelector("dialog[data-board-keys]")?.showModal());
  }
}
