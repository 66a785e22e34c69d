// A delivery: a line that unfolds to its attempts.

import { ask, say } from "./ask.js";
import { Keyed, attribute, button, element, given, show } from "./dom.js";
import { REPEATS, STATES, TRUTHS, answer, clock, fineClock, isFooled, plural, tone, until, verdict } from "./words.js";

export function makeDelivery(first, provider) {
  const state = element("span", { class: "chip" });
  const alarm = element("span", { class: "chip", "data-tone": "bad", hidden: true }, "Forgery taken");
  const tries = element("span", { class: "tries" });
  const summary = element(
    "summary",
    {},
    element("span", { class: "number" }, `#${first.number}`),
    element("span", { class: "provider-name" }, provider.title),
    element("span", { class: "what" }, given(first.event), ...eventId(first)),
    tries,
    element("time", { datetime: new Date(first.created).toISOString() }, clock(first.created)),
    element("span", { class: "chips" }, alarm, state),
  );
  const details = element("details", {}, summary);
  const root = element("li", { class: "delivery" }, details);
  let panel;
  const item = {
    root,
    update(data) {
      item.tick();
      attribute(state, "data-tone", tone(data.state));
      attribute(alarm, "hidden", !data.attempts.some(isFooled));
      show(tries, plural(data.attempts_in_all, "attempt"));
      panel?.update(data);
    },
    /** What changes with time alone. */
    tick() {
      const { state: name, due } = item.data;
      show(state, name === "retrying" ? `Retrying ${until(due)}` : STATES[name]);
    },
  };
  // Hundreds of deliveries are cheap while their attempts are made for those who look.
  details.addEventListener("toggle", () => {
    if (!details.open || panel) return;
    panel = makePanel(first, provider);
    panel.update(item.data);
    details.append(panel.root);
  });
  return item;
}

function eventId({ event_id: text }) {
  return text ? [element("code", { class: "given event-id" }, text)] : [];
}

function makePanel(first, provider) {
  const { number } = first;
  const why = element("p", { class: "why" });
  const hidden = element("p", { class: "hint", hidden: true });
  const list = element("ol", { role: "list", class: "attempts" });
  const heading = element("h3", { tabindex: -1 }, "Attempts");
  const possible = Object.entries(REPEATS).filter(([truth]) => provider.is_stamped || !isStamp(truth));
  const again = possible.map(([truth, word]) =>
    button(word, `${word}: delivery ${number}`, () => repeat(number, truth)),
  );
  const group = { role: "group", class: "actions", "aria-label": `Send delivery ${number} again` };
  const attempts = new Keyed(list, heading, makeAttempt, (a, b) => a.number < b.number);
  const root = element(
    "div",
    { class: "panel" },
    element("p", { class: "hint" }, "To ", given(first.subscription)),
    why,
    element("div", group, element("span", { class: "hint" }, "Send again"), ...again),
    heading,
    hidden,
    list,
  );
  return {
    root,
    update(data) {
      show(why, reason(data));
      attribute(why, "hidden", why.textContent === "");
      const missing = data.attempts_in_all - data.attempts.length;
      show(hidden, `${plural(missing, "older attempt")} not shown.`);
      attribute(hidden, "hidden", missing === 0);
      const keyed = data.attempts.map((attempt) => [`${attempt.number}@${attempt.at}`, attempt]);
      attempts.keep(keyed.map(([key]) => key));
      for (const [key, attempt] of keyed) attempts.put(key, attempt);
    },
  };
}

function reason({ state, why, due }) {
  if (state === "retrying") return `The next attempt is due at ${clock(due)}.`;
  return why ? `${STATES[state]}: ${why}.` : "";
}

/** Where no timestamp is signed, nothing is late or early. */
function isStamp(truth) {
  return truth === "late" || truth === "early";
}

async function repeat(number, truth) {
  const word = TRUTHS[truth].toLowerCase();
  const sent = await ask("POST", `/sandbox/deliveries/${number}/repeat`, { as: truth });
  if (sent) say(`Delivery ${number} is sent again: ${word}.`);
}

function makeAttempt(first) {
  const result = element("span", { class: "answer" });
  const judged = element("span", { class: "verdict" });
  const line = element(
    "p",
    { class: "line" },
    element("span", { class: "truth", "data-truth": first.truth }, TRUTHS[first.truth] ?? first.truth),
    element("span", {}, `Attempt ${first.number}`),
    element("time", { datetime: new Date(first.at).toISOString() }, fineClock(first.at)),
    result,
    judged,
  );
  const unseen = element("span", { class: "only-said" }, ` in attempt ${first.number}`);
  const summary = element("summary", {}, "What was sent and signed", unseen);
  const details = element("details", { class: "sent" }, summary);
  details.addEventListener("toggle", () => details.append(...content(first)), { once: true });
  return {
    root: element("li", { class: "attempt" }, line, details),
    update(data) {
      const [words, mood] = verdict(data);
      show(result, answer(data));
      show(judged, words);
      attribute(judged, "data-tone", mood);
    },
  };
}

function content({ headers, signed, body }) {
  const rows = headers.map(([name, value]) =>
    element("tr", {}, element("th", { scope: "row" }, given(name)), element("td", {}, given(value))),
  );
  const table = element("table", {}, element("caption", {}, "Headers"), element("tbody", {}, ...rows));
  const count = signed.length;
  const parts = signed.map((bytes, index) =>
    shown(count > 1 ? `Signed, ${index + 1} of ${count}` : "Signed", bytes),
  );
  const isSigned = signed.some(({ text }) => text.endsWith(body.text));
  const title = isSigned || !body.whole ? "Body" : "Body, which is not what was signed";
  return [table, ...parts.flat(), ...shown(title, body)];
}

/** Bytes under a title that tells their number. */
function shown(title, { text, bytes, whole }) {
  const part = whole ? "" : ", shown in part or with replaced characters";
  return [
    element("h4", {}, title, " ", element("span", { class: "hint" }, plural(bytes, "byte") + part)),
    element("pre", { class: "given", tabindex: 0, "aria-label": title }, text),
  ];
}
