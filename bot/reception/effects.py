"""What a turn causes beside its words, in the same commit: texts, disclosures, aliases offered."""

from collections.abc import Iterable, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Row

from bot.messages.recipients import post_to
from bot.office.aliases import SUBJECT as ALIAS
from bot.office.aliases import offer_alias
from bot.office.roster import Roster
from bot.reception.events import Effect, MailDisclosed, NameSettled, SendSms
from bot.reception.tables import disclosures
from bot.store.outbox import enqueue
from bot.store.transaction import Transaction

SMS = "sms"
"""Outbox kind: a short message to a caller."""


def record_effects(tx: Transaction, roster: Roster, call: str, effects: Iterable[Effect]) -> None:
    """Carry out the effects of a turn. A promise needs nothing here: it is part of the conversation."""
    for effect in effects:
        match effect:
            case SendSms() if roster.office.sms_from:
                payload = {"to": effect.number, "from": roster.office.sms_from, "text": effect.text}
                enqueue(tx, roster.organization, SMS, payload, lane=f"call:{call}:sms")
            case MailDisclosed():
                tx.insert_if_new(
                    disclosures,
                    call=call,
                    staff=effect.staff,
                    how=effect.how,
                    organization=roster.organization,
                    at=tx.now,
                )
            case NameSettled():
                _offer(tx, roster, call, effect)


def disclosures_of(tx: Transaction, call: str) -> Sequence[Row[Any]]:
    """Every mail address that was given in a call, in order: whose, how, when."""
    return tx.all(
        sa.select(disclosures)
        .where(disclosures.c.call == call)
        .order_by(disclosures.c.at, disclosures.c.staff, disclosures.c.how)
    )


def _offer(tx: Transaction, roster: Roster, call: str, settled: NameSettled) -> None:
    """Ask the managers whether a spelling should count from now on; a name that is certain needs no alias."""
    if roster.directory.is_somebody(settled.spelling):
        return
    alias = offer_alias(tx, roster.organization, settled.spelling, settled.staff, call)
    for manager in roster.managers() if alias else ():
        post_to(tx, roster, ALIAS, str(alias), manager)
