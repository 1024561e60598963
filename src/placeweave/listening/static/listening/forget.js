/* Leaving takes with it what this device has kept for this voting. */
import { forgetAll } from "./outbox.js";

const here = document.querySelector("[data-forget]");
here?.addEventListener("submit", () => forgetAll(here.dataset.forget));
