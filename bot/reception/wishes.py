"""What a caller may ask at any point, whatever the question was."""

import re
from collections.abc import Callable, Mapping

from bot.office.departments import TITLES
from bot.office.model import StaffId
from bot.office.plans import Feature
from bot.reception.asked_for import Wanted
from bot.reception.callback_number import heard_number, names_other_number
from bot.reception.conversation import Question, Wish
from bot.reception.course import ask, farewell, keep_own_number, proceed, tell_mail
from bot.reception.intents import Intent
from bot.reception.mail_talk import send_sms
from bot.reception.questions import addressee, colleague, departments, mail_allowed, skip_to_keys, was_asked
from bot.reception.sayings import BETWEEN, NAMED
from bot.reception.talk import Step, Talk
from bot.reception.understanding import Understood

_SAYS_WHAT = re.compile(
    r"(?:と|って|よう(?:に)?|旨(?:を)?|ことを)、?(?:お?伝え|お?つたえ|申し伝え|言って|ご?伝言)"
    r"|(?<!伝言)(?<!メッセージ)(?<![そこあ]れ)(?:も|を|の件)、?(?:お?伝え|お?つたえ|申し伝え)"
    r"|(?i:\btell (?:him|her|them|m[rs]s?\.? \w+|[\w-]+[- ]san),? \w)"
)

_WHO_CALLED = "who_called"
_INSTEAD = re.compile(r"代わりの|かわりの|代理の|(?:以外|ほか|他)の(?:人|方|かた|者|どなた)")
"""「栗本さんの代わりの方」: not 栗本, though named."""

Reply = Callable[[Talk, Understood], Step]


def grant(talk: Talk, heard: Understood) -> Step | None:
    """The answer to whatever the caller wants; None where nothing is wanted."""
    wanted = _whom(talk, heard)
    turned = wanted is not None and not _is_already(talk, wanted)
    instead = _whomever_they_want(talk, heard) or (_aim(talk, wanted) if wanted and turned else None)
    if instead:
        return instead
    for intent, reply in _REPLIES.items():
        if heard.has(intent) and not (turned and intent in _ASKING_FOR and not _INSTEAD.search(heard.text)):
            return reply(talk, heard)
    if turned:
        return proceed(talk)
    return _connect(talk, heard) if wanted is not None else None


def _whomever_they_want(talk: Talk, heard: Understood) -> Step | None:
    """What goes before anybody who is asked for: sales are refused, and strangers told where they are."""
    insists = talk.c.sales and heard.has(Intent.CONNECT, Intent.OTHER_PERSON, Intent.ANYONE)
    if heard.has(Intent.SALES) or insists:
        return _sales(talk, heard)
    if heard.has(Intent.WHO_ARE_YOU) and _asks_who_we_are(talk, heard):
        talk.say("who_we_are")
        return _returned(talk, heard) if heard.has(Intent.RETURNED_CALL) else proceed(talk)
    return None


def _whom(talk: Talk, heard: Understood) -> Wanted | None:
    """Who is asked for. Somebody merely named will do where nobody was yet and something is asked."""
    if heard.wanted is None and talk.c.staff is None and not talk.c.candidates and heard.has(*_REPLIES):
        return heard.named
    return heard.wanted


def _is_already(talk: Talk, wanted: Wanted) -> bool:
    """Whether the one asked for is the one that is being talked about."""
    if talk.c.staff is not None:
        return talk.c.staff in wanted.staff
    return talk.c.department is not None and wanted.department == talk.c.department and not wanted.staff


def turn_to(talk: Talk, wanted: Wanted) -> Step:
    """Make somebody the one that the call is for, and go on."""
    return _aim(talk, wanted) or proceed(talk)


def _aim(talk: Talk, wanted: Wanted) -> Step | None:
    """Make somebody the one that the call is for; a question where it is nobody here."""
    still_mail = talk.c.wish is Wish.MAIL and talk.c.staff is None  # 「アドレスを」, and whose only now
    talk.note(
        settled=False,
        promise=None,
        former=None,
        message_given=False,
        wish=Wish.MAIL if still_mail else None,
        stranger=wanted.stranger,
    )
    if wanted.former:
        return _former(talk, wanted)
    if wanted.staff:
        staff = _of_department(talk, wanted.staff)
        one = len(staff) == 1 and wanted.sure
        talk.note(
            staff=staff[0] if one else None,
            candidates=() if one else staff,
            heard=wanted.heard,
            otherwise=wanted.otherwise,
            or_anyone=wanted.or_anyone,
        )
        return None
    if wanted.department:
        talk.note(staff=None, department=wanted.department)
        return None
    return _nobody(talk)


def _of_department(talk: Talk, several: tuple[StaffId, ...]) -> tuple[StaffId, ...]:
    """Of several of a name those of the department that was asked for before, if there are any."""
    people, department = talk.facts.people, talk.c.department
    if talk.c.staff is not None or department is None:
        return several
    return tuple(s for s in several if s in people and people[s].department == department) or several


def _former(talk: Talk, wanted: Wanted) -> Step | None:
    name = wanted.former or "担当の者"
    talk.note(former=name)
    if wanted.successor and wanted.successor in talk.facts.people:
        talk.tell("answer_former", person=NAMED + name.split()[0], other=wanted.successor)
        talk.note(staff=wanted.successor)
        return None
    talk.tell("answer_former_alone", person=NAMED + (name.split() or [""])[0])
    talk.note(staff=None, wish=Wish.MESSAGE)
    return proceed(talk)


def _nobody(talk: Talk) -> Step:
    """A name that is nobody's: the departments, and the second time a message."""
    if was_asked(talk, Question.WHOM) >= 2:
        talk.tell("person_unknown_message")
        talk.note(staff=None, wish=Wish.MESSAGE)
        return proceed(talk)
    talk.note(staff=None, asked={**talk.c.asked, Question.WHOM: was_asked(talk, Question.WHOM) + 1})
    ours = BETWEEN.join(departments(talk))
    if talk.c.stranger in TITLES:
        talk.say("title_unknown", person=NAMED + talk.c.stranger, departments=ours)
    else:
        talk.say("person_unknown", departments=ours)
    return talk.listen(Question.WHOM)


def _asks_who_we_are(talk: Talk, heard: Understood) -> bool:
    """「そちら佐川急便さんですか」; not 「小野さんですか」, where we have one."""
    somebody = heard.wanted or heard.named
    ours = somebody is not None and (somebody.staff or somebody.department or somebody.former)
    return talk.c.question is Question.WHOM and not ours


def _callback_or_message(talk: Talk) -> Wish:
    return Wish.CALLBACK if talk.has(Feature.PROMISE) else Wish.MESSAGE


def _mail(talk: Talk, heard: Understood) -> Step:
    if heard.has(Intent.SMS):
        return send_sms(talk)
    return tell_mail(talk, letters=heard.has(Intent.SPELL))


def reach(talk: Talk, _heard: Understood) -> Step:
    """「今日中に連絡できる方法は」: now if that may be, else as soon as we reach them, and mail."""
    staff = talk.c.staff
    if staff is None or talk.may_hold(staff):
        return proceed(talk)
    talk.tell("callback_soonest", person=staff)
    if mail_allowed(talk) and talk.c.mail_given != staff:
        return ask(talk, Question.MAIL_OFFER)
    talk.note(wish=_callback_or_message(talk))
    return proceed(talk)


def _callback(talk: Talk, heard: Understood) -> Step:
    if talk.c.question is Question.NUMBER_OWN and not (heard.number or names_other_number(heard)):
        keep_own_number(talk, verified=True)  # 「では折り返しで」 agrees to what was read out
        talk.say("number_kept")
    talk.note(wish=_callback_or_message(talk), settled=talk.c.settled and talk.c.wish is Wish.CALLBACK)
    if talk.c.wish is Wish.MESSAGE and not talk.c.message_given:
        talk.note(message_given=bool(talk.c.lines))
    if heard.number:
        return heard_number(talk, heard.number)
    if names_other_number(heard):
        skip_to_keys(talk, Question.NUMBER_OWN)
        if talk.facts.caller.number and not talk.c.number_closed:
            return ask(talk, Question.NUMBER)
    return proceed(talk)


def _calls_again(talk: Talk, _heard: Understood) -> Step:
    if talk.c.settled and talk.c.wish is Wish.CALLED_ONLY:
        return farewell(talk)  # they said so before
    talk.note(wish=Wish.CALLED_ONLY, settled=False, candidates=(), heard=None)
    return proceed(talk)


def _message(talk: Talk, heard: Understood) -> Step:
    """「伝言をお願いします」 asks to be asked; with its content, it is the message.

    「…とお伝えいただいて、お電話をいただけますか」 is a call back, with what it is about.
    """
    talk.note(wish=Wish.MESSAGE, settled=False, message_given=says_what(heard))
    if talk.c.message_given and heard.has(Intent.CALLBACK) and talk.c.staff:
        talk.note(wish=_callback_or_message(talk))
    return proceed(talk)


def says_what(heard: Understood) -> bool:
    """Whether a request to pass something on already says what: 「中止だと伝えてください」."""
    return _SAYS_WHAT.search(heard.text) is not None


def _when_back(talk: Talk, _heard: Understood) -> Step:
    if talk.c.staff is None:
        return proceed(talk)
    if talk.may_hold(talk.c.staff):
        return proceed(talk)
    talk.tell_answer(talk.c.staff)
    return _back_to_it(talk)


def _back_to_it(talk: Talk) -> Step:
    """After an answer: the question that was open, or the offer."""
    if talk.c.settled or talk.c.wish is not None or talk.c.staff is None:
        return proceed(talk)
    return ask(talk, Question.OFFER)


def _where(talk: Talk, _heard: Understood) -> Step:
    talk.say("where_refused")
    return _back_to_it(talk)


def _staff_number(talk: Talk, _heard: Understood) -> Step:
    talk.tell("staff_number_refused", **addressee(talk))
    return _back_to_it(talk)


def _other(talk: Talk, _heard: Understood) -> Step:
    """Somebody else of the department who may be asked now; else what can be done."""
    c = talk.c
    person = talk.person
    department = person.department if person else c.department
    if c.staff is None:
        return proceed(talk) if department else _whoever(talk)
    other = colleague(talk, department, but=c.staff) if talk.has(Feature.ALTERNATIVES) else None
    if other is None:
        talk.tell("others_busy")
        return _back_to_it(talk)
    return talk.hold(other, "other_check", other=other)


def _whoever(talk: Talk) -> Step:
    """「ご担当の方を」, of no department: asked once more, then a message for whoever it is."""
    if was_asked(talk, Question.WHOM) < 2:
        return ask(talk, Question.WHOM)
    talk.tell("person_unknown_message")
    talk.note(wish=Wish.MESSAGE)
    return proceed(talk)


def _connect(talk: Talk, _heard: Understood) -> Step:
    """Wants to be put through: tried where that may be, else told again how it is."""
    staff = talk.c.staff
    talk.note(wish=None if talk.c.promise is None else talk.c.wish)
    if staff is None or talk.may_hold(staff) or staff not in talk.c.answered:
        return proceed(talk)
    talk.tell_answer(staff)
    return _back_to_it(talk)


def _returned(talk: Talk, heard: Understood) -> Step:
    """「先ほどお電話をいただいた者ですが」: whoever called that number."""
    if talk.c.question is Question.OFFER:  # 「折り返しの電話で」
        return _callback(talk, heard)
    if talk.c.staff is not None or talk.c.candidates:
        return proceed(talk)
    number = talk.facts.caller.number
    staff = talk.facts.returned_call(number) if number else None
    if staff is not None and staff in talk.facts.people:
        talk.tell("returned_found", person=staff)
        talk.note(staff=staff)
        return proceed(talk)
    if talk.c.department is not None:
        return proceed(talk)
    if was_asked(talk, Question.WHOM) >= 2 and talk.c.asked.get(_WHO_CALLED):
        return ask(talk, Question.WHOM)
    asked = {**talk.c.asked, Question.WHOM: was_asked(talk, Question.WHOM) + 1, _WHO_CALLED: 1}
    talk.note(asked=asked)
    talk.say("returned_unknown")
    return talk.listen(Question.WHOM)


def _machine(talk: Talk, _heard: Understood) -> Step:
    talk.say("machine")
    return _back_to_it(talk)


def _hours(talk: Talk, _heard: Understood) -> Step:
    talk.tell("hours_tell", hours="")
    return _back_to_it(talk)


def _fact(talk: Talk, _heard: Understood) -> Step:
    """Something about the office that the reception does not know: somebody calls back."""
    talk.tell("fact_unknown")
    if talk.c.staff is None and talk.c.wish is None:
        talk.note(wish=Wish.MESSAGE, message_given=True)
    return _back_to_it(talk)


def _sales(talk: Talk, heard: Understood) -> Step:
    """An offer of goods is never put through; it may leave a message."""
    wanted = heard.wanted
    if wanted and (wanted.staff or wanted.department):
        _aim(talk, wanted)
    talk.tell("sales_answer")
    talk.note(
        sales=True, wish=Wish.MESSAGE, settled=False, message_given=True, number_closed=True, candidates=()
    )
    return proceed(talk)


_REPLIES: Mapping[Intent, Reply] = {
    Intent.STAFF_NUMBER: _staff_number,
    Intent.SPELL: _mail,
    Intent.SMS: _mail,
    Intent.MAIL: _mail,
    Intent.ASK_WHERE: _where,
    Intent.OFFICE_HOURS: _hours,
    Intent.OFFICE_FACTS: _fact,
    Intent.REACH: reach,
    Intent.THAT_ONLY: _calls_again,
    Intent.CALLS_AGAIN: _calls_again,
    Intent.LEAVE_MESSAGE: _message,
    Intent.CALLBACK: _callback,
    Intent.ASK_WHEN_BACK: _when_back,
    Intent.RETURNED_CALL: _returned,
    Intent.OTHER_PERSON: _other,
    Intent.ANYONE: _other,
    Intent.MACHINE: _machine,
    Intent.CONNECT: _connect,
}
"""In the order of precedence: what is said most plainly first."""

_ASKING_FOR = frozenset({Intent.CONNECT, Intent.OTHER_PERSON, Intent.ANYONE, Intent.RETURNED_CALL})
"""Mere ways of asking for whoever was just named."""


def staff_of(wanted: Wanted | None, candidates: tuple[StaffId, ...]) -> tuple[StaffId, ...]:
    """Those of `candidates` that fit whoever was named."""
    return tuple(staff for staff in candidates if wanted is not None and staff in wanted.staff)
