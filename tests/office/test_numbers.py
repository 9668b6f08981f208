"""Telephone numbers as people say them, and whose they are."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.office.model import Line, Office, OrganizationId, Person, PhoneNumber, StaffId
from bot.office.numbers import (
    caller_number,
    groups,
    is_our_line,
    is_withheld,
    masked,
    own_numbers,
    parse_number,
)


@pytest.mark.parametrize(
    "text",
    [
        "+819012345678",
        "090-1234-5678",
        "０９０−１２３４−５６７８",
        "09012345678",
        "ゼロキューゼロ、イチニサンヨン、ゴロクナナハチ",
        "れいきゅうれいのいちにいさんよんのごろくしちはちです",
        "まるきゅうまる、ひとふたさんよん、ごろくななはち",
        "〇九〇の一二三四の五六七八",
        "電話番号は090の1234の5678にお願いします",
        "えーと、ゼロ90 ハイフン 1234 ハイフン 5678になります",
        "090-1234-5678、090-1234-5678です",
        "2つあるんですが、090 1234 5678の方で",
        "すみません携帯は ぜろきゅうぜろ いちにさんよん ごろくななはち にかけてください",
    ],
)
def test_one_number_however_it_is_given(text: str) -> None:
    number = parse_number(text)
    assert (number.e164, number.valid, number.mobile) == ("+819012345678", True, True)
    assert groups(number) == ("090", "1234", "5678")


@pytest.mark.parametrize(
    ("text", "e164", "read"),
    [
        ("03の3123の4567で、内線12です", "+81331234567", "03 3123 4567"),
        ("ゼロさんの いちにさんよんの ごーろくななはち", "+81312345678", "03 1234 5678"),
        ("0120-123-456", "+81120123456", "0120 123 456"),
        ("050 3123 4567", "+815031234567", "050 3123 4567"),
        ("+44 20 7946 0958", "+442079460958", "+44 20 7946 0958"),
    ],
)
def test_groups_follow_the_numbering_plan(text: str, e164: str, read: str) -> None:
    number = parse_number(text)
    assert (number.e164, " ".join(groups(number)), number.mobile) == (e164, read, False)


def test_a_number_outside_the_plan_is_kept_as_said() -> None:
    number = parse_number("012-3456-7890")
    assert (number.e164, number.said, number.valid) == (None, "01234567890", False)
    assert groups(number) == ("012", "3456", "7890")


def test_a_network_number_outside_the_plan_can_still_be_dialled() -> None:
    number = parse_number("+819000000001")
    assert (number.e164, number.valid, number.mobile) == ("+819000000001", False, True)
    assert groups(number) == ("090", "0000", "0001")


@pytest.mark.parametrize("text", ["", "はい", "明日の午後にお願いします", "この番号で", "わかりません"])
def test_no_number(text: str) -> None:
    number = parse_number(text)
    assert (number.e164, number.said, groups(number)) == (None, "", ())


@settings(deadline=None)
@given(st.text(max_size=80))
def test_no_text_breaks_it(text: str) -> None:
    number = parse_number(text)
    assert "".join(groups(number)).replace("+", "").isdigit() or groups(number) == ()


_SPOKEN = "ゼロ イチ ニー サン ヨン ゴー ロク ナナ ハチ キュー"
_KANA = dict(zip("0123456789", _SPOKEN.split(), strict=True))


@settings(deadline=None)
@given(st.from_regex(r"0[789]0[1-9][0-9]{7}", fullmatch=True))
def test_spoken_digits_say_the_same_number(digits: str) -> None:
    spoken = "、".join(
        "".join(_KANA[digit] for digit in part) for part in (digits[:3], digits[3:7], digits[7:])
    )
    assert parse_number(spoken).said == parse_number(digits).said == digits


OFFICE = Office(
    organization=OrganizationId("a"),
    name="a",
    numbers=(Line(number=PhoneNumber("+81345671234")),),
    main_lines=(PhoneNumber("+81345670000"),),
    sms_from=PhoneNumber("+818011112222"),
)
STAFF = (Person(id=StaffId("k"), name="栗本", phone=PhoneNumber("+819012345678")),)


@pytest.mark.parametrize(
    ("from_", "forwarded", "expected"),
    [
        ("+81312345678", None, "+81312345678"),
        ("+81312345678", "+81345670000", "+81312345678"),
        ("+81345670000", None, None),  # the main line forwards and shows itself
        ("+81399990000", "+81399990000", None),  # a forwarding line that the file does not know
        ("+81345671234", None, None),
        ("+819012345678", None, None),  # staff
        ("+818011112222", None, None),
        ("anonymous", None, None),
        ("+266696687", None, None),
        ("+86282452253", None, None),
        ("", None, None),
        (None, None, None),
        ("sip:desk@example.com", None, None),
        ("client:browser", None, None),
        ("+15005550006", None, "+15005550006"),
    ],
)
def test_whose_number_it_is(from_: str | None, forwarded: str | None, expected: str | None) -> None:
    assert caller_number(own_numbers(OFFICE, STAFF), from_, forwarded) == expected


def test_own_numbers_and_our_lines() -> None:
    assert is_our_line(OFFICE, "+81345671234")
    assert not is_our_line(OFFICE, "+81345670000")
    assert "+81345670000" in own_numbers(OFFICE, STAFF)
    assert "+81312345678" not in own_numbers(OFFICE, STAFF)


@pytest.mark.parametrize(
    "from_", ["Anonymous", "Restricted", "unavailable", "+7378742833", "266696687", None]
)
def test_withheld(from_: str | None) -> None:
    assert is_withheld(from_)


def test_logs_show_no_number() -> None:
    assert masked("+819012345678") == "+81…78"
    assert masked(None) == "none"
