// The softphone: rings while the page is open. Two lines with the same four words: `ringing`,
// `talking`, `over`, `heard`; Twilio's own, and one that speaks to the simulator beside us.
"use strict";

(() => {
  const { identity, csrf, line: kind } = document.body.dataset;
  const byId = (id) => document.getElementById(id);
  const show = (...ids) => {
    for (const id of ["answer", "accept", "hang-up"]) byId(id).hidden = !ids.includes(id);
  };
  const say = (words) => { byId("phone-state").textContent = words; };

  const told = {
    ready() { say("Listo para recibir llamadas."); byId("phone-words").textContent = ""; show(); },
    ringing() { say("Llamada entrante"); show("answer", "hang-up"); },
    whispered(words) { say("Escuche quién llama"); byId("phone-words").textContent = words; show("accept", "hang-up"); },
    talking() { say("En llamada"); show("hang-up"); },
    lost(why) { say(`Sin teléfono: ${why}`); show(); },
  };

  const post = (path) => fetch(path, { method: "POST", headers: { "X-CSRF-Token": csrf }, keepalive: true });

  // ---- Twilio's line ---------------------------------------------------------------------------

  async function twilioLine() {
    const fresh = async () => (await (await fetch("/desk/phone/token")).json()).token;
    const device = new window.Twilio.Device(await fresh(), { closeProtection: true });
    let call = null;
    device.on("registered", told.ready);
    device.on("error", (error) => told.lost(error.message));
    device.on("tokenWillExpire", async () => device.updateToken(await fresh()));
    device.on("incoming", (incoming) => {
      call = incoming;
      told.ringing();
      // the whisper is heard, not read: the key is offered as soon as the line is open
      call.on("accept", () => told.whispered(""));
      call.on("disconnect", told.ready);
      call.on("cancel", told.ready);
    });
    await device.register();
    return {
      answer: () => call?.accept(),
      accept: () => { call?.sendDigits("1"); told.talking(); },
      hangUp: () => (call?.status() === "pending" ? call.reject() : call?.disconnect()),
    };
  }

  // ---- the simulator's line --------------------------------------------------------------------

  function standInLine() {
    const calls = "/simulator/control/calls";
    let current = null;
    const act = async (kind, more = {}) => {
      await fetch(`${calls}/${current.sid}/acts`, {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify({ kind, wait: false, ...more }),
      });
      await look();
    };
    async function look() {
      const found = await fetch(`${calls}?person=${encodeURIComponent(`client:${identity}`)}&going_on=true`);
      const [call] = await found.json();
      const state = !call ? "ready" : call.bridged_to ? "talking" : call.status === "ringing" ? "ringing" : "whispered";
      const words = (call?.heard ?? []).filter((each) => each.kind === "say").map((each) => each.text).join(" ");
      current = call ?? null;
      if (byId("phone-state").dataset.state === `${state} ${words}`) return;
      byId("phone-state").dataset.state = `${state} ${words}`;
      told[state](words);
    }
    setInterval(look, 700);
    look();
    return {
      answer: () => act("answer"),
      accept: () => act("press", { digits: "1" }),
      hangUp: () => act(current?.status === "ringing" ? "decline" : "hang_up"),
    };
  }

  async function open() {
    try {
      const line = kind === "twilio" ? await twilioLine() : standInLine();
      byId("answer").addEventListener("click", line.answer);
      byId("accept").addEventListener("click", line.accept);
      byId("hang-up").addEventListener("click", line.hangUp);
    } catch (error) {
      told.lost(error.message);
      return;
    }
    await post("/desk/phone/here");
    setInterval(() => post("/desk/phone/here"), 15000);
    addEventListener("pagehide", () => post("/desk/phone/gone"));
  }

  open();
})();
