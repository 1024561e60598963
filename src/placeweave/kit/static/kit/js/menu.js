/* A menu is a <details>: Escape and a click elsewhere close it. */
const watched = new WeakSet();

function close(menu) {
  if (!menu.open) return;
  menu.open = false;
}

export function watchMenus(root) {
  for (const menu of root.querySelectorAll("details[data-menu]")) {
    if (watched.has(menu)) continue;
    watched.add(menu);
    menu.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !menu.open) return;
      close(menu);
      menu.querySelector("summary").focus();
    });
    document.addEventListener("click", (event) => {
      if (!menu.contains(event.target)) close(menu);
    });
    menu.addEventListener("focusout", (event) => {
      if (event.relatedTarget && !menu.contains(event.relatedTarget)) close(menu);
    });
  }
}
