"""Queues of callers who wait."""

from dataclasses import dataclass, field
from datetime import datetime

from simulator.twilio.leg import Bridge, Dequeued, Leg
from simulator.twilio.model import Step

DEFAULT_MOST = 1000


@dataclass(eq=False)
class Member:
    """A caller who waits."""

    leg: Leg
    since: datetime


@dataclass(eq=False)
class CallQueue:
    """Callers in the order in which they came."""

    sid: str
    name: str
    created: datetime
    most: int = DEFAULT_MOST
    members: list[Member] = field(default_factory=list)
    waits: list[int] = field(default_factory=list)

    @property
    def average_wait(self) -> int:
        """Average of the finished waits, whole seconds."""
        return round(sum(self.waits) / len(self.waits)) if self.waits else 0

    def join(self, leg: Leg, since: datetime) -> Member:
        """Go to the end of the queue."""
        member = Member(leg, since)
        self.members.append(member)
        return member

    def leave(self, member: Member, now: datetime) -> None:
        """Go out of the queue, if not out already."""
        if member in self.members:
            self.members.remove(member)
            self.waits.append(self.waited(member, now))

    def waited(self, member: Member, now: datetime) -> int:
        """Whole seconds since the caller joined."""
        return int((now - member.since).total_seconds())

    def position(self, member: Member) -> int:
        """The caller's place, from 1."""
        return self.members.index(member) + 1

    def take(self, member: Member, bridge: Bridge, first: Step | None, now: datetime) -> None:
        """Fetch a caller out: they hear `first` and are then connected."""
        self.leave(member, now)
        member.leg.interrupt(Dequeued(bridge, first))
