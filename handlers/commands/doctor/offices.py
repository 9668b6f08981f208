"""What the database says: the offices, what was not delivered, and whether anybody works."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from bot.delivery.queue import backlog
from bot.office.model import Office, Person
from bot.office.plans import Feature, allowed
from bot.office.roster import Roster
from bot.office.stored import unopened
from bot.services import Services
from bot.store.job_runs import HEARTBEAT, reached_by
from bot.store.outbox import outbox
from bot.store.transaction import Transaction
from handlers.commands.doctor.findings import Finding, ok, wrong

_TOO_LATE = timedelta(minutes=2)
_LATELY = timedelta(days=7)
_CURES = {
    "not_in_channel": "invite the bot: /invite @toritsugi in that channel",
    "channel_not_found": "correct the channel's id in the office file, or invite the bot into it",
    "is_archived": "name another channel in the office file",
    "not_installed": "have the workspace's administrator open /slack/install",
    "invalid_auth": "correct SLACK_BOT_TOKEN",
    "missing_scope": "update the app with `toritsugi manifest` and reinstall it",
    "monthly limit": "raise the plan of the LINE official account, or wait for the month's end",
}
_LOOK = "look at `why` of outbox.refused in the logs (docs/operations.md)"


async def check(services: Services, rosters: list[Roster]) -> list[Finding]:
    """Everything that needs no platform."""
    if not rosters:
        return [wrong("offices", "there is none", "run `toritsugi load FILE.yaml`")]
    names = ", ".join(f"{roster.organization} ({len(roster.people)} people)" for roster in rosters)
    findings = [ok("offices", names), *_shared_workspaces(rosters)]
    for roster in rosters:
        findings += _office(roster)
    oldest, dead, beat = await services.store.read(_state)
    findings.append(_jobs(services, beat))
    findings.append(_deliveries(services.clock.now(), oldest))
    findings += [_given_up(error, count) for error, count in sorted(dead.items())]
    return findings


def _office(roster: Roster) -> list[Finding]:
    office, people = roster.office, tuple(roster.people.values())
    on = [feature.value for feature in Feature if allowed(office, feature)]
    found = [ok(f"plan of {office.organization}", f"{office.plan.value}: {', '.join(on)}")]
    name, file = f"office {office.organization}", "in the office file, then `toritsugi load` it"
    if unopened(office):
        text = "its secrets were sealed with another TORITSUGI_SECRET"
        found.append(wrong(name, text, "set the old one again, or `toritsugi load` the office file"))
    if not any(person.slack or person.line for person in people):
        text = "nobody has a chat: nobody can be asked, and no message arrives"
        found.append(wrong(name, text, f"give people `slack` {file}, or LINE by `toritsugi invite`"))
    elif not _has_calls_channel(office):
        text = "no calls channel: messages for nobody in particular have no place"
        found.append(wrong(name, text, f"set slack.calls_channel or line.calls_group {file}"))
    if not any(person.is_manager for person in people):
        text = "it has no manager: nobody hears of broken promises and used-up LINE messages"
        found.append(wrong(name, text, f"give somebody `role: manager` {file}"))
    if allowed(office, Feature.TRANSFER) and not any(map(_can_be_rung, people)):
        text = "its plan has transfers, but nobody has a telephone and a chat"
        found.append(wrong(name, text, f"give people `phone` {file}"))
    if office.timezone != "Asia/Tokyo" and all(line.number.startswith("+81") for line in office.numbers):
        text = f"its time zone is {office.timezone}, its numbers are Japanese"
        found.append(Finding(name, "look", text, f"set timezone: Asia/Tokyo {file}, if that is where it is"))
    return found


def _has_calls_channel(office: Office) -> bool:
    return bool((office.slack and office.slack.calls_channel) or (office.line and office.line.calls_group))


def _can_be_rung(person: Person) -> bool:
    return bool(person.telephone and (person.slack or person.line))


def _shared_workspaces(rosters: Sequence[Roster]) -> list[Finding]:
    teams = Counter(roster.office.slack.team for roster in rosters if roster.office.slack)
    return [
        wrong("offices", f"several name the Slack workspace {team}", "a workspace serves one office only")
        for team, count in teams.items()
        if count > 1
    ]


def _state(tx: Transaction) -> tuple[datetime | None, dict[str, int], datetime | None]:
    """Since when the oldest delivery waits; what died lately, by its error; when the jobs last ticked."""
    rows: Sequence[sa.Row[Any]] = tx.all(
        sa.select(outbox.c.error, sa.func.count().label("rows"))
        .where(outbox.c.state == "dead", outbox.c.settled_at > tx.now - _LATELY)
        .group_by(outbox.c.error)
    )
    dead = {row.error or "no reason was recorded": int(row.rows) for row in rows}
    return backlog(tx)[1], dead, reached_by(tx, HEARTBEAT)


def _jobs(services: Services, beat: datetime | None) -> Finding:
    who = "serve" if services.settings.uses_sqlite else "worker"
    cure = f"start `toritsugi {who}`: without it no offer runs out, and nobody is reminded"
    if beat is None:
        return wrong("jobs", "they have never run", cure)
    ago = services.clock.now() - beat
    if ago > _TOO_LATE:
        return wrong("jobs", f"they last ran {_minutes(ago)} ago", cure)
    return ok("jobs", "they run")


def _deliveries(now: datetime, oldest: datetime | None) -> Finding:
    if oldest is None or now - oldest <= _TOO_LATE:
        return ok("deliveries", "in time")
    cure = "see that `serve` or a `worker` runs, and what outbox.later in its log says"
    return wrong("deliveries", f"the oldest has waited for {_minutes(now - oldest)}", cure)


def _given_up(error: str, count: int) -> Finding:
    cure = next((cure for word, cure in _CURES.items() if word in error), _LOOK)
    return wrong("deliveries", f"{count} given up in the last seven days: {error[:200]}", cure)


def _minutes(span: timedelta) -> str:
    return f"{span.total_seconds() / 60:.0f} minutes"
