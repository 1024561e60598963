/* What does not fit on the sheet. */
() => {
  const edge = document.documentElement.clientWidth + 1;
  const isCut = (one) => {
    const box = one.getBoundingClientRect();
    if (!one.checkVisibility() || one.closest(".visually-hidden, svg") || box.width < 2) return false;
    return box.right > edge || (getComputedStyle(one).overflowX !== "visible" && one.scrollWidth > one.clientWidth + 1);
  };
  const cut = [...document.querySelectorAll("main *")].filter(isCut);
  return cut.slice(0, 4).map((one) => `${Math.round(one.getBoundingClientRect().right)} px: ${one.outerHTML.slice(0, 130)}`);
};
