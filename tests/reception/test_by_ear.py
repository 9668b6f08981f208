"""Whole sentences about two hundred people, spoilt as recognisers spoil them: the right person or a question.

Never the wrong person: whoever is taken without a question is called exactly what was heard.
"""

import random
from functools import cache

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.office.hearing import Directory
from bot.office.kana import sound
from bot.office.model import Office, OrganizationId, Person, StaffId
from bot.office.readings import folded, listed_sounds, usual_sounds
from bot.reception.asked_for import Wanted
from bot.reception.understanding import understand

SURNAMES = """
佐藤 さとう|斎藤 さいとう|齊藤 さいとう|鈴木 すずき|高橋 たかはし|田中 たなか|伊藤 いとう|伊東 いとう|井藤 いとう|渡辺 わたなべ|渡邊 わたなべ
小野 おの|大野 おおの|小野寺 おのでら|小野田 おのだ|太田 おおた|小田 おだ|織田 おだ|大田 おおた|岡田 おかだ|岡本 おかもと|近藤 こんどう|権藤 ごんどう
後藤 ごとう|加藤 かとう|工藤 くどう|遠藤 えんどう|安藤 あんどう|新藤 しんどう|進藤 しんどう|須藤 すどう|江藤 えとう|武藤 むとう|内藤 ないとう
山本 やまもと|山下 やました|山田 やまだ|山内 やまうち|山口 やまぐち|中村 なかむら|中川 なかがわ|中山 なかやま|中島 なかじま|長島 ながしま
小林 こばやし|林 はやし|森 もり|森田 もりた|森本 もりもと|盛田 もりた|原 はら|原田 はらだ|平田 ひらた|平野 ひらの|古川 ふるかわ|吉川 よしかわ|菊川 きくかわ
栗本 くりもと|栗原 くりはら|栗田 くりた|倉本 くらもと|倉田 くらた|久保 くぼ|久保田 くぼた|窪田 くぼた|井上 いのうえ|井口 いぐち|石井 いしい|石田 いしだ|池田 いけだ
三浦 みうら|三村 みむら|三宅 みやけ|宮崎 みやざき|宮本 みやもと|本多 ほんだ|本田 ほんだ|本間 ほんま|新井 あらい|荒井 あらい|荒木 あらき|青木 あおき|赤木 あかぎ
東 あずま|西 にし|南 みなみ|北 きた|堀 ほり|堀内 ほりうち|星 ほし|星野 ほしの|関 せき|関口 せきぐち|菅 すが|菅原 すがわら|菅野 かんの|神野 かみの
"""
GIVEN = (
    "太郎 たろう",
    "花子 はなこ",
    "健 けん",
    "由美 ゆみ",
    "直樹 なおき",
    "美咲 みさき",
    "翔太 しょうた",
    "恵 めぐみ",
)
DEPARTMENTS = ("営業", "総務", "開発", "経理", "製造", "人事", "第一営業部", "第二営業部")
TITLES = ("部長", "課長", "主任", None, None, None, None, None)


@cache
def office() -> tuple[tuple[Person, ...], Directory]:
    rng = random.Random(4)
    surnames = [pair.split() for pair in SURNAMES.strip().replace("\n", "|").split("|")]
    people = []
    for n in range(200):
        surname, reading = surnames[n] if n < len(surnames) else rng.choice(surnames)
        given, given_reading = rng.choice(GIVEN).split()
        people.append(
            Person(
                id=StaffId(f"s{n}"),
                name=f"{surname} {given}",
                reading=f"{reading} {given_reading}",
                department=rng.choice(DEPARTMENTS),
                title=rng.choice(TITLES),
            )
        )
    return tuple(people), Directory(Office(organization=OrganizationId("big"), name="大"), people)


@cache
def spellings() -> dict[str, tuple[str, ...]]:
    """Every surname of the table by its usual sound: what a recogniser may write instead."""
    from bot.office.readings import _surnames

    found: dict[str, list[str]] = {}
    for spelling, sounds in _surnames().items():
        found.setdefault(sounds[0], []).append(spelling)
    return {said: tuple(written) for said, written in found.items()}


def katakana(kana: str) -> str:
    return "".join(chr(ord(char) + 0x60) if "ぁ" <= char <= "ゖ" else char for char in kana)


VOICED = dict(
    zip("かきくけこさしすせそたちつてとはひふへほ", "がぎぐげござじずぜぞだぢづでどばびぶべぼ", strict=True)
)
UNVOICED = {voiced: plain for plain, voiced in VOICED.items()}


def spoilt(reading: str, how: str, at: int) -> str:
    """A reading that lost or changed one sound, as on a bad line."""
    places = {
        "long": [n for n, char in enumerate(reading) if char in "うおい" and n > 0],
        "n": [n for n, char in enumerate(reading) if char == "ん"],
        "voice": [n for n, char in enumerate(reading) if char in VOICED or char in UNVOICED],
    }[how]
    if not places:
        return reading
    place = places[at % len(places)]
    char = reading[place]
    changed = (VOICED.get(char) or UNVOICED[char]) if how == "voice" else ""
    return reading[:place] + changed + reading[place + 1 :]


FRAMES = (
    "{name}さんいらっしゃいますか", "{name}さんをお願いします", "お世話になります、{name}様はご在席でしょうか",
    "すいません{name}さんって今います?", "{name}さんにつないでいただけますか", "{name}さん",
    "もしもしあのー{name}さんにちょっと急ぎで話があるんですけど代わってもらえますか",
    "アオイ電設の沖と申しますが{name}さんお願いできますか",
    "いつもお世話になっておりますミナト冷熱の長谷部です{name}様お手すきでしょうか",
)  # fmt: skip
ANYBODY = st.integers(0, 199)


def asked(text: str) -> Wanted | None:
    heard = understand(text, office()[1], "person")
    return heard.wanted or heard.named


def surely(wanted: Wanted | None) -> Person | None:
    """Whoever would be asked or told about without a question."""
    if wanted is None or len(wanted.staff) != 1 or not wanted.sure:
        return None
    return next(person for person in office()[0] if person.id == wanted.staff[0])


def same_sound(person: Person, sounds: frozenset[str]) -> bool:
    return sound(person.surname_reading) in sounds or sound(person.reading) in sounds


@settings(max_examples=120, deadline=None)
@given(ANYBODY, st.sampled_from(FRAMES), st.integers(0, 30))
def test_the_same_sound_in_any_spelling_finds_the_person(n: int, frame: str, choice: int) -> None:
    person = office()[0][n]
    reading = person.surname_reading
    written = [reading, katakana(reading), person.surname, *spellings().get(sound(reading), ())]
    said = written[choice % len(written)]
    wanted = asked(frame.format(name=said))
    assert wanted is not None, said
    assert person.id in wanted.staff, (said, wanted)
    somebody = surely(wanted)
    assert somebody is None or same_sound(somebody, usual_sounds(said) | {sound(reading)})


@settings(max_examples=120, deadline=None)
@given(ANYBODY, st.sampled_from(FRAMES), st.sampled_from(["long", "n", "voice"]), st.integers(0, 9))
def test_another_sound_is_never_taken_for_somebody(n: int, frame: str, how: str, at: int) -> None:
    said = spoilt(office()[0][n].surname_reading, how, at)
    somebody = surely(asked(frame.format(name=katakana(said))))
    assert somebody is None or same_sound(somebody, frozenset({sound(said)})), (said, somebody.name)


@settings(max_examples=120, deadline=None)
@given(ANYBODY, st.sampled_from(FRAMES))
def test_a_full_name_is_one_person_or_its_namesakes(n: int, frame: str) -> None:
    person = office()[0][n]
    whole = "".join(person.name.split())
    wanted = asked(frame.format(name=whole))
    namesakes = {
        other.id
        for other in office()[0]
        if sound(other.reading) == sound(person.reading) or other.name == person.name
    }
    assert wanted is not None
    assert namesakes <= set(wanted.staff), whole
    somebody = surely(wanted)
    assert somebody is None or namesakes == {person.id}


@settings(max_examples=120, deadline=None)
@given(
    ANYBODY, st.sampled_from(FRAMES), st.sampled_from(["{d}の{s}", "{d}部の{s}", "{t}の{s}", "{d}の{t}の{s}"])
)
def test_department_and_title_are_kept_to(n: int, frame: str, form: str) -> None:
    person = office()[0][n]
    department = (person.department or "").removesuffix("部")
    name = form.format(d=department, s=person.surname, t=person.title).replace("Noneの", "")
    wanted = asked(frame.format(name=name))
    assert wanted is not None
    assert person.id in wanted.staff, (name, wanted)
    somebody = surely(wanted)
    assert somebody is None or somebody.id == person.id or somebody.name == person.name, (name, somebody)


@settings(max_examples=120, deadline=None)
@given(ANYBODY, ANYBODY, st.sampled_from(["と申しますが", "ですけど、", "です。", "と申します、"]))
def test_a_caller_of_one_of_our_names_is_not_the_one_asked_for(n: int, m: int, ending: str) -> None:
    caller, person = office()[0][n], office()[0][m]
    text = f"アオイ電設の{caller.surname}{ending}{person.department}の{person.surname}さんいらっしゃいますか"
    heard = understand(text, office()[1], "person")
    assert heard.caller_name == caller.surname
    wanted = heard.wanted or heard.named
    assert wanted is not None
    assert person.id in wanted.staff, (text, wanted)
    spoken = {sound(person.surname_reading)} | listed_sounds(person.surname)
    for staff in wanted.staff:
        other = next(one for one in office()[0] if one.id == staff)
        assert sound(other.surname_reading) in spoken or folded(other.surname) == folded(person.surname)


def test_every_surname_introduces_itself_in_kanji_and_in_kana() -> None:
    """Names with の, ます, です or はい in them too: いのうえ, ますだ, おのでら."""
    directory = office()[1]
    unusual = {"あなん", "うだがわ", "かた", "こうなん", "でい", "ので", "のず", "の"}
    heard_otherwise = [
        (said, heard.company, heard.caller_name)
        for reading, spelt in list(spellings().items())[::15]
        for said in (spelt[0], *([reading] if "ー" not in reading else []))
        if said not in unusual
        and (heard := understand(f"お世話になっておりますアオイ電設の{said}ですけど総務の方を", directory))
        and (heard.company, heard.caller_name) != ("アオイ電設", said)
    ]
    assert heard_otherwise == []
