"""The rules of an office: every condition that is set must hold, and says why in a few words."""

from datetime import datetime, time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.messages.rules import Facts, fits
from bot.office.model import PhoneNumber, Quiet, Rule, StaffId

NOON = datetime(2026, 11, 24, 12, tzinfo=ZoneInfo("Asia/Tokyo"))
CALL = Facts("kurimoto", "営業", "+81311112222", "アオバ商事 三上 ＡＢＣ契約の件", urgent=True)
ALL = Rule(
    staff=(StaffId("kurimoto"),),
    departments=("営業",),
    words=("契約",),
    callers=(PhoneNumber("+81311112222"),),
    urgent=True,
    between=Quiet(start=time(9), end=time(18)),
)


def test_a_rule_without_conditions_fits_every_message() -> None:
    assert fits(Rule(), CALL, NOON) == ["すべての伝言"]


def test_each_condition_is_named() -> None:
    said = fits(ALL, CALL, NOON)
    assert said == ["担当者", "部署 営業", "言葉「契約」", "お客様の番号", "お急ぎ", "時間帯"]


@pytest.mark.parametrize(
    "unmet",
    [
        {"staff": (StaffId("sato"),)},
        {"departments": ("総務",)},
        {"words": ("解約",)},
        {"callers": (PhoneNumber("+81399998888"),)},
        {"urgent": False},
        {"between": Quiet(start=time(18), end=time(9))},
    ],
)
def test_one_condition_that_does_not_hold_is_enough(unmet: dict[str, object]) -> None:
    assert fits(ALL.model_copy(update=unmet), CALL, NOON) is None


@pytest.mark.parametrize("word", ["abc", "ABC", "ａｂｃ", "Abc契約"])
def test_width_and_case_make_no_difference(word: str) -> None:
    assert fits(Rule(words=(word,)), CALL, NOON) is not None


@given(st.lists(st.text(min_size=1, max_size=8), min_size=1, max_size=5), st.text(max_size=40))
def test_any_text_is_looked_through(words: list[str], text: str) -> None:
    found = fits(Rule(words=tuple(words)), Facts(None, None, "", text, urgent=False), NOON)
    assert found is not None or not any(word in text for word in words)
