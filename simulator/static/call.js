// The call screen: ring, hear, answer by voice, keys or typing. What is said can be heard where the
// browser has a voice, and spoken to where it has an ear.

import * as api from "./api.js";
import { byId, element } from "./dom.js";

const LOOK_MS = 700;
const KEYS = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "*", "0", "#"];
const STATES = {
  queued: "Llamando…", ringing: "Llamada entrante", "in-progress": "En llamada", completed: "Llamada terminada",
  busy: "Ocupado", "no-answer": "No contestó", failed: "No se pudo", canceled: "Cancelada",
};
const Recognition = window.SpeechRecognition ?? window.webkitSpeechRecognition;

export class CallScreen {
  constructor(onProblem) {
    this.onProblem = onProblem;
    this.address = "";
    this.sid = "";
    this.shown = 0;
    this.digits = "";
    byId("call-keys").append(
      ...KEYS.map((key) => element("button", { type: "button", onclick: () => this.#press(key) }, key)),
    );
    byId("call-start").addEventListener("click", () => this.#dial());
    byId("call-answer").addEventListener("click", () => this.#act("answer"));
    byId("call-end").addEventListener("click", () => this.#end());
    byId("call-silence").addEventListener("click", () => this.#act("say", { text: "" }));
    byId("call-form").addEventListener("submit", (event) => this.#say(event));
    byId("call-mic").hidden = !Recognition;
    byId("call-mic").addEventListener("click", () => this.#listen());
    setInterval(() => this.#look(), LOOK_MS);
  }

  pickUp(person) {
    this.address = person.addresses.voice ?? person.addresses.whatsapp;
    byId("call-start").hidden = !this.address;
    this.#forget();
    this.#look();
  }

  #forget() {
    this.sid = "";
    this.shown = 0;
    byId("call").hidden = true;
    byId("call-words").replaceChildren();
  }

  async #dial() {
    this.#forget();
    await this.#try(async () => this.#show(await api.dial(this.address)));
  }

  async #act(kind, fields = {}) {
    const { sid } = this;
    await this.#try(async () => {
      await api.actInCall(sid, kind, fields);
      await this.#look();
    });
  }

  #end() {
    if (this.over) this.#forget();
    else this.#act(this.ringing ? "decline" : "hang_up");
  }

  // Keys are sent when the question has as many as it wants, at its closing key, or after a pause.
  #press(key) {
    this.digits += key;
    byId("call-digits").textContent = this.digits;
    clearTimeout(this.keyTimer);
    const { num_digits: wanted = 0, finish_on_key: ending = "#" } = this.question ?? {};
    const done = key === ending || (wanted && this.digits.length >= wanted);
    this.keyTimer = setTimeout(() => this.#sendKeys(), done ? 0 : 2500);
  }

  #sendKeys() {
    const { digits } = this;
    this.digits = "";
    byId("call-digits").textContent = "";
    this.#act("press", { digits });
  }

  #say(event) {
    event.preventDefault();
    const text = byId("call-text").value.trim();
    if (!text) return;
    byId("call-text").value = "";
    this.#told("you", text);
    this.#act("say", { text });
  }

  #listen() {
    speechSynthesis?.cancel();
    const ear = new Recognition();
    ear.lang = this.question?.language ?? "es-MX";
    ear.onresult = ({ results }) => {
      const [{ transcript, confidence }] = results[0];
      this.#told("you", transcript);
      this.#act("say", { text: transcript, confidence });
    };
    ear.start();
  }

  async #look() {
    if (!this.address || document.hidden) return;
    if (this.sid) {
      if (!this.over) await this.#try(async () => this.#show(await api.callNow(this.sid)));
      return;
    }
    const [ringing] = await api.callsOf(this.address).catch(() => []);
    if (ringing && !this.sid) this.#show(ringing);
  }

  #show(call) {
    if (call.person !== this.address) return;
    this.sid = call.sid;
    this.question = call.question;
    this.over = !["queued", "ringing", "in-progress"].includes(call.status);
    this.ringing = call.status === "ringing";
    byId("call").hidden = false;
    byId("call-state").textContent = call.bridged_to ? "Con una persona" : STATES[call.status];
    byId("call-answer").hidden = !this.ringing;
    byId("call-controls").hidden = this.over || this.ringing;
    byId("call-end").textContent = this.over ? "Cerrar" : this.ringing ? "Rechazar" : "Colgar";
    for (const heard of call.heard.filter(({ seq }) => seq > this.shown)) {
      this.shown = heard.seq;
      if (heard.kind === "say" || heard.kind === "error") this.#hear(heard);
    }
  }

  #hear({ text, language }) {
    this.#told("them", text);
    if (byId("call-aloud").checked && "speechSynthesis" in window) {
      const words = new SpeechSynthesisUtterance(text);
      words.lang = language || "es-MX";
      speechSynthesis.speak(words);
    }
  }

  #told(who, text) {
    byId("call-words").append(element("li", { class: who }, text));
    byId("call-words").scrollTop = byId("call-words").scrollHeight;
  }

  async #try(work) {
    try {
      await work();
    } catch (problem) {
      this.onProblem(problem.message);
    }
  }
}
