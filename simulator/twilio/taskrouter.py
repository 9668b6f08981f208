"""TaskRouter: workspaces with their activities and workers."""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from aiohttp import web

from simulator.twilio.door import Door, Json, RestError, needed, not_found
from simulator.twilio.model import new_sid

DEFAULT_ACTIVITIES = {"Available": True, "Unavailable": False, "Offline": False}


@dataclass(eq=False)
class Worker:
    """A worker; `attributes` is JSON text, `version` goes up with each change (its ETag)."""

    sid: str
    name: str
    activity: str
    attributes: str
    changed: datetime
    version: int = 1


@dataclass(eq=False)
class Workspace:
    """A workspace; activities are by identifier: name, and whether tasks are assigned in them."""

    sid: str
    activities: dict[str, tuple[str, bool]] = field(default_factory=dict)
    workers: dict[str, Worker] = field(default_factory=dict)

    def activity_named(self, name: str) -> str:
        """The identifier of an activity.

        Raises:
            StopIteration: there is none of that name.
        """
        return next(sid for sid, (known, _) in self.activities.items() if known == name)


class TaskRouter:
    """What TaskRouter holds, for tests to fill and read, and its REST API."""

    def __init__(self, account_sid: str, base_url: Callable[[], str], now: Callable[[], datetime]) -> None:
        self._account_sid = account_sid
        self._base_url = base_url
        self._now = now
        self.workspaces: dict[str, Workspace] = {}

    def add_workspace(self, sid: str, activities: Mapping[str, bool] = DEFAULT_ACTIVITIES) -> Workspace:
        """A workspace with activities, each name with whether tasks are assigned in it."""
        workspace = Workspace(sid, {new_sid("WA"): (name, free) for name, free in activities.items()})
        self.workspaces[sid] = workspace
        return workspace

    def add_worker(self, workspace: str, sid: str, name: str = "", activity: str = "Offline") -> Worker:
        """A worker in a workspace, in the activity of that name."""
        place = self.workspaces[workspace]
        worker = Worker(sid, name or sid, place.activity_named(activity), "{}", self._now())
        place.workers[sid] = worker
        return worker

    def activity_of(self, workspace: str, worker: str) -> str:
        """The name of a worker's activity."""
        place = self.workspaces[workspace]
        return place.activities[place.workers[worker].activity][0]

    def attributes_of(self, workspace: str, worker: str) -> dict[str, Any]:
        """A worker's attributes."""
        attributes: dict[str, Any] = json.loads(self.workspaces[workspace].workers[worker].attributes)
        return attributes

    def routes(self, door: Door) -> Iterator[web.RouteDef]:
        """Every route, each named for the faults it can be given."""
        root = "/v1/Workspaces/{workspace}"
        for method, path, name, act in (
            ("GET", "", "workspaces.fetch", self._fetch_workspace),
            ("GET", "/Activities", "activities.list", self._list_activities),
            ("GET", "/Workers", "workers.list", self._list_workers),
            ("POST", "/Workers", "workers.create", self._create_worker),
            ("GET", "/Workers/{sid}", "workers.fetch", self._fetch_worker),
            ("POST", "/Workers/{sid}", "workers.update", self._update_worker),
        ):
            yield web.route(method, root + path, door.lets(name, act))

    def _workspace(self, request: web.Request) -> Workspace:
        workspace = self.workspaces.get(request.match_info["workspace"])
        if workspace is None:
            raise not_found(request)
        return workspace

    def _worker(self, request: web.Request) -> tuple[Workspace, Worker]:
        workspace = self._workspace(request)
        worker = workspace.workers.get(request.match_info["sid"])
        if worker is None:
            raise not_found(request)
        return workspace, worker

    def _fetch_workspace(self, request: web.Request, _form: Mapping[str, str]) -> Json:
        sid = self._workspace(request).sid
        return self._common(sid, f"/v1/Workspaces/{sid}") | {"friendly_name": sid, "sid": sid}

    def _list_activities(self, request: web.Request, _form: Mapping[str, str]) -> Json:
        workspace = self._workspace(request)
        wanted = request.query.get("FriendlyName")
        root = f"/v1/Workspaces/{workspace.sid}"
        items = [
            self._common(workspace.sid, f"{root}/Activities/{sid}")
            | {"sid": sid, "friendly_name": name, "available": available}
            for sid, (name, available) in workspace.activities.items()
            if wanted in (None, name)
        ]
        return self._page(request, "activities", items)

    def _list_workers(self, request: web.Request, _form: Mapping[str, str]) -> Json:
        workspace = self._workspace(request)
        wanted = request.query.get("FriendlyName")
        workers = [w for w in workspace.workers.values() if wanted in (None, w.name)]
        return self._page(request, "workers", [self._written(workspace, worker) for worker in workers])

    def _create_worker(self, request: web.Request, form: Mapping[str, str]) -> tuple[int, Json]:
        workspace = self._workspace(request)
        name = needed(form, "FriendlyName", 20001, "FriendlyName is required")
        activity = form.get("ActivitySid") or next(iter(workspace.activities))
        worker = Worker(new_sid("WK"), name, activity, form.get("Attributes", "{}"), self._now())
        workspace.workers[worker.sid] = worker
        return 201, self._written(workspace, worker)

    def _fetch_worker(self, request: web.Request, _form: Mapping[str, str]) -> web.Response:
        return self._with_version(*self._worker(request))

    def _update_worker(self, request: web.Request, form: Mapping[str, str]) -> web.Response:
        workspace, worker = self._worker(request)
        if request.headers.get("If-Match", "").strip('"') not in ("", "*", str(worker.version)):
            raise RestError(412, 20412, "Precondition Failed")
        activity = form.get("ActivitySid", worker.activity)
        if activity not in workspace.activities:
            raise RestError(400, 20001, f"ActivitySid {activity} does not exist")
        attributes = form.get("Attributes", worker.attributes)
        try:
            understood = isinstance(json.loads(attributes), dict)
        except ValueError:
            understood = False
        if not understood:
            raise RestError(400, 20001, "Attributes is not a JSON object")
        worker.name = form.get("FriendlyName", worker.name)
        worker.activity, worker.attributes = activity, attributes
        worker.version += 1
        worker.changed = self._now()
        return self._with_version(workspace, worker)

    def _with_version(self, workspace: Workspace, worker: Worker) -> web.Response:
        return web.json_response(self._written(workspace, worker), headers={"ETag": f'"{worker.version}"'})

    def _written(self, workspace: Workspace, worker: Worker) -> Json:
        name, available = workspace.activities[worker.activity]
        return self._common(workspace.sid, f"/v1/Workspaces/{workspace.sid}/Workers/{worker.sid}") | {
            "sid": worker.sid,
            "friendly_name": worker.name,
            "activity_sid": worker.activity,
            "activity_name": name,
            "available": available,
            "attributes": worker.attributes,
            "date_status_changed": _iso(worker.changed),
        }

    def _common(self, workspace: str, path: str) -> Json:
        now = _iso(self._now())
        return {
            "account_sid": self._account_sid,
            "workspace_sid": workspace,
            "date_created": now,
            "date_updated": now,
            "url": self._base_url() + path,
            "links": {},
        }

    def _page(self, request: web.Request, key: str, items: list[Json]) -> Json:
        """All of it in one page, in the form of Twilio's newer APIs."""
        url = self._base_url() + request.path
        meta = {
            "key": key,
            "page": 0,
            "page_size": max(50, len(items)),
            "url": url,
            "first_page_url": url,
            "next_page_url": None,
            "previous_page_url": None,
        }
        return {key: items, "meta": meta}


def _iso(at: datetime) -> str:
    return at.strftime("%Y-%m-%dT%H:%M:%SZ")
