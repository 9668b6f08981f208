"""What staff are told of a call: the conversation as a message."""

from datetime import date
from typing import Literal

from bot.messages.model import CallerFacts
from bot.office.model import Frozen, PhoneNumber, StaffId
from bot.reception.conversation import Conversation, Wish
from bot.reception.events import Facts, Language


class Promise(Frozen):
    """What the caller was promised: `text` in Japanese, within `minutes` or from `day` on."""

    text: str
    minutes: int | None = None
    day: date | None = None
    staff: StaffId | None = None


class CallSummary(Frozen):
    """A call as a message, in Japanese.

    `staff` is who the message is for, None for the office or the `department`. `number` is E.164 where it
    can be dialled, `number_said` the digits as the caller gave them. `wish` is what the caller wants, a
    sentence; `body` their own words, a line each; `told` what they were told. `spoke` is False where
    nobody said or keyed anything: 着信のみ.
    """

    staff: StaffId | None
    department: str | None
    company: str | None
    name: str | None
    number: PhoneNumber | None
    number_said: str
    number_verified: bool
    number_valid: bool
    urgent: bool
    wish: str
    body: str
    told: tuple[str, ...]
    promise: Promise | None
    mail_given: bool
    callback_wanted: bool
    language: Language
    spoke: bool
    purpose: str | None = None
    connected: StaffId | None = None
    recording: str | None = None
    recording_seconds: int = 0
    stranger: str | None = None
    """A name asked for that is nobody's here."""


def summary(conversation: Conversation, facts: Facts) -> CallSummary:
    """The message that this conversation makes, finished or broken off."""
    c = conversation
    number = c.number
    person = facts.people.get(c.staff) if c.staff else None
    own = facts.caller.number
    company, name = _who(c, facts)
    known = number.e164 if number else own
    return CallSummary(
        staff=person.id if person else None,
        department=person.department if person else c.department,
        company=company,
        name=name,
        number=known,
        number_said=number.said if number else (own or ""),
        number_verified=c.number_verified,
        number_valid=number.valid if number else own is not None,
        urgent=c.urgent,
        wish=_wish(c),
        body="\n".join(c.lines),
        told=c.told,
        promise=_promise(c),
        mail_given=c.mail_given is not None,
        callback_wanted=c.wish is Wish.CALLBACK,
        language=c.language,
        spoke=c.spoke,
        purpose=c.purpose,
        connected=c.bridged,
        recording=c.recording,
        recording_seconds=c.recording_seconds,
        stranger=c.stranger,
    )


def _who(c: Conversation, facts: Facts) -> tuple[str | None, str | None]:
    """Firm and name as said; of a caller who did not say, those known by the number."""
    if c.name or c.company or c.not_known:
        return c.company, c.name
    return facts.caller.company, facts.caller.name


def _promise(c: Conversation) -> Promise | None:
    if c.promise is None:
        return None
    return Promise(text=c.promise.text, minutes=c.promise.minutes, day=c.promise.day, staff=c.promise.staff)


_WISHES: dict[Wish | Literal["bridged", "sales"] | None, str] = {
    Wish.CALLBACK: "折り返しのお電話をご希望です。",
    Wish.MESSAGE: "ご伝言です。",
    Wish.MAIL: "メールアドレスをおたずねです。",
    Wish.CALLED_ONLY: "お電話があったことをお伝えください、とのことです。",
    "bridged": "お電話をおつなぎしました。",
    "sales": "営業・ご案内のお電話です。",
    None: "お電話をいただきました。",
}


def _wish(c: Conversation) -> str:
    if c.bridged:
        return _WISHES["bridged"]
    wish = _WISHES["sales"] if c.sales else _WISHES[c.wish]
    purpose = f"ご用件は{_matter(c.purpose)}です。" if c.purpose and c.language == "ja" else ""
    time = f"ご希望の時間は{c.time}です。" if c.time and c.wish is Wish.CALLBACK else ""
    return f"{wish}{purpose}{time}"


def _matter(purpose: str) -> str:
    """`見積もりの件`, after a verb `契約書を送った件`."""
    return f"{purpose}件" if purpose.endswith(("た", "だ", "る")) else f"{purpose}の件"


def caller_facts(said: CallSummary) -> CallerFacts:
    """Who called, as messages and transfer offers show it."""
    return CallerFacts(
        said.company or "",
        said.name or "",
        said.number or "",
        said.number_said or "",
        said.number_verified,
    )
