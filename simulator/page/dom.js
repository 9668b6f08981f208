// Small helpers for building the page. Text is always set as text, never as HTML.

const ZONE = "Asia/Tokyo";
const clockFormat = new Intl.DateTimeFormat("ja-JP", { timeZone: ZONE, hour: "2-digit", minute: "2-digit" });
const dayFormat = new Intl.DateTimeFormat("ja-JP", { timeZone: ZONE, month: "numeric", day: "numeric", weekday: "short" });
const isoDay = new Intl.DateTimeFormat("sv-SE", { timeZone: ZONE });

/** An element: `h("button", {class: "x", onclick: f}, "text", child)`; null children are left out. */
export function h(tag, props = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name === "dataset") Object.assign(element.dataset, value);
    else if (name === "value" || name === "checked" || name === "disabled") element[name] = value;
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

/** Show `items` in a container, keeping the elements of those that did not change. */
export function keyed(container, items, keyOf, render) {
  const before = new Map([...container.children].map((child) => [child.dataset.key, child]));
  const shown = items.map((item) => {
    const key = String(keyOf(item));
    const version = JSON.stringify(item);
    const known = before.get(key);
    if (known && known.version === version) return known;
    const element = render(item);
    if (!known) element.classList.add("new");
    element.dataset.key = key;
    element.version = version;
    return element;
  });
  const atEnd = container.scrollHeight - container.scrollTop - container.clientHeight < 80;
  const changed = shown.length !== container.children.length || shown.some((one, i) => container.children[i] !== one);
  if (!changed) return false;
  for (const child of [...container.children]) if (!shown.includes(child)) child.remove();
  shown.forEach((one, i) => {
    if (container.children[i] !== one) container.insertBefore(one, container.children[i] ?? null);
  });
  if (atEnd || shown.length !== before.size) container.scrollTop = container.scrollHeight;
  return true;
}

/** A log that stays at its end when its window changes size, unless somebody scrolled up. */
export function sticking(log) {
  let atEnd = true;
  log.addEventListener("scroll", () => { atEnd = log.scrollHeight - log.scrollTop - log.clientHeight < 80; });
  new ResizeObserver(() => { if (atEnd) log.scrollTop = log.scrollHeight; }).observe(log);
  return log;
}

/** 10:30, in Japan. */
export const clock = (at) => clockFormat.format(at);
/** 11/24(火), in Japan. */
export const day = (at) => dayFormat.format(at);
/** 2026-11-24, in Japan. */
export const today = (at = new Date()) => isoDay.format(at);

/** `2026-11-24T15:00` as a moment in Japan, and back. */
export const momentOf = (local) => Math.floor(Date.parse(`${local}:00+09:00`) / 1000);
export const localOf = (seconds) =>
  new Date((seconds + 9 * 3600) * 1000).toISOString().slice(0, 16);

/** A telephone number as people in Japan write it. */
export function spoken(number) {
  if (number === "anonymous") return "非通知";
  const national = number.startsWith("+81") ? `0${number.slice(3)}` : number;
  if (/^0[5789]0\d{8}$/.test(national)) return national.replace(/^(\d{3})(\d{4})(\d{4})$/, "$1-$2-$3");
  return national.replace(/^(0[36])(\d{4})(\d{4})$/, "$1-$2-$3");
}

const COUNTDOWN = /(\d\d):(\d\d):(\d\d) まで（あと(\d+)秒）/;
const HALF_A_DAY = 12 * 3600 * 1000;

const SIGNS = { "📞": "call", "🔴": "alert", "✅": "good" };

/** A text with drawn signs for the emoji of our cards, which not every machine has a font for. */
function signed(text) {
  return text.split(/(📞|🔴|✅)/u).filter(Boolean)
    .map((part) => (SIGNS[part] ? h("span", { class: `sign ${SIGNS[part]}`, role: "img", "aria-label": part }) : part));
}

/** A text whose あとN秒 goes on counting; the rest as it is. */
export function counting(text) {
  const found = COUNTDOWN.exec(text);
  if (!found) return signed(text);
  const [whole, hours, minutes, seconds, total] = found;
  let until = Date.parse(`${today()}T${hours}:${minutes}:${seconds}+09:00`);
  if (until - Date.now() > HALF_A_DAY) until -= 2 * HALF_A_DAY;
  if (Date.now() - until > HALF_A_DAY) until += 2 * HALF_A_DAY;
  const left = h("span", { class: "countdown", dataset: { until, total }, role: "timer" });
  tick(left);
  return [
    document.createTextNode(`${text.slice(0, found.index)}${hours}:${minutes}:${seconds} まで `),
    left,
    document.createTextNode(text.slice(found.index + whole.length)),
  ];
}

function tick(element) {
  const left = (Number(element.dataset.until) - Date.now()) / 1000;
  element.textContent = left > 0 ? `あと ${Math.ceil(left)} 秒` : "時間切れ";
  element.classList.toggle("soon", left <= 8);
  element.style.setProperty("--left", Math.max(0, Math.min(1, left / Number(element.dataset.total))));
}

setInterval(() => document.querySelectorAll(".countdown").forEach(tick), 200);

/** A round picture with somebody's first letter. */
export function avatar(name, kind = "") {
  let hue = 0;
  for (const letter of name) hue = (hue * 31 + letter.codePointAt(0)) % 360;
  return h("span", { class: `avatar ${kind}`, style: `--hue:${hue}`, "aria-hidden": "true" }, [...name][0]);
}

/** Say something at the bottom of the page for a few seconds. */
export function toast(text) {
  const place = document.getElementById("toast");
  place.textContent = text;
  place.classList.add("shown");
  clearTimeout(toast.timer);
  toast.timer = setTimeout(() => place.classList.remove("shown"), 5000);
}

/** Run what a button does: not twice at once, errors said aloud. */
export function doing(work) {
  return async (event) => {
    const button = event?.currentTarget;
    if (button?.disabled) return;
    if (button) button.disabled = true;
    try {
      await work(event);
    } catch (error) {
      toast(error.message);
    } finally {
      if (button) button.disabled = false;
    }
  };
}
