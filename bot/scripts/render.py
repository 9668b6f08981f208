"""From a name and values to the sentence that is spoken."""

import difflib
import re
import unicodedata
from functools import lru_cache

import structlog

from bot.office.model import Office
from bot.office.plans import Feature, allowed
from bot.scripts.catalogue import CATALOGUE
from bot.scripts.model import Language, Script
from bot.scripts.speech import spoken_organization
from bot.scripts.template import TemplateProblemError, compiled, names_in
from bot.scripts.values import VALUES

MAX_SPOKEN = 400
"""Characters of a filled sentence: about a minute of speech, and far below what telephony takes at once."""

_ENDS = ("。", "！", "？", "!", "?", ".", "、")  # a sentence without an end would run into the next one

_log = structlog.get_logger(__name__)


def render(office: Office, name: str, language: Language = "ja", /, **values: str) -> str:
    """The sentence `name` as it is spoken, plain text.

        The office's own template replaces the Japanese one where the plan has it. Values are text: nothing in
        them is taken for a template, and control characters are dropped. All of the script's values must be
    _ENDS = ("。", "、", "！", "？")  # a sentence without an end runs into the next one
    """
    script = CATALOGUE[name]
    if values.keys() != script.values:
        raise TypeError(f"script {name} takes {sorted(script.values)}, not {sorted(values)}")
    filled = {key: _plain(value) for key, value in values.items()}
    filled["organization"] = spoken_organization(office, language)
    own = office.scripts.get(name)
    if own is not None and language == "ja" and allowed(office, Feature.SCRIPTS):
        spoken = _own_sentence(script, own, filled)
        if spoken:
            return spoken
    return _fill(script.ja if language == "ja" else script.en, filled)


def preview(office: Office, name: str, language: Language = "ja") -> str:
    """The sentence with usual values. Raises `KeyError` for an unknown name."""
    values = {value: VALUES[value].example(language) for value in CATALOGUE[name].values}
    return render(office, name, language, **values)


def check_script(name: str, template: str) -> str | None:
    """What is wrong with an office's own template for `name`, in Japanese; None where it is good."""
    script = CATALOGUE.get(name)
    if script is None:
        near = difflib.get_close_matches(name, CATALOGUE, n=1)
        hint = f"「{near[0]}」ではありませんか。" if near else "名前の一覧は docs/scripts.md にあります。"
        return f"「{name}」という文はありません。{hint}"
    try:
        unknown = sorted(names_in(template) - script.values - {"organization"})
        if unknown:
            usable = "、".join(f"{{{{ {value} }}}}" for value in ["organization", *sorted(script.values)])
            return f"{{{{ {unknown[0]} }}}} はこの文では使えません。使えるのは {usable} です。"
        typical = {value: VALUES[value].ja for value in script.values | {"organization"}}
        _fill(template, dict.fromkeys(typical, ""))  # a value may be empty: the purpose of a whisper
        spoken = _fill(template, typical)
    except TemplateProblemError as problem:
        return str(problem)
    except Exception:  # noqa: BLE001 - whatever a template of an office raises, the office is told
        return "値を入れると文になりません。書き方を確かめてください。"
    return _problem_of(spoken)


def _problem_of(spoken: str) -> str | None:
    if not any(unicodedata.category(character)[0] in "LN" for character in spoken):
        return "値を入れても、読み上げる文がありません。"
    if len(spoken) > MAX_SPOKEN:
        return f"値を入れると{len(spoken)}文字になり、長すぎます（{MAX_SPOKEN}文字まで）。"
    if "<" in spoken or ">" in spoken:
        return "「<」と「>」は使えません。タグは読み上げられません。"
    return None


def _own_sentence(script: Script, template: str, values: dict[str, str]) -> str:
    # A template that was stored before a rule changed must not cost a caller the call.
    try:
        spoken = _fill(template, values)
    except Exception as error:  # noqa: BLE001 - see above
        _log.warning("office_script_unusable", script=script.name, error=type(error).__name__)
        return ""
    ended = not spoken or spoken.endswith(_ENDS) or spoken[-1].isascii()  # an address must stay as it is
    return spoken if ended else f"{spoken}。"


def _fill(template: str, values: dict[str, str]) -> str:
    return _filled(template, tuple(values.items()))


@lru_cache(maxsize=1024)
def _filled(template: str, values: tuple[tuple[str, str], ...]) -> str:
    """Greetings and the like are said over and over."""
    text = compiled(template).render(values)
    return re.sub(r"[ \t\u3000]+", " ", re.sub(r"\s*\n\s*", "", text)).strip()


def _plain(value: str) -> str:
    return "".join(
        " " if character.isspace() else character
        for character in value
        if character.isspace() or unicodedata.category(character)[0] != "C"
    ).strip()
