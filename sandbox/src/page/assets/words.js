// How states, attempts and moments are said.

export const STATES = {
  sending: "Sending",
  retrying: "Retrying",
  delivered: "Delivered",
  "gave-up": "Gave up",
  "not-sent": "Not sent",
};

export const TRUTHS = {
  genuine: "Genuine",
  slow: "Slow",
  broken: "Broken off",
  duplicate: "Duplicate",
  late: "Late",
  early: "Early",
  tampered: "Tampered",
  forged: "Forged",
};

/** What a delivery can be sent again as, and the button's word. */
export const REPEATS = {
  genuine: "Redeliver",
  duplicate: "Replay",
  tampered: "Tamper",
  forged: "Forge",
  late: "Late",
  early: "Early",
  slow: "Slow",
  broken: "Break off",
};

const TONES = { delivered: "good", "gave-up": "bad", retrying: "warn", sending: "busy" };

export function tone(state) {
  return TONES[state] ?? "plain";
}

/** What became of an attempt: the words, and whether that is good. */
export function verdict(attempt) {
  if (attempt.outcome === "waiting") return ["There is no answer yet.", "busy"];
  if (attempt.outcome === "failed") {
    return [`No answer: ${attempt.why}.`, isOdd(attempt) ? "plain" : "bad"];
  }
  return taken(attempt) ? TAKEN[attempt.truth] : REFUSED[attempt.truth];
}

const REFUSAL = ["Refused, as it should be.", "good"];
const TAKEN = {
  genuine: ["Taken.", "good"],
  slow: ["Taken, slow as it was.", "good"],
  broken: ["Taken, though its end is missing.", "bad"],
  duplicate: ["Answered as taken: right, where the event was handled once only.", "plain"],
  late: ["Taken, though its timestamp is old: right only by a signature without one.", "warn"],
  early: ["Taken, though its timestamp lies ahead: right only by a signature without one.", "warn"],
  tampered: ["Taken, though its body was changed on the way.", "bad"],
  forged: ["Taken, though the secret is not the subscription's.", "bad"],
};
const REFUSED = {
  genuine: ["Not taken.", "bad"],
  slow: ["Not taken.", "bad"],
  broken: REFUSAL,
  duplicate: ["Refused: a provider that gets this sends it again.", "warn"],
  late: REFUSAL,
  early: REFUSAL,
  tampered: REFUSAL,
  forged: REFUSAL,
};

/** Whether the receiver took what nobody but an attacker sends. */
export function isFooled(attempt) {
  return taken(attempt) && ["tampered", "forged"].includes(attempt.truth);
}

function isOdd(attempt) {
  return !["genuine", "slow"].includes(attempt.truth);
}

function taken(attempt) {
  return attempt.outcome === "answered" && attempt.status >= 200 && attempt.status < 300;
}

/** The answer in short. */
export function answer(attempt) {
  if (attempt.outcome === "answered") return `${attempt.status} after ${attempt.took_ms} ms`;
  return attempt.outcome === "failed" ? "no answer" : "waiting";
}

export function plural(count, one, many = `${one}s`) {
  return `${count} ${count === 1 ? one : many}`;
}

const CLOCK = { hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" };

/** The time of day, to the second. */
export function clock(millis) {
  return new Date(millis).toLocaleTimeString([], CLOCK);
}

/** The time of day, to the millisecond. */
export function fineClock(millis) {
  return new Date(millis).toLocaleTimeString([], { ...CLOCK, fractionalSecondDigits: 3 });
}

/** How far off a moment is. */
export function until(millis) {
  const seconds = Math.round((millis - Date.now()) / 1000);
  if (seconds <= 0) return "now";
  if (seconds < 100) return `in ${seconds} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 100 ? `in ${minutes} min` : `in ${Math.round(minutes / 60)} h`;
}
