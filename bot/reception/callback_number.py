"""The number to call back: heard, keyed in or the caller's own, read back until it is right.

A number outside the numbering plan is kept as said and flagged, never refused: the caller knows it
better than the plan does.
"""

import re

from bot.office.numbers import Number, parse_number
from bot.reception.conversation import CallbackNumber, Question, Wish
from bot.reception.course import ask, keep_own_number, proceed
from bot.reception.intents import Intent
from bot.reception.questions import skip_to_keys
from bot.reception.talk import Step, Talk
from bot.reception.understanding import Understood

MAX_CORRECTIONS = 2
"""How often a number is corrected by voice before keys are asked for."""

_OTHER_NUMBER = re.compile(
    r"(?:会社|別|ほか|他|自宅|事務所|携帯|スマホ)(?:の(?:電話)?番号|の(?:方|ほう)|に|で)"
    r"|番号を?(?:変え|替え|かえ|変更)|違う番号"
)
_WHOLE_NUMBER = 10
_LONGEST_NUMBER = 15
_AGREED = (Intent.YES, Intent.FINE, Intent.THANKS)


def heard_number(talk: Talk, number: Number) -> Step:
    """Take a number that was said or keyed, and read it back; the caller's own needs no reading back."""
    if number.e164 and number.e164 == talk.facts.caller.number:
        talk.note(number=None)
        keep_own_number(talk, verified=True)
        talk.say("number_kept")
        return proceed(talk)
    if talk.c.number is not None and talk.c.number.said != number.said:
        talk.note(corrections=talk.c.corrections + 1)
    remember_number(talk, number)
    return ask(talk, Question.NUMBER_RIGHT)


def remember_number(talk: Talk, number: Number) -> None:
    """Note a number that is still to be read back."""
    talk.note(
        number=CallbackNumber(said=number.said, e164=number.e164, valid=number.valid, mobile=number.mobile),
        number_verified=False,
        number_closed=False,
        digits="",
    )


def reply_own(talk: Talk, heard: Understood) -> Step | None:
    """The answer to 「おかけになっている番号でよろしいでしょうか」."""
    if heard.number:
        return heard_number(talk, heard.number)
    if heard.has(Intent.NO) and heard.has(Intent.FINE) and not heard.has(Intent.THIS_NUMBER):
        return _not_needed(talk, heard)
    if heard.has(Intent.NOTHING_MORE) and not heard.has(Intent.YES):
        keep_own_number(talk, verified=False)
        return proceed(talk)
    if heard.has(Intent.NO) or names_other_number(heard):
        skip_to_keys(talk, Question.NUMBER_OWN)
        return ask(talk, Question.NUMBER)
    if heard.has(*_AGREED, Intent.THIS_NUMBER, Intent.KNOWS_NUMBER):
        keep_own_number(talk, verified=True)
        talk.say("number_kept")
        return proceed(talk)
    return None


def names_other_number(heard: Understood) -> bool:
    """「会社の方に」「番号を変えてください」: not the one that the call comes from."""
    return bool(_OTHER_NUMBER.search(heard.text)) and not heard.has(Intent.THIS_NUMBER)


def reply_number(talk: Talk, heard: Understood) -> Step | None:
    """The answer to the request for a number, which may come in pieces."""
    digits = talk.c.digits + heard.digits
    if heard.digits and len(heard.digits) < _WHOLE_NUMBER - 1 and len(digits) <= _LONGEST_NUMBER:
        talk.note(digits=digits)
        if len(digits) >= _WHOLE_NUMBER:
            return all_digits(talk)
        talk.say("message_go_on")
        return talk.listen(Question.NUMBER)
    if heard.number:
        return heard_number(talk, heard.number)
    if heard.has(Intent.THIS_NUMBER) and talk.facts.caller.number:
        keep_own_number(talk, verified=True)
        talk.say("number_kept")
        return proceed(talk)
    if heard.has(Intent.KNOWS_NUMBER, Intent.FINE, Intent.NOTHING_MORE):
        return _not_needed(talk, heard)
    return None


def all_digits(talk: Talk) -> Step:
    """Take the digits that were said so far for the number."""
    return heard_number(talk, parse_number(talk.c.digits))


def reply_right(talk: Talk, heard: Understood) -> Step | None:
    """The answer to a number read back."""
    said = talk.c.number
    mended = _mended(heard, said.said) if said else None
    if mended:
        return heard_number(talk, parse_number(mended))
    if heard.number and said and heard.number.said != said.said:
        return heard_number(talk, heard.number)
    if heard.has(Intent.NO):
        return wrong(talk)
    if heard.number or heard.has(*_AGREED):
        return right(talk)
    return None


_LAST_DIGITS = re.compile(
    r"(?:下|しも|最後|末尾|おしり)の?[^\d]{0,3}[3-6三四五六]?\D{0,4}桁?\D{0,4}(?P<digits>\d{2,6})"
)


def _mended(heard: Understood, said: str) -> str | None:
    """「5678じゃなくて5679です」「下4桁が5679です」: the number with that part put right."""
    if heard.wrong and heard.right:
        wrong, right = parse_number(heard.wrong).said, parse_number(heard.right).said
        if wrong and right and len(right) < len(said) and said.count(wrong) == 1:
            return said.replace(wrong, right)
    last = _LAST_DIGITS.search(heard.text)
    if last and len(last["digits"]) < len(said):
        return said[: -len(last["digits"])] + last["digits"]
    return None


def right(talk: Talk) -> Step:
    """The caller confirms what was read back."""
    talk.say("number_kept" if talk.c.number and talk.c.number.valid else "number_doubtful")
    talk.note(number_verified=True, number_closed=True)
    return proceed(talk)


def wrong(talk: Talk) -> Step:
    """The caller rejects what was read back: once more, and after two corrections by keys."""
    corrections = talk.c.corrections + 1
    talk.note(number=None, corrections=corrections)
    if corrections >= MAX_CORRECTIONS:
        skip_to_keys(talk, Question.NUMBER)
    return ask(talk, Question.NUMBER)


def _not_needed(talk: Talk, heard: Understood) -> Step:
    """No number is to be taken: it is known already, or nobody need call back."""
    talk.note(number_closed=True)
    if talk.c.wish is Wish.CALLBACK and talk.c.promise is None and not heard.has(Intent.KNOWS_NUMBER):
        talk.note(wish=Wish.CALLED_ONLY)
    return proceed(talk)
