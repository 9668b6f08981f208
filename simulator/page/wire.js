// The page's way to a stand-in: its state, again at every change, and commands to the people in it.

/** Call `show(state)` now and after every change, for as long as the page is open. */
export function watch(base, show) {
  let asked = false;
  let asking = false;
  const look = async () => {
    asked = true;
    if (asking) return;
    asking = true;
    while (asked) {
      asked = false;
      const answer = await fetch(`${base}/_control/state`);
      show(await answer.json());
    }
    asking = false;
  };
  const again = () => look().catch(() => { asking = false; });
  const stream = new EventSource(`${base}/_control/events`);
  stream.onopen = () => { document.body.classList.remove("lost"); again(); };
  stream.onmessage = again;
  stream.onerror = () => document.body.classList.add("lost");
}

/** Let somebody act; what came of it. Throws with the reason where it cannot be done. */
export async function command(base, what) {
  return post(`${base}/_control/commands`, what);
}

/** The same for what an operator does. */
export const operate = (what) => post("/commands", what);

async function post(url, body) {
  let answer;
  try {
    answer = await fetch(url, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });
  } catch {
    throw new Error("デモが止まっています。make demo をもう一度動かしてください。");
  }
  const said = await answer.json();
  if (!said.ok) throw new Error(said.error.split("\n")[0]);
  return said.result;
}
