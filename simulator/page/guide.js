// The order in which to try things: each step can be begun with a tap, and is ticked once it happened.

import { doing, h } from "./dom.js";

const WANTED = "スマイル企画の江川と申しますが、ちょっと急ぎなのですが営業の栗本さんいらっしゃいますでしょうか";
const CALLER = "+815012345678";

export class Guide {
  constructor(root, parts, office, turnTo) {
    const person = (id) => office.people.find((one) => one.id === id);
    const { slack, telephones } = parts;
    const callsChannel = Object.keys(office.channels)[0];
    this.done = new Set();
    this.steps = [
      {
        text: "栗本が出張を知らせる",
        begin: () => { turnTo("slack"); slack.go(person("kurimoto").slack); slack.fill("/tori 出張 明日まで"); },
        happened: ({ slack: state }) => state?.channels.some((one) => one.messages.some((message) =>
          message.ephemeral_to === person("kurimoto").slack && message.text.includes("出張"))),
      },
      {
        text: "栗本あてに電話がかかる",
        begin: async () => { turnTo("telephone"); await telephones.redial(CALLER); await telephones.say(WANTED); },
        happened: ({ twilio: state }) => calls(state).some((call) => said(call, "栗本")),
      },
      {
        text: "切ると #電話 に伝言",
        begin: async () => { await telephones.act({ do: "hangs_up" }).catch(() => {}); turnTo("slack"); slack.go(person("kurimoto").slack, callsChannel); },
        happened: ({ slack: state }) => state?.channels.some((one) => one.kind !== "im" && one.messages.some((message) => message.from_bot)),
      },
      {
        text: "佐藤が Slack で「つなぐ」",
        begin: async () => {
          turnTo("slack");
          slack.go(person("sato").slack);
          await telephones.redial("+819033334444");
          await telephones.say("青葉商事の三上です。営業の佐藤さんをお願いします");
        },
        happened: ({ twilio: state }) => calls(state).some((call) => call.to === person("sato").phone),
      },
      {
        text: "電話に出て 1 を押す",
        begin: () => turnTo("desk"),
        happened: ({ twilio: state }) => calls(state).some((call) => call.transcript.some((line) => line.text.startsWith("connected with"))),
      },
    ];
    this.buttons = this.steps.map((step, i) => h("button", { type: "button", onclick: doing(() => step.begin()) },
      h("i", {}, String(i + 1)), step.text));
    root.append(...this.buttons.map((button) => h("li", {}, button)));
  }

  look(states) {
    this.steps.forEach((step, i) => {
      if (step.happened(states)) this.done.add(i);
      this.buttons[i].classList.toggle("done", this.done.has(i));
    });
    const next = this.steps.findIndex((_, i) => !this.done.has(i));
    if (next !== this.next) this.buttons[next]?.scrollIntoView({ block: "nearest", inline: "center" });
    this.next = next;
    this.buttons.forEach((button, i) => button.classList.toggle("next", i === next));
  }
}

const calls = (state) => state?.phones.flatMap((phone) => phone.calls) ?? [];
const said = (call, words) => call.transcript.some((line) => line.sound === "said" && line.text.includes(words));
