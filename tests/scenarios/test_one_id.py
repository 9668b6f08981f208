"""A call can be followed through all logs by one id, from its arrival to the last delivery."""

from typing import Any

import sqlalchemy as sa

from bot.reception.tables import calls
from bot.store.outbox import outbox
from bot.store.transaction import Transaction
from tests.support.world import World


async def test_every_step_and_every_delivery_of_a_call_has_its_id(
    world: World, logged: list[dict[str, Any]]
) -> None:
    other = await world.caller("+815012345679").dials(world.main_number)
    await other.hears("スマイルコーポレーション")
    call = await world.caller("+815012345678").dials(world.main_number)
    await call.hears("スマイルコーポレーション")
    await call.says("スマイル企画の江川です。総務の大野さんをお願いします")
    await world.on_slack("ono").sees("江川様からお電話です")
    await world.on_slack("ono").taps("30分後に折り返す")
    await call.hears("30分ほどで")
    await call.hangs_up()
    await other.hangs_up()
    message = await world.on_slack("ono").sees("江川様からお電話がありました")
    await world.settled()
    await world.passes(minutes=26)  # a promise is recalled
    await world.on_slack("ono").sees("30分", after=message)
    await world.settled()
    *_, reminded = (line for line in logged if line.get("kind") == "card.post")
    await world.on_slack("ono").taps("対応済み", on=message)
    await world.settled()

    ours, kinds = await world.services.store.read(_of_call, call.sid)
    assert reminded.get("call") == ours
    events = [line["event"] for line in logged if line.get("call") == ours]
    assert events[0] == "call.arrived"
    assert events.count("call.ended") == 1
    sent = [line["kind"] for line in logged if line.get("call") == ours and line["event"] == "outbox.sent"]
    assert sorted(sent) == sorted(kinds)
    assert {"card.post", "card.edit"} <= set(sent)
    assert {line["sid"] for line in logged if line.get("call") == ours and "sid" in line} <= {call.sid}


def _of_call(tx: Transaction, sid: str) -> tuple[str, list[str]]:
    call = tx.execute(sa.select(calls.c.id).where(calls.c.sid == sid)).scalar_one()
    of_call = sa.select(outbox.c.kind).where(outbox.c.call == call, outbox.c.state == "sent")
    return call, [kind for (kind,) in tx.all(of_call)]
