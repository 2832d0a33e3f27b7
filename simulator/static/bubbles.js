// Draws one message as it looks on the phone.

import { fileUrl } from "./api.js";
import { element, hidden, icon } from "./dom.js";

const STATUS_WORDS = {
  sending: ["clock", "enviando"],
  queued: ["clock", "en cola"],
  sent: ["tick", "enviado"],
  delivered: ["ticks", "entregado"],
  read: ["ticks", "leído"],
};
const LINK = /https?:\/\/[^\s<>"]+[^\s<>".,;:!?)\]]/g;

const clock = new Intl.DateTimeFormat("es", { hour: "2-digit", minute: "2-digit", hour12: false });
const day = new Intl.DateTimeFormat("es", { weekday: "long", day: "numeric", month: "long" });

export const hour = (at) => clock.format(new Date(at));
export const dayOf = (at) => day.format(new Date(at));

function linked(text) {
  const parts = [];
  let from = 0;
  for (const found of text.matchAll(LINK)) {
    parts.push(text.slice(from, found.index));
    parts.push(element("a", { href: found[0], target: "_blank", rel: "noopener" }, found[0]));
    from = found.index + found[0].length;
  }
  return [...parts, text.slice(from)];
}

function status(message) {
  if (message.status === "failed") {
    const why = message.error_code ? ` (${message.error_code})` : "";
    return element("span", { class: "failed" }, icon("alert"), `no entregado${why}`);
  }
  const [name, word] = STATUS_WORDS[message.status] ?? STATUS_WORDS.sent;
  const seen = message.direction === "to_person" ? `el sistema sabe: ${word}` : word;
  return element("span", { class: message.status, title: seen }, icon(name), hidden(seen));
}

function attachment(file, phone) {
  const url = fileUrl(file.url);
  if (file.content_type.startsWith("image/")) {
    const look = { class: "bubble-image", src: url, alt: `Foto: ${file.filename}` };
    return element("img", { ...look, onload: () => phone.keepAtEnd() });
  }
  if (file.content_type.startsWith("audio/")) {
    return element("audio", { controls: true, src: url, "aria-label": "Nota de voz" });
  }
  return element("a", { class: "bubble-file", href: url, target: "_blank" }, `📄 ${file.filename}`);
}

function contact(message) {
  return element(
    "p",
    { class: "contact" },
    element("span", { class: "avatar", "aria-hidden": "true" }, "☎"),
    element("span", {}, hidden("Contacto compartido: "), message.text),
  );
}

function choices(message, phone) {
  if (message.menu) {
    const open = () => phone.openList(message);
    return [element("button", { type: "button", onclick: open }, icon("list"), message.menu)];
  }
  return message.buttons.map((button, index) => {
    if (button.url) return element("a", { href: button.url, target: "_blank", rel: "noopener" }, button.title);
    const press = () => phone.press(message, index);
    const used = phone.wasPressed(message);
    return element("button", { type: "button", onclick: press, disabled: used }, button.title);
  });
}

// Keys of Telegram's reply keyboard belong below the writing line, not below the message.
export const hasReplyKeyboard = (message) =>
  message.channel === "telegram" &&
  (message.asks_contact !== "" || message.buttons.some((button) => !button.id && !button.url));

export function bubble(message, phone) {
  const own = message.direction === "from_person";
  const body = element("div", { class: "bubble-body" }, hidden(own ? "Usted: " : "Acuerdo: "));
  body.append(...message.attachments.map((file) => attachment(file, phone)));
  if (message.kind === "contact") body.append(contact(message));
  else if (message.text) body.append(element("p", { class: "bubble-text" }, ...linked(message.text)));
  const time = element("time", { datetime: message.at }, hour(message.at));
  body.append(element("p", { class: "bubble-meta" }, time, status(message)));
  const item = element("li", { class: own ? "bubble own" : "bubble", "data-id": message.id }, body);
  if (message.buttons.length && !hasReplyKeyboard(message)) {
    item.append(element("div", { class: "choices" }, ...choices(message, phone)));
  }
  return item;
}
