"""Who is where, as values."""

from dataclasses import dataclass
from datetime import datetime

from bot.language.model import Basis, Kind


@dataclass(frozen=True, slots=True)
class PresenceNow:
    """What holds for one person at a moment.

    `kind` is None where nothing is set. `word` is the word the person typed that decided the
    kind (来客, 電話中…), for the wording that callers hear; the note is for colleagues only and is
    never spoken. `overdue`: the stated or approximate end of an out, trip or late has passed and
    nothing has been heard since. `on_call`: a leg to their telephone rings or is bridged.
    """

    kind: Kind | None = None
    start: datetime | None = None
    end: datetime | None = None
    basis: Basis | None = None
    note: str = ""
    word: str = ""
    overdue: bool = False
    on_call: bool = False


NOTHING_SET = PresenceNow()
