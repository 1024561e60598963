/* What is plainly wrong with a page, whatever its width. */
() => ({
  h1: document.querySelectorAll("h1").length,
  title: document.title,
  lang: document.documentElement.lang,
  leadNowhere: [...document.querySelectorAll('a[href=""], form[action=""]')].map((one) => one.outerHTML.slice(0, 120)),
  unsaid: document.body.innerText.match(/\{[{%].*?[%}]\}/g) ?? [],
  // What Leaflet moves about it moves by script; the page as it was sent has no style in it.
  inline: [...document.querySelectorAll("[style]:not(svg *, .leaflet-container, .leaflet-container *)")].map((one) => one.outerHTML.slice(0, 120)),
});
