"""Invitation codes: how a person's LINE account is linked to the person.

A code has eight characters that nobody confuses, is valid for a week, counts once, and is stored
only as a hash keyed with TORITSUGI_SECRET. Wrong codes of one LINE account are counted.
"""

import hashlib
import hmac
import re
import secrets
import unicodedata
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

import sqlalchemy as sa

from bot.office.apply import touch_office
from bot.office.line_channels import LineChannel
from bot.office.model import Person
from bot.office.stored import person_of, person_row
from bot.office.tables import invitation_tries, invitations, staff
from bot.store.audit import note
from bot.store.transaction import Transaction

VALID_FOR = timedelta(days=7)
MOST_TRIES = 10
"""Wrong codes of one LINE account within an hour: of 30^8 codes that is nothing."""
_TOLD_OF_FOR = timedelta(days=30)
"""So long a code that is over is told apart from a wrong one."""
_TRIES_WITHIN = timedelta(hours=1)
_LETTERS = "ABCDEFGHJKMNPQRSTVWXYZ"  # not I, L, O, U: they look like others
_DIGITS = "23456789"
_HALF = 4

_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−ーｰ", "-"))
_CODE_IN_TEXT = re.compile(r"(?<![A-Z0-9])([A-Z0-9]{4})[- ]?([A-Z0-9]{4})(?![A-Z0-9])")


class Outcome(StrEnum):
    """What became of a code that somebody sent."""

    LINKED = "linked"
    WRONG = "wrong"
    USED = "used"
    EXPIRED = "expired"
    TOO_MANY = "too_many"


@dataclass(frozen=True, slots=True)
class Redemption:
    """What became of a code, and whom and where it linked."""

    outcome: Outcome
    organization: str = ""
    person: Person | None = None


def invite(tx: Transaction, organization: str, person: Person, secret: str) -> str:
    """A new code for a person, `K7QF-3MXP`; shown now and never again.

    Raises:
        ValueError: there is no secret to key its hash with.
    """
    code = _new_code()
    tx.execute(sa.delete(invitations).where(invitations.c.expires_at < tx.now - _TOLD_OF_FOR))
    tx.insert(
        invitations,
        code_hash=_hash(code, secret),
        organization=organization,
        staff=person.id,
        expires_at=tx.now + VALID_FOR,
    )
    return f"{code[:_HALF]}-{code[_HALF:]}"


def code_in(text: str) -> str | None:
    """The code that a message seems to hold, however it was typed; None where it holds none."""
    tidy = unicodedata.normalize("NFKC", text).upper().translate(_DASHES)
    for halves in _CODE_IN_TEXT.findall(tidy):
        code = "".join(halves)
        if not code.isdigit() and not code.isalpha():
            return code
    return None


def is_code(tx: Transaction, channel: LineChannel, text: str, secret: str) -> bool:
    """Whether a text holds a code that was made for an office of this channel, whatever became of it."""
    code = code_in(text)
    if code is None or not secret:
        return False
    made_by = sa.select(invitations.c.organization).where(invitations.c.code_hash == _hash(code, secret))
    row = tx.first(made_by)
    return row is not None and channel.has(tx, row.organization)


def redeem(tx: Transaction, channel: LineChannel, line_user: str, code: str, secret: str) -> Redemption:
    """Link a LINE account to the person that a code was made for.

    `channel` is what the account wrote to; a code of an office that has another is wrong here.
    """
    tries = _tries(tx, line_user)
    if tries >= MOST_TRIES:
        return Redemption(Outcome.TOO_MANY)
    row = tx.lock(sa.select(invitations).where(invitations.c.code_hash == _hash(code, secret)))
    if row is None or not channel.has(tx, row.organization):
        _count_try(tx, channel.first, line_user, tries + 1)
        return Redemption(Outcome.WRONG)
    if row.used_at:
        return Redemption(Outcome.USED)
    person = link_line(tx, row.organization, row.staff, line_user) if row.expires_at > tx.now else None
    if person is None:  # the week is over, or the person left the office
        return Redemption(Outcome.EXPIRED)
    tx.update(invitations, invitations.c.code_hash == row.code_hash, used_at=tx.now)
    tx.execute(sa.delete(invitation_tries).where(invitation_tries.c.line_user == line_user))
    return Redemption(Outcome.LINKED, row.organization, person)


def link_line(tx: Transaction, organization: str, staff_id: str, line_user: str | None) -> Person | None:
    """Give a person a LINE account, or none; None where the office has no such person any more."""
    row = tx.lock(
        sa.select(staff.c.person).where(
            staff.c.organization == organization, staff.c.id == staff_id, staff.c.active
        )
    )
    if row is None:
        return None
    person = person_of(tx, row.person | {"line": line_user})
    tx.update(
        staff,
        staff.c.organization == organization,
        staff.c.id == staff_id,
        person=person_row(tx, person),
        updated_at=tx.now,
    )
    touch_office(tx, organization)
    note(tx, organization, staff_id, "line", "line.linked" if line_user else "line.unlinked", staff_id)
    return person


def _new_code() -> str:
    """Letters and digits mixed, so that a code is never a word."""
    while True:
        code = "".join(secrets.choice(_LETTERS + _DIGITS) for _ in range(2 * _HALF))
        if any(character in _DIGITS for character in code) and not code.isdigit():
            return code


def _hash(code: str, secret: str) -> str:
    if not secret:
        raise ValueError("TORITSUGI_SECRET is not set: invitation codes are hashed with it")
    return hmac.new(secret.encode(), f"invitation:{code}".encode(), hashlib.sha256).hexdigest()


def _tries(tx: Transaction, line_user: str) -> int:
    """How many wrong codes the account has sent within the hour; older counts are dropped."""
    tx.execute(sa.delete(invitation_tries).where(invitation_tries.c.since <= tx.now - _TRIES_WITHIN))
    row = tx.first(sa.select(invitation_tries.c.tries).where(invitation_tries.c.line_user == line_user))
    return row.tries if row else 0


def _count_try(tx: Transaction, organization: str, line_user: str, tries: int) -> None:
    new = tx.insert_if_new(
        invitation_tries, organization=organization, line_user=line_user, since=tx.now, tries=tries
    )
    if not new:
        tx.update(invitation_tries, invitation_tries.c.line_user == line_user, tries=tries)
