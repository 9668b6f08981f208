"""What a sentence takes back, puts off or moves."""

import pytest

from tests.support.readings import reading


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("16時帰社予定でしたが17時になります", "out 10:30~17:00 stated"),
        ("15時半に戻ると言いましたが16時になります", "out 10:30~16:00 stated"),
        ("明日は出社の予定でしたが在宅に変更します", "remote 24:00~11-26 00:00 stated"),
        ("15時まで会議でしたが16時まで延びました", "extend 16:00"),
        ("さっきの15時戻り、16時の間違いでした", "out 10:30~16:00 stated"),
        ("月曜の出張を水曜に変更します", "trip 24:00~11-26 00:00 stated"),
        ("休みを27日に変更します", "leave 11-27 00:00~11-28 00:00 stated"),
        ("明日の出張は在宅に変更します", "remote 24:00~11-26 00:00 stated"),
        ("明日の出社を在宅に変更します", "remote 24:00~11-26 00:00 stated"),
        ("明日は在宅から休みに変更します", "leave 24:00~11-26 00:00 stated"),
        ("明日の出張をやめて休みます", "leave 24:00~11-26 00:00 stated"),
        ("明日は外出を取りやめ、在宅にします", "remote 24:00~11-26 00:00 stated"),
        ("明日の出社を午後から在宅に変更します", "remote 11-25 13:00~11-26 00:00 assumed"),
        ("外出をキャンセルして在宅の人に連絡します", "none"),
        ("14時からの外出を15時からに変更", "out 15:00~18:00 assumed"),
        ("来週水曜の出張を木曜からに変更", "trip 12-03 00:00~open open"),
        ("会議を17時に変更してください", "none"),
        ("15時の会議までに戻ります", "out 10:30~15:00 stated"),
        ("15時戻り（渋滞で遅れるかも）", "out 10:30~15:00 stated"),
        ("在宅です（午後は電話に出られません）", "remote 10:30~24:00 assumed"),
        ("会議（14時〜15時）です", "meeting 14:00~15:00 stated"),
        ("変更は会議", "none"),
        ("15時帰社が16時になりました", "out 10:30~16:00 stated"),
        ("14時帰社を17時帰社にします", "out 10:30~17:00 stated"),
        ("戻りが17時から18時頃になりそうです", "out 10:30~18:00 approx"),
        ("帰社を17時にします", "out 10:30~17:00 stated"),
        ("15時から17時まで会議、帰社は18時になります", "meeting 15:00~17:00 stated; out 17:00~18:00 stated"),
        ("15時に戻りになります", "out 10:30~15:00 stated"),
        ("早ければ15時、遅くても16時には戻ります", "out 10:30~16:00 stated"),
        ("15時帰社予定でしたが、30分ほど遅れます", "extend 30"),
        ("戻る予定が30分遅れます", "extend 30"),
        ("お昼はカレーにします", "none"),
        ("外出するかもしれません", "none"),
    ],
)
def test_what_is_taken_back(text: str, meant: str) -> None:
    """Only what it comes to is kept."""
    assert reading(text) == meant
