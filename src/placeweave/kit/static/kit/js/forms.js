/* Forms: the error summary is met first, characters left are counted, what was written is kept on this device. */
const watched = new WeakSet();

const characters = (text) => Array.from(text.replace(/\r\n?/g, "\n")).length;

function meetErrors(root) {
  root.querySelector("[data-error-summary]:not([data-sample] *)")?.focus();
}

function countCharacters(root) {
  for (const left of root.querySelectorAll("[data-counts]")) {
    const control = document.getElementById(left.dataset.counts);
    if (!control || watched.has(left)) continue;
    watched.add(left);
    const [plain, over] = [left.dataset.left, left.dataset.over];
    const limit = Number(control.dataset.limit);
    const update = () => {
      const spare = limit - characters(control.value);
      left.classList.toggle("is-over", spare < 0);
      left.textContent = (spare < 0 ? over : plain).replace("{n}", Math.abs(spare));
    };
    control.addEventListener("input", update);
    update();
  }
}

/* <form data-keep="a name for this form">: text survives a reload or a lost connection, in this tab alone. */
function storageKey(form) {
  return `keep:${location.pathname}:${form.dataset.keep}`;
}

function keepable(form) {
  const kinds = new Set(["hidden", "password", "file", "submit", "button", "radio", "checkbox"]);
  return Array.from(form.elements).filter((control) => control.name && !kinds.has(control.type));
}

function save(form) {
  const values = Object.fromEntries(keepable(form).map((control) => [control.name, control.value]));
  if (form.elements.version) values.version = form.elements.version.value;
  sessionStorage.setItem(storageKey(form), JSON.stringify(values));
}

function restore(form) {
  const kept = sessionStorage.getItem(storageKey(form));
  if (!kept) return false;
  const values = JSON.parse(kept);
  let changed = false;
  for (const control of keepable(form)) {
    if (values[control.name] && control.value === control.defaultValue && control.value !== values[control.name]) {
      control.value = values[control.name];
      changed = true;
    }
  }
  /* Words written over an older version are sent as such, so that whoever changed it meanwhile is not written over. */
  if (changed && form.elements.version && values.version) form.elements.version.value = values.version;
  return changed;
}

function keepWords(root) {
  for (const form of root.querySelectorAll("form[data-keep]")) {
    if (watched.has(form)) continue;
    watched.add(form);
    const note = form.querySelector("[data-kept-note]");
    if (restore(form) && note) note.hidden = false;
    form.addEventListener("input", () => save(form));
    form.addEventListener("submit", () => sessionStorage.setItem("keep:sent", storageKey(form)));
  }
}

/* Words are let go only once the page after sending has arrived, and only if it shows no error. */
function letGo() {
  const sent = sessionStorage.getItem("keep:sent");
  if (!sent) return;
  sessionStorage.removeItem("keep:sent");
  if (!document.querySelector("[data-error-summary]")) sessionStorage.removeItem(sent);
}

letGo();

export function watchForms(root) {
  meetErrors(root);
  countCharacters(root);
  keepWords(root);
}
