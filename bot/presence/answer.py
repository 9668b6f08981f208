"""What a caller may be told about somebody (docs: "What a status sounds like").

A sentence says how it is with the person, then when they are back where that may be told, else from
when a call back can be promised. Note, place, client and reason are never looked at here.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from bot.language.model import Basis, Kind
from bot.office.hours import (
    business_day_from,
    closing_of,
    is_open,
    local_day,
    next_business_day,
    opening_of,
    zone_of,
)
from bot.office.model import Office, Person
from bot.office.plans import Feature, allowed
from bot.presence.model import NOTHING_SET, PresenceNow
from bot.presence.reachable import may_be_asked
from bot.scripts import CATALOGUE, Language, render
from bot.scripts.speech import polite_name, spoken_day, spoken_hours, spoken_moment

LONG_ABSENCE_DAYS = 5
"""Business days away over which the deputy is offered first."""

_TOLD = (Basis.STATED, Basis.APPROX)


@dataclass(frozen=True, slots=True)
class Answer:
    """What a caller hears about a person at a moment, and what may be promised.

    `sentence`: word for word. `script`: the name of its first sentence. `back`: the return that the
    sentence tells, aware, None where none may be told. `callback_day`: the office's day from which a
    call back can be promised. `promise`: the sentence that promises it; part of `sentence` already
    where no return is told. `reachable`: whether an ordinary call may be tried now. `offer_deputy`:
    the person is away for so long that the deputy is offered first.
    """

    sentence: str
    script: str
    back: datetime | None
    callback_day: date
    promise: str
    reachable: bool
    offer_deputy: bool = False


@dataclass(frozen=True, slots=True)
class _Wording:
    """Names of scripts: the state, a return that may be told, the promise of a call back the same day."""

    state: str
    told: str
    callback: str


_HOLD = _Wording("hold", "", "callback_later")
_UNAVAILABLE = _Wording("answer_unavailable", "", "callback_later")
_CLOSED = _Wording("answer_closed", "", "callback_from")
_AWAY = _Wording("answer_away", "return_back", "callback_after_return")
_VISITOR = _Wording("answer_visitor", "return_ends", "callback_after_meeting")
_ON_CALL = _Wording("answer_on_call", "return_ends", "callback_after_call")
_LATE_TODAY = _Wording("answer_late", "", "callback_after_arrival")

_BY_KIND = {
    Kind.OUT: _Wording("answer_out", "return_back", "callback_after_return"),
    Kind.TRIP: _Wording("answer_trip", "return_back", "callback_after_return"),
    Kind.MEETING: _Wording("answer_meeting", "return_ends", "callback_after_meeting"),
    Kind.AWAY: _AWAY,
    Kind.BUSY: _Wording("answer_busy", "return_free", "callback_when_free"),
    Kind.LEAVE: _Wording("answer_leave", "return_arrives", "callback_after_arrival"),
    Kind.LATE: _Wording("answer_away", "return_arrives", "callback_after_arrival"),
    Kind.LEFT: _Wording("answer_left", "return_arrives", "callback_after_arrival"),
}
_BY_WORD = (
    (Kind.MEETING, ("面接", "面談", "研修", "講習", "セミナー", "ウェビナー"), _AWAY),
    (Kind.MEETING, ("interview", "training", "seminar", "webinar"), _AWAY),
    (Kind.MEETING, ("来客", "来訪", "来社", "接客", "客様対応", "visitor", "client", "guest"), _VISITOR),
    (Kind.BUSY, ("電話", "通話", "架電", "phone", "call"), _ON_CALL),
)
"""Words as typed that are told in another way than their kind."""
_SAYS_TODAY = frozenset({Kind.TRIP, Kind.LEAVE, Kind.LATE})  # whose sentences of state say 本日 already


def caller_answer(
    office: Office,
    person: Person,
    presence: PresenceNow,
    at: datetime,
    language: Language = "ja",
    *,
    askable: bool = True,
) -> Answer:
    """What a caller hears about `person` at the aware instant `at`.

    `presence` is the innermost entry that holds then. `askable` is False where the person cannot be asked
    although nothing keeps them (no chat, no telephone, or asked already): then nobody is told to wait.
    """
    presence = _holding(presence, at)
    reachable = may_be_asked(office, person, presence, at, urgent=False, vip=False)
    back = _back(office, presence, at)
    wording = _wording(office, presence, at, back) if allowed(office, Feature.STATUS) else None
    if wording is None:
        presence, back = NOTHING_SET, None
        wording = _HOLD if reachable and askable else _UNAVAILABLE if is_open(office, at) else _CLOSED
    day = _callback_day(office, presence, at, back)
    today = local_day(office, at)
    values = {
        "person": polite_name(person, language),
        "hours": spoken_hours(office.hours, language),
        "back": _spoken_back(office, presence, at, back, language),
        "day": _spoken_callback(office, at, back, day, language),
    }

    def say(name: str) -> str:
        return render(office, name, language, **{key: values[key] for key in CATALOGUE[name].values})

    promise = _promise(office, wording, same_day=day == today)
    names = _names(office, presence, at, wording, back, promise)
    return Answer(
        sentence=("" if language == "ja" else " ").join(say(name) for name in names),
        script=wording.state,
        back=back,
        callback_day=day,
        promise=say(promise),
        reachable=reachable,
        offer_deputy=_is_long(office, today, day),
    )


def _holding(presence: PresenceNow, at: datetime) -> PresenceNow:
    """What counts for the caller: a telephone in use before all else; nothing of an entry that is over."""
    if presence.on_call:
        return PresenceNow(Kind.BUSY, on_call=True)
    over = presence.end is not None and presence.end <= at
    return NOTHING_SET if over and not presence.overdue else presence


def _names(
    office: Office,
    presence: PresenceNow,
    at: datetime,
    wording: _Wording,
    back: datetime | None,
    promise: str,
) -> tuple[str, ...]:
    """Names of the sentences that make up the answer, in order."""
    if wording is _HOLD:
        return (wording.state,)
    if back is not None:
        return (wording.state, wording.told) if wording.told else (wording.state,)
    if presence.overdue:
        return (wording.state, "return_overdue")
    if _is_gone_for_today(office, presence, at):
        return (wording.state, "return_not_today", promise)
    return (wording.state, promise)


def _wording(office: Office, presence: PresenceNow, at: datetime, back: datetime | None) -> _Wording | None:
    """How the state is told; None where nothing is."""
    if presence.on_call:
        return _ON_CALL
    word = presence.word.casefold()
    for kind, words, wording in _BY_WORD:
        if presence.kind is kind and any(part in word for part in words):
            return wording
    if presence.kind is Kind.LATE and back and local_day(office, back) == local_day(office, at):
        return _LATE_TODAY
    return _BY_KIND.get(presence.kind) if presence.kind else None


def _back(office: Office, presence: PresenceNow, at: datetime) -> datetime | None:
    """The return that may be told: stated or approximate, to come, and within business hours.

    It is a whole minute, never earlier than the end itself.
    """
    end = presence.end
    if end is None or end <= at or presence.basis not in _TOLD or presence.kind is Kind.LEFT:
        return None
    minute = end.replace(second=0, microsecond=0)
    back = minute if minute == end else minute + timedelta(minutes=1)
    opening, closing = (
        opening_of(office, local_day(office, back)),
        closing_of(office, local_day(office, back)),
    )
    if opening is None or closing is None or _is_midnight(office, back):
        return None
    return back if opening <= back <= closing else None


def _is_midnight(office: Office, at: datetime) -> bool:
    return at.astimezone(zone_of(office)).time() == time(0)


def _is_gone_for_today(office: Office, presence: PresenceNow, at: datetime) -> bool:
    """直帰 and the like: out, as stated, until the midnight that ends today."""
    if presence.kind is not Kind.OUT or presence.basis is not Basis.STATED or presence.end is None:
        return False
    tomorrow = local_day(office, at) + timedelta(days=1)
    return _is_midnight(office, presence.end) and local_day(office, presence.end) == tomorrow


def _callback_day(office: Office, presence: PresenceNow, at: datetime, back: datetime | None) -> date:
    """The first business day from which a call back can be promised."""
    if back is not None:
        return local_day(office, back)
    today = local_day(office, at)
    free = at if presence.kind is None or presence.overdue or presence.on_call else presence.end
    if free is None or (presence.kind is Kind.LEFT and local_day(office, free) == today):
        return next_business_day(office, today)
    day = local_day(office, free)
    closing = closing_of(office, day)
    return day if closing is not None and free < closing else next_business_day(office, day)


def _is_long(office: Office, today: date, day: date) -> bool:
    """Whether more than `LONG_ABSENCE_DAYS` business days lie from `today` up to and without `day`."""
    if (day - today).days <= LONG_ABSENCE_DAYS:
        return False
    last = business_day_from(office, today)
    for _ in range(LONG_ABSENCE_DAYS):
        last = next_business_day(office, last)
    return last < day


def _promise(office: Office, wording: _Wording, *, same_day: bool) -> str:
    """The name of the sentence that promises the call back."""
    if not allowed(office, Feature.PROMISE):
        return "callback_none"
    return wording.callback if same_day else "callback_from"


def _spoken_back(
    office: Office, presence: PresenceNow, at: datetime, back: datetime | None, language: Language
) -> str:
    if back is None:
        return ""
    return spoken_moment(
        back,
        at,
        zone_of(office),
        language,
        approximate=presence.basis is Basis.APPROX,
        name_today=presence.kind not in _SAYS_TODAY,
    )


def _spoken_callback(
    office: Office, at: datetime, back: datetime | None, day: date, language: Language
) -> str:
    """From when: the told return, this morning's opening, else the day alone."""
    today = local_day(office, at)
    since = back or (opening_of(office, today) if day == today else None)
    if since is not None and since > at:
        return spoken_moment(since, at, zone_of(office), language)
    return spoken_day(day, today, language)
