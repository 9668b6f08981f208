"""What an operation of the API is: one row of the table that makes routes and `/openapi.json` alike."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from pydantic import BaseModel

from bot.office.roster import Roster
from bot.office.tokens import Bearer, Scope
from bot.store.audit import note
from bot.store.transaction import Transaction
from handlers.api.models import Nothing, Request

JSON = "application/json"
CSV = "text/csv"
Q = TypeVar("Q", bound=Request)
B = TypeVar("B", bound=Request)


@dataclass(frozen=True, slots=True)
class Asked(Generic[Q, B]):
    """A request that passed the door: who asks, of which office, and what. `id` is that of the path."""

    bearer: Bearer
    roster: Roster
    query: Q
    body: B
    id: str = ""


@dataclass(frozen=True, slots=True)
class Waiting:
    """How an answer is waited for: what wakes those who wait, and whether a body is the outcome."""

    topic: Callable[[str], str]
    settled: Callable[[Mapping[str, Any]], bool]


@dataclass(frozen=True, slots=True)
class Operation:
    """One method of one path. `run` is a function of one transaction; a read runs beside the writers.

    `also` are the scopes that are needed besides. An answer is JSON, or the text of another `media` type.
    `taken`: which records leave the office by a read, whose deed is noted as well; never whose number.
    """

    method: str
    path: str
    scope: Scope
    summary: str
    run: Callable[[Transaction, Asked[Any, Any]], BaseModel]
    answer: type[BaseModel]
    status: int = 200
    query: type[Request] = Nothing
    body: type[Request] | None = None
    refusals: Mapping[int, str] | None = None
    idempotent_by_key: bool = False
    waiting: Waiting | None = None
    also: tuple[Scope, ...] = ()
    media: str = JSON
    taken: str | None = None

    @property
    def scopes(self) -> tuple[Scope, ...]:
        """All that a token must have."""
        return (self.scope, *self.also)

    @property
    def writes(self) -> bool:
        return self.method != "GET"

    def carry_out(self, tx: Transaction, asked: Asked[Any, Any]) -> BaseModel:
        """Run it; what changes something is put into the trail of deeds, under the token's name."""
        made = self.run(tx, asked)
        if self.writes:
            action = f"{self.method} {self.path}"
            note(tx, asked.roster.organization, asked.bearer.name, "api", action, asked.id)
        return made

    def note_taken(self, tx: Transaction, bearer: Bearer) -> None:
        """Put into the trail that records were taken along."""
        note(tx, bearer.organization, bearer.name, "api", "records.exported", self.taken or "")
