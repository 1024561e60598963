/* Answers on their way: each stays on this device until the server has said that it is kept there. */
const AT_ONCE = 20;
const [FIRST_WAIT, LONGEST_WAIT, PATIENCE] = [2000, 60000, 15000];

/* A browser may refuse to keep anything: then answers live as long as the page does. */
function shelf() {
  try {
    localStorage.setItem("placeweave:try", "1");
    localStorage.removeItem("placeweave:try");
    return localStorage;
  } catch {
    const kept = new Map();
    return {
      getItem: (key) => kept.get(key) ?? null,
      setItem: (key, value) => kept.set(key, value),
      removeItem: (key) => kept.delete(key),
      get length() { return kept.size; },
      key: (place) => [...kept.keys()][place],
    };
  }
}

const store = shelf();

function keys(prefix) {
  return Array.from({ length: store.length }, (_, place) => store.key(place)).filter((key) => key.startsWith(prefix));
}

export const prefixOf = (code) => `placeweave:vote:${code}:`;

export function forgetAll(code) {
  for (const key of keys(prefixOf(code))) store.removeItem(key);
}

/* `tell` hears what happens: saved, waiting, gone, refused, out, closed, paused. */
export function outbox({ code, addresses, token, tell }) {
  const [unsent, turns] = [`${prefixOf(code)}unsent:`, `${prefixOf(code)}turn:`];
  let [wait, timer, oneByOne] = [FIRST_WAIT, 0, false];

  const waiting = () => keys(unsent).map((key) => JSON.parse(store.getItem(key)));

  /* The turn counts this device's answers to a statement, over all its tabs: the later one wins, however late it arrives. */
  function put(statement, value, turn) {
    const next = Math.max(turn, Number(store.getItem(turns + statement) ?? 0) + 1);
    store.setItem(turns + statement, next);
    store.setItem(unsent + statement, JSON.stringify({ statement, value, turn: next }));
    send();
  }

  function drop(answers) {
    for (const one of answers) {
      const kept = JSON.parse(store.getItem(unsent + one.statement) ?? "null");
      if (kept?.turn === one.turn) store.removeItem(unsent + one.statement);
    }
  }

  function retry() {
    tell({ waiting: waiting().length });
    window.clearTimeout(timer);
    timer = window.setTimeout(send, wait * (0.75 + Math.random() / 2));
    wait = Math.min(2 * wait, LONGEST_WAIT);
  }

  /* The token of a form can be too old after days away: the page itself holds a new one, or is no longer ours. */
  async function renewToken() {
    const answer = await fetch(addresses.statements, { credentials: "same-origin" });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const field = page.querySelector("[data-token] input");
    if (field) token.value = field.value;
    return Boolean(field);
  }

  async function post(answers) {
    const patience = new AbortController();
    const giveUp = window.setTimeout(() => patience.abort(), PATIENCE);
    const body = new URLSearchParams({ csrfmiddlewaretoken: token.value });
    for (const one of answers) for (const name of ["statement", "value", "turn"]) body.append(name, one[name]);
    try {
      return await fetch(addresses.answer, {
        method: "POST", body, credentials: "same-origin", keepalive: true,
        headers: { Accept: "application/json" }, signal: patience.signal,
      });
    } finally {
      window.clearTimeout(giveUp);
    }
  }

  async function take(answer, answers) {
    const isJson = answer.headers.get("Content-Type")?.startsWith("application/json");
    const told = isJson ? await answer.json() : {};
    if (isJson && answer.ok) {
      drop(answers);
      wait = FIRST_WAIT;
      tell({ saved: told.kept, gone: told.gone.length, paused: told.paused, waiting: waiting().length });
      return waiting().length ? deliver() : undefined;
    }
    if (told.closed) return tell({ closed: true, waiting: waiting().length });
    if (told.out) return tell({ out: true });
    if (isJson && answer.status === 422) return refuse(answers, told.sentence);
    if (answer.status === 403 && !(await renewToken())) return tell({ out: true });
    return retry();
  }

  function refuse(answers, sentence) {
    if (answers.length > 1) oneByOne = true;
    else {
      drop(answers);
      tell({ refused: sentence });
    }
    return waiting().length ? deliver() : undefined;
  }

  async function deliver() {
    const answers = waiting().slice(0, oneByOne ? 1 : AT_ONCE);
    if (!answers.length) return;
    try {
      await take(await post(answers), answers);
    } catch {
      retry();
    }
  }

  /* One tab sends at a time; should two do so all the same, the turn makes it harmless. What is asked for while a sending
   * ends, after it last looked for answers, is done after it: otherwise that answer would wait for the next one. */
  let [isSending, isAskedAgain] = [false, false];
  async function send() {
    isAskedAgain = isSending;
    if (isSending) return;
    isSending = true;
    window.clearTimeout(timer);
    try {
      await (navigator.locks ? navigator.locks.request(`${unsent}sending`, deliver) : deliver());
    } finally {
      isSending = false;
    }
    if (isAskedAgain && waiting().length) send();
  }

  window.addEventListener("online", send);
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible" && waiting().length) send();
  });
  return { put, send, waiting };
}
