// Elements without markup: whatever a provider or a receiver said becomes text, and only text.

/** Makes an element. Attributes that are `false`, `null` or `undefined` are left out. */
export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    attribute(made, name, value);
  }
  made.append(...children);
  return made;
}

/** Sets an attribute, or takes it away, where it is not so already. */
export function attribute(node, name, value) {
  if (value === false || value === null || value === undefined) {
    node.removeAttribute(name);
  } else if (node.getAttribute(name) !== String(value)) {
    node.setAttribute(name, value === true ? "" : value);
  }
}

/** Puts text in, where it is not there already: what does not change is not announced. */
export function show(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

/** A button; `name` is what a screen reader says where the text alone would not do. */
export function button(text, name, action) {
  const made = element("button", { type: "button", "aria-label": name }, text);
  made.addEventListener("click", action);
  return made;
}

/** Text as somebody else gave it: kept apart from what stands around it, whatever its direction. */
export function given(text, tag = "code") {
  return element(tag, { class: "given" }, text);
}

/** A field with its label. */
export function labelled(text, field) {
  return element("label", {}, text, " ", field);
}

export function option(value, text = value) {
  return element("option", { value }, text);
}

/**
 * A list whose items are made once and changed in place, so that focus, selection and what is
 * unfolded stay as they are. `make(data)` gives `{ root, update(data) }`; `before(a, b)` is the order.
 */
export class Keyed {
  #items = new Map();
  #of = new WeakMap();

  constructor(list, refuge, make, before) {
    Object.assign(this, { list, refuge, make, before });
  }

  get size() {
    return this.#items.size;
  }

  items() {
    return this.#items.values();
  }

  put(key, data) {
    let item = this.#items.get(key);
    if (!item) {
      item = this.make(data);
      this.#items.set(key, item);
      this.#of.set(item.root, item);
      this.list.insertBefore(item.root, this.#place(data));
    }
    item.key = key;
    item.data = data;
    item.update(data);
    return item;
  }

  #place(data) {
    const children = [...this.list.children];
    return children.find((child) => this.before(data, this.#of.get(child).data)) ?? null;
  }

  remove(key) {
    const item = this.#items.get(key);
    if (!item) return;
    const focused = item.root.contains(document.activeElement);
    this.#items.delete(key);
    item.root.remove();
    if (focused) this.refuge.focus();
  }

  /** Removes all but these. */
  keep(keys) {
    const kept = new Set(keys);
    for (const key of [...this.#items.keys()]) {
      if (!kept.has(key)) this.remove(key);
    }
  }

  /** Removes the last ones over `most`, but not the one that somebody is in. */
  trim(most) {
    if (this.size <= most) return;
    const others = [...this.list.children].filter((child) => !child.contains(document.activeElement));
    for (const child of others.slice(most)) this.remove(this.#of.get(child).key);
  }
}
