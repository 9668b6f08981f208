"""An office and its people as the rest of the product sees them.

Attributes carry the names of the office file's keys (docs/office-file.md); values are checked.
"""

from datetime import date, time
from enum import StrEnum
from typing import Literal, NewType, get_args

from pydantic import BaseModel, ConfigDict

from bot.language.model import Kind

PhoneNumber = NewType("PhoneNumber", str)
"""A number in E.164 form, `+81312345678`."""

StaffId = NewType("StaffId", str)
OrganizationId = NewType("OrganizationId", str)

Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
WEEKDAYS: tuple[Weekday, ...] = get_args(Weekday)


class Frozen(BaseModel):
    """A value: equal by content, never changed."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Role(StrEnum):
    STAFF = "staff"
    MANAGER = "manager"
    ADMIN = "admin"


class Plan(StrEnum):
    MESSAGE = "message"
    SCHEDULE = "schedule"
    TRANSFER = "transfer"
    ALWAYS = "always"
    PREMIUM = "premium"


class Hours(Frozen):
    """Business hours, times in the office's zone. `closed` are inclusive ranges of days."""

    days: tuple[Weekday, ...] = ("mon", "tue", "wed", "thu", "fri")
    open: time = time(9)
    close: time = time(18)
    noon: tuple[time, time] = (time(12), time(13))
    sat: tuple[time, time] | None = None
    holidays: Literal["JP", "none"] = "JP"
    closed: tuple[tuple[date, date], ...] = ()


class Line(Frozen):
    """A number that callers dial: the office's, one department's, or one person's direct line."""

    number: PhoneNumber
    department: str | None = None
    staff: StaffId | None = None


class SlackSettings(Frozen):
    team: str
    calls_channel: str | None = None
    digest_channel: str | None = None
    status_channel: str | None = None


class LineSettings(Frozen):
    """A LINE channel; `secret` and `token` may be absent where the environment has them."""

    destination: str | None = None
    secret: str | None = None
    token: str | None = None
    calls_group: str | None = None


class DigestTimes(Frozen):
    """`daily` in the office's zone; `weekly` a weekday and a time."""

    daily: time | None = time(18)
    weekly: tuple[Weekday, time] | None = None


NextAsked = Literal["backups", "department"]


class TransferTimes(Frozen):
    """Seconds: per person asked, per telephone rung, and in all; `then`: who is asked after the person."""

    timeout_seconds: int = 25
    ring_seconds: int = 20
    hold_seconds: int = 90
    then: tuple[NextAsked, ...] = ("backups",)


class FollowUp(Frozen):
    """Minutes after the call."""

    remind_minutes: tuple[int, ...] = (15, 60)
    escalate_minutes: int = 120


class Quiet(Frozen):
    """Local times between which messages that are not urgent wait; may wrap past midnight."""

    start: time
    end: time


class Rule(Frozen):
    """Who else gets a message. What is empty fits every message; of a list any entry fits.

    `between` is a stretch of local time that may wrap past midnight. `people` get it in their own
    chat; in the `slack` channels and `line` groups `mention` is called by name (Slack only).
    """

    name: str = ""
    staff: tuple[StaffId, ...] = ()
    departments: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    callers: tuple[PhoneNumber, ...] = ()
    urgent: bool | None = None
    between: Quiet | None = None
    people: tuple[StaffId, ...] = ()
    slack: tuple[str, ...] = ()
    line: tuple[str, ...] = ()
    mention: StaffId | None = None


class TaskRouterBackend(Frozen):
    type: Literal["taskrouter"] = "taskrouter"
    workspace: str
    activities: dict[str, str]


class WebhookBackend(Frozen):
    """`private` allows a loopback or private address."""

    type: Literal["webhook"] = "webhook"
    url: str
    secret: str
    private: bool = False


class KnownCaller(Frozen):
    number: PhoneNumber
    name: str | None = None
    vip: bool = False
    block: bool = False


Rank = Literal["urgent", "vip"]


class AskWhen(Frozen):
    """For which callers somebody may be asked in a situation; None leaves it to `…_when_away`.

    `night` is every moment outside business hours, whatever the status.
    """

    meeting: tuple[Rank, ...] | None = None
    busy: tuple[Rank, ...] | None = None
    away: tuple[Rank, ...] | None = None
    out: tuple[Rank, ...] | None = None
    trip: tuple[Rank, ...] | None = None
    late: tuple[Rank, ...] | None = None
    night: tuple[Rank, ...] | None = None


class Former(Frozen):
    """Somebody who left, and who answers for them now."""

    name: str
    reading: str = ""
    successor: StaffId | None = None


class Person(Frozen):
    """A member of staff."""

    id: StaffId
    name: str
    reading: str = ""
    department: str | None = None
    title: str | None = None
    email: str | None = None
    share_email: bool = False
    phone: PhoneNumber | None = None
    slack: str | None = None
    line: str | None = None
    role: Role = Role.STAFF
    urgent_when_away: bool = False
    vip_when_away: bool = False
    ask_on_leave: bool = False
    ask_when: AskWhen = AskWhen()
    ring_at: PhoneNumber | None = None
    ring_at_half: bool = False
    backups: tuple[StaffId, ...] = ()
    chat: Literal["slack", "line"] = "slack"
    quiet: Quiet | None = None
    worker: str | None = None
    calendar: str | None = None

    @property
    def surname(self) -> str:
        """`栗本` of `栗本 太郎`; the whole name where it is one word."""
        return self.name.split()[0]

    @property
    def surname_reading(self) -> str:
        """`くりもと` of `くりもと たろう`; empty where no reading is known."""
        return self.reading.split()[0] if self.reading else ""

    @property
    def telephone(self) -> PhoneNumber | None:
        """Where a transfer rings: the telephone they chose for it, else their own."""
        return self.ring_at or self.phone

    @property
    def is_manager(self) -> bool:
        return self.role in (Role.MANAGER, Role.ADMIN)


class Office(Frozen):
    """Everything of an office file but the people, who live in a table of their own."""

    organization: OrganizationId
    name: str
    reading: str = ""
    timezone: str = "Asia/Tokyo"
    hours: Hours = Hours()
    plan: Plan = Plan.PREMIUM
    options: dict[str, bool] = {}
    quota: int | None = None
    numbers: tuple[Line, ...] = ()
    main_lines: tuple[PhoneNumber, ...] = ()
    sms_from: PhoneNumber | None = None
    slack: SlackSettings | None = None
    line: LineSettings | None = None
    digest: DigestTimes = DigestTimes()
    transfer: TransferTimes = TransferTimes()
    follow_up: FollowUp = FollowUp()
    quiet: Quiet | None = None
    retention_days: int = 180
    routing: tuple[TaskRouterBackend | WebhookBackend, ...] = ()
    callers: tuple[KnownCaller, ...] = ()
    scripts: dict[str, str] = {}
    words: dict[str, Kind] = {}
    former: tuple[Former, ...] = ()
    rules: tuple[Rule, ...] = ()
