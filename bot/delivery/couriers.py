"""What a courier is: the one who renders, sends and records one kind of row."""

from collections.abc import Callable, Iterable
from typing import Any, Protocol, TypeVar, runtime_checkable

from sqlalchemy.exc import OperationalError

from bot.delivery.queue import Parcel
from bot.platforms.errors import PermanentError
from bot.store.transaction import Transaction

T = TypeVar("T")
R = TypeVar("R")

Request = dict[str, Any]


class Courier(Protocol):
    """Sends one kind of row."""

    def prepare(self, tx: Transaction, parcel: Parcel) -> Request | None:
        """The request to send, from the state of now (or the one frozen); None where it is moot."""
        ...

    async def send(self, parcel: Parcel, request: Request) -> Any:
        """Send it; what the platform calls it. Raises a PlatformError."""
        ...

    def delivered(self, tx: Transaction, parcel: Parcel, reference: Any) -> None:
        """Record a success beyond the row itself."""
        ...

    def refused(self, tx: Transaction, parcel: Parcel, error: PermanentError) -> None:
        """It will never be sent: tell somebody, take another way."""
        ...


@runtime_checkable
class PromptCourier(Courier, Protocol):
    """Sends a kind of row that may leave with the very commit that states it."""

    def prompt(self, tx: Transaction, parcel: Parcel) -> Request | None:
        """`prepare` at the end of the transaction that states the row, which is not written yet."""
        ...


@runtime_checkable
class DetouringCourier(Courier, Protocol):
    """Has another way to the same person, where one platform does not let us in."""

    def has_detour(self, tx: Transaction, parcel: Parcel) -> bool:
        """Whether `refused` will take another way."""
        ...


def each_by_itself(
    tx: Transaction, items: Iterable[T], work: Callable[[T], R], failed: Callable[[T, Exception], None]
) -> list[tuple[T, R]]:
    """What `work` makes of each item. Where it breaks, that item's work is taken back, and `failed` told.

    One savepoint guards all while nothing breaks: on PostgreSQL each costs two round trips.

    Raises:
        OperationalError: a lock or the database itself, no fault of any item.
    """
    items = list(items)
    done: list[tuple[T, R]] = []
    if not items:
        return done
    try:
        with tx.savepoint():
            return [(item, work(item)) for item in items]
    except OperationalError:
        raise
    except Exception as error:  # noqa: BLE001  (`failed` is told)
        if len(items) == 1:
            failed(items[0], error)
            return done
    for item in items:
        done += each_by_itself(tx, [item], work, failed)
    return done
