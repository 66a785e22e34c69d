// The providers, and under each the subscriptions that were registered there.

import { ask, copy, say } from "./ask.js";
import { Keyed, attribute, button, element, given, labelled, option, show } from "./dom.js";
import { TRUTHS, plural } from "./words.js";

/** Where each takes a new webhook, the key's header, and the least that it asks for. */
const CREATE = {
  sendmux: ["/api/v1/webhooks", "Authorization: Bearer any-key", (url) => ({ url, event_types: ["message.delivered"] })],
  mailingapi: ["/v1/webhooks", "Authorization: Bearer any-key", (url) => ({ url, events: ["delivered"] })],
  sendkit: ["/v1/webhooks", "X-Api-Key: any-key", (url) => ({ name: "Receiver", url, events: ["email.replied"] })],
  jetemail: ["/webhooks", "Authorization: Bearer any-key", (url) => ({ name: "Receiver", url, events: ["outbound.delivered"] })],
  sent: ["/v3/webhooks", "x-api-key: any-key", (url) => ({ display_name: "Receiver", endpoint_url: url, event_types: ["message"] })],
};

/** A command that registers a receiver. */
export function createExample(slug) {
  const [path, key, body] = CREATE[slug];
  const fields = Object.entries(body(`http://127.0.0.1:3000/${slug}`));
  const json = fields.map(([name, value]) => `"${name}": ${JSON.stringify(value)}`).join(",\n    ");
  const type = "Content-Type: application/json";
  return `curl -H '${key}' \\\n  -H '${type}' \\\n  -d '{ ${json} }' \\\n  ${base(slug)}${path}`;
}

function base(slug) {
  return `${location.origin}/${slug}`;
}

/** A provider: its address, how to register, and its subscriptions. */
export function makeProvider(provider) {
  const { slug, title } = provider;
  const heading = element("h3", { tabindex: -1 }, title);
  const address = given(base(slug));
  const copyAddress = button("Copy", `Copy the address of ${title}`, () =>
    copy(base(slug), `the address of ${title}`),
  );
  const list = element("ul", { role: "list", "aria-label": `Subscriptions at ${title}` });
  const example = createExample(slug);
  const how = element(
    "details",
    { class: "how" },
    element("summary", {}, `How to register at ${title}`),
    element("pre", {}, example),
    button("Copy", `Copy the command that registers at ${title}`, () => copy(example, "the command")),
  );
  const subscriptions = new Keyed(
    list,
    heading,
    () => makeSubscription(provider),
    (a, b) => a.created < b.created || (a.created === b.created && a.id < b.id),
  );
  const head = element("div", { class: "provider-head" }, heading, address, copyAddress);
  const root = element("li", { class: "provider" }, head, list, how);
  /** Whoever has registered knows how. */
  const settle = () => {
    const isNeeded = subscriptions.size === 0 || how.contains(document.activeElement);
    attribute(how, "hidden", !isNeeded);
  };
  return { root, how, subscriptions, settle, update() {} };
}

function makeSubscription(provider) {
  const id = given("");
  const name = given("", "span");
  const url = given("");
  const events = given("", "span");
  const tally = element("span", { class: "hint" });
  const badge = element("span", { class: "chip" });
  const emit = makeEmit(provider, () => item.data);
  const rotate = button("Rotate", null, () => rotateSecret(item.data));
  const remove = button("Remove", null, () => removeSubscription(item.data));
  emit.row.append(rotate, remove);
  const root = element(
    "li",
    { class: "subscription" },
    element("h4", {}, element("span", {}, id, name), badge),
    element("p", { class: "url" }, url),
    element("p", { class: "facts" }, "Wants ", events, ". ", tally),
    emit.row,
    emit.more,
  );
  const item = {
    root,
    update(data) {
      show(id, data.id);
      show(name, data.name ?? "");
      show(url, data.url);
      show(events, data.events.join(", "));
      show(tally, counted(data));
      const [word, tone] = standing(data);
      show(badge, word);
      attribute(badge, "data-tone", tone);
      attribute(rotate, "aria-label", `Rotate the secret of ${data.id}`);
      attribute(remove, "aria-label", `Remove ${data.id}`);
      emit.update(data);
    },
  };
  return item;
}

function standing({ on, failing }) {
  if (failing) return ["Failing", "bad"];
  return on ? ["On", "good"] : ["Off", "plain"];
}

function counted({ attempts, succeeded, failed, failures_in_a_row: row }) {
  if (attempts === 0) return "Nothing sent yet.";
  const parts = [plural(attempts, "attempt"), `${succeeded} succeeded`, `${failed} failed`];
  if (row > 0) parts.push(`${row} in a row`);
  return `${parts.join(", ")}.`;
}

/** A choice of events with its button, and a form for anything else. */
function makeEmit(provider, subscription) {
  const choice = element("select");
  const event = element("input", { type: "text", autocomplete: "off", spellcheck: "false" });
  const truths = Object.entries(TRUTHS).map(([value, text]) => option(value, text));
  const truth = element("select", {}, ...truths);
  const body = element("textarea", { rows: 3, spellcheck: "false" });
  const once = element("input", { type: "checkbox" });
  const send = element("button", { class: "main" }, "Emit");
  const row = form([choice, send], () => emitEvent(provider, subscription(), { event: choice.value }));
  row.className = "actions";
  const own = form(
    [
      labelled("Event", event),
      labelled("As", truth),
      labelled("Body, in place of an example", body),
      element("label", { class: "check" }, once, " Once, without retries"),
      element("button", {}, "Emit this"),
    ],
    () =>
      emitEvent(provider, subscription(), {
        event: event.value,
        as: truth.value,
        body: body.value,
        once: once.checked,
      }),
  );
  const more = element("details", { class: "own" }, element("summary", {}, "Emit something else"), own);
  let wanted;
  return {
    row,
    more,
    update(data) {
      attribute(choice, "aria-label", `Event for ${data.id}`);
      attribute(send, "aria-label", `Emit to ${data.id}`);
      if (wanted === data.events.join()) return;
      wanted = data.events.join();
      fillChoice(choice, provider, data);
    },
  };
}

function form(fields, action) {
  const made = element("form", {}, ...fields);
  made.addEventListener("submit", (event) => {
    event.preventDefault();
    action();
  });
  return made;
}

function fillChoice(choice, provider, subscription) {
  const chosen = choice.value;
  const wants = provider.events.filter((event) => isWanted(event, subscription.events));
  const others = provider.events.filter((event) => !wants.includes(event));
  choice.replaceChildren(option("", "First that it wants"));
  for (const [label, events] of [["Wanted", wants], ["Not wanted", others]]) {
    const options = events.map((event) => option(event));
    if (options.length > 0) choice.append(element("optgroup", { label }, ...options));
  }
  if (provider.events.includes(chosen)) choice.value = chosen;
}

/** Sent subscribes to families: `message`, or in its older spelling `messages`. */
function isWanted(event, events) {
  const family = event.split(".")[0];
  return [event, family, `${family}s`].some((name) => events.includes(name));
}

async function emitEvent(provider, subscription, wish) {
  const said = Object.entries(wish).filter(([, value]) => value !== "" && value !== false);
  const body = { subscription: subscription.id, ...Object.fromEntries(said) };
  const answer = await ask("POST", `/sandbox/${provider.slug}/emit`, body);
  if (answer) say(`${provider.title} sends delivery ${answer.deliveries.join(", ")}.`);
}

function path(subscription) {
  return `/sandbox/subscriptions/${subscription.provider}/${encodeURIComponent(subscription.id)}`;
}

async function rotateSecret(subscription) {
  const answer = await ask("POST", `${path(subscription)}/rotate`);
  if (!answer) return;
  const dialog = document.getElementById("secret-dialog");
  const secret = document.getElementById("secret");
  show(document.getElementById("secret-of"), subscription.id);
  show(secret, answer.secret);
  document.getElementById("secret-copy").onclick = () => copy(secret.textContent, "the secret");
  dialog.onclose = () => {
    show(secret, "");
    say(`${subscription.id} has a new secret.`);
  };
  dialog.showModal();
}

function removeSubscription(subscription) {
  const dialog = document.getElementById("remove-dialog");
  show(document.getElementById("remove-of"), subscription.id);
  dialog.returnValue = "keep";
  dialog.onclose = async () => {
    if (dialog.returnValue !== "remove") return;
    if (await ask("DELETE", path(subscription))) say(`${subscription.id} is removed.`);
  };
  dialog.showModal();
}
