"""How a person may be asked, set by text and by buttons."""

import pytest

from bot.office.model import Person
from bot.office.roster import roster_of
from bot.presence.reachable import allowed_ranks
from handlers.chat.settings import read_rule
from tests.chat.conftest import Chat, labelled
from tests.support.slack_desk import ORGANIZATION


def person(chat: Chat, staff: str = "mori") -> Person:
    return chat.store.read_now(lambda tx: roster_of(tx, ORGANIZATION).people[staff])  # type: ignore[index]


@pytest.mark.parametrize(
    ("text", "situation", "ranks"),
    [
        ("会議中でもVIPは可", "meeting", ("vip",)),
        ("会議中でもVIPは可。", "meeting", ("vip",)),
        ("ＶＩＰなら会議中でもOK", "meeting", ("vip",)),
        ("急ぎなら外出中も可", "out", ("urgent",)),
        ("至急の場合は出張中でも取り次いでください可", "trip", ("urgent",)),
        ("急ぎとVIPは打ち合わせ中も可", "meeting", ("urgent", "vip")),
        ("不在中は急ぎのみ可", "away", ("urgent",)),
        ("夜間も急ぎなら大丈夫です", "night", ("urgent",)),
        ("時間外はVIPだけ可", "night", ("vip",)),
        ("夜間不可", "night", ()),
        ("会議中は不可", "meeting", ()),
        ("会議中でも可", "meeting", ("urgent", "vip")),
    ],
)
def test_a_rule_by_text(chat: Chat, text: str, situation: str, ranks: tuple[str, ...]) -> None:
    card = chat.says("mori", text)
    assert card is not None
    assert "設定を変えました" in card.title
    assert tuple(allowed_ranks(person(chat), situation)) == ranks  # type: ignore[arg-type]
    assert chat.presence("mori").kind is None


@pytest.mark.parametrize(
    "text",
    ["会議中", "外出 15時まで", "会議中、電話不可", "外出中です", "急ぎの会議", "夜間作業", "VIP対応で外出",
     "離席", "電話中", "会議OK", "お休みです", "外出中は電話に出られません"],
)  # fmt: skip
def test_a_status_is_no_setting(text: str) -> None:
    assert read_rule(text) is None


def test_one_rank_refused_leaves_the_other(chat: Chat) -> None:
    chat.says("mori", "会議中でも可")
    chat.says("mori", "会議中はVIPでも不可")
    assert person(chat).ask_when.meeting == ("urgent",)


def test_the_telephone_for_transfers(chat: Chat) -> None:
    chat.says("mori", "取次ぎの電話は090-9999-8888に")
    assert person(chat).telephone == "+819099998888"
    chat.says("mori", "取次ぎの電話を登録の番号に戻して")
    assert person(chat).telephone == "+819011112222"


@pytest.mark.parametrize("text", ["取次ぎの電話は012-3456-78にして", "取次ぎの電話は+1 212 555 0100に"])
def test_a_telephone_that_cannot_be_rung_changes_nothing(chat: Chat, text: str) -> None:
    chat.says("mori", text)
    assert person(chat).telephone == "+819011112222"


def test_the_telephone_rings_too(chat: Chat) -> None:
    chat.says("mori", "電話も鳴らして")
    assert person(chat).ring_at_half
    chat.says("mori", "電話も鳴らさないで")
    assert not person(chat).ring_at_half


def test_buttons_change_it_and_back(chat: Chat) -> None:
    card = chat.says("mori", "取次ぎ設定")
    changed = chat.taps("mori", labelled(card, "お急ぎなら不在中も可にする"))
    assert changed.replaces
    assert allowed_ranks(person(chat), "trip") == ("urgent",)
    again = chat.taps("mori", labelled(changed.card, "お急ぎなら不在中も不可にする"))
    assert not allowed_ranks(person(chat), "trip")
    for label in ("時間外も可", "休みの日も可", "電話も鳴らす"):
        again = chat.taps("mori", labelled(again.card, label))
    assert person(chat).ask_on_leave
    assert person(chat).ring_at_half
    assert person(chat).ask_when.night == ("urgent", "vip")


def test_the_overview_says_it_and_leads_there(chat: Chat) -> None:
    chat.says("mori", "会議中でもVIPは可")
    card = chat.commands("mori", "status")
    assert "会議中はVIPのみ可" in "".join(fact.text for fact in card.facts)
    assert chat.taps("mori", labelled(card, "取次ぎの設定")).card.title == "取次ぎの設定"


def test_in_a_channel_nobody_sets_anything(chat: Chat) -> None:
    chat.says("mori", "夜間不可", in_channel=True)
    assert person(chat).ask_when.night is None
