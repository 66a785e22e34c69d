// Asking the sandbox, and saying what happened.

import { attribute, show } from "./dom.js";

const status = document.getElementById("status");

/** How long changes that nobody here caused are gathered, so that a busy sandbox is not a noisy one. */
const QUIET = 3000;

let gathered = [];
let timer;

/** Says something at once. */
export function say(text, isBad = false) {
  attribute(status, "data-tone", isBad ? "bad" : null);
  show(status, text);
}

/** Says something soon: alone as it is, several as their number. */
export function mention(text) {
  gathered.push(text);
  timer ??= setTimeout(() => {
    say(gathered.length === 1 ? gathered[0] : `${gathered.length} deliveries ended.`);
    gathered = [];
    timer = undefined;
  }, QUIET);
}

/** Sends a request and gives the answer's JSON; says why, and gives nothing, where it is refused. */
export async function ask(method, path, body) {
  try {
    const headers = body ? { "content-type": "application/json" } : {};
    const answer = await fetch(path, { method, headers, body: body && JSON.stringify(body) });
    const text = await answer.text();
    const json = text ? JSON.parse(text) : {};
    if (answer.ok) return json;
    say(`That did not work: ${json.error}.`, true);
  } catch {
    say("That did not work: the sandbox does not answer.", true);
  }
  return undefined;
}

/** Copies text, or says how else. */
export async function copy(text, what) {
  try {
    await navigator.clipboard.writeText(text);
    say(`Copied ${what}.`);
  } catch {
    say("The browser does not let this page copy: select the text and copy it.", true);
  }
}
