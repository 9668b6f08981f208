"""What an utterance teaches about the call, kept whatever it was an answer to."""

from bot.reception.callback_number import remember_number
from bot.reception.conversation import Question
from bot.reception.intents import Intent
from bot.reception.sayings import CALLER
from bot.reception.talk import Talk
from bot.reception.understanding import Understood, tells

_NUMBERS = frozenset({Question.NUMBER, Question.NUMBER_OWN, Question.NUMBER_RIGHT})
_SMALL_ANSWERS = frozenset({*_NUMBERS, Question.MAIL_HEARD, Question.WHICH, Question.CONFIRM})
_YES_OR_NO = frozenset({Question.KNOWN, Question.CONFIRM, *_NUMBERS})
"""Questions to which a no with a name is an answer."""
_A_SENTENCE = 12
"""Characters: so much, where a yes or a number was asked for, is something that the caller wants to say."""
_NOTHING_SAID = frozenset(
    {
        Intent.YES, Intent.NO, Intent.FINE, Intent.HESITATES, Intent.GREETING, Intent.REPEAT, Intent.SPELL,
        Intent.SMS, Intent.WAIT, Intent.ENGLISH, Intent.JAPANESE, Intent.NOTHING_MORE, Intent.THANKS,
        Intent.FAREWELL, Intent.THIS_NUMBER, Intent.KNOWS_NUMBER, Intent.MACHINE, Intent.OFFICE_HOURS,
    }
)  # fmt: skip


def learn(talk: Talk, heard: Understood, words: str) -> bool:
    """Note what was said; True where it put right a name that was misheard."""
    talk.note(
        urgent=talk.c.urgent or bool(heard.urgent),
        purpose=talk.c.purpose or heard.purpose,
        time=heard.time or talk.c.time,
    )
    if heard.number and talk.c.question not in _NUMBERS and not talk.c.number_closed:
        remember_number(talk, heard.number)
    if _is_content(talk, heard):
        why = talk.c.question is Question.WHOM and tells(heard)
        talk.note(lines=(*talk.c.lines, words.strip()), told_why=talk.c.told_why or why)
    return _learn_caller(talk, heard)


def _learn_caller(talk: Talk, heard: Understood) -> bool:
    """Company and name, where they are new; said back once, so that a mishearing can be put right."""
    corrected = _put_right(talk, heard)
    if corrected:
        return True
    before = (talk.c.company, talk.c.name)
    if heard.introduces:
        company = heard.company or talk.c.company or _known_firm(talk, heard)
        talk.note(company=company, name=heard.caller_name or talk.c.name)
    if talk.c.name and before != (talk.c.company, talk.c.name):
        talk.say("caller_confirm", caller=CALLER.join((talk.c.company or "", talk.c.name)))
    return False


def _known_firm(talk: Talk, heard: Understood) -> str | None:
    """The firm of a known caller who gives only the name that we know."""
    caller = talk.facts.caller
    return caller.company if caller.name and caller.name == heard.caller_name else None


def _put_right(talk: Talk, heard: Understood) -> bool:
    """「江川ではなく江口です」."""
    c = talk.c
    denies = heard.has(Intent.NO) and not heard.has(Intent.FINE) and talk.c.question not in _YES_OR_NO
    if denies and c.name and heard.caller_name and heard.caller_name != c.name and not heard.wanted:
        talk.note(company=heard.company or c.company, name=heard.caller_name)  # 「いえ、江川です」
        talk.say("caller_corrected", caller=CALLER.join((talk.c.company or "", heard.caller_name)))
        return True
    if heard.right is None or heard.wrong is None or heard.number:
        return False
    if c.name and (heard.wrong in c.name or c.name in heard.wrong):
        talk.note(name=heard.right)
    elif c.company and heard.wrong in c.company:
        talk.note(company=heard.right)
    else:
        return False
    talk.say("caller_corrected", caller=CALLER.join((talk.c.company or "", talk.c.name or "")))
    return True


def _is_content(talk: Talk, heard: Understood) -> bool:
    """Whether the words belong into the message: not a yes, a number or a name that was asked for."""
    question = talk.c.question
    if question is Question.MESSAGE:
        return bool(heard.intents - _NOTHING_SAID) or len(heard.text) > 5
    if question is Question.MAIL_HEARD and not heard.wanted:
        return False
    if heard.wanted or heard.purpose or heard.urgent or heard.time or heard.intents - _NOTHING_SAID:
        return True
    if question is Question.WHOM and tells(heard):
        return True
    if question in _SMALL_ANSWERS or question in (Question.NAME, Question.KNOWN):
        aside = heard.intents - {Intent.YES} or heard.number or heard.introduces or "番号" in heard.text
        return not aside and len(heard.text) >= _A_SENTENCE
    return heard.introduces or not heard.intents
