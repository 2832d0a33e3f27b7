// Puts people, phone, composer and workshop together; the address bar remembers who is playing.

import { CallScreen } from "./call.js";
import { Composer } from "./composer.js";
import { byId } from "./dom.js";
import { People } from "./people.js";
import { Phone } from "./phone.js";
import { Workshop } from "./workshop.js";

const showProblem = (text) => { byId("notice").textContent = text; };
const chosenChannel = () => document.querySelector("[name=channel]:checked").value;

const phone = new Phone((receipt) => workshop.heard(receipt), showProblem);
const composer = new Composer(phone, showProblem);
const workshop = new Workshop(phone, showProblem);
const callScreen = new CallScreen(showProblem);
const people = new People((person) => pickUp(person), (phrase) => composer.suggest(phrase));

function pickUp(person) {
  const channel = chosenChannel();
  byId("phone").dataset.channel = channel;
  document.querySelector(".channels").dataset.channel = channel;
  history.replaceState(null, "", `#${channel}/${encodeURIComponent(person.id)}`);
  phone.pickUp(person, channel);
  callScreen.pickUp(person);
  byId("write").focus({ preventScroll: true });
}

function remembered() {
  const [channel, id] = location.hash.slice(1).split("/");
  const radio = document.querySelector(`[name=channel][value="${CSS.escape(channel)}"]`);
  if (radio) radio.checked = true;
  return decodeURIComponent(id ?? "");
}

function tick() {
  byId("phone-clock").textContent = new Date().toLocaleTimeString("es", { hour: "2-digit", minute: "2-digit" });
}

for (const radio of document.querySelectorAll("[name=channel]")) {
  radio.addEventListener("change", () => { if (people.chosen) pickUp(people.chosen); });
}
tick();
setInterval(tick, 10_000);

try {
  await people.load();
  // Whoever was chosen while the list was still on its way stays chosen.
  if (!people.chosen) {
    const writing = document.activeElement.closest("input");
    people.chooseRemembered(remembered());
    // Who began to write in another field meanwhile goes on there.
    writing?.focus();
  }
} catch (problem) {
  showProblem(`No se pudo leer la cartera de demostración: ${problem.message}`);
}
