"""Keys: a choice, yes and no, a number; * says it again, 0 leaves a message, 9 is the other language."""

from bot.office.model import StaffId
from bot.office.numbers import parse_number
from bot.reception.asked_for import Wanted
from bot.reception.callback_number import heard_number, reply_own, reply_right
from bot.reception.conversation import Question, Wish
from bot.reception.course import ask, ask_again, proceed
from bot.reception.intents import Intent
from bot.reception.languages import other_language
from bot.reception.mail_talk import reply_heard, reply_offer
from bot.reception.replies import confirm, known, more, offer, stand_in
from bot.reception.talk import Step, Talk
from bot.reception.understanding import Understood
from bot.reception.wishes import turn_to

SHORTEST_NUMBER = 4
"""Digits: fewer are no telephone number, but a slip."""

ENGLISH = "9"
"""The key of the other language; no menu is as long, and a number has more digits."""

_YES = Understood(text="1", intents=frozenset({Intent.YES}))
_NO = Understood(text="2", intents=frozenset({Intent.NO}))

_YES_OR_NO = {
    Question.CONFIRM: confirm,
    Question.KNOWN: known,
    Question.DEPUTY: stand_in,
    Question.MAIL_OFFER: reply_offer,
    Question.MAIL_HEARD: reply_heard,
    Question.NUMBER_OWN: reply_own,
    Question.NUMBER_RIGHT: reply_right,
    Question.MORE: more,
}
_TAKES_NUMBER = frozenset({Question.NUMBER, Question.NUMBER_OWN, Question.NUMBER_RIGHT})


def pressed(talk: Talk, digits: str) -> Step:
    """The answer to keys; ones that mean nothing here are answered by asking again."""
    keys = digits.strip("#")
    question = talk.c.question
    talk.note(waiting=0, spoke=talk.c.spoke or bool(keys))
    if keys == "*":
        talk.again()
        return talk.listen(question)
    if question in _TAKES_NUMBER and len(keys) >= SHORTEST_NUMBER:
        number = parse_number(keys)
        if number.said:
            return heard_number(talk, number)
    if keys == "0" and question not in _TAKES_NUMBER:
        talk.note(wish=Wish.MESSAGE, settled=False, message_given=False)
        return proceed(talk)
    step = _chosen(talk, keys) or (other_language(talk) if keys == ENGLISH else None)
    if step:
        return step
    talk.say("not_followed")
    return ask_again(talk, question)


def _chosen(talk: Talk, keys: str) -> Step | None:
    """What one key stands for at the question that was asked."""
    question, choices = talk.c.question, talk.c.choices
    if question in _YES_OR_NO and keys in ("1", "2"):
        return _YES_OR_NO[question](talk, _YES if keys == "1" else _NO)
    if question is Question.OFFER:
        return _chosen_next(talk, keys)
    if not (keys.isdecimal() and keys.isascii() and 1 <= int(keys) <= len(choices)):
        return None
    choice = choices[int(keys) - 1]
    if question is Question.WHICH:
        people = talk.facts.people
        there = tuple(s for s in talk.c.candidates if s in people and people[s].department == choice)
        return turn_to(talk, Wanted(staff=there or (StaffId(choice),)))
    if choice:
        return turn_to(talk, Wanted(department=choice))
    talk.note(wish=Wish.MESSAGE)
    return proceed(talk)


def _chosen_next(talk: Talk, keys: str) -> Step | None:
    if keys == "1":
        return offer(talk, _YES)
    if keys == "2":
        talk.note(wish=Wish.MESSAGE)
        return proceed(talk)
    if keys == "3" and talk.c.staff:
        talk.tell_answer(talk.c.staff)
        return ask(talk, Question.OFFER)
    return None
