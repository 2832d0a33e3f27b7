// The drawer with the faults and the last webhooks.

import * as api from "./api.js";
import { hour } from "./bubbles.js";
import { byId, element } from "./dom.js";

const SHOWN = 60;
const SWITCHES = {
  copies: (on) => ({ webhook_copies: on ? 3 : 1 }),
  shuffle: (on) => ({ shuffle_window_ms: on ? 1500 : 0 }),
  reversed: (on) => ({ status_order: on ? "reversed" : "normal" }),
  hold: (on) => ({ hold_webhooks: on }),
};
const SENDS = {
  refuse: { outcome: "refuse", http_status: 503, code: 20503, message: "Service unavailable" },
  flood: { outcome: "refuse", http_status: 429, code: 20429, message: "Too Many Requests", retry_after_s: 2 },
  drop: { outcome: "drop" },
  lose: { outcome: "lose" },
  undelivered: { outcome: "undelivered", code: 63024, message: "Invalid message recipient" },
};
const SEND_WORDS = { refuse: "se rechazará", drop: "se cortará tras recibirlo", lose: "se perderá", undelivered: "no se entregará" };

export class Workshop {
  constructor(phone, onProblem) {
    this.phone = phone;
    this.onProblem = onProblem;
    byId("toggle-workshop").addEventListener("click", () => this.#show(byId("workshop").hidden));
    byId("close-workshop").addEventListener("click", () => this.#show(false));
    byId("faults").addEventListener("change", (event) => this.#switch(event.target));
    byId("release").addEventListener("click", () => this.#release());
    byId("close-window").addEventListener("click", () => this.#closeWindow());
    byId("workshop").addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.#show(false);
    });
    for (const button of document.querySelectorAll("[data-send]")) {
      button.addEventListener("click", () => this.#breakNextSend(button.dataset.send));
    }
  }

  heard(receipt) {
    if (byId("workshop").hidden) return;
    byId("webhooks").prepend(this.#row(receipt));
    byId("webhooks").children[SHOWN]?.remove();
    this.#showFaults();
  }

  async #show(open) {
    byId("workshop").hidden = !open;
    byId("toggle-workshop").setAttribute("aria-expanded", String(open));
    if (!open) {
      byId("toggle-workshop").focus();
      return;
    }
    const webhooks = await api.webhooks();
    byId("webhooks").replaceChildren(...webhooks.slice(0, SHOWN).map((entry) => this.#row(entry)));
    await this.#showFaults();
  }

  async #showFaults() {
    const faults = await api.faults();
    const form = byId("faults").elements;
    form.copies.checked = faults.webhook_copies > 1;
    form.shuffle.checked = faults.shuffle_window_ms > 0;
    form.reversed.checked = faults.status_order === "reversed";
    form.hold.checked = faults.hold_webhooks;
    byId("held").textContent = faults.held ? `(${faults.held})` : "";
    const next = faults.sends.map((fault) => SEND_WORDS[fault.outcome]);
    byId("pending-faults").textContent = next.length ? `Próximo envío: ${next.join("; luego ")}.` : "";
  }

  #row(entry) {
    const good = entry.status >= 200 && entry.status < 300;
    const answer = entry.status || entry.error;
    const retried = entry.attempts > 1 ? ` · ${entry.attempts} intentos` : "";
    const again = () => api.replay(entry.number).catch((problem) => this.onProblem(problem.message));
    return element(
      "tr", {},
      element("td", {}, hour(entry.at)),
      element("td", { title: entry.about }, entry.kind),
      element("td", { class: good ? "ok" : "bad" }, `${answer}${retried}`),
      element("td", {}, Math.round(entry.took_ms)),
      element("td", {}, element("button", { type: "button", onclick: again }, "repetir")),
    );
  }

  async #switch(input) {
    await api.changeFaults(SWITCHES[input.name](input.checked));
    await this.#showFaults();
  }

  async #release() {
    await api.release();
    await this.#showFaults();
  }

  async #closeWindow() {
    if (this.phone.line?.channel !== "whatsapp") return;
    await api.closeWindow(this.phone.line.address);
    byId("pending-faults").textContent = "La ventana de 24 h de esta persona está cerrada.";
  }

  async #breakNextSend(name) {
    const { sends } = await api.faults();
    const channel = this.phone.line?.channel ?? null;
    await api.changeFaults({ sends: [...sends, { ...SENDS[name], channel }] });
    await this.#showFaults();
  }
}
