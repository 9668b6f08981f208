// Slack, as one of its members at a time sees it.

import { blocks, markup, valuesIn } from "./blocks.js";
import { avatar, clock, doing, h, keyed, sticking, toast } from "./dom.js";
import { command, watch } from "./wire.js";

const COMMANDS = [
  ["/tori", "いまの状況を知らせる（出張 明日まで）"],
  ["/back", "戻ったことを知らせる"],
  ["/status", "自分の予定を見る"],
  ["/whereis", "同僚の居場所を聞く（@sato）"],
  ["/calls", "未対応の伝言を見る"],
  ["/toritsugi", "使い方（help）"],
];
const HINTS = ["/tori 出張 明日まで", "/tori 会議 30分", "/back", "/status", "みんなの状況", "/calls"];
const HOME = "home";

export class Slack {
  constructor(root, base, office, told) {
    this.base = base;
    this.members = office.people.filter((person) => person.slack);
    this.office = office;
    this.told = told;
    this.state = null;
    this.seen = new Map();
    this.user = this.members[0].slack;
    this.place = this.dm(this.user);
    this.build(root);
    watch(base, (state) => { this.state = state; this.draw(); told("slack", state); });
  }

  dm = (user) => `D${user.slice(1)}`;
  nameOf = (user) => this.state?.users.find((one) => one.id === user)?.real_name ?? user;
  act = (what) => command(this.base, { user: this.user, ...what });

  build(root) {
    this.people = h("div", { class: "slack-people", role: "group", "aria-label": "誰として使うか" });
    this.places = h("nav", { "aria-label": "チャンネル" });
    this.title = h("header");
    this.log = sticking(h("div", { class: "slack-log", role: "log", "aria-label": "メッセージ" }));
    this.text = h("input", {
      type: "text", autocomplete: "off", "aria-label": "Slack のメッセージ",
      placeholder: "メッセージ、または / でコマンド", oninput: () => this.suggest(),
    });
    this.suggestions = h("div", { class: "suggestions", hidden: true });
    this.form = h("form", { class: "composer", onsubmit: (event) => { event.preventDefault(); doing(() => this.send())({}); } },
      this.suggestions, this.text, h("button", { class: "send", "aria-label": "送信" }, "➤"));
    this.hints = h("div", { class: "hints" }, HINTS.map((hint) =>
      h("button", { type: "button", onclick: () => this.fill(hint) }, hint)));
    this.modalPlace = h("div", { class: "modal-place" });
    root.append(
      h("aside", {}, h("div", { class: "workspace" }, this.office.name), this.people, this.places),
      h("div", { class: "slack-main" }, this.title, this.log, this.form, this.hints),
      this.modalPlace);
  }

  /** Be somebody, somewhere. */
  go(user, place = this.dm(user)) {
    this.user = user;
    this.place = place;
    this.draw();
    if (place === HOME) this.act({ do: "opens_home" }).catch((error) => toast(error.message));
  }

  fill(text) {
    if (this.place === HOME) this.go(this.user);
    this.text.value = text;
    this.text.focus();
    this.suggest();
  }

  suggest() {
    const typed = this.text.value;
    const fitting = this.fitting(typed);
    this.suggestions.hidden = fitting.length === 0;
    this.suggestions.replaceChildren(...fitting.map(([name, what]) =>
      h("button", { type: "button", onclick: () => this.fill(`${typed.replace(/\S*$/, "")}${name} `) }, h("b", {}, name), ` ${what}`)));
  }

  /** What the last word typed may become: a command at the beginning, a colleague after @. */
  fitting(typed) {
    const word = typed.split(/\s/).at(-1);
    if (word.startsWith("@")) {
      return this.members.map((one) => [`@${one.id}`, one.name]).filter(([handle, name]) =>
        handle.startsWith(word) || name.startsWith(word.slice(1)));
    }
    return typed.startsWith("/") ? COMMANDS.filter(([name]) => name.startsWith(typed) && name !== typed) : [];
  }

  async send() {
    const typed = this.text.value.trim();
    if (!typed) return;
    this.text.value = "";
    this.suggest();
    const channel = this.place === this.dm(this.user) ? {} : { channel: this.place };
    if (typed.startsWith("/")) {
      const [name, ...rest] = typed.split(/\s+/);
      await this.act({ do: "types", command: name, text: rest.join(" "), ...channel });
    } else {
      await this.act({ do: "says", text: typed, ...channel });
    }
  }

  // ---- drawing -----------------------------------------------------------------------------------

  draw() {
    if (!this.state) return;
    this.drawPeople();
    this.drawPlaces();
    this.drawTitle();
    if (this.place === HOME) this.drawHome();
    else this.drawLog();
    this.drawModal();
    this.form.hidden = this.hints.hidden = this.place === HOME;
  }

  messagesIn(place, user) {
    const channel = this.state.channels.find((one) => one.id === place);
    return (channel?.messages ?? []).filter((one) => !one.ephemeral_to || one.ephemeral_to === user);
  }

  unseen(place, user) {
    const upTo = this.seen.get(`${user} ${place}`) ?? "";
    return this.messagesIn(place, user).filter((one) => one.from_bot && one.ts > upTo).length;
  }

  drawPeople() {
    keyed(this.people, this.members.map((one) => ({
      id: one.slack, name: one.name, surname: one.surname, title: one.title, active: one.slack === this.user,
      unseen: one.slack === this.user ? 0 : this.unseen(this.dm(one.slack), one.slack),
    })), (one) => one.id, (one) => h("button", {
      type: "button", class: one.active ? "active" : "", "aria-pressed": String(one.active), title: one.name,
      onclick: () => this.go(one.id, this.place.startsWith("C") ? this.place : this.dm(one.id)),
    }, avatar(one.name), h("span", {}, one.surname, h("small", {}, one.title)), badge(one.unseen)));
  }

  drawPlaces() {
    const own = this.dm(this.user);
    const places = [
      { id: own, name: "取次ぎ", mark: "●" },
      { id: HOME, name: "ホーム", mark: "⌂" },
      ...this.state.channels.filter((one) => one.kind !== "im").map((one) => ({ id: one.id, name: one.name, mark: "#" })),
    ].map((one) => ({ ...one, active: one.id === this.place, unseen: one.id === this.place ? 0 : this.unseen(one.id, this.user) }));
    keyed(this.places, places, (one) => one.id, (one) => h("button", {
      type: "button", class: one.active ? "active" : "", onclick: () => this.go(this.user, one.id),
    }, h("i", {}, one.mark), one.name, badge(one.unseen)));
  }

  drawTitle() {
    const channel = this.state.channels.find((one) => one.id === this.place);
    const name = this.place === HOME ? "ホーム" : channel && channel.kind !== "im" ? `# ${channel.name}` : "取次ぎ";
    const as = this.members.find((one) => one.slack === this.user);
    keyed(this.title, [{ name, as: as.name }], () => "title", (one) => h("div", {},
      h("b", {}, one.name), h("span", {}, `${one.as}の画面`)));
  }

  drawLog() {
    const messages = this.messagesIn(this.place, this.user);
    const key = `${this.user} ${this.place}`;
    const last = messages.at(-1);
    if (last) this.seen.set(key, last.ts);
    this.log.classList.toggle("empty", messages.length === 0);
    keyed(this.log, messages, (one) => `${this.place} ${one.ts}`, (one) => this.message(one));
  }

  message(one) {
    const name = one.from_bot ? "取次ぎ" : this.nameOf(one.user);
    const on = { nameOf: this.nameOf, ...this.onMessage(one) };
    const body = one.blocks.length ? blocks(one.blocks, on) : [h("p", {}, ...markup(one.notification, this.nameOf))];
    const attached = one.attachments.map((part) => h("div", { class: "attachment" }, blocks(part.blocks ?? [], on)));
    return h("article", { class: one.ephemeral_to ? "ephemeral" : "" },
      one.from_bot ? h("span", { class: "avatar bot", "aria-hidden": "true" }, h("img", { src: "icon.svg", alt: "" })) : avatar(name),
      h("div", {},
        h("div", { class: "who" }, h("b", {}, name), one.from_bot ? h("span", { class: "app" }, "アプリ") : null,
          h("time", {}, clock(new Date(Number(one.ts) * 1000))), one.edits.length ? h("small", {}, "（編集済み）") : null),
        one.ephemeral_to ? h("div", { class: "only" }, "あなただけに表示されています") : null,
        body, attached));
  }

  onMessage(one) {
    const where = { channel: one.channel, ts: one.ts };
    return {
      taps: (button) => this.act({ do: "taps", button, ...where }),
      chooses: (action_id, value) => this.act({ do: "chooses", action_id, value, ...where }),
    };
  }

  drawHome() {
    const home = this.state.homes.find((one) => one.user === this.user);
    const on = {
      nameOf: this.nameOf,
      taps: (button) => this.act({ do: "taps", button, home: true }),
      chooses: (action_id, value) => this.act({ do: "chooses", action_id, value, home: true }),
    };
    keyed(this.log, home ? [home.view] : [], () => `home ${this.user}`, (view) =>
      h("div", { class: "home" }, blocks(view.blocks, on)));
  }

  // ---- forms -------------------------------------------------------------------------------------

  drawModal() {
    const modal = this.state.modals.find((one) => one.user === this.user);
    const shown = modal ? [{ id: modal.view.id, hash: modal.view.hash, view: modal.view }] : [];
    keyed(this.modalPlace, shown, (one) => one.id, (one) => this.modal(one.view));
  }

  modal(view) {
    const fault = h("p", { class: "fault", role: "alert" });
    const form = h("form", { class: "modal", "aria-label": view.title.text, onsubmit: (event) => {
      event.preventDefault();
      this.submit(form, fault).catch((error) => { fault.textContent = error.message; });
    } },
    h("header", {}, h("b", {}, view.title.text),
      h("button", { type: "button", "aria-label": "閉じる", onclick: doing(() => this.act({ do: "closes" })) }, "✕")),
    h("div", { class: "modal-body" }, blocks(view.blocks, {
      nameOf: this.nameOf,
      members: this.state.users.filter((one) => one.id !== this.state.bot),
      taps: (button) => this.act({ do: "taps", button }),
      chooses: (action_id, value) => this.act({ do: "chooses", action_id, value }),
    }), fault),
    h("footer", {},
      h("button", { type: "button", class: "slack-button", onclick: doing(() => this.act({ do: "closes" })) }, view.close?.text ?? "閉じる"),
      view.submit ? h("button", { class: "slack-button primary" }, view.submit.text) : null));
    return h("div", { class: "veil" }, form);
  }

  async submit(form, general) {
    for (const one of form.querySelectorAll(".fault")) one.textContent = "";
    const errors = await this.act({ do: "submits", values: valuesIn(form) });
    for (const [block, error] of Object.entries(errors)) {
      const field = form.querySelector(`[data-block="${CSS.escape(block)}"] .fault`);
      (field ?? general).textContent = error;
    }
  }
}

const badge = (count) => (count ? h("span", { class: "badge", "aria-label": `未読 ${count} 件` }, String(count)) : null);
