/* The wall of tables by keys: arrows lead to the round before and after, and follow the links that are there anyway. */
document.documentElement.classList.remove("no-script");
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
  document.querySelector(`[data-key="${CSS.escape(event.key)}"]`)?.click();
});
