"""Slack's views: the Home tab and the forms, as JSON. Pure.

Limits: docs.slack.dev/surfaces/modals (100 blocks, titles of 24 characters, 100 options a select).
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from bot.delivery.wording import telephone
from bot.language.model import Entry, Kind
from bot.office.model import Person, Rank
from bot.platforms.cards import Button, Card
from bot.platforms.slack.blocks import blocks, plain
from bot.presence.reachable import Situation, allowed_ranks
from handlers.chat.settings import SITUATIONS

EDIT_FORM = "status_form"
REASSIGN_FORM = "reassign_form"
SETTINGS_FORM = "settings_form"
ON_LEAVE, AT_HALF, TELEPHONE = "on_leave", "at_half", "telephone"
YES, NO = "yes", "no"
RANKS: dict[str, tuple[Rank, ...]] = {
    "none": (),
    "urgent": ("urgent",),
    "vip": ("vip",),
    "both": ("urgent", "vip"),
}
KIND, START, END, NOTE, COLLEAGUE = "kind", "start", "end", "note", "colleague"

KINDS = {
    Kind.OUT: "外出",
    Kind.TRIP: "出張",
    Kind.MEETING: "会議",
    Kind.AWAY: "離席",
    Kind.BUSY: "取り込み中",
    Kind.REMOTE: "在宅",
    Kind.LEAVE: "休み",
    Kind.LATE: "遅刻",
    Kind.LEFT: "退社",
    Kind.AVAILABLE: "対応可",
}
_VIEW_BLOCKS = 100
_OPTIONS = 100
_NOTE = 200


def home_view(cards: Sequence[Card], *, can_add: bool = False) -> dict[str, Any]:
    """Cards one below the other, with a button for a new status where `can_add`."""
    found: list[dict[str, Any]] = []
    if can_add:
        found += blocks(Card(buttons=(Button("status_edit", "状況を登録する", style="primary"),)))
    for card in cards:
        found += [{"type": "divider"}] if found else []
        found += blocks(card)
    return {"type": "home", "blocks": found[:_VIEW_BLOCKS]}


def status_form(entry: Entry | None, now: datetime, metadata: str) -> dict[str, Any]:
    """A form for a status: kind, from, until, note; filled from `entry` where one is edited."""
    start = entry.start if entry else now
    end: dict[str, Any] = {"type": "datetimepicker", "action_id": END}
    if entry and entry.end:
        end["initial_date_time"] = int(entry.end.timestamp())
    note: dict[str, Any] = {"type": "plain_text_input", "action_id": NOTE, "max_length": _NOTE}
    if entry and entry.note:
        note["initial_value"] = entry.note[:_NOTE]
    kind = _select(KIND, [(kind.value, label) for kind, label in KINDS.items()])
    kind["initial_option"] = _option(*_kind_option(entry.kind if entry else Kind.OUT))
    begins = {"type": "datetimepicker", "action_id": START, "initial_date_time": int(start.timestamp())}
    return _modal(
        EDIT_FORM,
        "状況の変更" if entry else "状況の登録",
        metadata,
        [
            _input(KIND, "状況", kind),
            _input(START, "いつから", begins),
            _input(END, "いつまで（未定なら空のまま）", end, optional=True),
            _input(NOTE, "行き先など（社内の人だけに見えます）", note, optional=True),
        ],
    )


def reassign_form(colleagues: Sequence[tuple[str, str]], metadata: str) -> dict[str, Any]:
    """A form for handing a message over; `colleagues` are (staff id, shown name).

    More people than a select can hold are found by their Slack account.
    """
    element = (
        _select(COLLEAGUE, colleagues)
        if len(colleagues) <= _OPTIONS
        else {"type": "users_select", "action_id": COLLEAGUE}
    )
    return _modal(
        REASSIGN_FORM, "担当の変更", metadata, [_input(COLLEAGUE, "どなたにお願いしますか", element)]
    )


def settings_form(person: Person, metadata: str) -> dict[str, Any]:
    """A form for how somebody may be asked to take a call: when, for which callers, at which telephone."""
    inputs = [_input(name, label, _rank_select(person, name)) for name, label in SITUATIONS.items()]
    leave = [(NO, "尋ねない"), (YES, "尋ねてよい")]
    half = [(NO, "「つなぐ」のあとに鳴らす"), (YES, "チャットに半分の時間お答えがなければ鳴らす")]
    number: dict[str, Any] = {"type": "plain_text_input", "action_id": TELEPHONE, "max_length": 30}
    if person.telephone:
        number["initial_value"] = telephone(person.telephone)
    inputs += [
        _input(ON_LEAVE, "休み・退社後", _chosen(ON_LEAVE, leave, YES if person.ask_on_leave else NO)),
        _input(AT_HALF, "お電話", _chosen(AT_HALF, half, YES if person.ring_at_half else NO)),
        _input(TELEPHONE, "取次ぎの電話（空なら登録の番号）", number, optional=True),
    ]
    return _modal(SETTINGS_FORM, "取次ぎの設定", metadata, inputs)


def _rank_select(person: Person, situation: Situation) -> dict[str, Any]:
    labels = {"none": "尋ねない", "urgent": "お急ぎのみ", "vip": "VIPのみ", "both": "お急ぎとVIP"}
    now = set(allowed_ranks(person, situation))
    held = next(name for name, ranks in RANKS.items() if set(ranks) == now)
    return _chosen(situation, list(labels.items()), held)


def _chosen(action_id: str, options: Sequence[tuple[str, str]], value: str) -> dict[str, Any]:
    """A select with one of its options chosen."""
    return _select(action_id, options) | {"initial_option": _option(value, dict(options)[value])}


def _kind_option(kind: Kind) -> tuple[str, str]:
    return kind.value, KINDS[kind]


def _modal(callback_id: str, title: str, metadata: str, inputs: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "type": "modal",
        "callback_id": callback_id,
        "title": plain(title, 24),
        "submit": plain("保存", 24),
        "close": plain("やめる", 24),
        "private_metadata": metadata,
        "blocks": inputs,
    }


def _input(block_id: str, label: str, element: dict[str, Any], *, optional: bool = False) -> dict[str, Any]:
    return {
        "type": "input",
        "block_id": block_id,
        "label": plain(label, 2_000),
        "element": element,
        "optional": optional,
    }


def _select(action_id: str, options: Iterable[tuple[str, str]]) -> dict[str, Any]:
    return {
        "type": "static_select",
        "action_id": action_id,
        "options": [_option(value, label) for value, label in options],
    }


def _option(value: str, label: str) -> dict[str, Any]:
    return {"text": plain(label, 75), "value": value}
