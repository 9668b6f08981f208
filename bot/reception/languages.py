"""Japanese or English, at any point of a call, by word or by key."""

from bot.office.plans import Feature
from bot.reception.talk import Step, Talk

_BY_KEY = "language"
_MOST_CHANGES = 4


def in_japanese(talk: Talk) -> Step:
    """Say the last thing once more in Japanese, and go on so."""
    talk.note(language="ja")
    talk.say("japanese_on")
    return _again(talk)


def in_english(talk: Talk) -> Step:
    """Say the last thing once more in English, where the plan has it, and go on so."""
    if talk.c.language == "en" or talk.has(Feature.ENGLISH):
        talk.note(language="en")
        talk.say("english_on")
    else:
        talk.say("japanese_only")
    return _again(talk)


def other_language(talk: Talk) -> Step | None:
    """The key of the other language; None where the office has only Japanese, or a key is stuck."""
    changes = talk.c.asked.get(_BY_KEY, 0)
    if changes >= _MOST_CHANGES:
        return None
    talk.note(asked={**talk.c.asked, _BY_KEY: changes + 1})
    if talk.c.language == "en":
        return in_japanese(talk)
    return in_english(talk) if talk.has(Feature.ENGLISH) else None


def _again(talk: Talk) -> Step:
    talk.again()
    return talk.listen(talk.c.question)
