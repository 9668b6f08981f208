"""The course of a call: from what is known so far to what comes next.

`proceed` looks only at what the conversation holds, never at how it came to hold it. Whatever a caller
said in one breath is therefore not asked again, and whatever is missing is asked in the same order.
"""

from collections.abc import Callable, Mapping

from bot.office.hours import local_day
from bot.office.model import StaffId
from bot.office.plans import Feature
from bot.reception.conversation import Callback, CallbackNumber, Question, Wish
from bot.reception.events import MailDisclosed, PromisedCallback
from bot.reception.questions import addressee, colleague, deputy, mail_allowed, next_wording, was_asked
from bot.reception.sayings import LETTERS, answer_of
from bot.reception.talk import Step, Talk


def ask(talk: Talk, question: Question) -> Step:
    """Ask `question` of a caller who is following: after its two wordings, leave the floor to them."""
    if was_asked(talk, question) >= 2 and question in _OPEN:
        offers_nothing = question is Question.OFFER and not talk.has(Feature.PROMISE)
        for script in _OPEN[Question.WHOM if offers_nothing else question]:
            talk.say(script)
        return talk.listen(question)
    return ask_again(talk, question)


def ask_again(talk: Talk, question: Question) -> Step:
    """Ask `question` in its next wording; past its last, go on without an answer."""
    if next_wording(talk, question):
        return talk.listen(question)
    return _WITHOUT[question](talk)


def proceed(talk: Talk) -> Step:
    """The next thing to do for this caller."""
    c = talk.c
    if c.settled:
        return ask(talk, Question.MORE)
    if c.staff is None and c.candidates:
        return ask(talk, Question.CONFIRM if len(c.candidates) == 1 else Question.WHICH)
    if c.wish is Wish.MAIL and c.staff is not None:
        talk.note(wish=None)
        return tell_mail(talk)
    if c.wish in (None, Wish.MAIL) and not c.sales:
        return _reach(talk)
    return _take(talk)


def _reach(talk: Talk) -> Step:
    """Try whoever is asked for."""
    if talk.c.staff is not None:
        return _reach_person(talk, talk.c.staff)
    if talk.c.department is not None:
        return _reach_department(talk, talk.c.department)
    return ask(talk, Question.WHOM)


def _reach_person(talk: Talk, staff: StaffId) -> Step:
    """Ask the person now if that may be; else say how it is with them and what can be done."""
    if talk.may_hold(staff):
        return talk.hold(staff) if _introduced(talk) else ask_name(talk)
    instead = fallback(talk)
    if instead and not _introduced(talk):
        return ask_name(talk)
    if staff not in talk.c.answered:
        talk.tell_answer(staff)
        if instead:
            return talk.hold(instead, "other_check", other=instead)
        answer = answer_of(talk.facts, staff)
        if answer.offer_deputy and deputy(talk) and talk.has(Feature.ALTERNATIVES):
            return ask(talk, Question.DEPUTY)
        if answer.script == "answer_unavailable" and talk.has(Feature.PROMISE):
            talk.note(wish=Wish.CALLBACK)  # the answer says already that they will call back
            return _take(talk)
    return ask(talk, Question.OFFER)


def fallback(talk: Talk) -> StaffId | None:
    """Whom the caller would speak to instead (「いなければ鈴木さんでも」), if they can be asked now."""
    if talk.c.otherwise in talk.facts.people and talk.c.otherwise and talk.may_hold(talk.c.otherwise):
        return talk.c.otherwise
    person = talk.person
    if not (talk.c.or_anyone and person and talk.has(Feature.ALTERNATIVES)):
        return None
    return colleague(talk, person.department, but=person.id)


def _reach_department(talk: Talk, department: str) -> Step:
    """Ask somebody of the department who may be asked; else take the message."""
    staff = colleague(talk, department)
    if staff is None:
        talk.tell("department_busy", department=department)
        talk.note(wish=Wish.MESSAGE)
        return _take(talk)
    return talk.hold(staff) if _introduced(talk) else ask_name(talk)


def ask_name(talk: Talk) -> Step:
    """Who is calling: whether it is the one whom we know by the number, once, else the name."""
    is_known = talk.facts.caller.name and not talk.c.not_known
    if is_known and was_asked(talk, Question.KNOWN) == 0:
        return ask(talk, Question.KNOWN)
    return ask(talk, Question.NAME)


def _introduced(talk: Talk) -> bool:
    """Whether the caller said who they are, or would not when asked: they are put through all the same."""
    c = talk.c
    return bool(c.name or c.company or c.refused_name) or was_asked(talk, Question.NAME) > 0


def _take(talk: Talk) -> Step:
    """Take down what is wished for: message, name, number, each asked only where it is missing."""
    c = talk.c
    if c.wish is None:
        talk.note(wish=Wish.MESSAGE)
    if talk.c.wish is Wish.MESSAGE and not (c.message_given or c.told_why):
        return ask(talk, Question.MESSAGE)
    if c.name is None and not c.refused_name and was_asked(talk, Question.NAME) < 2:
        return ask_name(talk)
    if not c.number_closed:
        return _take_number(talk)
    return settle(talk)


def _take_number(talk: Talk) -> Step:
    if talk.c.wish is Wish.CALLED_ONLY:
        keep_own_number(talk, verified=False)
        return settle(talk)
    if talk.c.number is not None:
        return ask(talk, Question.NUMBER_RIGHT)
    if talk.facts.caller.number and was_asked(talk, Question.NUMBER_OWN) < 2:
        return ask(talk, Question.NUMBER_OWN)
    return ask(talk, Question.NUMBER)


def keep_own_number(talk: Talk, *, verified: bool) -> None:
    """Take the number that the call came from, where there is one."""
    own = talk.facts.caller.number
    if own and talk.c.number is None:
        talk.note(
            number=CallbackNumber(said=own, e164=own, valid=True, mobile=talk.facts.caller.mobile),
            number_verified=verified,
        )
    talk.note(number_closed=True)


def settle(talk: Talk) -> Step:
    """Confirm to the caller what will be done, and ask whether there is anything else."""
    c = talk.c
    if c.wish is Wish.CALLBACK:
        _settle_callback(talk)
    elif c.wish is Wish.CALLED_ONLY:
        talk.tell("called_only", **addressee(talk))
    elif c.staff:
        talk.tell("message_taken", person=c.staff)
    else:
        talk.tell("message_taken_office")
    talk.note(settled=True)
    return ask(talk, Question.MORE)


def _settle_callback(talk: Talk) -> None:
    if talk.c.promise:
        talk.say("certainly")
    elif talk.c.staff is None:
        talk.tell("callback_office")
    elif talk.has(Feature.PROMISE):
        talk.tell("callback_promised", person=talk.c.staff)
        promise_callback(talk, talk.c.staff)
    else:
        talk.tell("message_taken", person=talk.c.staff)


def promise_callback(talk: Talk, staff: StaffId, minutes: int | None = None) -> None:
    """Record that the caller was promised a call by `staff`: in minutes, or from a day on."""
    if minutes is None:
        answer = answer_of(talk.facts, staff)
        promise = Callback(staff=staff, day=answer.callback_day, text=answer.promise)
    else:
        promise = Callback(staff=staff, minutes=minutes, text=f"{minutes}分ほどで折り返しお電話いたします。")
    talk.note(promise=promise)
    talk.cause(PromisedCallback(staff=staff, minutes=minutes, day=promise.day))


def farewell(talk: Talk) -> Step:
    """Say goodbye, with what will happen now, and end the call."""
    c = talk.c
    if c.promise and c.promise.minutes:
        talk.say("farewell_promise_minutes", person=c.promise.staff, minutes=str(c.promise.minutes))
    elif c.promise and c.promise.day and c.promise.day > local_day(talk.facts.office, talk.facts.at):
        talk.say("farewell_promise_day", person=c.promise.staff, day=c.promise.day.isoformat())
    elif c.promise:
        talk.say("farewell_promise", person=c.promise.staff)
    elif c.staff and (c.wish or c.lines):
        talk.say("farewell_message", person=c.staff)
    elif c.lines:
        talk.say("farewell_message_office")
    else:
        talk.say("farewell")
    return talk.hang_up()


def tell_mail(talk: Talk, *, letters: bool = False) -> Step:
    """Speak the address of the person asked for; where that may not be, say so and offer the rest."""
    staff = talk.c.staff
    if staff is None:
        talk.note(wish=talk.c.wish or Wish.MAIL)
        return proceed(talk)
    if not mail_allowed(talk):
        talk.tell("mail_not_shared", person=staff)
        return proceed(talk)
    again = talk.c.mail_given == staff
    talk.say("mail_again" if again or letters else "mail_tell", mail=f"{LETTERS if letters else ''}{staff}")
    talk.note(mail_given=staff)
    talk.cause(MailDisclosed(staff=staff, how="letters" if letters else "spoken"))
    return ask(talk, Question.MAIL_HEARD)


def finish(talk: Talk) -> Step:
    """The caller takes leave: what was wished is kept as far as it is known."""
    c = talk.c
    if c.staff and c.wish is Wish.CALLBACK and c.promise is None and talk.has(Feature.PROMISE):
        promise_callback(talk, c.staff)
    if not c.number_closed:
        keep_own_number(talk, verified=False)
    return farewell(talk)


_OPEN: Mapping[Question, tuple[str, ...]] = {
    Question.WHOM: ("whom_go_on",),
    Question.OFFER: ("offer_open",),
    Question.MORE: (),
    Question.MAIL_HEARD: (),
}
"""What a caller who is following hears instead of a third wording; nothing: we listen."""


def _record(talk: Talk) -> Step:
    return talk.record()


def _message_for_office(talk: Talk) -> Step:
    talk.note(candidates=(), wish=Wish.MESSAGE)
    talk.tell("person_unknown_message")
    return proceed(talk)


def _nameless(talk: Talk) -> Step:
    talk.note(refused_name=True)
    return proceed(talk)


def _without_number(talk: Talk) -> Step:
    if talk.c.number:
        talk.say("number_doubtful")
    elif talk.c.promise is None and not talk.facts.caller.number and talk.c.wish is Wish.CALLBACK:
        talk.note(wish=Wish.MESSAGE, message_given=True)  # nobody can call back without a number
    talk.note(number_closed=True)
    return proceed(talk)


def _own_number_unanswered(talk: Talk) -> Step:
    keep_own_number(talk, verified=False)
    return proceed(talk)


def _no_deputy(talk: Talk) -> Step:
    return ask(talk, Question.OFFER)


def _without_mail(talk: Talk) -> Step:
    talk.note(wish=talk.c.wish or Wish.CALLBACK)
    return proceed(talk)


_WITHOUT: Mapping[Question, Callable[[Talk], Step]] = {
    Question.WHOM: _record,
    Question.WHICH: _message_for_office,
    Question.CONFIRM: _message_for_office,
    Question.NAME: _nameless,
    Question.KNOWN: _nameless,
    Question.OFFER: _record,
    Question.DEPUTY: _no_deputy,
    Question.MAIL_OFFER: _without_mail,
    Question.MAIL_HEARD: _without_mail,
    Question.MESSAGE: _record,
    Question.NUMBER_OWN: _own_number_unanswered,
    Question.NUMBER: _without_number,
    Question.NUMBER_RIGHT: _without_number,
    Question.MORE: farewell,
}
