// The telephones: the caller's, and those of the staff.

import { avatar, clock, counting, doing, h, keyed, spoken, sticking, toast } from "./dom.js";
import { command, watch } from "./wire.js";

const SAYINGS = [
  "スマイル企画の江川と申しますが、ちょっと急ぎなのですが営業の栗本さんいらっしゃいますでしょうか",
  "何か今日中に連絡できる方法はありませんでしょうか",
  "メールアドレスを教えてください",
  "ローマ字で kurimoto アット スマイルコープ ドットコムですね",
  "012-3456-7890でお願いします",
  "はい",
  "いいえ、結構です",
  "青葉商事の三上です。営業の佐藤さんをお願いします",
  "部署の方ならどなたでも結構です",
  "もう一度お願いします",
  "English, please.",
];
const CALLERS = { "+815012345678": "IP電話の方", "+819033334444": "携帯の方", anonymous: "番号非通知の方" };
const OTHER = "other";
const KEYS = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "*", "0", "#"];
const LIVE = new Set(["queued", "ringing", "in-progress"]);
const PATIENCE = 8; // seconds until the machine listens

const ENDINGS = { completed: "通話が終わりました", busy: "話し中でした", "no-answer": "応答がありませんでした", failed: "つながりませんでした", canceled: "呼び出しが止まりました" };

/** What happened, in words; nothing for what a person would not notice. */
function happened(line, ownerOf) {
  const [first, ...rest] = line.text.split(" ");
  if (first === "dials") return `${spoken(rest[0])} に発信`;
  if (first === "answered") return "つながりました";
  if (first === "connected") return `${ownerOf(rest.at(-1))}とつながりました`;
  if (first === "disconnected") return null;
  if (first === "ended:") return ENDINGS[rest[0]] ?? "通話が終わりました";
  return null;
}

/** A call as bubbles, with the text messages that came since it began. */
function transcript(container, call, ownerOf, sms = []) {
  const heard = call?.transcript ?? [];
  const texts = sms.filter((one) => heard.length && one.at >= heard[0].at).map((one) => ({ sound: "sms", ...one }));
  const lines = [...heard, ...texts].map((line, i) => ({ ...line, i }))
    .sort((one, other) => (one.at < other.at ? -1 : one.at > other.at ? 1 : one.i - other.i))
    .filter((line) => !["event", "tone"].includes(line.sound) || happened(line, ownerOf))
    .reduce(keysTogether, []);
  const playing = call && LIVE.has(call.status) ? lines.findLastIndex((line) => line.sound === "music") : -1;
  const shown = lines.map((line, i) => ({ ...line, playing: i === playing && i === lines.length - 1 }));
  keyed(container, shown, (line) => `${call.call} ${line.i}`, (line) => bubble(line, ownerOf));
}

/** Keys pressed one after the other are one entry. */
function keysTogether(lines, line) {
  const last = lines.at(-1);
  if (last?.sound !== "pressed" || line.sound !== "pressed") return [...lines, line];
  return [...lines.slice(0, -1), { ...last, text: last.text + line.text }];
}

function bubble(line, ownerOf) {
  const time = h("time", {}, clock(new Date(line.at)));
  switch (line.sound) {
    case "speech": return h("article", { class: "heard" }, h("div", { class: "bubble" }, line.text), time);
    case "party": return h("article", { class: "heard party" }, h("div", { class: "bubble" }, line.text), time);
    case "said": return h("article", { class: "said" }, time, h("div", { class: "bubble" }, line.text));
    case "pressed": return h("article", { class: "said" }, time, h("div", { class: "bubble keys" }, [...line.text].map((key) => h("kbd", {}, key))));
    case "sms": return h("article", { class: "sms" }, h("div", { class: "bubble" }, h("b", {}, "SMS"), ` ${line.text}`), time);
    case "silent": return h("article", { class: "said" }, h("div", { class: "bubble" }, "……"));
    case "music": return h("article", { class: `music ${line.playing ? "playing" : ""}` },
      h("span", {}, "♪"), h("span", {}, "♫"), h("span", {}, "♪"), " 保留音");
    default: return h("article", { class: "event" }, happened(line, ownerOf));
  }
}

export class Telephones {
  constructor(root, desk, base, office, told) {
    this.base = base;
    this.office = office;
    this.state = null;
    this.number = Object.keys(office.callers)[0] ?? "anonymous";
    this.to = Object.keys(office.numbers)[0];
    this.build(root);
    this.desk = new Desk(desk, this);
    watch(base, (state) => { this.state = state; this.draw(); this.desk.draw(); told("twilio", state); });
    setInterval(() => this.drawTimes(), 500);
  }

  act = (what) => command(this.base, { phone: this.number, ...what });
  phone = (number) => this.state?.phones.find((one) => one.number === number);
  call = (number = this.number) => this.phone(number)?.calls.at(-1);
  ownerOf = (number) => {
    const person = this.office.people.find((one) => one.phone === number);
    return person ? `${person.surname}さん` : "お客様";
  };

  build(root) {
    const callers = { ...this.office.callers, ...CALLERS };
    this.chooser = h("select", { "aria-label": "かけてきた人", onchange: () => this.choose() },
      Object.entries(callers).map(([number, name]) =>
        h("option", { value: number }, number === "anonymous" ? name : `${name} ${spoken(number)}`)),
      h("option", { value: OTHER }, "ほかの番号…"));
    this.custom = h("input", { type: "tel", hidden: true, "aria-label": "ほかの番号", placeholder: "+8190…", oninput: () => this.choose() });
    this.dialled = h("select", { "aria-label": "かける先", onchange: () => { this.to = this.dialled.value; } },
      Object.entries(this.office.numbers).map(([number, name]) => h("option", { value: number }, `${spoken(number)}（${name}）`)));
    this.status = h("div", { class: "call-status" });
    this.log = sticking(h("div", { class: "call-log", role: "log", "aria-label": "通話" }));
    this.words = h("input", { type: "text", autocomplete: "off", "aria-label": "お客様の言葉", placeholder: "お客様の言葉を入力" });
    this.speech = h("form", { class: "speech", onsubmit: (event) => { event.preventDefault(); doing(() => this.say(this.words.value))({}); } },
      this.words, h("button", {}, "話す"));
    this.sayings = h("div", { class: "sayings" }, SAYINGS.map((words) =>
      h("button", { type: "button", title: words, onclick: () => doing(() => this.say(words))({}) }, words)));
    this.keys = h("div", { class: "keypad" }, KEYS.map((key) =>
      h("button", { type: "button", "aria-label": `キー ${key}`, onclick: () => doing(() => this.act({ do: "presses", keys: key, within: PATIENCE }))({}) }, key)));
    this.dialButton = h("button", { type: "button", class: "dial", onclick: doing(() => this.dial()) }, "電話をかける");
    this.hangUp = h("button", { type: "button", class: "hang-up", onclick: doing(() => this.act({ do: "hangs_up" })) }, "切る");
    this.silent = h("button", { type: "button", class: "silent", onclick: doing(() => this.act({ do: "stays_silent", within: PATIENCE })) }, "黙っている");
    this.inCall = h("div", { class: "in-call" }, this.speech, this.sayings,
      h("details", {}, h("summary", {}, "キーパッド"), this.keys),
      h("div", { class: "call-buttons" }, this.silent, this.hangUp));
    root.append(
      h("header", {}, h("b", {}, "お客様の電話")),
      h("div", { class: "who-calls" }, h("label", {}, "かける人", this.chooser), this.custom, h("label", {}, "かける先", this.dialled)),
      this.status, this.log, this.dialButton, this.inCall);
  }

  choose() {
    this.custom.hidden = this.chooser.value !== OTHER;
    this.number = this.custom.hidden ? this.chooser.value : this.custom.value.replace(/[^+\d]/g, "");
    this.draw();
  }

  /** Be a caller of that number, and dial. */
  async dial(number = this.number) {
    if (!number) throw new Error("かける人の番号を入れてください。");
    this.number = number;
    if ([...this.chooser.options].some((option) => option.value === number)) this.chooser.value = number;
    await this.act({ do: "dials", to: this.to });
    this.words.focus();
  }

  /** The same, after the call that is still going on. */
  async redial(number) {
    if (LIVE.has(this.call()?.status)) await this.act({ do: "hangs_up" });
    await this.dial(number);
  }

  async say(words) {
    if (!words.trim()) return;
    this.words.value = "";
    try {
      await this.act({ do: "says", words: words.trim(), within: PATIENCE });
    } catch {
      this.words.value = words;
      toast("いまは、お話を聞いていません。案内か保留音のあとで、もう一度どうぞ。");
    }
  }

  // ---- drawing -----------------------------------------------------------------------------------

  draw() {
    const call = this.call();
    const live = Boolean(call && LIVE.has(call.status));
    transcript(this.log, call, this.ownerOf, this.phone(this.number)?.sms);
    this.log.classList.toggle("empty", !call);
    this.inCall.hidden = !live;
    this.dialButton.hidden = live;
    this.speech.classList.toggle("listening", Boolean(call?.listens.includes("speech")));
    this.words.placeholder = !live || call.listens.includes("speech") ? "お客様の言葉を入力" : "案内中です…";
    this.keys.classList.toggle("listening", Boolean(call?.listens.includes("keys")));
    const said = new Set((live ? call.transcript : []).filter((line) => line.sound === "said").map((line) => line.text));
    for (const button of this.sayings.children) button.classList.toggle("used", said.has(button.title));
    this.drawTimes();
  }

  drawTimes() {
    const call = this.call();
    this.status.replaceChildren(...stateOf(call, this.ownerOf));
    this.status.className = `call-status ${call?.status ?? ""}`;
    this.desk.drawTimes();
  }
}

/** How a call stands: 呼び出し中, 通話中 0:12. */
function stateOf(call, ownerOf) {
  if (!call || !LIVE.has(call.status)) return ["待ち受け中"];
  if (call.status !== "in-progress") return ["呼び出し中…"];
  const answered = call.transcript.find((line) => line.text === "answered");
  const seconds = Math.max(0, Math.floor((Date.now() - Date.parse(answered?.at)) / 1000));
  const whom = call.with ? `${ownerOf(call.with)}と通話中` : "自動音声と通話中";
  return [whom, h("span", {}, `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`)];
}

// ---- the staff's telephones ------------------------------------------------------------------------

class Desk {
  constructor(root, telephones) {
    this.telephones = telephones;
    this.people = telephones.office.people.filter((one) => one.phone);
    this.cards = this.people.map((person) => new StaffPhone(person, telephones));
    root.append(h("header", {}, h("b", {}, "社員の電話"), h("span", {}, "鳴ったら出て、1 を押すとつながります")),
      h("div", { class: "desk" }, this.cards.map((card) => card.root)));
  }

  draw() {
    for (const card of this.cards) card.draw();
  }

  drawTimes() {
    for (const card of this.cards) card.drawTime();
  }
}

class StaffPhone {
  constructor(person, telephones) {
    this.person = person;
    this.telephones = telephones;
    this.state = h("div", { class: "call-status" });
    this.log = sticking(h("div", { class: "call-log" }));
    this.words = h("input", { type: "text", autocomplete: "off", "aria-label": `${person.surname}の言葉`, placeholder: "話す" });
    const tap = (label, kind, what) => h("button", { type: "button", class: kind, onclick: doing(() => this.act(what)) }, label);
    this.ringing = h("div", { class: "ring-buttons" },
      tap("出る", "answer", { do: "answers" }), tap("拒否", "reject", { do: "rejects" }), tap("留守電", "", { do: "voicemail_answers" }));
    this.talking = h("div", { class: "talk" },
      h("div", { class: "talk-keys" },
        ["1", "2"].map((key) => tap(key, "key", { do: "presses", keys: key, within: PATIENCE })),
        tap("切る", "hang-up", { do: "hangs_up" })),
      h("form", { class: "speech", onsubmit: (event) => { event.preventDefault(); doing(() => this.say())({}); } }, this.words));
    this.root = h("article", { class: "staff-phone", "aria-label": `${person.name}の電話` },
      h("div", { class: "owner" }, avatar(person.name), h("div", {}, h("b", {}, person.surname, h("small", {}, person.title)), h("small", {}, spoken(person.phone)))),
      this.state, this.log, this.ringing, this.talking);
    this.draw();
  }

  act = (what) => this.telephones.act({ phone: this.person.phone, ...what });
  call = () => this.telephones.call(this.person.phone);

  async say() {
    const words = this.words.value.trim();
    if (!words) return;
    this.words.value = "";
    await this.act({ do: "says", words });
  }

  draw() {
    const call = this.call();
    const rings = call?.status === "ringing" && call.direction !== "inbound";
    const talks = call?.status === "in-progress";
    this.root.classList.toggle("rings", rings);
    this.root.classList.toggle("talks", talks);
    this.ringing.hidden = !rings;
    this.talking.hidden = !talks;
    this.log.hidden = !talks;
    if (talks) transcript(this.log, call, this.telephones.ownerOf);
    this.words.disabled = !call?.with;
    this.drawTime();
  }

  drawTime() {
    const call = this.call();
    const rings = call?.status === "ringing" && call.direction !== "inbound";
    this.state.replaceChildren(...(rings ? ["着信中"] : call?.status === "in-progress" ? stateOf(call, this.telephones.ownerOf) : call ? [ENDINGS[call.status] ?? ""] : ["待ち受け中"]));
  }
}
