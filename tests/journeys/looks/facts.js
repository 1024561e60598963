/* What is plainly wrong with a page, whatever its width. */
() => ({
  h1: document.querySelectorAll("h1").length,
  title: document.title,
  lang: document.documentElement.lang,
  leadNowhere: [...document.querySelectorAll('a[href=""], form[action=""]')].map((one) => one.outerHTML.slice(0, 120)),
  unsaid: document.body.innerText.match(/\{[{%].*?[%}]\}/g) ?? [],
  inline: [...document.querySelectorAll("[style]:not(svg *)")].map((one) => one.outerHTML.slice(0, 120)),
});
