// The phone: one chat, live, with everything a person can do in it.

import * as api from "./api.js";
import { bubble, dayOf, hasReplyKeyboard } from "./bubbles.js";
import { byId, element, renew } from "./dom.js";

const TYPING_MS = 5000;

export class Phone {
  constructor(onWebhook, onProblem) {
    this.onWebhook = onWebhook;
    this.onProblem = onProblem;
    this.line = null;
    this.person = null;
    this.messages = new Map();
    this.pressed = new Set();
    this.stream = null;
    this.atEnd = true;
    byId("scroller").addEventListener("scroll", () => { this.atEnd = this.#isAtEnd(); });
    byId("sheet").addEventListener("keydown", (event) => {
      if (event.key === "Escape") byId("sheet").close();
    });
    byId("sheet-close").addEventListener("click", () => byId("sheet").close());
  }

  pickUp(person, channel) {
    this.person = person;
    this.line = { channel, address: person.addresses[channel] };
    this.stream?.close();
    this.stream = api.events(this.line);
    const { stream } = this;
    stream.addEventListener("listening", () => this.#load());
    stream.addEventListener("message", (event) => this.#arrived(JSON.parse(event.data)));
    stream.addEventListener("changed", (event) => this.#changed(JSON.parse(event.data)));
    stream.addEventListener("webhook", (event) => this.onWebhook(JSON.parse(event.data)));
    stream.addEventListener("typing", () => this.#typing());
    stream.onerror = () => this.onProblem("Sin conexión con el simulador; se reintenta solo.");
    this.#showName();
  }

  async act(kind, fields = {}) {
    this.onProblem("");
    try {
      const done = await api.act(this.line, kind, fields);
      this.#checkReceipts(done.receipts);
    } catch (problem) {
      this.onProblem(problem.message);
    }
  }

  press(message, index) {
    if (message.channel === "whatsapp") {
      this.pressed.add(message.id);
      this.#redraw(message);
    }
    return this.act("press", { index, message_id: message.id });
  }

  wasPressed(message) {
    return this.pressed.has(message.id);
  }

  openList(message) {
    byId("sheet-title").textContent = message.menu;
    byId("sheet-items").replaceChildren(
      ...message.buttons.map((item, index) =>
        element(
          "li", {},
          element(
            "button",
            { type: "button", onclick: () => { byId("sheet").close(); this.act("press", { index, message_id: message.id }); } },
            item.title,
            item.description ? element("small", {}, item.description) : null,
          ),
        ),
      ),
    );
    byId("sheet").show();
    byId("sheet").querySelector("li button").focus();
  }

  #checkReceipts(receipts) {
    const bad = receipts.find((receipt) => receipt.status < 200 || receipt.status >= 300);
    if (bad) this.onProblem(`El producto no aceptó el webhook: ${bad.status || bad.error}`);
  }

  #showName() {
    const telegram = this.line.channel === "telegram";
    byId("chat-name").textContent = telegram ? `@${document.body.dataset.bot}` : "Acuerdo";
    byId("chat-state").textContent = telegram ? "bot" : document.body.dataset.business;
  }

  async #load() {
    const { line } = this;
    const messages = await api.chat(line);
    if (line !== this.line) return;
    this.onProblem("");
    this.messages = new Map(messages.map((message) => [message.id, message]));
    this.#draw();
  }

  #draw() {
    const list = byId("messages");
    list.replaceChildren();
    this.lastDay = "";
    if (!this.messages.size) list.append(this.#hello());
    for (const message of this.messages.values()) this.#append(message);
    this.atEnd = true;
    this.keepAtEnd();
    this.#showKeys();
  }

  #hello() {
    const words = this.line.channel === "telegram"
      ? "Nadie ha escrito todavía. Abra el bot para empezar."
      : "Nadie ha escrito todavía. Escriba «hola» para empezar.";
    return element("li", { class: "hello" }, words);
  }

  #append(message) {
    const list = byId("messages");
    list.querySelector(".hello")?.remove();
    const day = dayOf(message.at);
    if (day !== this.lastDay) list.append(element("li", { class: "day" }, day));
    this.lastDay = day;
    const item = bubble(message, this);
    list.append(item);
    return item;
  }

  #arrived(message) {
    this.messages.set(message.id, message);
    if (message.direction === "to_person") {
      this.#stopTyping();
      byId("announcer").textContent = `Acuerdo: ${message.text}`;
    }
    this.#append(message).classList.add("fresh");
    this.#toEnd();
    this.#showKeys();
  }

  #changed(message) {
    if (!this.messages.has(message.id)) return;
    this.messages.set(message.id, message);
    this.#redraw(message);
    this.#showKeys();
  }

  #redraw(message) {
    const item = [...byId("messages").children].find(({ dataset }) => dataset.id === message.id);
    const focused = item.contains(document.activeElement);
    renew(item, bubble(message, this));
    if (focused && !item.contains(document.activeElement)) byId("write").focus();
  }

  #typing() {
    this.#stopTyping();
    const dots = element("li", { class: "typing", id: "typing", "aria-label": "escribiendo" });
    dots.append(element("i"), element("i"), element("i"));
    byId("messages").append(dots);
    this.#toEnd();
    this.typingTimer = setTimeout(() => this.#stopTyping(), TYPING_MS);
  }

  #stopTyping() {
    clearTimeout(this.typingTimer);
    byId("typing")?.remove();
  }

  // A picture that loads late must not push the last message out of sight.
  keepAtEnd() {
    if (this.atEnd) byId("scroller").scrollTop = byId("scroller").scrollHeight;
  }

  #isAtEnd() {
    const { scrollTop, scrollHeight, clientHeight } = byId("scroller");
    return scrollHeight - scrollTop - clientHeight < 80;
  }

  #toEnd() {
    this.atEnd = true;
    byId("scroller").scrollTo({ top: byId("scroller").scrollHeight, behavior: "smooth" });
  }

  #showKeys() {
    const keys = this.#keys();
    byId("keys").replaceChildren(...keys);
    byId("keys").hidden = keys.length === 0;
  }

  #keys() {
    if (this.line.channel !== "telegram") return [];
    const key = (title, press) => element("button", { type: "button", onclick: press }, title);
    if (!this.messages.size) {
      const start = { payload: this.person.start_payload, name: this.person.name };
      return [key("Iniciar", () => this.act("start", start))];
    }
    const last = [...this.messages.values()].findLast((message) => message.direction === "to_person");
    if (!last || !hasReplyKeyboard(last)) return [];
    const share = { phone: this.person.addresses.whatsapp, own: true, name: this.person.name };
    const contact = last.asks_contact ? [key(last.asks_contact, () => this.act("contact", share))] : [];
    return [...contact, ...last.buttons.map((button) => key(button.title, () => this.act("text", { text: button.title })))];
  }
}
