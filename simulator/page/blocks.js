// Slack's Block Kit as elements.

import { counting, doing, h, localOf, momentOf } from "./dom.js";

const TOKENS = /<([^<>]+)>|\*([^*\n]+)\*|`([^`\n]+)`|(?<![\w@.])_([^_\n]+)_(?!\w)|~([^~\n]+)~/;
const ENTITIES = { "&lt;": "<", "&gt;": ">", "&amp;": "&" };
const unescaped = (text) => text.replace(/&(?:lt|gt|amp);/g, (entity) => ENTITIES[entity]);

/** Slack's markup as nodes; `nameOf` gives the name behind a user's id. */
export function markup(text, nameOf) {
  const found = TOKENS.exec(text);
  if (!found) return counting(unescaped(text));
  const [whole, control, bold, code, italic, struck] = found;
  const rest = [
    ...counting(unescaped(text.slice(0, found.index))),
    control !== undefined ? controlled(control, nameOf)
      : bold !== undefined ? h("b", {}, ...markup(bold, nameOf))
      : code !== undefined ? h("code", {}, unescaped(code))
      : italic !== undefined ? h("i", {}, ...markup(italic, nameOf))
      : h("s", {}, ...markup(struck, nameOf)),
  ];
  return [...rest, ...markup(text.slice(found.index + whole.length), nameOf)];
}

function controlled(inside, nameOf) {
  const [to, label] = inside.split("|");
  if (to.startsWith("@")) return h("span", { class: "mention" }, `@${nameOf(to.slice(1))}`);
  if (to.startsWith("#")) return h("span", { class: "mention" }, `#${label ?? to.slice(1)}`);
  return h("a", { href: to, rel: "noopener", onclick: (event) => event.preventDefault() }, unescaped(label ?? to));
}

const text = (object, nameOf) =>
  object.type === "mrkdwn" ? markup(object.text, nameOf) : counting(object.text);

/** Blocks of a message, a modal or the Home tab. `taps(button)` is called with the label. */
export function blocks(list, { nameOf, taps, chooses = () => {}, members = [] }) {
  return list.map((block) => RENDER[block.type]?.(block, { nameOf, taps, chooses, members }) ?? null);
}

const RENDER = {
  section: (block, on) => h("div", { class: "section" },
    h("div", {},
      block.text ? h("p", {}, ...text(block.text, on.nameOf)) : null,
      block.fields ? h("div", { class: "fields" }, block.fields.map((field) => h("p", {}, ...text(field, on.nameOf)))) : null),
    block.accessory ? element(block.accessory, on) : null),
  header: (block) => h("h3", {}, block.text.text),
  context: (block, on) => h("div", { class: "context" },
    block.elements.map((one) => h("span", {}, ...(one.type === "image" ? [one.alt_text] : text(one, on.nameOf))))),
  divider: () => h("hr"),
  actions: (block, on) => h("div", { class: "actions" }, block.elements.map((one) => element(one, on))),
  image: (block) => h("p", { class: "context" }, `🖼 ${block.alt_text}`),
  rich_text: (block, on) => h("p", {}, block.elements.flatMap((part) => rich(part, on.nameOf))),
  input: (block, on) => field(block, on),
};

function rich(part, nameOf) {
  if (part.type === "text") return counting(part.text);
  if (part.type === "user") return [h("span", { class: "mention" }, `@${nameOf(part.user_id)}`)];
  if (part.type === "link") return [part.text ?? part.url];
  if (part.type === "emoji") return [`:${part.name}:`];
  return (part.elements ?? []).flatMap((inner) => rich(inner, nameOf));
}

function element(one, on) {
  if (one.type === "button") return button(one, on);
  if (one.type === "overflow") return h("span", { class: "actions" }, one.options.map((option) => button(option, on)));
  const input = control(one, on);
  input.addEventListener("change", () => on.chooses(one.action_id, input.read()));
  return input;
}

function button(one, on) {
  const tap = async () => {
    if (!one.confirm || window.confirm(`${one.confirm.title.text}\n${one.confirm.text.text}`)) await on.taps(one.text.text);
  };
  return h("button", { class: `slack-button ${one.style ?? ""}`, type: "button", onclick: doing(tap) }, one.text.text);
}

// ---- fields of a form ----------------------------------------------------------------------------

function field(block, on) {
  const input = control(block.element, on);
  return h("label", { class: "field", dataset: { block: block.block_id } },
    h("span", {}, block.label.text, block.optional ? h("small", {}, "（任意）") : null),
    input,
    block.hint ? h("small", {}, block.hint.text) : null,
    h("span", { class: "fault", role: "alert" }));
}

const INPUT = { datepicker: "date", timepicker: "time", datetimepicker: "datetime-local", number_input: "number" };
const INITIAL = { datepicker: "initial_date", timepicker: "initial_time" };

/** The control of an element; its `read()` gives what a submission carries. */
function control(one, on) {
  if (one.options || one.option_groups) return choice(one);
  if (one.type === "users_select") return choice({ ...one, options: on.members.map(asOption) });
  if (one.type === "plain_text_input" && one.multiline) return plain(h("textarea", { rows: 3 }), one);
  return plain(h("input", { type: INPUT[one.type] ?? "text" }), one);
}

const asOption = (user) => ({ value: user.id, text: { text: user.real_name } });

function plain(input, one) {
  const moment = one.type === "datetimepicker";
  const initial = moment ? one.initial_date_time && localOf(one.initial_date_time) : one[INITIAL[one.type] ?? "initial_value"];
  if (initial) input.value = initial;
  if (one.max_length) input.maxLength = one.max_length;
  if (one.placeholder) input.placeholder = one.placeholder.text;
  input.name = one.action_id;
  input.read = () => (input.value === "" ? null : moment ? momentOf(input.value) : input.value);
  return input;
}

function choice(one) {
  const options = one.options ?? one.option_groups.flatMap((group) => group.options);
  const several = one.type === "checkboxes" || one.type.startsWith("multi_");
  const chosen = several ? (one.initial_options ?? []) : [one.initial_option].filter(Boolean);
  const select = h("select", { name: one.action_id, multiple: several },
    several || chosen.length ? null : h("option", { value: "" }, one.placeholder?.text ?? "選んでください"),
    options.map((option) => h("option", {
      value: option.value,
      selected: chosen.some((known) => known.value === option.value),
    }, option.text.text)));
  select.read = () => (several ? [...select.selectedOptions].map((option) => option.value) : select.value || null);
  return select;
}

/** What is filled in, by block_id. */
export function valuesIn(form) {
  const values = {};
  for (const label of form.querySelectorAll(".field")) {
    const input = label.querySelector("input, select, textarea");
    const value = input.read();
    if (value !== null) values[label.dataset.block] = value;
  }
  return values;
}
