"""Two hundred people and what a recogniser makes of their names: never the wrong person."""

import random

import pytest

from bot.office.hearing import Directory, Outcome
from bot.office.kana import sound
from bot.office.model import Office, OrganizationId, Person, StaffId
from bot.office.readings import listed_sounds, possible_sounds, usual_sounds

SURNAMES = """
佐藤 さとう|鈴木 すずき|高橋 たかはし|田中 たなか|伊藤 いとう|渡辺 わたなべ|山本 やまもと|中村 なかむら|小林 こばやし|加藤 かとう
吉田 よしだ|山田 やまだ|佐々木 ささき|山口 やまぐち|松本 まつもと|井上 いのうえ|木村 きむら|林 はやし|斎藤 さいとう|清水 しみず
山崎 やまざき|森 もり|池田 いけだ|橋本 はしもと|阿部 あべ|石川 いしかわ|山下 やました|中島 なかじま|石井 いしい|小川 おがわ
前田 まえだ|岡田 おかだ|長谷川 はせがわ|藤田 ふじた|後藤 ごとう|近藤 こんどう|村上 むらかみ|遠藤 えんどう|青木 あおき|坂本 さかもと
福田 ふくだ|太田 おおた|西村 にしむら|藤井 ふじい|金子 かねこ|岡本 おかもと|藤原 ふじわら|中野 なかの|三浦 みうら|原田 はらだ
松田 まつだ|竹内 たけうち|小野 おの|中山 なかやま|田村 たむら|石田 いしだ|上田 うえだ|原 はら|森田 もりた|柴田 しばた
酒井 さかい|工藤 くどう|横山 よこやま|宮崎 みやざき|宮本 みやもと|内田 うちだ|高木 たかぎ|安藤 あんどう|谷口 たにぐち|大野 おおの
丸山 まるやま|今井 いまい|高田 たかだ|藤本 ふじもと|武田 たけだ|村田 むらた|上野 うえの|杉山 すぎやま|増田 ますだ|平野 ひらの
大塚 おおつか|菅原 すがわら|久保 くぼ|千葉 ちば|松井 まつい|岩崎 いわさき|桜井 さくらい|木下 きのした|松尾 まつお|野口 のぐち
菊地 きくち|野村 のむら|新井 あらい|渡部 わたべ|栗本 くりもと|江川 えがわ|久保田 くぼた|服部 はっとり|本多 ほんだ|栗原 くりはら
"""

# A name as spoken, and what comes out of the recogniser.
HEARD = """
栗本 栗元|栗本 久里本|栗本 クリモト|栗本 くりもと|斎藤 斉藤|斎藤 齊藤|斎藤 サイトー|井上 イノウエ|長谷川 長谷河|長谷川 はせがわ
服部 ハットリ|服部 はっとり|本多 本田|本多 誉田|菊地 菊池|菊地 キクチ|新井 荒井|太田 大田|阿部 安倍|阿部 あべ
伊藤 伊東|桜井 櫻井|渡辺 渡邊|渡辺 渡邉|山崎 山﨑|高橋 髙橋|高木 髙木|遠藤 エンドウ|近藤 こんどー|工藤 くどお
久保 窪|久保田 窪田|石川 石河|岩崎 岩﨑|小川 尾川|松井 松居|森 守|藤原 ふじわら|中島 中嶋|後藤 ゴトウ
"""


@pytest.fixture(scope="module")
def directory() -> Directory:
    rng = random.Random(200)
    givens = [
        ("太郎", "たろう"),
        ("花子", "はなこ"),
        ("健", "けん"),
        ("由美", "ゆみ"),
        ("直樹", "なおき"),
        ("翼", "つばさ"),
    ]
    surnames = [pair.split() for pair in SURNAMES.replace("\n", "|").split("|") if pair]
    people = []
    for n in range(200):
        surname, reading = surnames[n % len(surnames)]
        given, given_reading = givens[(n + n // len(surnames)) % len(givens)]
        people.append(
            Person(
                id=StaffId(f"s{n}"),
                name=f"{surname} {given}",
                reading=f"{reading} {given_reading}",
                department=rng.choice(["営業", "総務", "開発", "経理", "製造"]),
            )
        )
    return Directory(Office(organization=OrganizationId("big"), name="大"), people)


@pytest.mark.parametrize("pair", [pair for pair in HEARD.replace("\n", "|").split("|") if pair])
def test_what_was_heard_leads_to_who_was_meant(directory: Directory, pair: str) -> None:
    meant, heard = pair.split()
    found = directory.find_in(f"お世話になります、{heard}さんいらっしゃいますか")[0].found
    assert found.outcome in (Outcome.SURE, Outcome.WHICH, Outcome.CONFIRM)
    assert meant in {person.surname for person in found.people}


def test_sure_is_only_what_sounds_the_same(directory: Directory) -> None:
    """Every spelling of the table is asked for; whoever is taken without a question must be called so."""
    from bot.office.readings import _surnames

    wrong = []
    for spelling in _surnames():
        found = directory.find(spelling)
        if found.outcome is Outcome.SURE:
            [person] = found.people
            alike = sound(person.surname_reading) in usual_sounds(spelling)
            if not alike and person.surname != spelling:
                wrong.append((spelling, person.name))
    assert wrong == []


@pytest.mark.parametrize(
    "pair",
    ["佐藤 斎藤", "小野 大野", "加藤 佐藤", "森 森田", "原 原田", "林 小林", "久保 久保田", "栗本 栗原"],
)
def test_names_that_are_alike_are_not_confused(directory: Directory, pair: str) -> None:
    for said in pair.split():
        assert {person.surname for person in directory.find(said).people} == {said}


def test_the_usual_reading_of_a_surname_is_one_of_its_readings() -> None:
    from bot.office.readings import _surnames

    for spelling in _surnames():
        assert (
            usual_sounds(spelling)
            <= listed_sounds(spelling)
            <= usual_sounds(spelling) | possible_sounds(spelling)
        )
