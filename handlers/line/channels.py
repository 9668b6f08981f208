"""Which LINE channel a webhook comes from: the one whose secret signed it.

An office has its channel in its office file, or shares the one of the environment.
"""

from dataclasses import dataclass

from bot.office.line_keys import line_secrets
from bot.office.model import Office
from bot.office.roster import all_rosters, roster_of
from bot.store.transaction import Transaction
from handlers.signatures import line_signature_fits


@dataclass(frozen=True, slots=True)
class Channel:
    """A channel that signed a request, and the offices that it may belong to."""

    offices: tuple[Office, ...]

    def of(self, destination: str) -> tuple[Office, ...]:
        """The offices of the bot that was written to.

        A name given in an office file decides; where none fits, the signature alone has to do.
        """
        named = tuple(office for office in self.offices if _destination(office) == destination)
        unnamed = tuple(office for office in self.offices if _destination(office) is None)
        return named or unnamed or self.offices


def channel_of(tx: Transaction, shared_secret: str, body: bytes, signature: str | None) -> Channel | None:
    """The channel whose secret signed `body`; None where none of ours did."""
    secrets = line_secrets(tx)
    own = [office for office, secret in secrets.items() if line_signature_fits(secret, body, signature)]
    if own:
        return Channel(tuple(roster_of(tx, organization).office for organization in own))
    if line_signature_fits(shared_secret, body, signature):
        offices = (roster.office for roster in all_rosters(tx))
        return Channel(tuple(office for office in offices if office.organization not in secrets))
    return None


def _destination(office: Office) -> str | None:
    return office.line.destination if office.line else None
