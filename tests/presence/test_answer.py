"""Whole answers, read as they are heard. November 23, 2026 is a Monday and a public holiday."""

import re
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.language.model import Basis, Kind
from bot.office.model import Hours, Office, OrganizationId, Person, Plan, StaffId
from bot.presence.answer import caller_answer
from bot.presence.model import NOTHING_SET, PresenceNow

TOKYO = ZoneInfo("Asia/Tokyo")
OFFICE = Office(
    organization=OrganizationId("smile"),
    name="スマイルコーポレーション",
    reading="すまいるこーぽれーしょん",
    hours=Hours(closed=((date(2026, 12, 29), date(2027, 1, 3)),)),
)
KURIMOTO = Person(id=StaffId("kurimoto"), name="栗本 太郎", reading="くりもと たろう", title="課長")
SATO = Person(id=StaffId("sato"), name="佐藤 花子", reading="さとう はなこ")
SORRY = "申し訳ございません、あいにく課長の栗本は"


def at(text: str) -> datetime:
    """`2026-11-24 10:30` in Tokyo; a time alone is on Tuesday, November 24."""
    return datetime.fromisoformat(text if " " in text else f"2026-11-24 {text}").replace(tzinfo=TOKYO)


def doing(
    kind: Kind, end: str | None = None, basis: Basis = Basis.STATED, word: str = "", *, overdue: bool = False
) -> PresenceNow:
    return PresenceNow(
        kind=kind,
        start=at("2026-11-20 09:00"),
        end=at(end) if end else None,
        basis=basis if end else Basis.OPEN,
        note="大阪 A社 訪問",
        word=word,
        overdue=overdue,
    )


def heard(presence: PresenceNow, now: str = "10:30", person: Person = KURIMOTO) -> str:
    return caller_answer(OFFICE, person, presence, at(now)).sentence


@pytest.mark.parametrize(
    ("presence", "sentence"),
    [
        (doing(Kind.OUT, "15:00"), "外出しております。本日15時に戻る予定でございます。"),
        (
            doing(Kind.OUT, "15:30", Basis.APPROX),
            "外出しております。本日15時30分ごろに戻る予定でございます。",
        ),
        (
            doing(Kind.OUT, "17:00", Basis.APPROX),
            "外出しております。本日夕方ごろ、17時ごろに戻る予定でございます。",
        ),
        (doing(Kind.OUT, "18:00"), "外出しております。本日18時に戻る予定でございます。"),
        (doing(Kind.OUT, "18:00", Basis.ASSUMED), "外出しております。明日以降の折り返しになるかと存じます。"),
        (doing(Kind.OUT, "12:00", Basis.ASSUMED), "外出しております。戻り次第の折り返しになるかと存じます。"),
        (doing(Kind.OUT, "19:30"), "外出しております。明日以降の折り返しになるかと存じます。"),
        (
            doing(Kind.OUT, "2026-11-25 00:00"),
            "外出しております。本日は戻らない予定でございます。明日以降の折り返しになるかと存じます。",
        ),
        (doing(Kind.OUT, "2026-11-26 00:00"), "外出しております。明後日以降の折り返しになるかと存じます。"),
        (doing(Kind.TRIP), "本日出張しております。明日以降の折り返しになるかと存じます。"),
        (doing(Kind.TRIP, "16:00"), "本日出張しております。16時に戻る予定でございます。"),
        (
            doing(Kind.TRIP, "2026-11-25 00:00"),
            "本日出張しております。明日以降の折り返しになるかと存じます。",
        ),
        (
            doing(Kind.TRIP, "2026-11-25 10:30"),
            "本日出張しております。明日の10時30分に戻る予定でございます。",
        ),
        (
            doing(Kind.TRIP, "2026-11-26 00:00"),
            "本日出張しております。明後日以降の折り返しになるかと存じます。",
        ),
        (
            doing(Kind.TRIP, "2026-11-27 00:00"),
            "本日出張しております。金曜日以降の折り返しになるかと存じます。",
        ),
        (
            doing(Kind.TRIP, "2026-11-28 00:00"),
            "本日出張しております。来週の月曜日以降の折り返しになるかと存じます。",
        ),
        (
            doing(Kind.TRIP, "2026-11-27 07:00"),
            "本日出張しております。金曜日以降の折り返しになるかと存じます。",
        ),
        (
            doing(Kind.TRIP, "2026-12-03 00:00"),
            "本日出張しております。12月3日の木曜日以降の折り返しになるかと存じます。",
        ),
        (
            doing(Kind.TRIP, "2026-11-27 14:00", Basis.APPROX),
            "本日出張しております。金曜日の14時ごろに戻る予定でございます。",
        ),
        (doing(Kind.MEETING, "16:00"), "ただいま会議中でございます。本日16時に終わる予定でございます。"),
        (
            doing(Kind.MEETING, "11:30", Basis.ASSUMED),
            "ただいま会議中でございます。終わり次第の折り返しになるかと存じます。",
        ),
        (
            doing(Kind.MEETING, "16:00", word="来客"),
            "ただいま来客中でございます。本日16時に終わる予定でございます。",
        ),
        (
            doing(Kind.MEETING, "16:00", word="面接"),
            "ただいま席を外しております。本日16時に戻る予定でございます。",
        ),
        (
            doing(Kind.MEETING, "11:30", Basis.ASSUMED, word="研修"),
            "ただいま席を外しております。戻り次第の折り返しになるかと存じます。",
        ),
        (doing(Kind.AWAY, "11:00"), "ただいま席を外しております。本日11時に戻る予定でございます。"),
        (
            doing(Kind.AWAY, "11:30", Basis.ASSUMED),
            "ただいま席を外しております。戻り次第の折り返しになるかと存じます。",
        ),
        (
            doing(Kind.BUSY, "11:30", Basis.ASSUMED),
            "ただいま手が離せない状況でございます。手が空き次第の折り返しになるかと存じます。",
        ),
        (
            doing(Kind.BUSY, "12:00"),
            "ただいま手が離せない状況でございます。本日12時には手が空く予定でございます。",
        ),
        (
            doing(Kind.BUSY, "11:30", Basis.ASSUMED, word="電話中"),
            "ただいま別の電話に出ております。電話が終わり次第の折り返しになるかと存じます。",
        ),
        (
            doing(Kind.LEAVE, "2026-11-25 00:00", Basis.ASSUMED),
            "本日は休みを取っております。明日以降の折り返しになるかと存じます。",
        ),
        (doing(Kind.LEAVE, "13:00"), "本日は休みを取っております。13時に出社の予定でございます。"),
        (
            doing(Kind.LEAVE, "2026-11-26 09:00"),
            "本日は休みを取っております。明後日の9時に出社の予定でございます。",
        ),
        (
            doing(Kind.LEAVE, "2027-01-01 00:00"),
            "本日は休みを取っております。1月4日の月曜日以降の折り返しになるかと存じます。",
        ),
        (doing(Kind.LATE, "11:00"), "、本日は11時に出社の予定でございます。"),
        (doing(Kind.LATE, "11:00", Basis.APPROX), "、本日は11時ごろに出社の予定でございます。"),
        (
            doing(Kind.LATE, "12:00", Basis.ASSUMED),
            "ただいま席を外しております。出社次第の折り返しになるかと存じます。",
        ),
        (
            doing(Kind.LEFT, "2026-11-25 00:00"),
            "本日は失礼させていただきました。明日以降の折り返しになるかと存じます。",
        ),
        (
            PresenceNow(on_call=True),
            "ただいま別の電話に出ております。電話が終わり次第の折り返しになるかと存じます。",
        ),
    ],
)
def test_on_a_tuesday_morning(presence: PresenceNow, sentence: str) -> None:
    assert heard(presence) == SORRY + sentence


@pytest.mark.parametrize(
    ("now", "presence", "sentence"),
    [
        # Friday: the weekend is not promised
        (
            "2026-11-27 10:00",
            doing(Kind.TRIP),
            "本日出張しております。来週の月曜日以降の折り返しになるかと存じます。",
        ),
        # Friday before a Monday that is a holiday
        (
            "2026-11-20 10:00",
            doing(Kind.TRIP),
            "本日出張しております。来週の火曜日以降の折り返しになるかと存じます。",
        ),
        # a stated end on the holiday, at an hour of business
        (
            "2026-11-20 10:00",
            doing(Kind.TRIP, "2026-11-23 15:00"),
            "本日出張しております。来週の火曜日以降の折り返しになるかと存じます。",
        ),
        # Saturday
        (
            "2026-11-28 10:00",
            doing(Kind.TRIP),
            "本日出張しております。明後日以降の折り返しになるかと存じます。",
        ),
        # the last working day of the year
        (
            "2026-12-28 10:00",
            doing(Kind.LEFT, "2026-12-29 00:00"),
            "本日は失礼させていただきました。1月4日の月曜日以降の折り返しになるかと存じます。",
        ),
        # before opening, at noon, at closing, after it
        ("08:00", doing(Kind.OUT, "10:00"), "外出しております。本日10時に戻る予定でございます。"),
        (
            "12:15",
            doing(Kind.AWAY, "13:15", Basis.ASSUMED),
            "ただいま席を外しております。戻り次第の折り返しになるかと存じます。",
        ),
        (
            "17:30",
            doing(Kind.MEETING, "18:30", Basis.ASSUMED),
            "ただいま会議中でございます。明日以降の折り返しになるかと存じます。",
        ),
        ("18:00", doing(Kind.OUT, "20:00"), "外出しております。明日以降の折り返しになるかと存じます。"),
        (
            "2026-11-27 20:00",
            doing(Kind.LEFT, "2026-11-28 00:00"),
            "本日は失礼させていただきました。来週の月曜日以降の折り返しになるかと存じます。",
        ),
        # overdue: no time that has gone by
        ("15:20", doing(Kind.OUT, "15:00", overdue=True), "外出しております。まもなく戻る予定でございます。"),
        (
            "17:20",
            doing(Kind.TRIP, "17:00", Basis.APPROX, overdue=True),
            "本日出張しております。まもなく戻る予定でございます。",
        ),
        (
            "11:20",
            doing(Kind.LATE, "11:00", overdue=True),
            "ただいま席を外しております。まもなく戻る予定でございます。",
        ),
        # a telephone in use wins over what was set
        (
            "17:59",
            PresenceNow(kind=Kind.OUT, end=at("2026-11-25 00:00"), basis=Basis.STATED, on_call=True),
            "ただいま別の電話に出ております。電話が終わり次第の折り返しになるかと存じます。",
        ),
        # after closing it is the next day's
        (
            "18:30",
            PresenceNow(on_call=True),
            "ただいま別の電話に出ております。明日以降の折り返しになるかと存じます。",
        ),
        # a duration ends on an odd second: the next whole minute is told
        ("10:30", doing(Kind.OUT, "11:02:31"), "外出しております。本日11時3分に戻る予定でございます。"),
        (
            "17:59",
            PresenceNow(kind=Kind.TRIP, end=at("2026-11-26 00:00"), basis=Basis.STATED, on_call=True),
            "ただいま別の電話に出ております。電話が終わり次第の折り返しになるかと存じます。",
        ),
    ],
)
def test_at_other_moments(now: str, presence: PresenceNow, sentence: str) -> None:
    assert heard(presence, now) == SORRY + sentence


@pytest.mark.parametrize(
    ("kind", "word", "script"),
    [
        (Kind.MEETING, "ご来客", "answer_visitor"),
        (Kind.MEETING, "お客様対応", "answer_visitor"),
        (Kind.MEETING, "with a client", "answer_visitor"),
        (Kind.MEETING, "オンライン面談", "answer_away"),
        (Kind.MEETING, "社内研修", "answer_away"),
        (Kind.MEETING, "Interview", "answer_away"),
        (Kind.MEETING, "電話会議", "answer_meeting"),
        (Kind.MEETING, "商談", "answer_meeting"),
        (Kind.MEETING, "", "answer_meeting"),
        (Kind.BUSY, "電話対応中", "answer_on_call"),
        (Kind.BUSY, "on the phone", "answer_on_call"),
        (Kind.BUSY, "集中", "answer_busy"),
        (Kind.OUT, "来客", "answer_out"),
    ],
)
def test_the_word_typed_chooses_the_wording(kind: Kind, word: str, script: str) -> None:
    presence = doing(kind, "11:30", Basis.ASSUMED, word)
    assert caller_answer(OFFICE, SATO, presence, at("10:30")).script == script


@pytest.mark.parametrize("kind", [None, Kind.REMOTE, Kind.AVAILABLE])
def test_nothing_is_told_of_somebody_who_can_be_asked(kind: Kind | None) -> None:
    presence = doing(kind, "2026-11-25 00:00", Basis.ASSUMED) if kind else NOTHING_SET
    answer = caller_answer(OFFICE, KURIMOTO, presence, at("10:30"))
    assert answer.sentence == "確認いたしますので、少々お待ちくださいませ。"
    assert answer.script == "hold"
    assert answer.reachable
    assert answer.callback_day == date(2026, 11, 24)
    assert answer.promise == "のちほど折り返しお電話を差し上げるよう、申し伝えます。"


def test_nobody_waits_for_somebody_who_cannot_be_asked() -> None:
    answer = caller_answer(OFFICE, SATO, NOTHING_SET, at("10:30"), askable=False)
    assert answer.sentence == (
        "申し訳ございません、ただいま佐藤におつなぎすることができません。"
        "のちほど折り返しお電話を差し上げるよう、申し伝えます。"
    )


@pytest.mark.parametrize(
    ("now", "since"),
    [
        ("2026-11-22 10:00", "明後日"),
        ("2026-11-23 10:00", "明日"),
        ("2026-11-24 07:00", "本日9時"),
        ("2026-11-24 18:00", "明日"),
        ("2026-11-27 23:00", "来週の月曜日"),
        ("2026-12-28 19:00", "1月4日の月曜日"),
    ],
)
def test_closed_and_nothing_set(now: str, since: str) -> None:
    assert heard(NOTHING_SET, now) == (
        "申し訳ございません、ただいま営業時間外でございます。営業時間は平日の9時から18時まででございます。"
        f"{since}以降の折り返しになるかと存じます。"
    )


def test_somebody_at_home_after_hours_is_not_asked_without_the_plan() -> None:
    presence = doing(Kind.REMOTE, "2026-11-25 00:00", Basis.ASSUMED)
    plain = OFFICE.model_copy(update={"plan": Plan.TRANSFER})
    assert caller_answer(plain, SATO, presence, at("20:00")).script == "answer_closed"
    assert caller_answer(OFFICE, SATO, presence, at("20:00")).script == "hold"


def test_plans_without_status_or_promise() -> None:
    trip = doing(Kind.TRIP)
    message = OFFICE.model_copy(update={"plan": Plan.MESSAGE})
    assert caller_answer(message, SATO, trip, at("10:30")).sentence == (
        "申し訳ございません、ただいま佐藤におつなぎすることができません。ご用件は佐藤に申し伝えます。"
    )
    assert caller_answer(message, SATO, trip, at("20:00")).sentence == (
        "申し訳ございません、ただいま営業時間外でございます。営業時間は平日の9時から18時まででございます。"
        "ご用件は佐藤に申し伝えます。"
    )
    schedule = OFFICE.model_copy(update={"plan": Plan.SCHEDULE})
    assert "出張しております" in caller_answer(schedule, SATO, trip, at("10:30")).sentence
    assert caller_answer(schedule, SATO, NOTHING_SET, at("10:30")).script == "answer_unavailable"


def test_what_the_answer_knows_besides_its_sentence() -> None:
    told = caller_answer(OFFICE, KURIMOTO, doing(Kind.OUT, "15:00"), at("10:30"))
    assert (told.script, told.back, told.callback_day) == ("answer_out", at("15:00"), date(2026, 11, 24))
    assert told.promise == "戻り次第の折り返しになるかと存じます。"
    tomorrow = caller_answer(OFFICE, KURIMOTO, doing(Kind.TRIP, "2026-11-25 10:30"), at("10:30"))
    assert tomorrow.promise == "明日の10時30分以降の折り返しになるかと存じます。"
    untold = caller_answer(OFFICE, KURIMOTO, doing(Kind.TRIP, "2026-11-28 00:00"), at("10:30"))
    assert (untold.back, untold.callback_day) == (None, date(2026, 11, 30))
    assert not untold.reachable


@pytest.mark.parametrize(
    ("end", "long"),
    [
        ("2026-11-28 00:00", False),  # Tuesday to Friday: four business days
        ("2026-12-01 00:00", False),  # and Monday: five
        ("2026-12-02 00:00", True),
        ("2026-12-01 10:00", False),
        ("2099-12-31 00:00", True),
        (None, False),
    ],
)
def test_the_deputy_is_offered_first_over_five_business_days(end: str | None, long: bool) -> None:
    answer = caller_answer(OFFICE, KURIMOTO, doing(Kind.LEAVE, end), at("10:30"))
    assert answer.offer_deputy is long


@pytest.mark.parametrize(
    ("presence", "sentence"),
    [
        (doing(Kind.OUT, "15:00"), "is out of the office at the moment. They are expected back at 3 PM."),
        (
            doing(Kind.TRIP),
            "is away on a business trip today. The earliest they can call you back is tomorrow.",
        ),
        (doing(Kind.LATE, "11:00", Basis.APPROX), "is expected in the office around 11 AM today."),
        (
            doing(Kind.MEETING, "2026-11-26 16:00"),
            "is in a meeting at the moment. It should be over at 4 PM on Thursday.",
        ),
        (
            doing(Kind.LEFT, "2026-11-25 00:00"),
            "has left the office for today. The earliest they can call you back is tomorrow.",
        ),
    ],
)
def test_in_english(presence: PresenceNow, sentence: str) -> None:
    answer = caller_answer(OFFICE, KURIMOTO, presence, at("10:30"), "en")
    assert answer.sentence == f"I am sorry, Taro Kurimoto {sentence}"


def test_an_own_sentence_of_the_office_is_what_callers_hear() -> None:
    own = OFFICE.model_copy(update={"scripts": {"answer_trip": "{{ person }}は本日終日おりません"}})
    assert caller_answer(own, SATO, doing(Kind.TRIP), at("10:30")).sentence == (
        "佐藤は本日終日おりません。明日以降の折り返しになるかと存じます。"
    )


def test_an_office_elsewhere_tells_its_own_time() -> None:
    office = OFFICE.model_copy(update={"timezone": "Asia/Singapore"})
    answer = caller_answer(office, SATO, doing(Kind.OUT, "15:00"), at("10:30"))
    assert "本日14時に戻る予定でございます" in answer.sentence


MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 1), timezones=st.just(TOKYO))  # noqa: DTZ001 - zone given
NOTES = st.text("大阪福岡A社ＸＹＺ検査入院見積", min_size=2, max_size=8)


@st.composite
def presences(draw: st.DrawFn, now: datetime) -> PresenceNow:
    kind = draw(st.sampled_from(Kind))
    basis = draw(st.sampled_from(Basis))
    minutes = draw(st.one_of(st.integers(-600, 600), st.integers(1, 60_000)))
    odd = draw(st.sampled_from([timedelta(0), timedelta(microseconds=5), timedelta(seconds=31)]))
    end = None if basis is Basis.OPEN else now + timedelta(minutes=minutes) + odd
    if end and draw(st.booleans()):
        end = datetime.combine(end.date() + timedelta(days=1), time(0), TOKYO)
    overdue = end is not None and end <= now and kind in (Kind.OUT, Kind.TRIP, Kind.LATE)
    word = draw(st.sampled_from(["", "来客", "面接", "電話中", "MTG", "直帰"]))
    return PresenceNow(
        kind, now - timedelta(hours=1), end, basis, draw(NOTES), word, overdue, draw(st.booleans())
    )


@given(st.data(), MOMENTS)
def test_answers_are_whole_discreet_and_never_in_the_past(data: st.DataObject, now: datetime) -> None:
    presence = data.draw(presences(now))
    answer = caller_answer(OFFICE, KURIMOTO, presence, now)
    assert answer.sentence.endswith("。")
    assert answer.promise.endswith("。")
    assert presence.note not in answer.sentence + answer.promise
    assert "不在" not in answer.sentence
    assert answer.callback_day >= now.date()
    if answer.back is not None:
        assert answer.back > now
        assert answer.back >= (presence.end or now)
        assert presence.basis in (Basis.STATED, Basis.APPROX)
    if presence.basis in (Basis.ASSUMED, Basis.OPEN) and answer.script not in ("answer_closed", "hold"):
        assert not re.search(r"\d時", answer.sentence)
    if (presence.basis is Basis.APPROX) and answer.back is not None:
        assert "ごろ" in answer.sentence


@given(st.data(), MOMENTS)
def test_english_answers_are_english(data: st.DataObject, now: datetime) -> None:
    answer = caller_answer(OFFICE, KURIMOTO, data.draw(presences(now)), now, "en")
    assert (answer.sentence + answer.promise).isascii()
    assert answer.sentence.endswith(".")
    assert ".." not in answer.sentence


@given(st.data(), MOMENTS)
def test_the_note_changes_nothing(data: st.DataObject, now: datetime) -> None:
    presence = data.draw(presences(now))
    bare = PresenceNow(
        presence.kind, presence.start, presence.end, presence.basis, "", presence.word, presence.overdue,
        presence.on_call,
    )  # fmt: skip
    assert caller_answer(OFFICE, KURIMOTO, presence, now) == caller_answer(OFFICE, KURIMOTO, bare, now)
