"""The conversation with a caller: a pure state machine over a stored value.

`begin` answers the call, `step` takes one event; both give the conversation to store and the turn to
take. No clock, no I/O: everything is looked up in the facts. Every state has an answer to every event.
"""

import re

from bot.office.hours import is_business_day, is_open, local_day
from bot.office.plans import Feature
from bot.reception.callback_number import all_digits
from bot.reception.caller import Expecting
from bot.reception.conversation import Conversation, Question
from bot.reception.course import ask_again, farewell, finish, proceed
from bot.reception.events import (
    Event,
    Facts,
    HangUp,
    HungUp,
    Pressed,
    Recorded,
    Said,
    TransferEnded,
    TransferOutcome,
    Turn,
)
from bot.reception.intents import Intent
from bot.reception.keys import pressed
from bot.reception.languages import in_english, in_japanese
from bot.reception.learning import learn
from bot.reception.replies import AFTER, FIRST
from bot.reception.talk import Step, Talk
from bot.reception.transferred import transferred
from bot.reception.understanding import Understood, understand
from bot.reception.wishes import grant
from bot.reception.wording import is_english

SHORTEST_RECORDING = 2
"""Seconds: in less nobody says anything."""

MAX_TURNS = 60
"""After so many turns a call is over: two machines would talk for ever."""

_ABOUT_PERSON = frozenset({Question.OFFER, Question.DEPUTY, Question.MAIL_OFFER, Question.MAIL_HEARD})
_ABOUT_CANDIDATES = frozenset({Question.WHICH, Question.CONFIRM})
_IS_WRONG = re.compile(r"(?:いえ|いや|あ)*、?(?:違|ちが|ちゃう|間違)(?!う(?:方|人|担当))")
"""「違います」: nobody refuses an offer like that, but the name that was said back to them."""
_SAY_THE_NAME = frozenset({"caller_confirm", "caller_corrected"})
_ABOUT_NO_FACT = frozenset({Question.OFFER, Question.DEPUTY, Question.MAIL_OFFER, Question.WHOM})
_ENGLISH_SENTENCE = 4
"""Words: fewer may be a firm's name or an address, unless they are such as no firm has."""
_ENGLISH_WORDS = re.compile(
    r"(?i)^(?:hello|hi|excuse me|good (?:morning|afternoon|evening))\b"
    r"|\b(?:please|speak to|talk to|thank you|may i|can (?:i|you)|could you|i'd like|this is"
    r"|call (?:me|back))\b"
)
_NAME_IS_WRONG = re.compile(r"名前(?:が|を|は)?(?:違|ちが|間違|まちが)|(?i:not my name|wrong name)")

_EXPECTING: dict[Question, Expecting] = {
    Question.NAME: "name",
    Question.KNOWN: "name",
    Question.NUMBER: "number",
    Question.NUMBER_OWN: "number",
    Question.NUMBER_RIGHT: "number",
    Question.WHOM: "person",
    Question.WHICH: "person",
    Question.MESSAGE: "message",
}


def begin(facts: Facts) -> Step:
    """Answer the call."""
    line = facts.line
    staff = line.staff if line and line.staff in facts.people else None
    department = line.department if line else None
    talk = Talk(
        facts,
        Conversation(
            staff=staff,
            department=department,
            asked={Question.WHOM: 1},
        ),
    )
    if not is_open(facts.office, facts.at):
        if is_business_day(facts.office, local_day(facts.office, facts.at)):
            talk.say("greeting_closed", hours="")
        else:
            talk.say("greeting_holiday", opening="")
    elif staff:
        talk.say("greeting_direct", person=staff)
    elif department:
        talk.say("greeting_department", department=department)
    else:
        talk.say("greeting")
    return talk.listen(Question.WHOM)


def step(conversation: Conversation, event: Event, facts: Facts) -> Step:
    """Take one event. After the end every event is answered by hanging up, saying nothing."""
    if conversation.ended or isinstance(event, HungUp):
        ended = conversation.model_copy(update={"ended": True})
        return ended, Turn(say=(), language=ended.language, then=HangUp())
    return _taken(Talk(facts, _still_true(conversation, facts)), event)


def _taken(talk: Talk, event: Event) -> Step:
    """An event of a call that goes on."""
    if talk.c.turns >= MAX_TURNS and not isinstance(event, TransferEnded | Recorded):
        return finish(talk)
    if talk.c.question is Question.RECORDING or isinstance(event, Recorded):
        return _recorded(talk, event)
    if talk.c.question is Question.HOLDING:
        return _held(talk, event)
    return _heard(talk, event)


def _heard(talk: Talk, event: Event) -> Step:
    """Words, keys or nothing, while we listen."""
    match event:
        case Said():
            return _said(talk, event)
        case Pressed():
            return pressed(talk, event.digits)
        case TransferEnded():
            talk.again()
            return talk.listen(talk.c.question)
    return _silence(talk)


def _still_true(conversation: Conversation, facts: Facts) -> Conversation:
    """People may leave the office file while a call lasts; a question about them falls back to the first."""
    c, people = conversation, facts.people
    candidates = tuple(candidate for candidate in c.candidates if candidate in people)
    about_nobody = (c.question in _ABOUT_PERSON and c.staff is not None and c.staff not in people) or (
        c.question in _ABOUT_CANDIDATES and not candidates
    )
    return c.model_copy(
        update={
            "staff": c.staff if c.staff in people else None,
            "candidates": candidates,
            "choices": tuple(
                choice for choice in c.choices if choice in people or choice not in c.candidates
            ),
            "promise": c.promise if c.promise and c.promise.staff in people else None,
            "question": Question.WHOM if about_nobody else c.question,
        }
    )


def _held(talk: Talk, event: Event) -> Step:
    """While holding only the outcome is expected; anything else means that it was lost."""
    if isinstance(event, TransferEnded):
        return transferred(talk, event)
    lost = TransferOutcome.GAVE_UP if isinstance(event, Pressed) else TransferOutcome.EXPIRED
    return transferred(talk, TransferEnded(outcome=lost))


def _recorded(talk: Talk, event: Event) -> Step:
    if isinstance(event, Recorded) and event.seconds >= SHORTEST_RECORDING:
        talk.note(recording=event.url, recording_seconds=event.seconds, spoke=True)
        talk.say("voicemail_taken")
    elif talk.c.spoke and talk.facts.caller.number:
        talk.say("voicemail_empty")
    talk.say("farewell")
    return talk.hang_up()


def _silence(talk: Talk) -> Step:
    if talk.c.question is Question.MORE:
        return farewell(talk)
    if talk.c.question is Question.MESSAGE and talk.c.message_given:
        return proceed(talk)
    if talk.c.question is Question.NUMBER and talk.c.digits:
        return all_digits(talk)
    if talk.c.waiting:
        talk.note(waiting=talk.c.waiting - 1)
        return talk.listen(talk.c.question)
    talk.say("not_heard")
    if _may_not_understand(talk):
        talk.say("english_hint")
    return ask_again(talk, talk.c.question)


def _may_not_understand(talk: Talk) -> bool:
    """Silence after the greeting alone, where English is to be had."""
    first = talk.c.question is Question.WHOM and talk.c.turns == 1
    return first and talk.c.language == "ja" and talk.has(Feature.ENGLISH)


def _said(talk: Talk, event: Said) -> Step:
    heard = understand(event.text, talk.facts.directory, _expecting(talk))
    if heard.tones and not talk.c.spoke:
        return _tones(talk)
    if not heard.text:
        return _silence(talk)
    talk.note(spoke=True, waiting=0)
    _speak_their_language(talk, heard)
    known = talk.c.lines
    corrected = learn(talk, heard, event.text)
    if corrected:
        return _carry_on(talk)
    answered = _aside(talk, heard) or _answered(talk, heard)
    if answered:
        return answered
    if heard.urgent and talk.c.staff and not talk.c.settled and talk.may_hold(talk.c.staff):
        talk.note(wish=None)
        return proceed(talk)
    if talk.c.lines != known or not heard.introduces:
        talk.say("certainly" if talk.c.lines != known else "not_followed")
    return ask_again(talk, talk.c.question)


def _expecting(talk: Talk) -> Expecting:
    """What the question asked for, or else a name as long as there is none."""
    expecting = _EXPECTING.get(talk.c.question)
    return expecting or ("anything" if talk.c.name else "perhaps_name")


def _tones(talk: Talk) -> Step:
    """A fax: once it is spoken to as somebody who can't be heard, then it is left alone."""
    if talk.c.turns > 1:
        return talk.hang_up()
    return _silence(talk)


def _answered(talk: Talk, heard: Understood) -> Step | None:
    question = talk.c.question
    first, after = FIRST.get(question), AFTER.get(question)
    return (
        (first(talk, heard) if first else None)
        or grant(talk, heard)
        or (after(talk, heard) if after else None)
    )


def _carry_on(talk: Talk) -> Step:
    """After a correction: on, or the same question once more."""
    if talk.c.question is Question.WHOM:
        return proceed(talk)
    talk.ask_once_more()
    return talk.listen(talk.c.question)


def _speak_their_language(talk: Talk, heard: Understood) -> None:
    """Whoever speaks English is answered in English, where the plan has it."""
    words = len(heard.text.split())
    sentence = words >= _ENGLISH_SENTENCE and is_english(heard.text)
    short = heard.text.isascii() and _ENGLISH_WORDS.search(heard.text) is not None
    english = (sentence or short) and not heard.digits
    if talk.c.language == "ja" and english and talk.has(Feature.ENGLISH):
        talk.note(language="en")


def _aside(talk: Talk, heard: Understood) -> Step | None:
    """What stops the course of the call for a moment: another language, once more, wait, goodbye."""
    if not heard.wanted and heard.has(Intent.ENGLISH, Intent.JAPANESE):
        return in_english(talk) if heard.has(Intent.ENGLISH) else in_japanese(talk)
    is_message = talk.c.question is Question.MESSAGE and len(heard.text) > 20
    if heard.wanted or heard.number or heard.introduces or is_message:
        return None
    return (
        _wrong_name(talk, heard)
        or _taking_leave(talk, heard)
        or _once_more(talk, heard)
        or _a_moment(talk, heard)
    )


def _wrong_name(talk: Talk, heard: Understood) -> Step | None:
    """「名前が違います」: asked once more."""
    just_said = any(saying.script in _SAY_THE_NAME for saying in talk.c.last)
    denied = just_said and talk.c.question in _ABOUT_NO_FACT and _IS_WRONG.match(heard.text) is not None
    if talk.c.name is None or not (denied or _NAME_IS_WRONG.search(heard.text)):
        return None
    talk.say("caller_wrong")
    talk.note(name=None, asked={**talk.c.asked, Question.NAME: 1})
    return ask_again(talk, Question.NAME)


def _taking_leave(talk: Talk, heard: Understood) -> Step | None:
    if heard.has(Intent.WRONG_NUMBER) and talk.c.question is Question.WHOM:
        talk.say("wrong_number")
        return talk.hang_up()
    if heard.has(Intent.FAREWELL) and not heard.intents - _POLITE:
        return finish(talk)
    return None


def _once_more(talk: Talk, heard: Understood) -> Step | None:
    tells_mail = talk.c.question is Question.MAIL_HEARD
    if tells_mail or not heard.has(Intent.REPEAT) or heard.intents - _SAYING_AGAIN:
        return None
    talk.again()
    return talk.listen(talk.c.question)


def _a_moment(talk: Talk, heard: Understood) -> Step | None:
    if heard.has(Intent.HESITATES) and not heard.intents - _POLITE - {Intent.HESITATES}:
        return ask_again(talk, talk.c.question)
    if heard.has(Intent.WAIT) and not heard.intents - _WAITING:
        talk.say("wait_ok")
        talk.note(waiting=2)
        return talk.listen(talk.c.question)
    return None


_POLITE = frozenset(
    {Intent.FAREWELL, Intent.THANKS, Intent.YES, Intent.NO, Intent.FINE, Intent.NOTHING_MORE, Intent.GREETING}
)
_SAYING_AGAIN = frozenset(
    {Intent.REPEAT, Intent.GREETING, Intent.NO, Intent.YES, Intent.SPELL, Intent.THANKS}
)
_WAITING = frozenset({Intent.WAIT, Intent.YES, Intent.GREETING, Intent.THANKS, Intent.NO})
