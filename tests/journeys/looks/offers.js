/* What can only be pressed, and so has no place on paper. */
() =>
  [...document.querySelectorAll("header nav, main :is(button, select, input, .ds_button), .find, .skip-link")]
    .filter((one) => one.checkVisibility({ visibilityProperty: true }) && one.getBoundingClientRect().width > 2)
    .map((one) => one.outerHTML.slice(0, 130));
