"""Another call system has staff asked."""

import asyncio

import sqlalchemy as sa

from bot.office.roster import roster_of
from bot.store.transaction import Transaction
from bot.transfers.model import Answer
from bot.transfers.queries import due_offers
from bot.transfers.tables import offers
from bot.transfers.verbs import answer_offer, expire_offer
from tests.api.conftest import Api

WISH = {
    "staff": "kurimoto",
    "caller": {"name": "江川", "company": "スマイル企画", "number": "03-1234-5678"},
    "purpose": "お見積りの件",
    "urgent": True,
    "seconds": 20,
}


def _answers(tx: Transaction, staff: str, answer: Answer) -> None:
    """Somebody taps a button of the offer they have."""
    roster = roster_of(tx, "smile")
    offer = tx.execute(sa.select(offers.c.id).where(offers.c.staff == staff)).scalar_one()
    answer_offer(tx, roster, offer, roster.people[staff], answer)


def _time_is_up(tx: Transaction) -> None:
    for organization, offer in due_offers(tx):
        expire_offer(tx, roster_of(tx, organization), offer)


async def test_a_transfer_is_asked_with_who_calls(api: Api) -> None:
    heard = await api.program().post("/api/v1/transfers", WISH)
    assert heard.status == 202
    assert heard.body["state"] == "asking"
    assert heard.body["caller"] == {
        "name": "江川",
        "company": "スマイル企画",
        "number": "+81312345678",
        "number_said": "",
    }
    assert (heard.body["by"], heard.body["at"]) == (None, None)


async def test_an_acceptance_says_by_whom_and_when(api: Api) -> None:
    program = api.program()
    transfer = (await program.post("/api/v1/transfers", WISH)).body["id"]
    api.clock.passes(seconds=7)
    await api.services.store.run(_answers, "kurimoto", Answer.ACCEPT)
    heard = await program.get(f"/api/v1/transfers/{transfer}")
    assert heard.body["state"] == "accepted"
    assert (heard.body["by"], heard.body["at"]) == ("kurimoto", "2026-11-24T10:30:07+09:00")


async def test_a_promise_says_in_how_many_minutes(api: Api) -> None:
    program = api.program()
    transfer = (await program.post("/api/v1/transfers", WISH)).body["id"]
    await api.services.store.run(_answers, "kurimoto", Answer.PROMISE_30)
    heard = await program.get(f"/api/v1/transfers/{transfer}")
    assert (heard.body["state"], heard.body["promise_minutes"]) == ("promised", 30)


async def test_whoever_waits_hears_the_outcome_at_once(api: Api) -> None:
    program = api.program()
    transfer = (await program.post("/api/v1/transfers", WISH)).body["id"]
    waiting = asyncio.create_task(program.get(f"/api/v1/transfers/{transfer}", wait=60))
    async with asyncio.timeout(10):
        while not api.services.store._listeners.get(f"transfer:{transfer}"):
            await asyncio.sleep(0.01)
        await api.services.store.run(_answers, "kurimoto", Answer.DECLINE)  # then the backup is asked
        await api.services.store.run(_answers, "sato", Answer.ACCEPT)
        heard = await waiting
    assert (heard.body["state"], heard.body["by"]) == ("accepted", "sato")


async def test_waiting_in_vain_ends_with_the_state_as_it_is(api: Api) -> None:
    program = api.program()
    transfer = (await program.post("/api/v1/transfers", WISH)).body["id"]
    assert (await program.get(f"/api/v1/transfers/{transfer}", wait=1)).body["state"] == "asking"


async def test_nobody_answers_in_time(api: Api) -> None:
    program = api.program()
    transfer = (await program.post("/api/v1/transfers", WISH)).body["id"]
    for _ in ("kurimoto", "sato"):
        api.clock.passes(seconds=21)
        await api.services.store.run(_time_is_up)
    assert (await program.get(f"/api/v1/transfers/{transfer}")).body["state"] == "expired"


async def test_somebody_without_any_chat_cannot_be_asked(api: Api) -> None:
    heard = await api.program().post("/api/v1/transfers", {"staff": "suzuki"})
    assert (heard.status, heard.body["state"]) == (202, "expired")


async def test_cancelling_counts_once_and_never_undoes_an_answer(api: Api) -> None:
    program = api.program()
    first = (await program.post("/api/v1/transfers", WISH)).body["id"]
    assert (await program.delete(f"/api/v1/transfers/{first}")).body["state"] == "cancelled"
    assert (await program.delete(f"/api/v1/transfers/{first}")).body["state"] == "cancelled"
    await api.services.store.run(_answers, "kurimoto", Answer.ACCEPT)
    assert (await program.get(f"/api/v1/transfers/{first}")).body["state"] == "cancelled"


async def test_what_is_decided_cannot_be_cancelled(api: Api) -> None:
    program = api.program()
    transfer = (await program.post("/api/v1/transfers", WISH)).body["id"]
    await api.services.store.run(_answers, "kurimoto", Answer.ACCEPT)
    assert (await program.delete(f"/api/v1/transfers/{transfer}")).refusal == (409, "already_decided", None)


async def test_the_same_key_asks_once(api: Api) -> None:
    program = api.program()
    first = await program.post("/api/v1/transfers", WISH, key="call-1")
    await api.services.store.run(_answers, "kurimoto", Answer.ACCEPT)
    again = await program.post("/api/v1/transfers", WISH, key="call-1")
    assert (again.status, again.body) == (first.status, first.body)
    other = await program.post("/api/v1/transfers", WISH | {"purpose": "別件"}, key="call-1")
    assert other.refusal == (409, "key_reused", "Idempotency-Key")
    assert (await program.post("/api/v1/transfers", WISH, key="call-2")).body["id"] != first.body["id"]


async def test_the_same_key_at_the_same_time_asks_once(api: Api) -> None:
    program = api.program()
    heard = await asyncio.gather(*(program.post("/api/v1/transfers", WISH, key="call-1") for _ in range(8)))
    assert len({one.body["id"] for one in heard}) == 1


async def test_a_refused_request_leaves_its_key_free(api: Api) -> None:
    program = api.program()
    assert (await program.post("/api/v1/transfers", {"staff": "nobody"}, key="call-1")).refusal == (
        422,
        "unknown_staff",
        "staff",
    )
    assert (await program.post("/api/v1/transfers", WISH, key="call-1")).status == 202


async def test_keys_of_two_tokens_are_different_keys(api: Api) -> None:
    first = await api.program().post("/api/v1/transfers", WISH, key="1")
    second = await api.program().post("/api/v1/transfers", WISH, key="1")
    assert first.body["id"] != second.body["id"]
