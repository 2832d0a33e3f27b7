// What the desk's pages do beyond asking for fresh parts: keep the reader's place, say what is new,
// clear what was sent, obey the keyboard. Every page also works without it.
"use strict";

(() => {
  const byId = (id) => document.getElementById(id);
  const title = document.title;
  const thread = byId("thread");

  // ---- keeping one's place -------------------------------------------------------------------

  let lastSeen = null;
  let isAtEnd = true;
  const before = new Map(); // by the id of a part: what was open and written in it

  const toEnd = () => { thread.scrollTop = thread.scrollHeight; };
  const lastEntry = () => thread.querySelector(".entries > .entry:last-child");

  document.body.addEventListener("htmx:oobBeforeSwap", (event) => {
    const place = event.detail.target;
    before.set(place.id, {
      open: [...place.querySelectorAll("details[open][id]")].map((each) => each.id),
      draft: place.id === "actions" ? byId("reply-text")?.value.trim() : "",
    });
  });

  const afterwards = {
    queue: countWaiting,
    thread: showWhatIsNew,
    card: showLocalTime,
    actions: keepDraft,
  };

  // htmx does not tell of every part that it swaps
  const watcher = new MutationObserver((changes) => {
    const changed = [...new Set(changes.map((change) => change.target.id))];
    const was = changed.map((id) => before.get(id) ?? { open: [], draft: "" });
    before.clear();
    for (const id of was.flatMap((each) => each.open)) byId(id)?.setAttribute("open", "");
    changed.forEach((id, at) => afterwards[id](was[at]));
  });
  for (const id of Object.keys(afterwards)) {
    if (byId(id)) watcher.observe(byId(id), { childList: true });
  }

  function keepDraft({ draft }) {
    if (draft && !byId("reply-text")) {
      notify(`Ya no puede responder aquí. Su borrador no se envió: «${draft}»`);
    }
  }

  function showWhatIsNew() {
    if (isAtEnd) toEnd();
    const last = lastEntry();
    if (!last || last.id === lastSeen) return;
    lastSeen = last.id;
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
    shown.hidden = false;
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

  // A form may be replaced while its answer is under way, and htmx tells nobody of that answer.
  document.body.addEventListener("htmx:beforeSend", (event) => {
    const { xhr, requestConfig } = event.detail;
    const form = requestConfig.elt;
    if (!(form instanceof HTMLFormElement)) return;
    const sent = requestConfig.parameters.text;
    xhr.addEventListener("loadend", () => answered(form, sent, xhr.status));
  });

  function answered(form, sent, status) {
    if (!status) {
      notify("No hay conexión con el servidor. Lo escrito sigue en el cuadro: inténtelo otra vez.");
    }
    if (status < 200 || status >= 400) return;
    byId("notices").replaceChildren();
    const act = form.dataset.act;
    if (form.isConnected) form.reset();
    else forgetSent(byId(`${act}-text`), sent);
    if (act === "reply") toEnd();
    if (act === "note" || act === "close") byId(`${act}-box`)?.removeAttribute("open");
    if (act === "reply" || act === "take" || act === "note") byId("reply-text")?.focus();
    fit(byId("reply-text"));
  }

  // The new form kept the box, words and all; what was written since then stays.
  function forgetSent(box, sent) {
    if (box && box.value === sent) box.value = "";
  }

  function notify(words) {
    const notice = document.createElement("p");
    notice.className = "notice bad";
    notice.textContent = words;
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
    let size = "";
    thread.addEventListener("scroll", () => {
      const sizeNow = `${thread.scrollHeight} ${thread.clientHeight}`;
      // what moved because something grew was not moved by the reader
      if (sizeNow === size) {
        isAtEnd = thread.scrollHeight - thread.scrollTop - thread.clientHeight < 80;
      }
      size = sizeNow;
    });
    // a box that opens below, or a picture that arrives, must not push the last message away
    new ResizeObserver(() => { if (isAtEnd) toEnd(); }).observe(thread);
    thread.addEventListener("load", () => { if (isAtEnd) toEnd(); }, true);
  }
})();
