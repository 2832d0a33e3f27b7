// Builds elements from data; text is always text.

export function element(name, attributes = {}, ...children) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith("on")) node.addEventListener(key.slice(2), value);
    else if (value === true) node.setAttribute(key, "");
    else if (value !== false && value !== null && value !== undefined) node.setAttribute(key, value);
  }
  node.append(...children.filter((child) => child !== null));
  return node;
}

export function icon(name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  use.setAttribute("href", `#icon-${name}`);
  svg.append(use);
  return svg;
}

const shell = (node) => node.cloneNode(false);

// Gives a node's parts the look of a fresh node's; what stays the same stays the same element, so
// that nothing is taken from under a finger or the focus.
export function renew(old, fresh) {
  const parts = [...fresh.childNodes];
  if (old.childNodes.length !== parts.length) {
    old.replaceChildren(...parts);
    return;
  }
  [...old.childNodes].forEach((part, at) => {
    if (part.isEqualNode(parts[at])) return;
    if (part.hasChildNodes() && shell(part).isEqualNode(shell(parts[at]))) renew(part, parts[at]);
    else part.replaceWith(parts[at]);
  });
}

export const hidden = (text) => element("span", { class: "visually-hidden" }, text);
export const byId = (id) => document.getElementById(id);
