"""What is asked, in which words, and how often.

Every question has a ladder: its first wording, its second, then (where keys can answer it) a menu of
keys. Whoever falls off a ladder is not asked again (`bot.reception.course` goes on without the answer,
or records). So nobody hears one question more than twice, and no call can go round in circles.
"""

from collections.abc import Callable, Mapping

from bot.office.departments import department_in_english
from bot.office.model import Person, StaffId
from bot.office.plans import Feature
from bot.reception.conversation import Question
from bot.reception.sayings import CALLER, NAMED, TEAM
from bot.reception.talk import Talk
from bot.scripts.speech import polite_name

Prompt = Callable[[Talk], None]

MENU_LENGTH = 6
MOST_NAMED = 4
"""Of more of a name the caller is asked for the given name or the department."""
MAX_COLLEAGUES = 2
"""How many of a department are asked in one call, one after the other, each with their backups."""


def next_wording(talk: Talk, question: Question) -> bool:
    """Say `question` in its next wording; False where it has none left."""
    subject = _subject(talk, question)
    times = talk.c.asked.get(subject, 0)
    ladder = _LADDERS[question]
    if times >= len(ladder):
        return False
    talk.note(asked={**talk.c.asked, subject: times + 1}, choices=())
    ladder[times](talk)
    return True


def was_asked(talk: Talk, question: Question) -> int:
    """How often `question` was asked about what it is about now."""
    return talk.c.asked.get(_subject(talk, question), 0)


def skip_to_keys(talk: Talk, question: Question) -> None:
    """The next time `question` is asked it is asked for keys."""
    subject = _subject(talk, question)
    talk.note(asked={**talk.c.asked, subject: max(2, talk.c.asked.get(subject, 0))})


def _subject(talk: Talk, question: Question) -> str:
    """What a question is about: the same words about somebody else are another question."""
    c = talk.c
    about = {
        Question.WHICH: "|".join(c.candidates),
        Question.CONFIRM: "|".join(c.candidates),
        Question.OFFER: c.staff or c.department,
        Question.DEPUTY: c.staff,
        Question.MAIL_OFFER: c.staff,
        Question.MAIL_HEARD: c.staff,
        Question.MESSAGE: c.staff or c.department,
        Question.NUMBER_RIGHT: c.number.said if c.number else "",
    }.get(question)
    return f"{question}:{about}" if about else str(question)


def addressee(talk: Talk) -> dict[str, str]:
    """The value `person` of sentences about whoever gets the message."""
    if talk.c.staff:
        return {"person": talk.c.staff}
    return {"person": f"{TEAM}{talk.c.department}" if talk.c.department else ""}


def in_department(talk: Talk, person: Person) -> str:
    """A person told apart from another of the name: 営業の佐藤; the full name where both work together."""
    others = [talk.facts.people[s] for s in talk.c.candidates if s in talk.facts.people and s != person.id]
    japanese = talk.c.language == "ja"
    if person.department and all(other.department != person.department for other in others):
        name = person.surname if japanese else polite_name(person, "en")
        english = f"{name} in {department_in_english(person.department)}"
        return f"{person.department}の{name}" if japanese else english
    if any(other.surname == person.surname for other in others):
        return person.name.replace(" ", "") if japanese else polite_name(person, "en")
    return polite_name(person, talk.c.language)


def departments(talk: Talk) -> tuple[str, ...]:
    """The office's departments, in the order of its people."""
    return tuple(dict.fromkeys(p.department for p in talk.facts.people.values() if p.department))


def _whom(talk: Talk) -> None:
    talk.say("whom_ask")


def _whom_keys(talk: Talk) -> None:
    names = departments(talk)[: MENU_LENGTH - 1]
    talk.note(choices=("", *names))
    if talk.c.language == "ja":
        talk.say("whom_keys", choices=_menu(talk, ("ご伝言", *names)))
    else:
        talk.say("whom_keys", choices=_menu(talk, ("a message", *map(department_in_english, names))))


def _which(talk: Talk) -> None:
    if _are_many(talk):
        talk.say("which_many", person=NAMED + talk.facts.people[talk.c.candidates[0]].surname)
        return
    people = [in_department(talk, talk.facts.people[s]) for s in talk.c.candidates[:MENU_LENGTH]]
    last = "、または" if talk.c.language == "ja" else " and "
    between = "、" if talk.c.language == "ja" else ", "
    talk.say("which_ask", people=last.join(part for part in (between.join(people[:-1]), people[-1]) if part))


def _are_many(talk: Talk) -> bool:
    """Whether there are too many of a name to say them all."""
    return len(talk.c.candidates) > MOST_NAMED


def _departments_of(talk: Talk) -> tuple[str, ...]:
    """Where the people of a name are, as many as there are keys."""
    people = (talk.facts.people[staff] for staff in talk.c.candidates)
    return tuple(dict.fromkeys(person.department for person in people if person.department))[:MENU_LENGTH]


def _which_keys(talk: Talk) -> None:
    staff = talk.c.candidates[:MENU_LENGTH]
    theirs = _departments_of(talk)
    if _are_many(talk) and len(theirs) > 1:
        talk.note(choices=theirs)
        english = talk.c.language == "en"
        names = tuple(map(department_in_english, theirs)) if english else theirs
        talk.say("which_keys", choices=_menu(talk, names))
        return
    talk.note(choices=staff)
    talk.say(
        "which_keys", choices=_menu(talk, tuple(in_department(talk, talk.facts.people[s]) for s in staff))
    )


def _menu(talk: Talk, names: tuple[str, ...]) -> str:
    if talk.c.language == "ja":
        return "、".join(f"{name}は{key}" for key, name in enumerate(names, 1))
    return ", ".join(f"{key} for {name}" for key, name in enumerate(names, 1))


def _confirm(talk: Talk) -> None:
    talk.say("person_confirm", person=talk.c.candidates[0])


def _name(talk: Talk) -> None:
    if talk.c.company:
        talk.say("caller_ask_person", company=talk.c.company)
    else:
        talk.say("caller_ask")


def _known(talk: Talk) -> None:
    caller = talk.facts.caller
    talk.say("caller_known", caller=CALLER.join((caller.company or "", caller.name or "")))


def _name_again(talk: Talk) -> None:
    talk.say("caller_ask_again")


def _offer(talk: Talk) -> None:
    if talk.c.staff is None or not talk.has(Feature.PROMISE):
        talk.say("offer_message_only")
        return
    person = talk.person
    if person and person.department and talk.has(Feature.ALTERNATIVES):
        other = colleague(talk, person.department, but=person.id)
        if other:
            talk.say("colleague_offer", department=person.department)
    talk.say("offer_message_mail" if mail_allowed(talk) else "offer_message")
    talk.say("callback_offer", person=talk.c.staff)


def _offer_again(talk: Talk) -> None:
    talk.say("offer_again" if talk.has(Feature.PROMISE) else "offer_message_only")


def _offer_keys(talk: Talk) -> None:
    talk.say("offer_keys")


def mail_allowed(talk: Talk) -> bool:
    """Whether the address of the person asked for may be given away."""
    person = talk.person
    return bool(person and person.share_email and person.email and talk.has(Feature.MAIL))


def deputy(talk: Talk) -> StaffId | None:
    """Who stands in for the person asked for: the first backup that is still with the office."""
    person = talk.person
    backups = person.backups if person else ()
    return next((staff for staff in backups if staff in talk.facts.people and staff != talk.c.staff), None)


def colleague(talk: Talk, department: str | None, *, but: StaffId | None = None) -> StaffId | None:
    """The first of `department` who may be asked now and was not yet."""
    if len(talk.c.tried) >= MAX_COLLEAGUES:
        return None
    return next(
        (
            staff
            for staff, person in talk.facts.people.items()
            if person.department == department and staff != but and talk.may_hold(staff)
        ),
        None,
    )


def _deputy(talk: Talk) -> None:
    other = deputy(talk)
    if talk.c.staff and other:
        talk.say("deputy_offer", person=talk.c.staff, other=other)


def _mail_offer(talk: Talk) -> None:
    if talk.c.staff:
        talk.say("mail_ask", person=talk.c.staff)


def _mail_heard(talk: Talk) -> None:
    if sms_allowed(talk):
        talk.say("mail_sms_possible")
    talk.say("mail_written")


def _mail_read_back(talk: Talk) -> None:
    talk.say("mail_read_back")


def sms_allowed(talk: Talk) -> bool:
    """Whether the caller's telephone can be sent a short message."""
    caller = talk.facts.caller
    return bool(caller.mobile and caller.number and talk.has(Feature.SMS) and talk.facts.office.sms_from)


def _message(talk: Talk) -> None:
    talk.say("message_ask_for", **addressee(talk))


def _message_again(talk: Talk) -> None:
    talk.say("message_ask_again")


def _number_own(talk: Talk) -> None:
    talk.say("number_offer", number=talk.facts.caller.number or "")


def _number(talk: Talk) -> None:
    talk.say("number_ask")


def _number_again(talk: Talk) -> None:
    talk.say("number_again")


def _number_keys(talk: Talk) -> None:
    talk.say("number_ask_keys")


def _number_keys_again(talk: Talk) -> None:
    talk.say("number_keys_again")


def _number_right(talk: Talk) -> None:
    talk.say("number_confirm", number=_said(talk))


def _number_right_keys(talk: Talk) -> None:
    talk.say("number_confirm_keys", number=_said(talk))


def _said(talk: Talk) -> str:
    number = talk.c.number
    return (number.e164 or number.said) if number else ""


def _more(talk: Talk) -> None:
    talk.say("more_ask")


def _more_listening(talk: Talk) -> None:
    talk.say("more_listening")


_LADDERS: Mapping[Question, tuple[Prompt, ...]] = {
    Question.WHOM: (_whom, _whom, _whom_keys, _whom_keys),
    Question.WHICH: (_which, _which, _which_keys, _which_keys),
    Question.CONFIRM: (_confirm, _confirm),
    Question.NAME: (_name, _name_again),
    Question.KNOWN: (_known, _known),
    Question.OFFER: (_offer, _offer_again, _offer_keys, _offer_keys),
    Question.DEPUTY: (_deputy, _deputy),
    Question.MAIL_OFFER: (_mail_offer, _mail_offer),
    Question.MAIL_HEARD: (_mail_heard, _mail_read_back),
    Question.MESSAGE: (_message, _message_again),
    Question.NUMBER_OWN: (_number_own, _number_own),
    Question.NUMBER: (_number, _number_again, _number_keys, _number_keys_again),
    Question.NUMBER_RIGHT: (_number_right, _number_right_keys),
    Question.MORE: (_more, _more_listening),
}
