"""Plays a story and tells it: who said, heard, saw and tapped what, and when, a line each."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import phonenumbers
from rich.console import Console
from rich.text import Text

from simulator.changes import Changes
from simulator.demo import Demo
from simulator.twilio import Call, Sound
from simulator.twilio.model import CHARACTERS_PER_SECOND

Change = dict[str, Any]
PATIENCE = 60.0
"""Seconds that anything on the telephone may take: sentences are spoken, not printed."""
SOON = 10.0
"""Seconds within which a chat shows what it should; it is promised within one."""
_STYLES = {"電話": "cyan", "Slack": "magenta", "LINE": "green"}
_EVENTS = {"answered": "つながる", "disconnected": "通話が終わる"}
_SPOKEN = (Sound.SPEECH, Sound.PARTY, Sound.SAID, Sound.PRESSED)
_KINDS = {"said": "「{}」", "pressed": "{} を押す", "silent": "黙っている", "music": "♪ 保留音"}


@dataclass(frozen=True, slots=True)
class Story:
    """A title in Japanese, and what happens."""

    title: str
    play: Callable[["Stage"], Awaitable[None]]


class Stage:
    """The demo, and a voice that tells what goes on in it."""

    def __init__(self, demo: Demo, console: Console | None = None) -> None:
        self.demo = demo
        self._console = console or Console(highlight=False, soft_wrap=True)
        self._began = datetime.now(UTC)
        self._music: set[str] = set()
        self._last_text = ""

    async def tell(self, story: Story) -> bool:
        """Play it; whether it came to its good end."""
        self._console.print(Text(story.title, style="bold"))
        parts = (
            (self.demo.slack.space.changes, self._slack),
            (self.demo.line.account.changes, self._line),
            (self.demo.twilio.changes, self._telephone),
        )
        listeners = [asyncio.create_task(_follow(changes, tell)) for changes, tell in parts]
        await asyncio.sleep(0)  # they listen before anything happens
        try:
            await story.play(self)
            await self.demo.twilio.all_told()
        except AssertionError as error:
            self._console.print(Text(f"✗ 途中で終わりました: {error}", style="bold red"))
            return False
        finally:
            for listener in listeners:
                listener.cancel()
            await asyncio.gather(*listeners, return_exceptions=True)
        for problem in self.demo.problems:
            self._console.print(Text(f"✗ 約束違反: {problem}", style="bold red"))
        if not self.demo.problems:
            self._console.print(Text("✓ すべて、そのとおりになりました。", style="bold green"))
        return not self.demo.problems

    def says(self, who: str, where: str, what: str) -> None:
        """A line of the telling, as of now."""
        seconds = (datetime.now(UTC) - self._began).total_seconds()
        line = Text(f"{seconds:6.1f}s  ", style="dim")
        line.append(f"{who}（{where}）  ", style=_STYLES.get(where, "white"))
        first, *more = what.splitlines() or [""]
        line.append(first, style="default not dim")
        for part in more:
            line.append(f"\n            {part}", style="default not dim")
        self._console.print(line)

    async def types(self, staff: str, command: str, text: str) -> Any:
        """Somebody types a command in Slack; the answer."""
        person = self.demo.sample.member(staff)
        self.says(person.surname, "Slack", f"{command} {text}")
        return await self.demo.slack.user(str(person.slack)).types(command, text)

    async def speaks(self, call: Call, words: str) -> None:
        """Somebody on the telephone hears the machine out, and says something."""
        await self.listens(call)
        await call.says(words, within=PATIENCE)

    async def listens(self, call: Call) -> None:
        """Let the time pass that what was just said to somebody takes."""
        told = [line for line in call.transcript if line.sound in _SPOKEN]
        if told and told[-1].sound in (Sound.SPEECH, Sound.PARTY):
            await asyncio.sleep(len(told[-1].text) / CHARACTERS_PER_SECOND / self.demo.haste)

    # ---- telling ------------------------------------------------------------------------------

    def _slack(self, change: Change) -> None:
        message = change.get("message")
        if message is None or change["what"] not in ("message", "edit"):
            return
        place = self._place(message["channel"], message["ephemeral_to"])
        if not message["from_bot"]:
            self.says(self._slack_name(message["user"]), "Slack", f"{message['text']}  {place}")
            return
        buttons = [button["label"] for button in message["buttons"]]
        text = _with_buttons(message["text"].replace("*", ""), buttons)
        if change["what"] == "edit":
            text = "（書き換え）" + text.partition("\n")[0]
        elif text == self._last_text:
            text = "（同じ伝言）"
        else:
            self._last_text = text
        self.says(f"取次ぎ {place}", "Slack", text)

    def _line(self, change: Change) -> None:
        message = change.get("message")
        if message is None or change["what"] != "message":
            return
        names = {one.line: one.surname for one in self.demo.sample.people}
        if message["from_bot"]:
            buttons = [one["label"] for one in message["buttons"] if one["action"]["type"] == "postback"]
            who = f"取次ぎ → {names.get(message['chat'], message['chat'])}"
            self.says(who, "LINE", _with_buttons(message["text"], buttons))
        else:
            self.says(names.get(message["sender"], message["sender"]), "LINE", message["text"])

    def _telephone(self, change: Change) -> None:
        if change["what"] == "sms":
            self.says(self._owner(change["phone"]), "電話", f"SMS: {change['text']}")
        if change["what"] != "line":
            return
        who, sound, text = self._owner(change["phone"]), change["sound"], change["text"]
        if sound == "speech":
            self.says(f"自動音声 → {who}", "電話", text)
        elif sound == "music":
            if change["call"] not in self._music:
                self._music.add(change["call"])
                self.says(who, "電話", _KINDS["music"])
        elif sound in _KINDS:
            self.says(who, "電話", _KINDS[sound].format(text))
        elif told := self._event(sound, text):
            self.says(who, "電話", told)

    def _event(self, sound: str, text: str) -> str:
        first, _, rest = text.partition(" ")
        if sound == "tone":
            return "着信中…" if first == "rings:" else ""
        if first == "dials":
            return f"{_national(rest)} にかける"
        if first == "connected":
            return f"{self._owner(rest.removeprefix('with '))}とつながる"
        if first == "ended:":
            return "電話が切れる"
        return _EVENTS.get(text, "")

    # ---- names --------------------------------------------------------------------------------

    def _owner(self, number: str) -> str:
        for person in self.demo.sample.people:
            if person.phone == number:
                return person.surname
        return "お客様"

    def _slack_name(self, user: str) -> str:
        for person in self.demo.sample.people:
            if person.slack == user:
                return person.surname
        return user

    def _place(self, channel: str, only_for: str | None) -> str:
        if only_for is not None:
            return f"→ {self._slack_name(only_for)}だけに"
        if channel in self.demo.sample.channels:
            return f"→ #{self.demo.sample.channels[channel]}"
        return f"→ {self._slack_name('U' + channel[1:])}"


def _with_buttons(text: str, buttons: list[str]) -> str:
    row = " ".join(f"[{label}]" for label in buttons)
    return f"{text}\n{row}" if row else text


def _national(number: str) -> str:
    """+81345671234 as 03-4567-1234."""
    form = phonenumbers.PhoneNumberFormat.NATIONAL
    return phonenumbers.format_number(phonenumbers.parse(number), form)


async def _follow(changes: Changes, tell: Callable[[Change], None]) -> None:
    with changes.followed() as queue:
        try:
            while True:
                tell(await queue.get())
        finally:
            while not queue.empty():
                tell(queue.get_nowait())
