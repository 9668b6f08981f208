"""What colleagues read. 2026-11-24 is a Tuesday."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from bot.language.model import Basis, Kind
from bot.office.model import Office, OrganizationId, Person, StaffId
from bot.presence.colleagues import colleague_line
from bot.presence.model import NOTHING_SET, PresenceNow

TOKYO = ZoneInfo("Asia/Tokyo")
OFFICE = Office(organization=OrganizationId("smile"), name="スマイル")
KURIMOTO = Person(id=StaffId("kurimoto"), name="栗本 太郎")
NOW = datetime(2026, 11, 24, 10, 30, tzinfo=TOKYO)


def doing(
    kind: Kind,
    end: str | None = None,
    basis: Basis = Basis.STATED,
    note: str = "",
    word: str = "",
    *,
    overdue: bool = False,
) -> PresenceNow:
    until = datetime.fromisoformat(end).replace(tzinfo=TOKYO) if end else None
    return PresenceNow(kind, NOW, until, basis if end else Basis.OPEN, note, word, overdue)


@pytest.mark.parametrize(
    ("presence", "ja", "en"),
    [
        (
            doing(Kind.TRIP, "2026-11-26 00:00", note="大阪"),
            "出張(大阪) 11/25(水)まで",
            "on a business trip (大阪) until Wed, Nov 25",
        ),
        (doing(Kind.TRIP, note="福岡"), "出張(福岡) 戻り未定", "on a business trip (福岡) (end not known)"),
        (doing(Kind.OUT, "2026-11-24 15:00", note="A社"), "外出(A社) 15:00まで", "out (A社) until 15:00"),
        (doing(Kind.OUT, "2026-11-24 17:00", Basis.APPROX), "外出 17:00ごろまで", "out until about 17:00"),
        (doing(Kind.OUT, "2026-11-24 18:00", Basis.ASSUMED), "外出 戻り未定", "out (end not known)"),
        (doing(Kind.OUT, "2026-11-25 00:00"), "外出 今日まで", "out until the end of today"),
        (
            doing(Kind.OUT, "2026-11-24 10:00", overdue=True),
            "外出 10:00の予定を過ぎています",
            "out (was due back 10:00)",
        ),
        (
            doing(Kind.MEETING, "2026-11-24 11:30", Basis.ASSUMED, word="来客"),
            "来客 終わり未定",
            "in a meeting (end not known)",
        ),
        (doing(Kind.MEETING, "2026-11-24 11:30", word="MTG"), "会議 11:30まで", "in a meeting until 11:30"),
        (
            doing(Kind.REMOTE, "2026-11-25 00:00", Basis.ASSUMED),
            "在宅勤務 今日まで",
            "working from home until the end of today",
        ),
        (doing(Kind.LEAVE, "2027-01-05 00:00"), "休み 2027/1/4(月)まで", "off until Mon, Jan 4, 2027"),
        (doing(Kind.LEAVE, "2026-11-24 13:00"), "休み 13:00まで", "off until 13:00"),
        (doing(Kind.LATE, "2026-11-24 11:00"), "遅れて出社 11:00出社予定", "coming in late (expected 11:00)"),
        (
            doing(Kind.LATE, "2026-11-24 12:00", Basis.ASSUMED),
            "遅れて出社 出社時刻未定",
            "coming in late (end not known)",
        ),
        (doing(Kind.LEFT, "2026-11-25 00:00"), "退社", "gone for the day"),
        (
            doing(Kind.AWAY, "2026-11-26 10:00"),
            "離席 11/26(木) 10:00まで",
            "away until Thu, Nov 26 10:00",
        ),
        (PresenceNow(Kind.BUSY, on_call=True), "通話中", "on a call"),
        (NOTHING_SET, "登録なし(在席の扱い)", "nothing set (taken to be in)"),
    ],
)
def test_a_line_for_chat(presence: PresenceNow, ja: str, en: str) -> None:
    assert colleague_line(OFFICE, KURIMOTO, presence, NOW) == f"栗本 太郎さん: {ja}"
    assert colleague_line(OFFICE, KURIMOTO, presence, NOW, "en") == f"栗本 太郎: {en}"


def test_nothing_set_after_hours() -> None:
    at = NOW.replace(hour=22)
    assert colleague_line(OFFICE, KURIMOTO, NOTHING_SET, at) == "栗本 太郎さん: 登録なし(営業時間外)"
    assert colleague_line(OFFICE, KURIMOTO, NOTHING_SET, at, "en").endswith("(office closed)")
