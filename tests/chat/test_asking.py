"""What is unclear is asked, with the likely readings; talk is left alone."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.language.model import Action, Basis, Entry, Kind, StatusUpdate
from bot.platforms.slack.blocks import blocks
from handlers.chat.readings import UnreadableError, pack, unpack
from simulator.slack.blocks import faults_of_blocks
from tests.chat.conftest import Chat, labelled
from tests.support.midori import TUESDAY


@pytest.mark.parametrize(
    ("text", "question", "readings"),
    [
        ("17時まで", "何のご予定でしょうか", 5),
        ("出張 来週まで", "二通りに読めました", 2),
        ("出張 来月まで", "二通りに読めました", 2),
        ("11/31 休み", "暦にありません", 2),
        ("15時から13時まで会議", "終わりが始まりより前", 2),
        ("午前9時まで外出", "もう過ぎています", 1),
        ("31日 有休", "暦にありません", 2),
        ("今日か明日 休みます", "二通りに読めました", 2),
        ("月曜か火曜に休みます", "二通りに読めました", 2),
        ("10日か11日 出張", "二通りに読めました", 2),
        ("木曜か金曜まで出張", "二通りに読めました", 2),
        ("12/1または12/2 在宅", "二通りに読めました", 2),
        ("Monday or Tuesday off", "二通りに読めました", 2),
    ],
)
def test_a_question_offers_readings_and_nothing_is_set(
    chat: Chat, text: str, question: str, readings: int
) -> None:
    card = chat.says("mori", text)
    assert card is not None
    assert question in card.title
    assert text in card.text
    assert len(card.buttons) == readings
    assert len({button.label for button in card.buttons}) == readings
    assert all(len(button.value) <= 255 for button in card.buttons)
    assert chat.plan("mori") == []
    for button in card.buttons[:1]:
        reply = chat.taps("mori", button)
        assert reply.replaces
        assert len(chat.plan("mori")) == 1


def test_a_question_about_a_colleague_sets_the_colleague(chat: Chat) -> None:
    card = chat.says("ito", "森さん 出張 来週まで")
    assert card is not None
    assert all(button.label.startswith("森さん: ") for button in card.buttons)
    chat.taps("ito", card.buttons[0])
    assert chat.presence("mori").kind is Kind.TRIP
    assert chat.presence("ito").kind is None


def test_an_end_alone_may_be_a_new_end_of_what_holds(chat: Chat) -> None:
    chat.says("mori", "外出 15時まで")
    card = chat.says("mori", "17時まで")
    assert card is not None
    chat.taps("mori", card.buttons[0])
    [item] = [item for item in chat.plan("mori") if item.covers(chat.clock.now())]
    assert item.entry.kind is Kind.OUT
    assert item.entry.end == TUESDAY.replace(hour=17, minute=0)


@pytest.mark.parametrize("since", ["会議 12時まで", "戻りました"])
def test_a_longer_end_is_of_what_it_says_whatever_holds_since(chat: Chat, since: str) -> None:
    chat.says("mori", "外出 15時まで")
    card = chat.says("mori", "17時まで")
    assert card is not None
    chat.says("mori", since)
    chat.taps("mori", card.buttons[0])
    assert chat.presence("mori").kind is Kind.OUT


def test_a_longer_end_that_has_passed_is_refused(chat: Chat) -> None:
    chat.says("mori", "外出 15時まで")
    card = chat.says("mori", "17時まで")
    assert card is not None
    chat.clock.passes(hours=8)
    assert "過ぎました" in chat.taps("mori", card.buttons[0]).card.text


def test_readings_that_look_alike_are_offered_once(chat: Chat) -> None:
    """外出 until 17:00 is the same button, said anew or longer; the latter keeps where one is."""
    chat.says("mori", "外出 15時まで 大宮")
    card = chat.says("mori", "17時まで")
    assert card is not None
    labels = [button.label for button in card.buttons]
    assert len(set(labels)) == len(labels) == 5
    chat.taps("mori", labelled(card, "外出"))
    assert chat.presence("mori").note == "大宮"


def test_where_there_is_nothing_to_choose_nobody_is_asked_to(chat: Chat) -> None:
    card = chat.says("mori", "連休明けまで休み")
    assert card is not None
    assert card.buttons == ()
    assert "どちら" not in card.title
    assert chat.plan("mori") == []


def test_a_reading_whose_time_has_gone_by_is_not_set(chat: Chat) -> None:
    button = labelled(chat.says("mori", "12時まで"), "会議")
    chat.clock.passes(hours=3)
    assert "時刻は過ぎました" in chat.taps("mori", button).card.text
    assert chat.plan("mori") == []


@pytest.mark.parametrize(
    "talk",
    [
        "お疲れさまです",
        "ありがとうございます",
        "15時の会議の資料を送ります",
        "明日の出張の件ですが、会議室を予約してください",
    ],
)
def test_talk_sets_nothing(chat: Chat, talk: str) -> None:
    assert chat.says("mori", talk, in_channel=True) is None
    hint = chat.says("mori", talk)
    assert hint is not None
    assert "読み取れませんでした" in hint.text
    assert chat.plan("mori") == []


@pytest.mark.parametrize("words", ["ヘルプ", "help", "calls", "伝言", "status", "whereis 森"])
def test_command_words_are_left_alone_in_a_channel(chat: Chat, words: str) -> None:
    assert chat.says("mori", words) is not None
    assert chat.plan("mori") == []
    in_channel = chat.says("mori", words, in_channel=True)
    assert in_channel is None or "予定" in in_channel.title or "さん" in in_channel.title


NOTES = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=60)
ENTRIES = st.builds(
    lambda kind, start, length, basis, note, word: Entry(
        kind, start, None if basis is Basis.OPEN else start + length, basis, note, word
    ),
    st.sampled_from(Kind),
    st.datetimes(
        min_value=TUESDAY.replace(tzinfo=None), max_value=TUESDAY.replace(tzinfo=None, year=2030)
    ).map(lambda at: at.replace(microsecond=0, tzinfo=TUESDAY.tzinfo)),
    st.timedeltas(
        min_value=TUESDAY - TUESDAY.replace(minute=0), max_value=TUESDAY - TUESDAY.replace(day=1)
    ).map(lambda length: length - (length % (TUESDAY.replace(second=1) - TUESDAY))),
    st.sampled_from(Basis),
    NOTES,
    NOTES,
)
UPDATES = st.builds(
    StatusUpdate, st.just(Action.SET), st.lists(ENTRIES, min_size=1, max_size=2).map(tuple)
) | (
    st.just(StatusUpdate(Action.CLEAR))
    | st.builds(StatusUpdate, st.just(Action.EXTEND), minutes=st.integers(1, 600))
)


@given(UPDATES)
def test_a_packed_reading_is_unpacked_as_it_was_but_for_its_words(update: StatusUpdate) -> None:
    packed = pack("0" * 32, "kurimoto", update)
    assert packed is not None
    assert len(packed) <= 255
    ticket, staff, again = unpack(packed)
    assert (ticket, staff, again.action, again.minutes) == (
        "0" * 32,
        "kurimoto",
        update.action,
        update.minutes,
    )
    assert [(e.kind, e.start, e.end, e.basis) for e in again.entries] == [
        (e.kind, e.start, e.end, e.basis) for e in update.entries
    ]


@given(st.text(max_size=80) | st.lists(st.text("|,0123456789abcdef", max_size=10), max_size=8).map("|".join))
def test_a_value_that_is_not_ours_is_refused(value: str) -> None:
    try:
        _, _, update = unpack(value)
    except UnreadableError:
        return
    assert update.action in (Action.SET, Action.CLEAR, Action.EXTEND)


@settings(max_examples=150, suppress_health_check=list(HealthCheck), deadline=None)
@given(
    text=st.text(max_size=60)
    | st.lists(
        st.sampled_from(
            [
                "森さん",
                "@mori ",
                "中田",
                "外出",
                "会議",
                "出張",
                "休み",
                "在宅",
                "か",
                "15時",
                "9時",
                "まで",
                "から",
                "来週",
                "明日",
                "11/31",
                "31日",
                "戻りました",
                "30分",
                "延長",
                "どこ？",
                "みんな",
                " ",
                "。",
                "<!channel>",
                "back",
                "until 3pm",
            ]
        ),
        max_size=6,
    ).map("".join),
    in_channel=st.booleans(),
    command=st.booleans(),
)
def test_any_words_are_answered_with_a_card_that_slack_takes(
    chat: Chat, text: str, *, in_channel: bool, command: bool
) -> None:
    card = chat.commands("mori", "tori", text) if command else chat.says("mori", text, in_channel=in_channel)
    if card is not None:
        assert faults_of_blocks(blocks(card)) == []
