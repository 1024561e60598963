/* One statement after the other without loading a page; answers go through the outbox, so that none is lost on the way. */
import { say as speak } from "../kit/js/speak.js";
import { outbox } from "./outbox.js";

const root = document.querySelector("[data-ballot]");
const part = (name) => root.querySelector(`[data-${name}]`);
const [words, form] = [part("words").dataset, part("answering")];
const deck = JSON.parse(document.getElementById("deck").textContent);
const token = part("token").querySelector("input");
const [WHILE_PAUSED, OTHERWISE] = [5000, 25000];

let [cards, trail, at, size] = [[], [], deck.at, 0];

/* --- What is said of the answers --- */

function say(sentence, sign = "") {
  part("state").className = `ballot__state${sign ? ` is-${sign}` : ""}`;
  part("state-words").textContent = sentence;
  part("change-link")?.remove();
}

function sayWaiting(count) {
  if (count) say(count === 1 ? words.unsent : words.several.replace("{n}", count), "waiting");
}

function tell(told) {
  if (told.closed) close(told.waiting);
  else if (told.out) say(words.out, "waiting");
  else if (told.refused) say(told.refused || words.refused);
  else if (told.gone) say(words.gone);
  else if (told.waiting) sayWaiting(told.waiting);
  else if (told.saved) say(words.saved, "saved");
  if (told.paused !== undefined) pause(told.paused);
}

const out = outbox({ code: deck.code, addresses: deck.addresses, token, tell });

function close(waiting) {
  for (const name of ["asking", "end", "paused", "own", "change"]) if (part(name)) part(name).hidden = true;
  part("closed").hidden = false;
  part("closed-lost").hidden = !waiting;
  say("");
  speak(part("closed").textContent.replace(/\s+/g, " ").trim());
}

function pause(isPaused) {
  if (!form || !part("closed").hidden) return;
  if (part("paused").hidden === isPaused) speak(isPaused ? part("paused").textContent.replace(/\s+/g, " ").trim() : words.onward);
  part("paused").hidden = !isPaused;
  const isAsking = cards.length && at <= size;
  part("asking").hidden = isPaused || !isAsking;
  part("end").hidden = isPaused || isAsking;
  part("change").hidden = isPaused || !trail.length;
}

/* --- One card after the other --- */

function setWords(name, text, language) {
  part(name).textContent = text;
  if (language) part(name).lang = language;
  else part(name).removeAttribute("lang");
}

function drawDots() {
  part("place").hidden = deck.again;
  part("count").textContent = words.place.replace("{at}", at).replace("{n}", size);
  const dots = Array.from({ length: size }, (_, place) => {
    const dot = document.createElement("i");
    dot.classList.toggle("is-on", place < at);
    return dot;
  });
  part("dots").replaceChildren(...dots);
}

function show({ isFirst = false } = {}) {
  const card = cards[0];
  part("asking").hidden = !part("paused").hidden;
  part("end").hidden = true;
  part("who").textContent = card.who;
  setWords("said", card.text, card.language);
  part("original").hidden = !card.original;
  setWords("original-words", card.original, card.original_language);
  part("reason").textContent = card.reason;
  root.querySelector("details").open = false;
  form.elements.statement.value = card.statement;
  form.elements.turn.value = card.turn;
  drawDots();
  part("change").hidden = !trail.length;
  if (isFirst) return;
  window.scrollTo(0, 0);
  part("said").focus({ preventScroll: true });
}

function end() {
  part("asking").hidden = true;
  part("end").hidden = false;
  if (part("own")) part("own").hidden = true;
  const isOver = !cards.length && deck.all;
  part("all-answered").hidden = !isOver;
  if (part("more")) part("more").hidden = isOver;
  if (part("more-link") && !cards.length) part("more-link").textContent = words.further;
  part("end-title").focus();
}

function next(isFirst = false) {
  size = deck.again ? 1 : Math.min(deck.sitting, at - 1 + cards.length);
  if (cards.length && at <= size) show({ isFirst });
  else end();
}

function answer(value) {
  const card = cards.shift();
  trail.push(card);
  at += 1;
  say(words.saving);
  out.put(card.statement, value, card.turn);
  next();
}

function change() {
  if (!trail.length) return;
  cards.unshift(trail.pop());
  at = Math.max(1, at - 1);
  if (part("own")) part("own").hidden = false;
  next();
}

function more(event) {
  if (cards.length && !deck.again) {
    event.preventDefault();
    [at, trail] = [1, []];
    if (part("own")) part("own").hidden = false;
    next();
  } else if (!navigator.onLine) {
    event.preventDefault();
    say(words.nowhere, "waiting");
  }
}

/* --- Keys, the room, and coming back --- */

function press(event) {
  const isTyping = event.target.closest?.("input, textarea, select");
  const button = root.querySelector(`[aria-keyshortcuts="${event.key}"]`);
  if (isTyping || event.repeat || event.ctrlKey || event.metaKey || event.altKey || !button) return;
  if (!part("asking").hidden) answer(button.value);
}

async function watchRoom() {
  const isPaused = !part("paused").hidden;
  if (document.visibilityState === "visible") {
    try {
      const told = await (await fetch(deck.addresses.now, { credentials: "same-origin" })).json();
      tell(told.closed ? { closed: true, waiting: out.waiting().length } : { paused: told.paused });
    } catch {
      /* No network just now: asked again in a while. */
    }
  }
  window.setTimeout(watchRoom, (isPaused ? WHILE_PAUSED : OTHERWISE) * (0.8 + Math.random() * 0.4));
}

if (form) {
  /* What waits on this device has been answered, though the server does not know it yet. */
  const answered = new Set(deck.again ? [] : out.waiting().map((one) => one.statement));
  cards = deck.cards.filter((card) => !answered.has(card.statement));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    answer(event.submitter.value);
  });
  document.addEventListener("keydown", press);
  part("change").addEventListener("click", change);
  part("more-link")?.addEventListener("click", more);
  next(true);
  if (deck.room) watchRoom();
}
if (out.waiting().length) {
  sayWaiting(out.waiting().length);
  out.send();
}
window.addEventListener("pageshow", (event) => event.persisted && location.reload());
