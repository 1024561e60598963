/* Number everything that the Tab key must reach, one radio button for its group, and count it. */
() => {
  const kinds = 'a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex="0"]';
  const isStop = (one) =>
    one.checkVisibility({ visibilityProperty: true, contentVisibilityAuto: true }) &&
    !one.closest("details:not([open]) > :not(summary)") &&
    !one.matches(":disabled");
  const groups = new Set();
  const isFirst = (one) => {
    if (one.type !== "radio") return true;
    const group = `${one.name} ${[...document.forms].indexOf(one.form)}`;
    return !groups.has(group) && Boolean(groups.add(group));
  };
  const stops = [...document.querySelectorAll(kinds)].filter(isStop).filter(isFirst);
  stops.forEach((one, number) => {
    one.dataset.stop = number;
  });
  return stops.length;
};
