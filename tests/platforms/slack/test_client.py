"""Our client against the stand-in: what became of a request is always known, or known to be unknown."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.platforms.cards import Button, Card
from bot.platforms.errors import PermanentError, TemporaryError, UnknownOutcomeError
from bot.platforms.slack.client import SlackClient, SlackReference
from simulator.slack import SlackStandIn
from tests.support.postgres import free_port

CARD = Card(
    title="江川様からお電話です",
    text="おつなぎしますか？",
    buttons=(Button("transfer_accept", "つなぐ", "1"),),
)


async def test_a_card_posted_to_a_person_is_found_in_their_direct_message(
    client: SlackClient, slack: SlackStandIn
) -> None:
    reference = await client.post("U0SATO", CARD, "row-1")
    message = await slack.user("U0SATO").sees("江川様からお電話です", "おつなぎしますか？")
    assert reference == SlackReference(slack.dm("U0SATO").id, message.ts)
    assert [button.action_id for button in message.buttons] == ["transfer_accept"]
    assert slack.problems == []


async def test_an_update_changes_text_and_buttons(client: SlackClient, slack: SlackStandIn) -> None:
    reference = await client.post("C0CALLS", CARD, "row-1")
    await client.update(reference, Card(title="佐藤さんがお受けしました", tone="over"))
    message = await slack.user("U0SATO").sees("佐藤さんがお受けしました")
    assert message.buttons == []
    assert slack.problems == []


@pytest.mark.parametrize("address", ["U0SATO", "C0CALLS"])
@pytest.mark.parametrize("fault", ["accept_then_break", "accept_then_error"])
async def test_a_post_of_unknown_outcome_is_found_by_its_identity(
    client: SlackClient, slack: SlackStandIn, address: str, fault: str
) -> None:
    started = datetime.now(UTC)
    slack.faults.order("chat.postMessage", fault)
    with pytest.raises(UnknownOutcomeError):
        await client.post(address, CARD, "row-1")
    found = await client.find(address, "row-1", started)
    assert found is not None
    assert slack.channel(found.channel).messages[-1].ts == found.ts
    assert await client.find(address, "row-2", started) is None
    await slack.user("U0SATO").sees("江川様")


async def test_a_post_that_never_arrived_is_not_found(client: SlackClient, slack: SlackStandIn) -> None:
    slack.faults.order("chat.postMessage", "break")
    with pytest.raises(UnknownOutcomeError):
        await client.post("C0CALLS", CARD, "row-1")
    assert await client.find("C0CALLS", "row-1", datetime.now(UTC)) is None


async def test_finding_turns_the_pages_of_a_busy_channel(client: SlackClient, slack: SlackStandIn) -> None:
    started = datetime.now(UTC)
    wanted = await client.post("C0CALLS", CARD, "row-1")
    for number in range(250):
        await slack.user("U0SATO").says_in("C0CALLS", f"雑談 {number}")
    assert await client.find("C0CALLS", "row-1", started - timedelta(minutes=1)) == wanted
    await slack.user("U0SATO").sees("江川様")


async def test_too_many_requests_are_temporary_and_say_when(client: SlackClient, slack: SlackStandIn) -> None:
    slack.faults.order("chat.postMessage", "rate_limit", retry_after=7)
    with pytest.raises(TemporaryError) as caught:
        await client.post("C0CALLS", CARD, "row-1")
    assert caught.value.retry_after == timedelta(seconds=7)


async def test_a_refused_connection_is_temporary() -> None:
    client = SlackClient("xoxb-test", f"http://127.0.0.1:{free_port()}/api/")
    with pytest.raises(TemporaryError):
        await client.post("C0CALLS", CARD, "row-1")
    await client.close()


@pytest.mark.parametrize("fault", ["garbage", "error"])
async def test_an_unreadable_answer_leaves_the_outcome_open(
    client: SlackClient, slack: SlackStandIn, fault: str
) -> None:
    slack.faults.order("chat.postMessage", fault)
    with pytest.raises(UnknownOutcomeError):
        await client.post("C0CALLS", CARD, "row-1")


@pytest.mark.parametrize(
    ("channel", "code"), [("C0NOWHERE", "channel_not_found"), ("U0NOBODY", "channel_not_found")]
)
async def test_a_refusal_is_permanent_and_names_the_word(
    client: SlackClient, channel: str, code: str
) -> None:
    with pytest.raises(PermanentError) as caught:
        await client.post(channel, CARD, "row-1")
    assert caught.value.code == code


async def test_a_wrong_token_is_permanent(slack: SlackStandIn) -> None:
    client = SlackClient("xoxb-wrong", slack.api_url)
    with pytest.raises(PermanentError) as caught:
        await client.publish_home("U0SATO", {"type": "home", "blocks": []})
    assert caught.value.code == "invalid_auth"
    await client.close()


async def test_no_error_tells_the_contents(client: SlackClient, slack: SlackStandIn) -> None:
    for fault in ("garbage", "error", "break"):
        slack.faults.order("chat.postMessage", fault)
        with pytest.raises(UnknownOutcomeError) as caught:
            await client.post("C0CALLS", CARD, "row-1")
        assert "江川" not in str(caught.value)
        assert "xoxb" not in str(caught.value)


async def test_a_response_url_answers_only_its_person_and_may_be_used_up(
    client: SlackClient, slack: SlackStandIn
) -> None:
    url = slack.space.response_url("C0CALLS", "U0SATO")
    for _ in range(5):
        await client.respond(url, Card(text="承知しました"), replace=False)
    message = await slack.user("U0SATO").sees("承知しました")
    assert message.ephemeral_to == "U0SATO"
    with pytest.raises(PermanentError) as caught:
        await client.respond(url, Card(text="もう一度"), replace=False)
    assert caught.value.code == "used_url"


async def test_a_broken_response_url_is_unknown_and_a_wrong_one_permanent(
    client: SlackClient, slack: SlackStandIn
) -> None:
    url = slack.space.response_url("C0CALLS", "U0SATO")
    slack.faults.order("response_url", "accept_then_break")
    with pytest.raises(UnknownOutcomeError):
        await client.respond(url, Card(text="承知しました"), replace=False)
    with pytest.raises(PermanentError):
        await client.respond("not an address", Card(text="承知しました"), replace=False)
