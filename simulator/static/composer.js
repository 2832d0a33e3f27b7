// The line where the person writes, and the menu of what can be attached.

import { byId, element } from "./dom.js";

const LONGEST_FILE = 12 * 1024 * 1024;

async function base64(blob) {
  const bytes = new Uint8Array(await blob.arrayBuffer());
  let text = "";
  for (let at = 0; at < bytes.length; at += 32768) {
    text += String.fromCharCode(...bytes.subarray(at, at + 32768));
  }
  return btoa(text);
}

function drawnReceipt() {
  const canvas = element("canvas", { width: 480, height: 620 });
  const pen = canvas.getContext("2d");
  pen.fillStyle = "#c9b79c";
  pen.fillRect(0, 0, 480, 620);
  pen.translate(240, 310);
  pen.rotate(-0.04);
  pen.fillStyle = "#fdfcf7";
  pen.shadowColor = "rgba(0,0,0,.35)";
  pen.shadowBlur = 24;
  pen.fillRect(-170, -260, 340, 520);
  pen.shadowBlur = 0;
  pen.fillStyle = "#2b2b2b";
  pen.font = "bold 26px monospace";
  pen.textAlign = "center";
  pen.fillText("COMPROBANTE", 0, -205);
  pen.font = "18px monospace";
  const lines = ["Banco de Prueba", "", "Pago de servicios", "Operación 004512", "", "IMPORTE", "120,50", "", "Gracias por su pago"];
  lines.forEach((line, index) => pen.fillText(line, 0, -150 + index * 40));
  return new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.85));
}

export class Composer {
  constructor(phone, onProblem) {
    this.phone = phone;
    this.onProblem = onProblem;
    this.text = byId("write");
    this.menu = byId("attach-menu");
    byId("composer").addEventListener("submit", (event) => { event.preventDefault(); this.#send(); });
    this.text.addEventListener("keydown", (event) => this.#key(event));
    this.text.addEventListener("input", () => this.#grow());
    byId("attach").addEventListener("click", () => this.#toggle());
    byId("file").addEventListener("change", () => this.#sendChosenFile());
    this.menu.addEventListener("keydown", (event) => this.#menuKey(event));
    document.addEventListener("click", (event) => {
      if (!event.target.closest(".attach")) this.#toggle(false);
    });
  }

  suggest(text) {
    this.text.value = text;
    this.#grow();
    this.text.focus();
  }

  #send() {
    const text = this.text.value.trim();
    if (!text || !this.phone.line) return;
    this.text.value = "";
    this.#grow();
    this.phone.act("text", { text, name: this.phone.person.name });
  }

  #key(event) {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      this.#send();
    }
  }

  #grow() {
    this.text.style.height = "auto";
    this.text.style.height = `${this.text.scrollHeight + 2}px`;
  }

  #entries() {
    const person = this.phone.person;
    const entries = [
      ["Foto o documento de mi equipo…", () => byId("file").click()],
      ["Foto de un comprobante (muestra)", async () => this.#sendFile(await drawnReceipt(), "comprobante.jpg")],
      ["Nota de voz (muestra)", () => this.phone.act("voice")],
      ["Documento PDF (muestra)", () => this.phone.act("document")],
    ];
    if (this.phone.line?.channel !== "telegram") return entries;
    const phone = person.addresses.whatsapp;
    return [
      ...entries,
      ["Compartir mi contacto", () => this.phone.act("contact", { phone, own: true, name: person.name })],
      ["Compartir el contacto de otro", () => this.phone.act("contact", { phone: "+5215500000000", own: false, name: "Otra persona" })],
      ["Bloquear el bot", () => this.phone.act("block")],
      ["Desbloquear el bot", () => this.phone.act("unblock")],
    ];
  }

  #toggle(open = this.menu.hidden) {
    if (open === !this.menu.hidden) return;
    if (open) {
      const entry = ([title, run]) =>
        element("button", { type: "button", role: "menuitem", onclick: () => { this.#toggle(false); run(); } }, title);
      this.menu.replaceChildren(...this.#entries().map(entry));
    }
    this.menu.hidden = !open;
    byId("attach").setAttribute("aria-expanded", String(open));
    if (open) this.menu.firstElementChild.focus();
  }

  #menuKey(event) {
    const items = [...this.menu.children];
    const at = items.indexOf(document.activeElement);
    const steps = { ArrowDown: 1, ArrowUp: -1 };
    if (event.key in steps) {
      event.preventDefault();
      items.at((at + steps[event.key]) % items.length).focus();
    } else if (event.key === "Escape") {
      this.#toggle(false);
      byId("attach").focus();
    }
  }

  #sendChosenFile() {
    const [file] = byId("file").files;
    byId("file").value = "";
    if (file) this.#sendFile(file, file.name);
  }

  async #sendFile(blob, filename) {
    if (blob.size > LONGEST_FILE) {
      this.onProblem("El archivo pesa demasiado: hasta 12 MB.");
      return;
    }
    const kind = blob.type.startsWith("image/") ? "photo" : "document";
    await this.phone.act(kind, { content: await base64(blob), content_type: blob.type, filename });
  }
}
