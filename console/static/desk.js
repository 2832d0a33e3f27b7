// What the desk's pages do beyond asking for fresh parts: keep the reader's place, say what is new,
// clear what was sent, obey the keyboard. Every page also works without it.
"use strict";

(() => {
  const byId = (id) => document.getElementById(id);
  const title = document.title;
  const thread = byId("thread");

  // ---- keeping one's place -------------------------------------------------------------------

  let wasAtEnd = true;
  let lastSeen = null;
  let openDetails = new Set();

  const isAtEnd = () => thread.scrollHeight - thread.scrollTop - thread.clientHeight < 80;
  const toEnd = () => { thread.scrollTop = thread.scrollHeight; };
  const lastEntry = () => thread.querySelector(".entries > .entry:last-child");

  document.body.addEventListener("htmx:oobBeforeSwap", (event) => {
    const place = event.detail.target;
    openDetails = new Set([...place.querySelectorAll("details[open][id]")].map((each) => each.id));
    if (place === thread) wasAtEnd = isAtEnd();
  });

  document.body.addEventListener("htmx:oobAfterSwap", (event) => {
    const place = event.detail.target;
    for (const id of openDetails) byId(id)?.setAttribute("open", "");
    if (place === thread) showWhatIsNew();
    if (place.id === "queue") countWaiting();
    if (place.id === "card") showLocalTime();
  });

  function showWhatIsNew() {
    const last = lastEntry();
    if (!last || last.id === lastSeen) return;
    lastSeen = last.id;
    if (wasAtEnd || last.dataset.author === "agent") toEnd();
    if (last.dataset.author === "debtor") {
      const words = last.querySelector(".words")?.textContent ?? "un archivo";
      byId("announcer").textContent = `Mensaje nuevo de ${last.dataset.name}: ${words}`;
    }
  }

  function countWaiting() {
    const waiting = Number(document.querySelector("[data-waiting]")?.dataset.waiting ?? 0);
    document.title = waiting ? `(${waiting}) ${title}` : title;
  }

  // ---- the person's local time, by the server's clock ----------------------------------------

  const serverNow = document.body.dataset.now;
  const skew = serverNow ? Date.parse(serverNow) - Date.now() : 0;

  function showLocalTime() {
    for (const each of document.querySelectorAll(".local-time[data-zone]")) {
      const written = new Intl.DateTimeFormat("es", {
        hour: "2-digit", minute: "2-digit", hour12: false, timeZone: each.dataset.zone,
      }).format(new Date(Date.now() + skew));
      each.querySelector(".local-hour").textContent = written;
      each.hidden = false;
    }
  }

  // ---- the live stream -----------------------------------------------------------------------

  function sayStream(state, words) {
    const shown = byId("stream");
    if (!shown || shown.dataset.state === state) return;
    shown.dataset.state = state;
    shown.querySelector(".stream-words").textContent = words;
  }

  document.body.addEventListener("htmx:sseOpen", () => {
    sayStream("live", "En vivo");
    // what changed while nobody listened
    for (const id of ["queue-source", "talk-source"]) {
      const source = byId(id);
      if (source) htmx.trigger(source, "refresh");
    }
  });
  document.body.addEventListener("htmx:sseError", () => {
    sayStream("slow", "Sin conexión en vivo; se actualiza cada 20 segundos");
  });

  // ---- forms ---------------------------------------------------------------------------------

  document.body.addEventListener("htmx:afterRequest", (event) => {
    const form = event.detail.requestConfig.elt; // perhaps no longer in the page
    if (!(form instanceof HTMLFormElement)) return;
    if (!event.detail.successful) {
      if (!event.detail.xhr.status) sayUnsent();
      return;
    }
    byId("notices").replaceChildren();
    form.reset();
    const act = form.dataset.act;
    if (act === "note" || act === "close") form.closest("details")?.removeAttribute("open");
    if (act === "reply" || act === "take" || act === "note") byId("reply-text")?.focus();
    fit(byId("reply-text"));
  });

  function sayUnsent() {
    const notice = document.createElement("p");
    notice.className = "notice bad";
    notice.textContent =
      "No hay conexión con el servidor. Lo escrito sigue en el cuadro: inténtelo otra vez.";
    byId("notices").replaceChildren(notice);
  }

  document.body.addEventListener("click", (event) => {
    if (event.target.closest(".dismiss")) byId("notices").replaceChildren();
  });

  // the box grows with what is written
  function fit(box) {
    if (!box) return;
    box.style.height = "auto";
    if (box.value) box.style.height = `${Math.min(box.scrollHeight + 2, 220)}px`;
    else box.style.height = "";
  }
  document.body.addEventListener("input", (event) => {
    if (event.target.id === "reply-text") fit(event.target);
  });

  // ---- the keyboard --------------------------------------------------------------------------

  function openBox(id, field) {
    const box = byId(id);
    if (!box) return;
    box.open = true;
    byId(field).focus();
  }

  function nextLine(step) {
    const lines = [...document.querySelectorAll(".queue .line")];
    if (!lines.length) return;
    const at = lines.findIndex((line) => line === document.activeElement);
    const open = lines.findIndex((line) => line.classList.contains("open"));
    const from = at >= 0 ? at : open;
    lines[(from + step + lines.length) % lines.length].focus();
  }

  const keys = {
    KeyR: () => byId("reply-text")?.focus(),
    KeyL: () => byId("take")?.click(),
    KeyN: () => openBox("note-box", "note-text"),
    KeyJ: () => nextLine(1),
    KeyK: () => nextLine(-1),
  };

  document.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && event.target.form) {
      event.preventDefault();
      event.target.form.requestSubmit();
      return;
    }
    if (event.key === "Escape") byId("me")?.removeAttribute("open");
    if (!event.altKey || event.ctrlKey || event.metaKey || !(event.code in keys)) return;
    event.preventDefault();
    keys[event.code]();
  });

  // ---- begin ---------------------------------------------------------------------------------

  countWaiting();
  showLocalTime();
  setInterval(showLocalTime, 20_000);
  if (thread) {
    lastSeen = lastEntry()?.id ?? null;
    toEnd();
    for (const picture of thread.querySelectorAll("img")) {
      picture.addEventListener("load", toEnd, { once: true });
    }
  }
})();
