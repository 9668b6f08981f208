"""Presence to Twilio TaskRouter: a worker's activity, and `kind`, `until`, `reachable` as attributes.

The office file names the workspace and what each kind is called there: an activity for a kind by its
name, else `available` where the person can be connected, else `default`.
"""

import json
from typing import Any

from bot.delivery.couriers import Request
from bot.delivery.queue import Parcel
from bot.office.model import Person, StaffId, TaskRouterBackend
from bot.office.roster import Roster
from bot.platforms.errors import PermanentError
from bot.platforms.twilio.client import TwilioClient


class WorkerUpdates:
    """One worker hears the presence of their person."""

    def __init__(self, twilio: TwilioClient) -> None:
        self._twilio = twilio

    def prepare(self, roster: Roster, backend: TaskRouterBackend, parcel: Parcel) -> Request | None:
        """The update; None for somebody who is no worker there."""
        told = parcel.payload["data"]
        person = roster.people.get(StaffId(told["staff"]))
        return update_for(backend, person, told) if person else None

    async def send(self, request: Request) -> Any:
        """Keep whatever else the worker's attributes say.

        Raises:
            PermanentError: the workspace has no activity of that name, or no such worker.
        """
        activities = await self._twilio.activities(request["workspace"])
        activity = activities.get(request["activity"])
        if activity is None:
            raise PermanentError(f"TaskRouter has no activity {request['activity']}")
        _, known = await self._twilio.worker(request["workspace"], request["worker"])
        attributes = {**_as_object(known), **request["attributes"]}
        await self._twilio.update_worker(
            request["workspace"], request["worker"], activity=activity, attributes=json.dumps(attributes)
        )

    async def has_drifted(self, request: Request) -> bool:
        """Whether the worker stands otherwise than we last said."""
        activity, known = await self._twilio.worker(request["workspace"], request["worker"])
        attributes = _as_object(known)
        wanted = request["attributes"]
        return activity != request["activity"] or any(attributes.get(key) != wanted[key] for key in wanted)


def update_for(backend: TaskRouterBackend, person: Person, told: dict[str, Any]) -> Request | None:
    """What a worker is to be; None for somebody who is no worker there."""
    if not person.worker:
        return None
    attributes = {"kind": told["kind"], "until": told["end"], "reachable": told["reachable"]}
    return {
        "workspace": backend.workspace,
        "worker": person.worker,
        "activity": activity_of(backend, told["kind"], reachable=told["reachable"]),
        "attributes": attributes,
    }


def activity_of(backend: TaskRouterBackend, kind: str | None, *, reachable: bool) -> str:
    """The name of the activity for a presence."""
    names = backend.activities
    if kind in names:
        return names[kind]
    fallback = names.get("default", "Unavailable")
    return names.get("available", "Available") if reachable else fallback


def _as_object(text: str) -> dict[str, Any]:
    try:
        value = json.loads(text)
    except ValueError:
        return {}
    return value if isinstance(value, dict) else {}
