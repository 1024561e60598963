/* What makes a page wider than its window, where something does. */
() => {
  const root = document.documentElement;
  if (root.scrollWidth <= root.clientWidth) return [];
  const scrolls = (one) => getComputedStyle(one).overflowX !== "visible";
  const isInside = (one) => {
    for (let up = one.parentElement; up && up !== document.body; up = up.parentElement) if (scrolls(up)) return true;
    return false;
  };
  const isWide = (one) => one.getBoundingClientRect().right > root.clientWidth + 1 && !isInside(one);
  const wide = [...document.body.querySelectorAll("*")].filter(isWide);
  return [`${root.scrollWidth} px wide`, ...wide.slice(-3).map((one) => one.outerHTML.slice(0, 140))];
};
