"""What is told of before, of others, or of every week."""

import pytest

from tests.support.readings import reading


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("離席していましたが戻りました", "clear"),
        ("午前中は外出していましたが戻りました", "clear"),
        ("月曜は11時に出社しました", "none"),
        ("今月の研修は終わりました", "none"),
        ("昨日は出張だったので今日は休みます", "leave 10:30~24:00 stated"),
        ("土曜は出張だったので月曜に代休をもらいました", "none"),
        ("連休は実家に帰りました", "none"),
        ("子どもが学校を休みました", "none"),
        ("妻が帰ってきました", "none"),
        ("来客が帰られたので席に戻りました", "clear"),
        ("基本在宅です", "none"),
        ("今日は基本在宅です", "remote 10:30~24:00 stated"),
        ("通常9時出社です", "none"),
        ("在宅は週2回です", "none"),
    ],
)
def test_what_does_not_hold_now(text: str, meant: str) -> None:
    """Only what holds now is kept."""
    assert reading(text) == meant
