"""Whatever is said, tapped and taken back in whatever order: undo restores, nobody else is touched."""

import atexit
import shutil
import tempfile
from functools import cache
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from bot.clock import SettableClock
from bot.platforms.cards import Button, Card
from bot.platforms.slack.blocks import blocks
from bot.store.store import Store
from simulator.slack.blocks import faults_of_blocks
from tests.chat.conftest import Chat
from tests.support.databases import sqlite_copy, sqlite_template
from tests.support.midori import OFFICE, PEOPLE, TUESDAY, write_office

SAID = (
    "毎週火曜は在宅",
    "毎週水曜は15時まで外出",
    "外出 15時まで",
    "在宅",
    "会議 1時間",
    "明日 出張",
    "有休",
    "来週 休み",
    "来週水曜は出社します",
    "来週水曜の在宅を木曜に変更",
    "戻りました",
    "30分延長",
    "直帰",
    "取り込み中",
    "外出取り消し",
    "取り消し",
    "戻りました。16時から来客です",
    "伊藤さん 15時帰社",
    "17時まで",
    "毎週火曜の在宅をやめます",
    "毎週水曜の外出を木曜に変更",
    "status",
    "お疲れさまです",
)


@cache
def _template() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="toritsugi-chat-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return sqlite_template(folder)


class Conversations(RuleBasedStateMachine):
    """One person talks; a colleague is spoken of; a third must never be touched."""

    @initialize()
    def open_the_office(self) -> None:
        self.folder = tempfile.TemporaryDirectory()
        url = sqlite_copy(_template(), Path(self.folder.name))
        self.chat = Chat(Store(url, SettableClock(TUESDAY)), SettableClock(TUESDAY))
        self.chat.clock = self.chat.store.clock  # type: ignore[assignment]
        self.chat.store.run_now(write_office, OFFICE, PEOPLE)
        self.buttons: list[Button] = []

    def read(self, card: Card | None) -> None:
        if card is not None:
            assert faults_of_blocks(blocks(card)) == []
            self.buttons += card.buttons

    @rule(text=st.sampled_from(SAID))
    def says(self, text: str) -> None:
        self.read(self.chat.says("mori", text))

    @precondition(lambda self: self.buttons)
    @rule(data=st.data())
    def taps(self, data: st.DataObject) -> None:
        self.read(self.chat.taps("mori", data.draw(st.sampled_from(self.buttons))).card)

    @precondition(lambda self: self.buttons)
    @rule(data=st.data())
    def somebody_else_taps(self, data: st.DataObject) -> None:
        button = data.draw(st.sampled_from(self.buttons))
        if button.action not in ("status_cancel", "status_edit"):
            return
        before = self.chat.plan("mori")
        self.chat.taps("nakata", button)
        assert self.chat.plan("mori") == before

    @rule(text=st.sampled_from(SAID[:12]))
    def says_and_takes_it_back_at_once(self, text: str) -> None:
        before = {staff: (self.chat.presence(staff), self.chat.plan(staff)) for staff in ("mori", "ito")}
        card = self.chat.says("mori", text)
        cancel = [button for button in card.buttons if button.label == "取り消し"] if card else []
        if cancel:
            self.chat.taps("mori", cancel[0])
            after = {staff: (self.chat.presence(staff), self.chat.plan(staff)) for staff in ("mori", "ito")}
            assert after == before

    @rule(minutes=st.integers(1, 300))
    def time_passes(self, minutes: int) -> None:
        self.chat.clock.passes(minutes=minutes)

    @invariant()
    def nobody_else_is_touched(self) -> None:
        if hasattr(self, "chat"):
            assert self.chat.plan("nakata") == []

    def teardown(self) -> None:
        if hasattr(self, "chat"):
            self.chat.store.close()
            self.folder.cleanup()


TestConversations = Conversations.TestCase
TestConversations.settings = settings(
    max_examples=10, stateful_step_count=15, deadline=None, suppress_health_check=list(HealthCheck)
)
