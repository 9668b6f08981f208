"""What holds for every message, not only for those in the tables."""

import itertools
import json
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.language import as_json, describe, parse
from bot.language.model import Action, Basis, Context, Entry, Kind
from tests.support.readings import TOKYO, TUESDAY, at, reading

HERE = Path(__file__).parent
CASES = [json.loads(line) for line in (HERE / "dev.jsonl").read_text("utf-8").splitlines()]
SAID = [
    json.loads(line)["text"]
    for name in ("dev.jsonl", "fresh.jsonl")
    for line in (HERE / name).read_text("utf-8").splitlines()
]
JAPANESE = [case for case in CASES if not case["text"].isascii()]
STATEMENTS = [case for case in JAPANESE if case["expect"]["action"] == "set"]
PIECES = [
    "\n",
    *"""
    15時 3時 午後 朝一 まで から 〜 - 明日 来週 来週月曜 金曜 25日 11/25 12/1〜3 30分
    1時間半 2、3時間 3日間 外出 出張 会議 在宅 休み 離席 直行 直帰 帰社 戻ります 出社 遅れます 退社
    栗本さん 様 は が の を に で と か ため 、 。 ( ) ? です します ました 延長 変更 あと 午前半休
    月末 その後 キャンセル 戻りました meeting back at 3pm until next Monday out
    PTO 99 0:00 24時 翌営業日 今週いっぱい @sato
    """.split(),  # noqa: SIM905 - words are easier to add to so
]

contexts = st.sampled_from(("chat", "command"))
moments = st.datetimes(
    min_value=datetime(2000, 1, 1),  # noqa: DTZ001 - the zone is added
    max_value=datetime(2100, 12, 31),  # noqa: DTZ001
    timezones=st.just(TOKYO),
)
texts = (
    st.text(max_size=60)
    | st.lists(st.sampled_from(PIECES), max_size=12).map("".join)
    | st.lists(st.sampled_from(SAID), max_size=3).map("。".join)
)


def meaning(text: str, case: dict[str, str]) -> object:
    """What a case's message means in another spelling, notes apart."""
    update = parse(text, datetime.fromisoformat(case["now"]), "chat")
    entries = [(entry.kind, entry.start, entry.end, entry.basis) for entry in update.entries]
    return update.action, entries, update.reason, update.minutes, update.end


@given(text=texts, now=moments, context=contexts)
@example(text="山本さん、打ち合わせのお願いです。15時いますか？", now=at(TUESDAY), context="chat")
@example(text="99日間出張", now=at(TUESDAY), context="chat")
@example(text="999週間出張", now=datetime(9999, 12, 30, tzinfo=TOKYO), context="chat")
@example(text="\ue000\ue000さん 外出", now=at(TUESDAY), context="chat")
@settings(max_examples=600, deadline=None)
def test_any_text_at_any_moment_has_a_meaning(text: str, now: datetime, context: Context) -> None:
    update = parse(text, now, context)
    assert json.loads(json.dumps(as_json(update)))["action"] == update.action
    assert (update.action is Action.SET) == bool(update.entries)
    assert (update.action is Action.ASK) == (update.reason is not None)
    assert (update.action is Action.EXTEND) == ((update.minutes is None) != (update.end is None))


@given(text=texts, now=moments, context=contexts)
@settings(max_examples=600, deadline=None)
def test_entries_lie_ahead_in_order_and_overlap_only_one_inside_another(
    text: str, now: datetime, context: Context
) -> None:
    entries = parse(text, now, context).entries
    for entry in entries:
        assert entry.start >= now.replace(microsecond=0)
        assert (entry.end is None) == (entry.basis is Basis.OPEN)
        assert entry.end is None or entry.end > entry.start
    for before, after in itertools.pairwise(entries):
        assert before.start <= after.start
    for index, entry in enumerate(entries):
        for other in entries[index + 1 :]:
            apart = entry.end is not None and entry.end <= other.start
            within = entry.end is None or (other.end is not None and other.end <= entry.end)
            around = entry.start == other.start and (
                other.end is None or (entry.end is not None and entry.end <= other.end)
            )
            assert apart or within or around


@given(case=st.sampled_from(JAPANESE), data=st.data())
@settings(max_examples=300, deadline=None)
def test_width_and_pictures_change_nothing(case: dict[str, str], data: st.DataObject) -> None:
    text = case["text"]
    picture = data.draw(st.sampled_from("🚗☕️🏠🙇✈️📞👍"))
    wide = "".join(chr(ord(letter) + 0xFEE0) if letter in "0123456789:()~" else letter for letter in text)
    assert meaning(text + picture, case) == meaning(text, case)
    if "http" not in text:
        assert meaning(wide, case) == meaning(text, case)


@given(case=st.sampled_from(STATEMENTS))
@settings(max_examples=200, deadline=None)
def test_a_closing_mark_and_a_greeting_change_nothing(case: dict[str, str]) -> None:
    text = case["text"]
    assert meaning(text + "。", case) == meaning(text, case)
    assert meaning("お疲れ様です。" + text, case) == meaning(text, case)
    assert meaning(text + "\nよろしくお願いします。", case) == meaning(text, case)


KINDS = """
外出 出張 会議 打ち合わせ 離席 在宅 在宅勤務 休み 有休 研修 来客 対応可 直帰 テレワーク 取り込み中 休憩
""".split()  # noqa: SIM905 - words are easier to add to so
PERIODS = """
15時まで 15時頃まで 明日まで 金曜まで 27日まで 12/1まで 13時から 13時から15時まで 13時〜15時 13:00-15:00 1時から3時
明日 明日から 明日13時から 明日13時から15時まで 明日の13時〜15時 明日の午後 来週水曜 来週月曜〜水曜 来週月曜から水曜まで
来週 今週いっぱい 月末まで 翌営業日まで 午前中 午後 終日 30分 1時間半 2、3時間 3日間 明日から3日間 木曜と金曜
12/1と12/3 12/1〜12/3 夕方まで 定時まで 来月5日 来月5日から7日まで 11月27日 今日 しあさって 1週間 正午まで 明日の夕方まで
""".split()  # noqa: SIM905


@pytest.mark.parametrize("kind", KINDS)
def test_the_order_of_words_is_free(kind: str) -> None:
    for period in PERIODS:
        plain = reading(f"{period}{kind}")
        assert plain.split()[0] not in ("none", "ask")
        for form in (
            f"{period} {kind}",
            f"{period}、{kind}です。",
            f"{kind} {period}",
            f"{kind}、{period}",
            f"{kind}({period})",
        ):
            assert reading(form) == plain, form
        assert reading(f"栗本さん {period}{kind}") == f"{plain} @栗本"


@given(period=st.sampled_from(PERIODS), kind=st.sampled_from(KINDS), data=st.data())
def test_politeness_and_blanks_change_nothing(period: str, kind: str, data: st.DataObject) -> None:
    plain = reading(f"{period} {kind}")
    endings = [
        "です",
        "です。",
        "でございます",
        "の予定です",
        "となります",
        "です!",
        "ですので、よろしくお願いします。",
    ]
    assert reading(f"{period}{kind}{data.draw(st.sampled_from(endings))}") == plain
    assert reading(f"お疲れ様です。{period}　　{kind} よろしくお願いします") == plain


times = st.integers(0, 24 * 60 - 1)
days_ahead = st.integers(1, 400)
ends = st.sampled_from((Basis.STATED, Basis.APPROX))
timed_kinds = st.sampled_from([kind for kind in Kind if kind is not Kind.LEFT])


def moment(days: int, minutes: int) -> datetime:
    return at(TUESDAY).replace(hour=0, minute=0) + timedelta(days=days, minutes=minutes)


@st.composite
def entries(draw: st.DrawFn) -> Entry:
    """Entries with an end that was said, running or ahead."""
    now = at(TUESDAY)
    shape = draw(st.sampled_from(("running", "ahead", "days", "today")))
    kind, basis = draw(timed_kinds), draw(ends)
    if shape == "running":
        end = draw(
            st.builds(moment, days_ahead, times) | st.builds(moment, st.just(0), st.integers(631, 1440))
        )
        return Entry(kind, now, end, basis)
    if shape == "days":
        first = draw(days_ahead)
        last = first + draw(st.integers(1, 60))
        return Entry(kind, moment(first, 0), moment(last, 0), Basis.STATED)
    start = draw(st.builds(moment, days_ahead if shape == "ahead" else st.just(0), st.integers(631, 1430)))
    length = draw(st.integers(5, 9 * 60) | st.integers(1500, 9000))
    return Entry(kind, start, start + timedelta(minutes=length), basis)


@given(entry=entries(), language=st.sampled_from(("ja", "en")))
@settings(max_examples=500, deadline=None)
def test_a_description_reads_back_as_the_same_entry(entry: Entry, language: str) -> None:
    now = at(TUESDAY)
    words = describe(entry, now, language=language)  # type: ignore[arg-type]
    [again] = parse(words, now, "command").entries
    assert (again.kind, again.start, again.end, again.basis) == (
        entry.kind,
        entry.start,
        entry.end,
        entry.basis,
    ), words


@given(
    kind=st.sampled_from(list(Kind)),
    ahead=st.none() | days_ahead,
    minutes=times,
    language=st.sampled_from(("ja", "en")),
)
@settings(max_examples=200, deadline=None)
def test_a_description_without_a_said_end_reads_back_too(
    kind: Kind, ahead: int | None, minutes: int, language: str
) -> None:
    now = at(TUESDAY)
    start = now if ahead is None else moment(ahead, minutes)
    from bot.language import DEFAULT_CALENDAR
    from bot.language.drafts import assumed_end

    end, basis = assumed_end(kind, start.replace(tzinfo=None), DEFAULT_CALENDAR)
    entry = Entry(kind, start, end.replace(tzinfo=TOKYO) if end else None, basis)
    words = describe(entry, now, language=language)  # type: ignore[arg-type]
    [again] = parse(words, now, "command").entries
    assert (again.kind, again.start, again.end, again.basis) == (kind, start, entry.end, basis), words
