/* The console by keyboard. Its figures are brought up to date by htmx. */
import { watchKeys } from "./steps.js";

watchKeys(() => document.getElementById("console-now") ?? document.body);
