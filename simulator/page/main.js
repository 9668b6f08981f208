// Where the parts of the page meet.

import { clock, day, h, toast } from "./dom.js";
import { Guide } from "./guide.js";
import { Line } from "./line.js";
import { Slack } from "./slack.js";
import { Telephones } from "./telephone.js";
import { operate } from "./wire.js";

const PANES = { telephone: "お客様", slack: "Slack", line: "LINE", desk: "社員の電話" };
const at = (id) => document.getElementById(id);

async function begin() {
  const config = await (await fetch("/config.json")).json();
  const { office } = config;
  at("office").textContent = office.name;
  const states = {};
  let guide = null;
  const tabs = makeTabs();
  const told = (name, state) => {
    states[name] = state;
    guide?.look(states);
    mark(tabs);
  };
  const turnTo = (pane) => {
    document.body.dataset.pane = pane;
    for (const [name, tab] of Object.entries(tabs)) tab.setAttribute("aria-pressed", String(name === pane));
  };
  const parts = {};
  parts.slack = new Slack(at("slack"), config.slack, office, told);
  parts.line = new Line(at("line"), config.line, office, told);
  parts.telephones = new Telephones(at("telephone"), at("desk"), config.twilio, office, told);
  guide = new Guide(at("guide"), parts, office, turnTo);
  for (const [name, tab] of Object.entries(tabs)) tab.addEventListener("click", () => turnTo(name));
  turnTo("telephone");
  at("doors").addEventListener("change", turnDoors);
  setInterval(tellTime, 1000);
  tellTime();
}

function makeTabs() {
  return Object.fromEntries(Object.entries(PANES).map(([name, label]) => {
    const tab = h("button", { type: "button" }, h("i", { class: `sign ${name}` }), label);
    at("tabs").append(tab);
    return [name, tab];
  }));
}

/** What waits elsewhere shows on the tabs, and a telephone that rings in the title too. */
function mark(tabs) {
  for (const [name, tab] of Object.entries(tabs)) {
    tab.classList.toggle("unread", document.querySelector(`#${name} .badge`) !== null);
  }
  const rings = document.querySelector(".staff-phone.rings") !== null;
  document.body.classList.toggle("ringing", rings);
  document.title = rings ? "着信中 ― 取次ぎ デモ" : "取次ぎ デモ";
}

async function turnDoors(event) {
  const box = event.currentTarget;
  box.disabled = true;
  try {
    await operate({ do: "doors", open: box.checked });
    toast(box.checked ? "営業中にしました。数秒で切り替わります。" : "本日休業にしました。数秒で切り替わります。");
  } catch (error) {
    toast(error.message);
    box.checked = !box.checked;
  } finally {
    box.disabled = false;
    box.nextElementSibling.textContent = box.checked ? "営業中" : "本日休業";
  }
}

function tellTime() {
  const now = new Date();
  at("clock").textContent = `${day(now)} ${clock(now)}`;
}

begin().catch((error) => toast(error.message));
