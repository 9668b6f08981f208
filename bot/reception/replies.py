"""What an utterance means as the answer to the question that was asked."""

import re
from collections.abc import Callable, Mapping

from bot.office.plans import Feature
from bot.reception.asked_for import Wanted
from bot.reception.callback_number import heard_number, reply_number, reply_own, reply_right
from bot.reception.conversation import Question, Wish
from bot.reception.course import ask, ask_again, farewell, finish, proceed
from bot.reception.events import NameSettled
from bot.reception.intents import Intent
from bot.reception.mail_talk import reply_heard, reply_offer
from bot.reception.questions import deputy, was_asked
from bot.reception.talk import Step, Talk
from bot.reception.understanding import Understood, tells
from bot.reception.wishes import reach, says_what, staff_of, turn_to

Reply = Callable[[Talk, Understood], Step | None]

_ENOUGH = (Intent.FINE, Intent.NOTHING_MORE, Intent.THANKS)
_ONLY_POLITE = frozenset({Intent.YES, Intent.GREETING, Intent.THANKS, Intent.HESITATES})
_DONE = (Intent.NO, *_ENOUGH, Intent.FAREWELL)
_NO_MESSAGE = (Intent.NO, Intent.FINE, Intent.NOTHING_MORE, Intent.THAT_ONLY, Intent.CALLS_AGAIN)
_UNFINISHED = re.compile(
    r"(?:けど|けれども|ですが|ますが|ので|から|のは|には|して|が、?|それで|あと|それと|、)$"
)
"""How a sentence ends whose speaker has only paused."""
_A_REQUEST = re.compile(
    r"(?:たい|ほしい|欲しい|ください|もらえれば|いただければ)(?:の|ん)?(?:です|と|思)?.{0,5}$"
)
"""「変更したいのですが」 is whole as it stands."""
_NO_CALLBACK = re.compile(
    r"折り?返し(?:の)?(?:お?電話)?は(?:もう|特に|やっぱり)?(?:結構|けっこう|大丈夫|いりません|要りません|いらない|不要|いい|必要)"
    r"|お?電話(?:を|は)?(?:いただか|もらわ)なくて"
)
_EITHER = re.compile(
    r"(?:どちら|どっち|どなた|誰|だれ)(?:さん|様)?でも|(?i:\b(?:either|any) (?:one|of them|is fine)\b|either)"
)
_ASKS_MAIL = re.compile(r"(?:メール|メアド|アドレス).{0,6}(?:教え|案内|伺え|うかがえ)")
_SHORT_WISH = 24  # characters: in more, a short message is what the message is about
_CUT_OFF = re.compile(r"(?:の|が|を|は)$")
_LONGEST_FRAGMENT = 12  # characters
_SHORTEST_MESSAGE = 6  # characters: less is a noise, not a message


def whom(talk: Talk, heard: Understood) -> Step | None:
    """Not yet a name or department: whoever got further is asked on, a whole story is a message."""
    if talk.c.staff or talk.c.department:
        return proceed(talk)
    return _no_answer(talk, heard) or _further(talk, heard)


def _no_answer(talk: Talk, heard: Understood) -> Step | None:
    """「じゃあいいです」, and the beginning of a sentence."""
    if heard.has(Intent.NO) and heard.has(Intent.FINE) and not heard.introduces:
        return finish(talk)
    if _CUT_OFF.search(heard.text) and len(heard.text) <= _LONGEST_FRAGMENT and heard.named is None:
        talk.say("message_go_on")
        return talk.listen(Question.WHOM)
    return None


def _further(talk: Talk, heard: Understood) -> Step | None:
    """Whatever else a caller says who was asked for a name."""
    if heard.perhaps_self and heard.named:
        talk.note(candidates=heard.named.staff, heard=None, perhaps_name=heard.named.heard)
        return proceed(talk)
    if heard.has(Intent.GREETING) and not heard.introduces:
        talk.say("greeting_back")
    elif not (heard.introduces or heard.purpose or heard.urgent or _is_content(heard) or tells(heard)):
        return None
    if heard.named and len(heard.named.staff) == 1:
        talk.note(candidates=heard.named.staff, heard=heard.named.heard)
        return proceed(talk)
    if was_asked(talk, Question.WHOM) >= 2 and (heard.purpose or _is_content(heard) or tells(heard)):
        talk.tell("person_unknown_message")
        talk.note(wish=Wish.MESSAGE, message_given=True)
        return proceed(talk)
    if tells(heard) and not heard.has(Intent.GREETING):
        talk.say("certainly")
    return ask(talk, Question.WHOM)


def which(talk: Talk, heard: Understood) -> Step | None:
    """Which of two of one name: by department, given name, title, or the first and the second."""
    candidates = talk.c.candidates
    if _EITHER.search(heard.text):
        free = next((staff for staff in candidates if talk.may_hold(staff)), candidates[0])
        talk.note(staff=free, candidates=())
        return proceed(talk)
    fitting = staff_of(heard.wanted, candidates) or staff_of(heard.named, candidates)
    if not fitting or len(fitting) == len(candidates):
        people = tuple(talk.facts.people[staff] for staff in candidates)
        found = talk.facts.directory.narrow(people, heard.text)
        fitting = tuple(person.id for person in found.people)
    if not fitting or len(fitting) == len(candidates):
        return None
    if len(fitting) == 1:
        talk.note(staff=fitting[0], candidates=())
        return proceed(talk)
    talk.note(candidates=fitting)
    return None


def confirm(talk: Talk, heard: Understood) -> Step | None:
    """Is it this person?"""
    if heard.has(Intent.NO):
        talk.note(candidates=(), heard=None, name=talk.c.name or talk.c.perhaps_name, perhaps_name=None)
        return ask(talk, Question.WHOM)
    if heard.has(Intent.YES, Intent.FINE, Intent.THANKS) or staff_of(heard.wanted, talk.c.candidates):
        staff = talk.c.candidates[0]
        if talk.c.heard:
            talk.cause(NameSettled(staff=staff, spelling=talk.c.heard))
        talk.note(staff=staff, candidates=(), heard=None, perhaps_name=None)
        return proceed(talk)
    return None


def name(talk: Talk, heard: Understood) -> Step | None:
    """Who is calling; whoever does not say is served all the same."""
    if not heard.introduces and heard.has(Intent.NO, Intent.FINE):
        talk.note(refused_name=True)
    elif not heard.introduces and not heard.intents - _ONLY_POLITE and not _is_content(heard):
        return ask_again(talk, Question.NAME)  # 「はい」, and the name is still to come
    return proceed(talk)


def known(talk: Talk, heard: Understood) -> Step | None:
    """Is it the one whom we know by the number? Then they are greeted; else asked for their name."""
    if heard.introduces:
        return proceed(talk)
    if heard.has(Intent.NO):
        talk.note(not_known=True)
        return proceed(talk)
    if heard.has(Intent.YES, Intent.FINE, Intent.THANKS, Intent.GREETING):
        talk.note(company=talk.facts.caller.company, name=talk.facts.caller.name)
        talk.say("greeting_back")
        return proceed(talk)
    return None


def offer(talk: Talk, heard: Understood) -> Step | None:
    """Call back, message, or neither."""
    thanks_only = heard.introduces and not heard.has(Intent.NO, Intent.FINE, Intent.NOTHING_MORE)
    if heard.has(Intent.NO, *_ENOUGH) and not heard.has(Intent.YES) and not thanks_only:
        talk.note(wish=Wish.CALLED_ONLY)
        return proceed(talk)
    if heard.urgent and talk.c.staff and not heard.has(Intent.YES):
        return reach(talk, heard)
    if heard.has(Intent.YES) or heard.time or heard.number:
        promise = talk.c.staff is not None and talk.has(Feature.PROMISE)
        talk.note(wish=Wish.CALLBACK if promise else Wish.MESSAGE)
        return heard_number(talk, heard.number) if heard.number else proceed(talk)
    if _is_content(heard):
        talk.note(wish=Wish.MESSAGE, message_given=True)
        return proceed(talk)
    return ask(talk, Question.OFFER) if heard.introduces else None


def stand_in(talk: Talk, heard: Understood) -> Step | None:
    """Whether the deputy will do."""
    other = deputy(talk)
    if heard.has(Intent.NO, Intent.NOTHING_MORE) or other is None:
        return ask(talk, Question.OFFER)
    if heard.has(Intent.YES, Intent.FINE, Intent.THANKS, Intent.CONNECT):
        return turn_to(talk, Wanted(staff=(other,)))
    return None


def message(talk: Talk, heard: Understood) -> Step | None:
    """Whatever is said now is the message; names in it ask for nobody, unless to be put through."""
    if heard.wanted and heard.has(Intent.CONNECT) and not heard.has(Intent.LEAVE_MESSAGE):
        return None
    if heard.has(*_NO_MESSAGE) and len(heard.text) < 24 and not talk.c.message_given:
        if talk.c.number_closed:  # what was taken before stands
            talk.note(message_given=True)
        else:
            talk.note(wish=Wish.CALLED_ONLY)
        return proceed(talk)
    if _ASKS_MAIL.search(heard.text) or (heard.has(Intent.SMS) and len(heard.text) < _SHORT_WISH):
        return None
    bare = heard.has(Intent.YES, Intent.GREETING, Intent.LEAVE_MESSAGE) and not says_what(heard)
    if (bare and len(heard.text) < 16) or (heard.introduces and not heard.rest):
        talk.say("message_go_on")
        return talk.listen(Question.MESSAGE)
    talk.note(message_given=True)
    if _UNFINISHED.search(heard.text) and not _A_REQUEST.search(heard.text):
        talk.say("message_go_on")
        return talk.listen(Question.MESSAGE)
    return proceed(talk)


def more(talk: Talk, heard: Understood) -> Step | None:
    """Anything else?"""
    if talk.c.wish is Wish.CALLBACK and _NO_CALLBACK.search(heard.text):
        talk.note(wish=Wish.CALLED_ONLY, promise=None, settled=False)
        return proceed(talk)
    if heard.has(*_DONE) and not _is_wish(heard) and not heard.number:
        return farewell(talk)
    return None


def more_said(talk: Talk, heard: Understood) -> Step | None:
    """Something else was said that is no wish we know: it goes into the message."""
    if heard.number and talk.c.number and heard.number.said != talk.c.number.said:
        return heard_number(talk, heard.number)
    if heard.has(Intent.YES) and not _is_content(heard):
        talk.say("message_go_on")
        return talk.listen(Question.MORE)
    if _is_content(heard):
        talk.say("certainly")
        return ask(talk, Question.MORE)
    return None


def _is_wish(heard: Understood) -> bool:
    return heard.wanted is not None or heard.has(
        Intent.MAIL, Intent.SPELL, Intent.SMS, Intent.CALLBACK, Intent.ASK_WHEN_BACK, Intent.OTHER_PERSON
    )


def _is_content(heard: Understood) -> bool:
    """Whether words stand there that mean something to a person, if not to us."""
    return len(heard.rest) >= _SHORTEST_MESSAGE and (not heard.intents or heard.purpose is not None)


FIRST: Mapping[Question, Reply] = {
    Question.WHICH: which,
    Question.CONFIRM: confirm,
    Question.MESSAGE: message,
    Question.NUMBER: reply_number,
    Question.NUMBER_RIGHT: reply_right,
    Question.MAIL_HEARD: reply_heard,
    Question.MORE: more,
}
"""Answers that go before any other wish."""

AFTER: Mapping[Question, Reply] = {
    Question.WHOM: whom,
    Question.NAME: name,
    Question.KNOWN: known,
    Question.OFFER: offer,
    Question.DEPUTY: stand_in,
    Question.MAIL_OFFER: reply_offer,
    Question.NUMBER_OWN: reply_own,
    Question.MORE: more_said,
}
"""Answers that are looked for where nothing else was wished."""
