/* WCAG 2.2 AA, and the practice that axe calls best. Of siblings that are alike in every tag, class, kind of attribute
 * and place where words stand, and so in every style and name that a rule asks about, the first two are looked at (two,
 * since a style may alternate): the fiftieth row of a table says what the second did, and colours are slow to compare. */
(colours) => {
  const TOLD = new Set(["class", "type", "role", "lang", "dir", "open", "disabled", "checked", "selected", "aria-current"]);
  const attribute = ({ name, value }) => `${name}${TOLD.has(name) ? `=${value}` : value.trim() ? "" : " empty"}`;
  const hasWords = (one) => [...one.childNodes].some((child) => child.nodeType === Node.TEXT_NODE && child.data.trim());
  const shapes = new WeakMap();
  const shapeOf = (one) => {
    if (!shapes.has(one)) {
      const own = [one.localName, ...[...one.attributes].map(attribute).sort(), hasWords(one) ? "words" : ""];
      shapes.set(one, `<${own.join(" ")}>${[...one.children].map(shapeOf).join("")}</>`);
    }
    return shapes.get(one);
  };
  const alike = [];
  const gather = (parent) => {
    const met = new Map();
    for (const one of parent.children) {
      const count = (met.get(shapeOf(one)) ?? 0) + 1;
      met.set(shapeOf(one), count);
      if (count > 2) alike.push(one);
      else gather(one);
    }
  };
  gather(document.body);
  return axe
    .run(alike.length ? { exclude: alike } : document, {
      runOnly: { type: "tag", values: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] },
      rules: { "color-contrast": { enabled: colours } },
      resultTypes: ["violations"],
    })
    .then((found) => found.violations);
};
