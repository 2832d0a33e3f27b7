// The list of people whose phone can be picked up, and what is known about the one chosen.

import * as api from "./api.js";
import { byId, element } from "./dom.js";

const countries = new Intl.DisplayNames("es", { type: "region" });
const longDate = new Intl.DateTimeFormat("es", { dateStyle: "long", timeZone: "UTC" });

// What can be promised depends on the country's money.
const AMOUNTS = { AR: "20 mil", CL: "50 mil", CO: "100 mil", MX: "500", PE: "100" };

const phrasesFor = (person) => [
  "hola",
  "¿cuánto debo?",
  `puedo pagar ${AMOUNTS[person.country] ?? "100"} el viernes`,
  "mejor el lunes",
  "¿me dan cuotas?",
  "pásame el link de pago",
  "ya pagué ayer",
  "eso no es mío",
  "quiero hablar con una persona",
  "¿eres un robot?",
];

const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

function initials(name) {
  return name.split(/\s+/).slice(0, 2).map((word) => word[0] ?? "").join("").toUpperCase();
}

function hue(text) {
  return [...text].reduce((sum, letter) => (sum * 167 + letter.codePointAt(0) * 37) % 360, 11);
}

function avatar(person) {
  const look = { class: "avatar", style: `--hue:${hue(person.name)}`, "aria-hidden": "true" };
  return element("span", look, initials(person.name));
}

/** Somebody outside of the demonstration, by their number as it was typed; null where it is none. */
function strangerAt(typed) {
  const address = typed.replace(/[^\d+]/g, "");
  if (!/^\+?\d{7,15}$/.test(address)) return null;
  const phone = address.startsWith("+") ? address : `+${address}`;
  const telegram = String(6_000_000_000 + (Number(phone.slice(-9)) % 900_000_000));
  return {
    id: phone, name: "Número desconocido", country: "", state: "Nadie espera a esta persona",
    document: "", birth_date: "", addresses: { whatsapp: phone, telegram }, start_payload: "",
  };
}

export class People {
  constructor(onChoose, onSuggest) {
    this.onChoose = onChoose;
    this.onSuggest = onSuggest;
    this.everybody = [];
    this.chosen = null;
    byId("search").addEventListener("input", () => this.#show());
    byId("stranger").addEventListener("submit", (event) => this.#useStranger(event));
    byId("open-people").addEventListener("click", () => this.#open(true));
    byId("close-people").addEventListener("click", () => this.#open(false));
    byId("toggle-known").addEventListener("click", () => this.#openKnown());
    byId("people").addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.#open(false);
    });
  }

  async load() {
    this.everybody = await api.people();
    this.#show();
  }

  /** Who is in the address bar: of the list, a number outside of it, or else the first of the list. */
  chooseRemembered(id) {
    const person = this.everybody.find((each) => each.id === id) ?? strangerAt(id) ?? this.everybody[0];
    if (person) this.choose(person);
  }

  choose(person) {
    this.chosen = person;
    this.#show();
    this.#showKnown();
    this.#showPhrases();
    this.onChoose(person);
  }


  #open(open) {
    byId("people").classList.toggle("open", open);
    if (open) byId("search").focus();
  }

  #openKnown(open = !byId("known-panel").classList.contains("open")) {
    byId("known-panel").classList.toggle("open", open);
    byId("toggle-known").setAttribute("aria-expanded", String(open));
  }

  #write(text) {
    this.#openKnown(false);
    this.onSuggest(text);
  }

  #useStranger(event) {
    event.preventDefault();
    const stranger = strangerAt(byId("stranger-address").value);
    byId("stranger-problem").textContent =
      stranger ? "" : "Escriba el número con su código de país: de 7 a 15 cifras.";
    if (!stranger) {
      byId("stranger-address").focus();
      return;
    }
    this.#open(false);
    this.choose(stranger);
  }

  #matching() {
    const words = plain(byId("search").value).split(/\s+/).filter(Boolean);
    return this.everybody.filter((person) => {
      const text = plain(`${person.name} ${person.state} ${this.#country(person)}`);
      return words.every((word) => text.includes(word));
    });
  }

  #country(person) {
    return person.country ? countries.of(person.country) : "";
  }

  #show() {
    const groups = new Map();
    for (const person of this.#matching()) {
      const country = this.#country(person);
      groups.set(country, [...(groups.get(country) ?? []), person]);
    }
    const sections = [...groups].map(([country, people]) =>
      element(
        "section", { "aria-label": country },
        element("h2", { class: "country" }, country),
        element("ul", { class: "country-people" }, ...people.map((person) => this.#entry(person))),
      ),
    );
    const nobody = element("p", { class: "nobody" }, "No hay nadie así en la cartera de demostración.");
    byId("people-list").replaceChildren(...(sections.length ? sections : [nobody]));
  }

  #entry(person) {
    const pressed = this.chosen?.id === person.id ? "true" : "false";
    const words = element(
      "span", {}, element("b", {}, person.name), element("small", {}, person.state),
    );
    const choose = () => { this.#open(false); this.choose(person); };
    return element(
      "li", {},
      element(
        "button",
        { type: "button", class: "person", "aria-pressed": pressed, "data-person": person.id, onclick: choose },
        avatar(person), words,
      ),
    );
  }

  #showKnown() {
    const person = this.chosen;
    byId("whose").replaceChildren("Usted es ", element("b", {}, person.name));
    const birth = person.birth_date ? longDate.format(new Date(`${person.birth_date}T00:00Z`)) : "";
    const facts = [
      ["Documento", person.document, person.document],
      ["Nacimiento", birth, person.birth_date.split("-").reverse().join("/")],
      ["Teléfono", person.addresses.whatsapp, ""],
    ].filter(([, shown]) => shown);
    const list = element("dl", {}, ...facts.map(([name, shown, typed]) => this.#fact(name, shown, typed)));
    const card = element(
      "div", { class: "card" },
      element("p", { class: "card-name" }, person.name),
      person.state ? element("p", { class: "card-state" }, person.state) : null,
      list,
    );
    byId("known").replaceChildren(card);
  }

  #showPhrases() {
    const button = (phrase) =>
      element("button", { type: "button", onclick: () => this.#write(phrase) }, phrase);
    byId("phrases").replaceChildren(
      ...phrasesFor(this.chosen).map((phrase) => element("li", {}, button(phrase))),
    );
  }

  #fact(name, shown, typed) {
    const write = () => this.#write(typed);
    const button = element("button", { type: "button", onclick: write }, "escribir");
    button.setAttribute("aria-label", `Escribir ${name.toLowerCase()}: ${typed}`);
    return element(
      "div", {},
      element("dt", {}, name),
      element("dd", {}, element("span", {}, shown), typed ? button : null),
    );
  }
}
