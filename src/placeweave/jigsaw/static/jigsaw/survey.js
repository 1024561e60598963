/* A partner's answer is saved as it is given: the whole page is sent, and the page that comes back says what is kept. */
const form = document.querySelector("[data-reply]");
const note = form?.querySelector("[data-reply-note]");
let waiting = 0;
let sending = false;
let pressed = null;

/* Pressed while a save is on its way: wait for it, or it would meet its own newer version. */
form?.addEventListener("submit", (event) => {
  clearTimeout(waiting);
  if (!sending) return;
  event.preventDefault();
  pressed = event.submitter;
});

form?.addEventListener("change", () => {
  note.textContent = form.dataset.unsaved;
  clearTimeout(waiting);
  waiting = setTimeout(save, 1200);
});

async function save() {
  if (sending) return;
  sending = true;
  note.textContent = form.dataset.saving;
  const body = new FormData(form);
  body.set("then", "save");
  const before = JSON.stringify([...body]);
  try {
    const answer = await fetch(location.href, { method: "POST", body, headers: { Accept: "text/html" } });
    if (!answer.ok) throw new Error(String(answer.status));
    take(new DOMParser().parseFromString(await answer.text(), "text/html"));
    note.textContent = form.dataset.saved;
  } catch {
    note.textContent = form.dataset.unsaved;
    done();
    return;
  }
  if (done()) return;
  const now = new FormData(form);
  now.set("then", "save");
  if (!sameAnswers(before, now)) waiting = setTimeout(save, 400);
}

function done() {
  sending = false;
  const button = pressed;
  pressed = null;
  button?.click();
  return button !== null;
}

function sameAnswers(before, now) {
  const plain = (pairs) => JSON.stringify(pairs.filter(([name]) => name.includes("-")));
  const kept = new Map(JSON.parse(before));
  return plain([...now].filter(([name]) => kept.has(name))) === plain([...kept]);
}

function take(page) {
  const fresh = page.querySelector("[data-reply]");
  for (const name of ["version", "once"]) {
    const field = form.querySelector(`[name='${name}']`);
    const told = fresh?.querySelector(`[name='${name}']`);
    if (field && told) field.value = told.value;
  }
  /* Where there is a tie now, one may also say how it goes. */
  for (const one of form.querySelectorAll(".reply__one")) {
    const told = fresh?.querySelector(`#${one.id}`);
    const how = told?.querySelector(".disclosure");
    const own = one.querySelector(".disclosure");
    if (how && !own) one.append(how);
    if (!how && own && !own.contains(document.activeElement)) own.remove();
  }
}
