import re

import pytest

from bot.office.model import Office
from bot.scripts import CATALOGUE, Script, check_script, preview
from bot.scripts.catalogue import gather
from bot.scripts.model import script
from bot.scripts.template import names_in
from bot.scripts.values import VALUES

EVERY = pytest.mark.parametrize("named", CATALOGUE.values(), ids=lambda named: named.name)
SPOKEN = pytest.mark.parametrize(
    "named",
    [named for named in CATALOGUE.values() if not named.name.endswith("_text")],  # texts are sent, not spoken
    ids=lambda named: named.name,
)
JAPANESE = re.compile(r"[ぁ-んァ-ヶ一-龠々]")


def test_the_catalogue_is_large_enough_to_run_a_reception() -> None:
    assert len(CATALOGUE) >= 40


@EVERY
def test_values_are_those_of_the_templates(named: Script) -> None:
    used = names_in(named.ja) | names_in(named.en)
    assert used - {"organization"} <= named.values
    assert named.values <= VALUES.keys()


@EVERY
def test_every_value_is_used(named: Script) -> None:
    assert named.values <= names_in(named.ja) | names_in(named.en)


@EVERY
def test_the_default_would_be_accepted_from_an_office(named: Script) -> None:
    assert check_script(named.name, named.ja) is None


@EVERY
def test_every_sentence_has_a_purpose_in_japanese(named: Script) -> None:
    assert JAPANESE.search(named.purpose)
    assert re.fullmatch(r"[a-z][a-z0-9_]*", named.name)


@SPOKEN
def test_the_japanese_sentence_is_whole(named: Script, office: Office) -> None:
    spoken = preview(office, named.name)
    assert spoken[-1] in "。？."
    assert "{" not in spoken
    assert "  " not in spoken


@SPOKEN
def test_the_english_sentence_is_english(named: Script, office: Office) -> None:
    spoken = preview(office, named.name, "en")
    assert spoken[-1] in ".?"
    assert not JAPANESE.search(spoken)
    assert not re.search(r"[、。「」]|\.\.", spoken)


@EVERY
def test_nobody_is_told_that_somebody_is_just_not_there(named: Script) -> None:
    assert "不在" not in named.ja


@EVERY
def test_staff_are_named_without_honorifics_before_callers(named: Script) -> None:
    if not named.name.startswith(("leg_", "whisper")):
        assert not re.search(r"\{\{ (person|other) \}\}(さん|様|さま)", named.ja)
        assert not re.search(r"\{\{ (person|other) \}\}(が|は)(いらっしゃ|おっしゃ|お戻り|ご出張)", named.ja)


def test_a_name_cannot_be_taken_twice() -> None:
    one = script("greeting", purpose="一", ja="一。", en="One.")
    with pytest.raises(ValueError, match="greeting"):
        gather([one], [one])


def test_every_value_on_the_page_is_of_use() -> None:
    assert set().union(*(named.values for named in CATALOGUE.values())) | {"organization"} == VALUES.keys()
