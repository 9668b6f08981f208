"""After asking somebody while the caller held: the sentence for each outcome, and on to the message."""

from bot.office.model import StaffId
from bot.office.plans import Feature
from bot.reception.conversation import Wish
from bot.reception.course import fallback, proceed, promise_callback
from bot.reception.events import TransferEnded, TransferOutcome
from bot.reception.talk import Step, Talk

_NOT_REACHED = {
    TransferOutcome.DECLINED: "asked_declined",
    TransferOutcome.EXPIRED: "asked_expired",
    TransferOutcome.NO_ANSWER: "asked_no_answer",
    TransferOutcome.UNREACHABLE: "asked_expired",
}


def transferred(talk: Talk, ended: TransferEnded) -> Step:
    """Tell the caller how it ended, and take what is missing for a call back or a message."""
    asked = talk.c.holding
    talk.note(holding=None)
    if ended.outcome is TransferOutcome.BRIDGED:
        talk.note(bridged=ended.by or asked, settled=True)
        by = ended.by or asked
        if by in talk.facts.people and by:
            talk.give_reason(by, "ended", "farewell_after_call", outcome=ended.outcome)
        talk.say("farewell_after_call")
        return talk.hang_up()
    staff = ended.by if ended.by in talk.facts.people else asked
    if staff is None or staff not in talk.facts.people:
        talk.note(wish=Wish.MESSAGE)
        return proceed(talk)
    script = _tell(talk, ended, staff, asked)
    talk.give_reason(staff, "ended", script, outcome=ended.outcome)
    instead = fallback(talk) if ended.outcome in _NOT_REACHED and asked == talk.c.staff else None
    if instead:
        return talk.hold(instead, "other_check", other=instead)
    return proceed(talk)


def _tell(talk: Talk, ended: TransferEnded, staff: StaffId, asked: StaffId | None) -> str:
    """Say how it ended, and note what the caller wants now; the script's name."""
    whom = asked if asked in talk.facts.people and asked else staff
    if ended.outcome is TransferOutcome.PROMISED and ended.minutes:
        talk.tell("asked_promise", person=staff, minutes=str(ended.minutes))
        promise_callback(talk, staff, ended.minutes)
        helped_by_other = asked != talk.c.staff  # anyone of a department, or a colleague instead
        talk.note(wish=Wish.CALLBACK, staff=staff if helped_by_other else talk.c.staff)
        return "asked_promise"
    if ended.outcome is TransferOutcome.GAVE_UP:
        talk.say("asked_gave_up")
        talk.note(wish=Wish.MESSAGE)
        return "asked_gave_up"
    if ended.outcome in (TransferOutcome.MESSAGE, TransferOutcome.PROMISED):
        talk.tell("asked_message", person=whom)
        talk.note(wish=Wish.MESSAGE)
        return "asked_message"
    script = "asked_on_call" if talk.facts.presence_of(whom).on_call else _NOT_REACHED[ended.outcome]
    if talk.c.staff is None and talk.c.department:
        script = "department_busy"
        talk.tell(script, department=talk.c.department)
    else:
        talk.tell(script, person=whom)
    callback = talk.c.staff is not None and talk.has(Feature.PROMISE)
    talk.note(wish=Wish.CALLBACK if callback else Wish.MESSAGE, answered=(*talk.c.answered, whom))
    return script
