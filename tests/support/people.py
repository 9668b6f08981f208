"""People for tests, written as a table."""

from bot.office.model import Person, StaffId

AOZORA = """
kurimoto|栗本 太郎|くりもと たろう|営業|課長
sato|佐藤 花子|さとう はなこ|営業|
ken|佐藤 健|さとう けん|総務部|部長
saito|斎藤 一郎|さいとう いちろう|開発部|
ono|大野 真|おおの まこと|開発部|部長
ito|伊藤 恵|いとう めぐみ|経理|
suzuki|鈴木 次郎|すずき じろう|営業|
mori|森 進|もり すすむ|総務部|
onoda|小野田 光|おのだ ひかる|開発部|
kinoshita|木下 望|きのした のぞみ|経理|
tanno|丹野 学|たんの まなぶ|開発部|
watanabe|渡邊 浩|わたなべ ひろし|カスタマーサポート|
kobayashi|小林 誠|こばやし まこと|製造部|工場長
hayashi|林 英樹|はやし ひでき|製造部|
azuma|東 健一|あずま けんいち|製造部|
abe1|阿部 さくら|あべ さくら|経理|
abe2|安倍 誠二|あべ せいじ|経理|
sasaki|佐々木 望|ささき のぞみ|営業|
smith|John Smith|じょん すみす|開発部|
"""
"""An office of namesakes, names that are alike, and one from abroad."""


def people_of(rows: str) -> tuple[Person, ...]:
    """People from lines `id|name|reading|department|title`."""
    return tuple(
        Person(
            id=StaffId(id_), name=name, reading=reading, department=department or None, title=title or None
        )
        for id_, name, reading, department, title in (row.split("|") for row in rows.strip().splitlines())
    )
