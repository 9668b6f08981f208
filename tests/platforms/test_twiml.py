"""TwiML: whatever is said stays words, whatever is unset is left out."""

from xml.etree import ElementTree as ET

from hypothesis import given
from hypothesis import strategies as st

from bot.platforms.twilio import twiml

SPOKEN = st.text(st.characters(blacklist_categories=["Cc", "Cs", "Cn", "Co"]), min_size=1, max_size=60)


@given(SPOKEN, SPOKEN)
def test_whatever_is_said_is_only_words(sentence: str, hint: str) -> None:
    document = ET.fromstring(twiml.listen((sentence,), "ja", action='/step?a=1&b="', hints=(hint,)))
    gather = document[0]
    assert [verb.tag for verb in document] == ["Gather", "Redirect"]
    assert [(verb.tag, verb.text) for verb in gather] == [("Say", sentence)]
    assert gather.get("hints") == hint.replace(",", " ")
    assert gather.get("action") == '/step?a=1&b="'


def test_hints_stay_within_the_limits_of_the_recogniser() -> None:
    hints = ("あ" * 200, *(f"名前{number}" for number in range(600)))
    said = ET.fromstring(twiml.listen(("はい",), "ja", action="/step", hints=hints))[0].get("hints")
    assert said is not None
    assert len(said.split(",")) == 500
    assert max(map(len, said.split(","))) == 100


def test_an_unset_attribute_is_left_out() -> None:
    assert "hints" not in twiml.listen(("はい",), "ja", action="/step")
    assert 'finishOnKey=""' in twiml.screen(("1を",), "ja", action="/key")
