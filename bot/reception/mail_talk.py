"""Giving a mail address over the telephone: told, spelled, compared, sent as a short message."""

import re

from bot.office.mail import same_local, same_mail, spelt_local
from bot.office.model import StaffId
from bot.office.plans import Feature
from bot.reception.conversation import Question, Wish
from bot.reception.course import ask, proceed, tell_mail
from bot.reception.events import MailDisclosed, SendSms
from bot.reception.intents import Intent
from bot.reception.questions import mail_allowed, sms_allowed, was_asked
from bot.reception.talk import Step, Talk
from bot.reception.understanding import Understood
from bot.scripts import render
from bot.scripts.speech import polite_name

_SEND = re.compile(r"送って(?:おいて)?(?:くだ|下さ|もら|いただ|ほし)|(?i:send it)")
_ENGLISH_SIGNS = {"at": "@", "dot": ".", "dash": "-", "hyphen": "-", "underscore": "_"}
_ADDRESS = re.compile(
    r"(?i)アット|あっと|@|ドット|どっと|\bat\b|\bdot\b|[a-z][a-z0-9]{3,}(?:です|で(?:よろ|いい)|ですね)"
)
_AGREED = (Intent.YES, Intent.FINE, Intent.THANKS, Intent.NOTHING_MORE, Intent.WAIT)
_BARE_ADDRESS = re.compile(r"(?i)(?:[^a-z]*で)?[a-z][a-z0-9]{3,}")
_AFTER_ADDRESS = frozenset(
    {"right", "correct", "is", "that", "yes", "yeah", "ok", "okay", "please", "thanks"}
)


def send_sms(talk: Talk) -> Step:
    """Send the address to the caller's own mobile telephone."""
    person, number = talk.person, talk.facts.caller.number
    if person is None or not mail_allowed(talk):
        return tell_mail(talk)
    if number is None or not sms_allowed(talk):
        talk.say("mail_no_sms")
        return tell_mail(talk)
    text = render(
        talk.facts.office,
        "mail_sms_text",
        talk.c.language,
        person=polite_name(person, talk.c.language),
        address=person.email or "",
    )
    talk.cause(SendSms(number=number, text=text))
    talk.cause(MailDisclosed(staff=person.id, how="sms"))
    talk.note(mail_given=person.id)
    talk.tell("mail_sms_sent")
    return after_mail(talk)


def reply_offer(talk: Talk, heard: Understood) -> Step | None:
    """The answer to 「メールアドレスをご案内いたしましょうか」."""
    if heard.has(Intent.NO):
        return after_mail(talk)
    if heard.has(Intent.YES, Intent.FINE, Intent.THANKS):
        return tell_mail(talk)
    return None


def reply_heard(talk: Talk, heard: Understood) -> Step | None:
    """What a caller says after the address: wants it once more, repeats it, or has it."""
    person = talk.person
    if person is None or person.email is None:
        return None
    return (
        _wants_it_again(talk, heard)
        or _compared(talk, heard, person.id, person.email)
        or _has_it(talk, heard)
        or _lost(talk, heard)
    )


def _wants_it_again(talk: Talk, heard: Understood) -> Step | None:
    if heard.has(Intent.SMS) or _SEND.search(heard.text):
        return send_sms(talk)
    if heard.has(Intent.SPELL):
        return tell_mail(talk, letters=True)
    if heard.has(Intent.REPEAT) and "@" not in heard.text:
        return tell_mail(talk)
    return None


def _compared(talk: Talk, heard: Understood, staff: StaffId, address: str) -> Step | None:
    spelled = None if heard.has(*_AGREED) else spelt_local(heard.text)
    if spelled and same_local(spelled, address):
        talk.say("mail_right")
        return talk.listen(Question.MAIL_HEARD)
    bare = _BARE_ADDRESS.fullmatch(heard.text) is not None and not heard.intents
    if not (spelled or bare or _ADDRESS.search(heard.text)):
        return None
    if same_mail(_signs(heard.text), address).same:
        talk.say("mail_right")
        return after_mail(talk)
    talk.say("mail_wrong", mail=staff)
    return ask(talk, Question.MAIL_HEARD)


def _has_it(talk: Talk, heard: Understood) -> Step | None:
    if heard.has(Intent.NO) and not heard.has(Intent.FINE):
        return tell_mail(talk, letters=True)
    if heard.has(Intent.YES, Intent.FINE, Intent.THANKS, Intent.NOTHING_MORE):
        return after_mail(talk)
    return None


def _lost(talk: Talk, heard: Understood) -> Step | None:
    """Something that is no answer: letter by letter, once, rather than the same question."""
    if heard.intents or was_asked(talk, Question.MAIL_HEARD) != 1:
        return None
    return tell_mail(talk, letters=True)


def after_mail(talk: Talk) -> Step:
    """Go on to the number, so that the person can call as well."""
    if talk.c.wish is None:
        talk.note(wish=Wish.CALLBACK if talk.has(Feature.PROMISE) else Wish.MESSAGE)
        talk.note(message_given=bool(talk.c.lines))
    return proceed(talk)


def _signs(text: str) -> str:
    """English names of the signs of an address: kurimoto at smilecorp dot com."""
    if not text.isascii():
        return text
    address = re.sub(
        r"(?i) *\b(at|dot|dash|hyphen|underscore)\b *", lambda sign: _ENGLISH_SIGNS[sign[1].lower()], text
    )
    local, _, domain = address.partition("@")
    words = re.sub(r"[^a-zA-Z0-9._ +-]", " ", local).split()
    letters = [word for word in words if len(word) == 1]
    ending = [word for word in domain.lower().split() if word.strip("?!,.") not in _AFTER_ADDRESS]
    return f"{''.join(letters) if len(letters) > 1 else ''.join(words[-1:])}@{''.join(ending).strip('?!,.')}"
