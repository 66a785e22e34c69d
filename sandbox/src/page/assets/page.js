// Follows the sandbox's changes and keeps the page as they say.

import { mention, say } from "./page/ask.js";
import { makeDelivery } from "./page/delivery.js";
import { Keyed, attribute, option, show } from "./page/dom.js";
import { makeProvider } from "./page/provider.js";
import { STATES, plural } from "./page/words.js";

/** Deliveries that the page shows. */
const MOST = 200;

/** How long to wait where the browser itself does not ask again. */
const AGAIN = 2000;

const id = (name) => document.getElementById(name);
const filters = { provider: id("filter-provider"), state: id("filter-state") };
const known = {};
let isFirst = true;
let source;

const providers = new Keyed(id("providers"), id("providers-title"), makeProvider, () => false);
const deliveries = new Keyed(
  id("deliveries"),
  id("deliveries-title"),
  (data) => makeDelivery(data, known[data.provider]),
  (a, b) => a.number > b.number,
);

function snapshot(state) {
  for (const provider of state.providers) {
    if (!known[provider.slug]) filters.provider.append(option(provider.slug, provider.title));
    known[provider.slug] = provider;
    providers.put(provider.slug, provider);
  }
  for (const provider of providers.items()) {
    const own = state.subscriptions.filter((each) => each.provider === provider.key);
    provider.subscriptions.keep(own.map((each) => each.id));
  }
  state.subscriptions.forEach(putSubscription);
  deliveries.keep(state.deliveries.map(keyOf));
  state.deliveries.forEach(putDelivery);
  if (isFirst) unfoldHow();
  settle();
}

/** Whoever has nothing registered yet is shown how. */
function unfoldHow() {
  const [first] = providers.items();
  first.how.open = [...providers.items()].every((each) => each.subscriptions.size === 0);
  isFirst = false;
}

function putSubscription(subscription) {
  const [provider] = [...providers.items()].filter((each) => each.key === subscription.provider);
  provider?.subscriptions.put(subscription.id, subscription);
}

/** A sandbox that was started anew counts from 1 again. */
function keyOf(delivery) {
  return `${delivery.number}@${delivery.created}`;
}

function putDelivery(delivery) {
  const item = deliveries.put(keyOf(delivery), delivery);
  deliveries.trim(MOST);
  return item;
}

/** What a single change is worth saying: the end of a delivery, once. */
function changed(delivery) {
  const item = putDelivery(delivery);
  const isOver = ["delivered", "gave-up", "not-sent"].includes(delivery.state);
  if (isOver && item.said !== delivery.state) {
    const state = STATES[delivery.state].toLowerCase();
    mention(`Delivery ${delivery.number} from ${known[delivery.provider].title}: ${state}.`);
  }
  item.said = delivery.state;
  settle();
}

/** Applies the filters, and says how much there is. Whatever somebody is in stays. */
function settle() {
  let shown = 0;
  for (const { root, data } of deliveries.items()) {
    const fits = Object.entries(filters).every(([name, { value }]) => !value || value === data[name]);
    const stays = fits || root.contains(document.activeElement);
    attribute(root, "hidden", !stays);
    if (stays) shown += 1;
  }
  for (const provider of providers.items()) provider.settle();
  const all = deliveries.size;
  show(id("count"), shown < all ? `${shown} of ${all}` : all > 1 ? `${all}, the newest first` : "");
  attribute(id("no-deliveries"), "hidden", all > 0);
  attribute(id("none-shown"), "hidden", all === 0 || shown > 0);
  return shown;
}

function follow() {
  source?.close();
  source = new EventSource("/sandbox/changes");
  const on = (name, act) => source.addEventListener(name, (event) => act(JSON.parse(event.data)));
  on("snapshot", (state) => {
    connection("live", "Live");
    snapshot(state);
  });
  on("subscription", (subscription) => {
    putSubscription(subscription);
    settle();
  });
  on("delivery", changed);
  on("gone", (gone) => {
    for (const provider of providers.items()) provider.subscriptions.remove(gone.id);
    settle();
  });
  source.onerror = () => {
    if (id("connection").dataset.state === "live") say("The sandbox does not answer.", true);
    connection("lost", "Reconnecting");
    if (source.readyState === EventSource.CLOSED) setTimeout(followIfSeen, AGAIN);
  };
}

function followIfSeen() {
  if (!document.hidden) follow();
}

function connection(state, text) {
  if (state === "live" && id("connection").dataset.state === "lost") say("Connected again.");
  attribute(id("connection"), "data-state", state);
  show(id("connection"), text);
}

for (const [value, text] of Object.entries(STATES)) filters.state.append(option(value, text));
for (const filter of Object.values(filters)) {
  filter.addEventListener("change", () => say(`${plural(settle(), "delivery", "deliveries")} shown.`));
}
show(id("emit-example"), `curl -X POST ${location.origin}/sandbox/sendmux/emit`);
setInterval(() => {
  for (const delivery of deliveries.items()) delivery.tick();
}, 1000);
// A page that nobody sees holds no connection: a browser has few of them for one server.
document.addEventListener("visibilitychange", () => {
  source?.close();
  followIfSeen();
});
follow();
