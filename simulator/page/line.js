// LINE, as one of the office's people at a time sees it on their telephone.

import { avatar, clock, counting, doing, h, keyed, sticking } from "./dom.js";
import { command, operate, watch } from "./wire.js";

const SIZES = { xxs: 11, xs: 12, sm: 13, md: 14, lg: 16, xl: 18, xxl: 21 };
const SPACES = { none: 0, xs: 2, sm: 4, md: 8, lg: 12, xl: 16, xxl: 20 };
const PICKERS = { date: "date", time: "time", datetime: "datetime-local" };
const HINTS = ["外出 1時間", "会議 30分", "戻りました", "みんなの状況"];
const CODE = /^[0-9A-Za-z]{4}-?[0-9A-Za-z]{4}$/;

export class Line {
  constructor(root, base, office, told) {
    this.base = base;
    this.office = office;
    this.told = told;
    this.state = null;
    this.seen = new Map();
    this.user = office.people[0].line;
    this.build(root);
    watch(base, (state) => { this.state = state; this.draw(); told("line", state); });
  }

  act = (what) => command(this.base, { user: this.user, ...what });
  person = () => this.office.people.find((one) => one.line === this.user);

  build(root) {
    this.people = h("div", { class: "line-people", role: "group", "aria-label": "誰の LINE か" });
    this.log = sticking(h("div", { class: "line-log", role: "log", "aria-label": "トーク" }));
    this.quick = h("div", { class: "quick" });
    this.hints = h("div", { class: "quick" }, HINTS.map((hint) =>
      h("button", { type: "button", class: "pill", onclick: () => this.fill(hint) }, hint)));
    this.menu = h("div", { class: "rich-menu" });
    this.stranger = h("div", { class: "stranger" });
    this.text = h("input", { type: "text", autocomplete: "off", "aria-label": "LINE のメッセージ", placeholder: "メッセージを入力" });
    this.form = h("form", { onsubmit: (event) => { event.preventDefault(); doing(() => this.send())({}); } },
      this.text, h("button", { "aria-label": "LINE で送信" }, "➤"));
    this.codeButton = h("button", { type: "button", class: "code", onclick: doing(() => this.invite()) }, "招待コードを発行");
    root.append(
      this.people,
      h("div", { class: "line-title" }, h("span", {}, "‹"), h("b", {}, `取次ぎ｜${this.office.name}`), this.codeButton),
      this.log, this.quick, this.hints, this.stranger, this.menu, this.form);
  }

  go(user) {
    this.user = user;
    this.draw();
  }

  fill(text) {
    this.form.hidden = false; // a friend just made is in the state a moment later
    this.text.value = text;
    this.text.focus();
  }

  async send() {
    const typed = this.text.value.trim();
    if (!typed) return;
    this.text.value = "";
    await this.act({ do: "says", text: typed });
  }

  /** What a manager does with `toritsugi invite`; the person then sends the code. */
  async invite() {
    const code = await operate({ do: "invite", staff: this.person().id });
    if (!this.follows()) await this.act({ do: "follows" });
    this.fill(code);
  }

  account = () => this.state.users.find((one) => one.id === this.user);
  follows = () => this.account().follows;

  linked(person) {
    if (person.linked) return true;
    const account = this.state.users.find((one) => one.id === person.line);
    const said = account.messages.some((one) => !one.from_bot && CODE.test(one.text.trim()));
    return said && account.messages.some((one) => one.from_bot && one.text.includes("登録しました"));
  }

  // ---- drawing -----------------------------------------------------------------------------------

  draw() {
    if (!this.state) return;
    const account = this.account();
    const last = account.messages.at(-1);
    if (last) this.seen.set(this.user, Number(last.id));
    this.drawPeople();
    keyed(this.log, account.messages.filter((one) => !one.unsent), (one) => one.id, (one) => this.message(one));
    const quick = account.messages.flatMap((one) => one.buttons.filter((button) => button.place === "quick_reply")
      .map((button) => ({ ...button, message: one.id })));
    keyed(this.quick, quick, (one) => `${one.message} ${one.label}`, (one) => this.action(one.action, one.label, "pill", one.message));
    this.log.classList.toggle("empty", account.messages.length === 0);
    const areas = account.menu?.areas ?? [];
    this.hints.hidden = quick.length > 0 || areas.length > 0 || !account.follows;
    keyed(this.menu, areas.map((area, i) => ({ i, action: area.action })), (one) => one.i, (one) =>
      this.action(one.action, one.action.label ?? one.action.text, ""));
    this.codeButton.hidden = this.linked(this.person());
    keyed(this.stranger, account.follows ? [] : ["add"], (one) => one, () => h("div", {},
      h("p", {}, `${this.person().surname}さんは、まだ友だちに追加していません。`),
      h("button", { type: "button", onclick: doing(() => this.act({ do: "follows" })) }, "友だちに追加")));
    this.form.hidden = !account.follows;
  }

  drawPeople() {
    const people = this.office.people.map((one) => ({
      id: one.line, name: one.name, short: this.short(one), active: one.line === this.user, linked: this.linked(one), unseen: this.unseen(one.line),
    }));
    keyed(this.people, people, (one) => one.id, (one) => h("button", {
      type: "button", class: one.active ? "active" : "", "aria-pressed": String(one.active), title: one.name, onclick: () => this.go(one.id),
    }, avatar(one.name, one.linked ? "" : "unlinked"), h("span", {}, one.short),
    one.unseen ? h("span", { class: "badge", "aria-label": `未読 ${one.unseen} 件` }, String(one.unseen)) : null));
  }

  /** The surname, with the first letter of the given name where two share it: 佐藤花. */
  short(person) {
    const alone = this.office.people.filter((one) => one.surname === person.surname).length === 1;
    return alone ? person.surname : `${person.surname}${person.name.split(/\s+/)[1]?.[0] ?? ""}`;
  }

  unseen(user) {
    if (user === this.user) return 0;
    const upTo = this.seen.get(user) ?? 0;
    return this.state.users.find((one) => one.id === user).messages.filter((one) => one.from_bot && Number(one.id) > upTo).length;
  }

  message(one) {
    const time = h("time", {}, clock(new Date(one.at)));
    if (!one.from_bot) return h("article", { class: "mine" }, time, h("div", { class: "bubble" }, one.text));
    const body = one.body.type === "flex" ? this.flex(one.body.contents, one.id) : h("div", { class: "bubble" }, ...lines(one.text));
    return h("article", {}, h("span", { class: "avatar bot", "aria-hidden": "true" }, h("img", { src: "icon.svg", alt: "" })), body, time);
  }

  // ---- flex messages -----------------------------------------------------------------------------

  flex(contents, message) {
    const bubbles = contents.type === "carousel" ? contents.contents : [contents];
    return h("div", { class: "flexes" }, bubbles.map((bubble) => h("div", { class: "flex-bubble" },
      ["header", "hero", "body", "footer"].filter((part) => bubble[part]).map((part) =>
        h("div", { class: `flex-${part}` }, this.component(bubble[part], message))))));
  }

  component(one, message) {
    switch (one.type) {
      case "box": return this.box(one, message);
      case "text": return flexText(one);
      case "button": return this.action(one.action, one.action.label, `flex-button ${one.style ?? "link"}`, message, one.color);
      case "separator": return h("hr");
      case "filler": return h("span", { style: "flex:1" });
      case "image": case "icon": return h("span", {}, "🖼");
      default: return null;
    }
  }

  box(one, message) {
    const across = one.layout !== "vertical";
    const style = [`flex-direction:${across ? "row" : "column"}`, `gap:${space(one.spacing)}px`];
    if (one.layout === "baseline") style.push("align-items:baseline");
    if (one.backgroundColor) style.push(`background:${one.backgroundColor}`);
    if (one.paddingAll) style.push(`padding:${space(one.paddingAll)}px`);
    if (one.margin) style.push(`margin-top:${space(one.margin)}px`);
    if (one.flex !== undefined) style.push(`flex:${one.flex}`);
    return h("div", { class: "flex-box", style: style.join(";") }, one.contents.map((inner) => this.component(inner, message)));
  }

  /** A button of any kind; one that picks a time opens the picker first. */
  action(action, label, kind, message, color) {
    const where = message ? { message } : {};
    const style = color && kind.includes("primary") ? `background:${color}` : null;
    if (action.type === "datetimepicker") return this.picker(action, label, kind, where);
    if (action.type === "uri") return h("a", { href: action.uri, onclick: (event) => event.preventDefault() }, label);
    return h("button", { type: "button", class: kind, style, onclick: doing(() => this.act({ do: "taps", button: label, ...where })) }, label);
  }

  picker(action, label, kind, where) {
    const input = h("input", { type: PICKERS[action.mode], "aria-label": `${label}の日時`, value: action.initial ?? null });
    const choose = async () => {
      if (input.value) await this.act({ do: "picks_time", button: label, value: input.value, ...where });
      open.hidden = true;
    };
    const open = h("span", { class: "picker", hidden: true }, input, h("button", { type: "button", onclick: doing(choose) }, "決定"));
    return h("span", { class: "picking" },
      h("button", { type: "button", class: kind, onclick: () => { open.hidden = !open.hidden; } }, label), open);
  }
}

const space = (name) => (name === undefined ? 0 : (SPACES[name] ?? Number.parseInt(name, 10)));
const lines = (text) => text.split("\n").flatMap((line, i) => [i ? h("br") : null, ...counting(line)]).filter(Boolean);

function flexText(one) {
  const style = [`font-size:${SIZES[one.size ?? "md"] ?? 14}px`];
  if (one.color) style.push(`color:${one.color}`);
  if (one.weight === "bold") style.push("font-weight:700");
  if (one.decoration) style.push(`text-decoration:${one.decoration}`);
  if (one.align) style.push(`text-align:${one.align}`);
  if (one.margin) style.push(`margin-top:${space(one.margin)}px`);
  if (one.flex !== undefined) style.push(`flex:${one.flex} ${one.flex} 0`);
  const content = one.contents?.length ? one.contents.map((span) => span.text).join("") : one.text;
  return h("span", { class: "flex-text", style: style.join(";") }, ...lines(content));
}
