/* Where the focus is, whether it can be seen there, and whether something marks it. */
() => {
  const here = document.activeElement;
  if (!here || here === document.body || here === document.documentElement) return null;
  const box = here.getBoundingClientRect();
  const style = getComputedStyle(here);
  const isBox = here.matches("[type=radio], [type=checkbox]");
  const drawn = isBox ? (here.closest(".choice__control, .pick, div, li") ?? here) : here;
  const points = [
    [box.left + box.width / 2, box.top + box.height / 2],
    [box.left + 3, box.top + 3],
    [box.right - 3, box.bottom - 3],
  ];
  const hits = points.map(([x, y]) => document.elementFromPoint(x, y)).filter(Boolean);
  const group = here.type === "radio" && document.querySelector(`[type=radio][name="${here.name}"][data-stop]`);
  /* A day marks its parts, not itself. */
  const marksItself = here.matches(".skip-link, [type=date]");
  return {
    stop: (group || here).dataset.stop ?? "",
    what: here.outerHTML.slice(0, 110),
    isSeen: hits.some((one) => drawn.contains(one) || one.contains(here)),
    isMarked: style.outlineStyle !== "none" || style.boxShadow !== "none" || marksItself,
    isRegion: here.matches("[role=region]"),
  };
};
