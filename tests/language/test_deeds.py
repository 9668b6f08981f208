"""Words that are a status only where nothing is moved, gathered or raised."""

import pytest

from tests.support.readings import reading


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("データを取り込み中です", "none"),
        ("取り込み中です", "busy 10:30~11:30 assumed"),
        ("荷物を3階に移動します", "none"),
        ("A社から本社に移動します", "out 10:30~18:00 assumed"),
        ("気温が30度まで上がります", "none"),
        ("17時に上がります", "left 17:00~24:00 stated"),
        ("資料は持ち帰ります", "none"),
        ("納期に遅れます", "none"),
        ("15時のリリース作業、よろしくお願いします", "none"),
        ("締め作業中です", "busy 10:30~11:30 assumed"),
        ("倉庫は棚卸し作業中です", "none"),
        ("12時から清掃作業が入ります", "none"),
        ("17時に焼き上がります", "none"),
        ("エレベーターは15階まで上がります", "none"),
        ("リストから外します", "none"),
        ("15分ほど外します", "away 10:30~10:45 approx"),
    ],
)
def test_what_is_done_to_things(text: str, meant: str) -> None:
    """Nothing is set by what is done to a thing."""
    assert reading(text) == meant
