"""Modals, the Home tab, menus and shortcuts: what people open, choose and send."""

from typing import Any

import pytest
from slack_bolt.async_app import AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.clock import SettableClock
from simulator.slack import SlackStandIn
from tests.simulator.slack.conftest import actions, modal

pytestmark = pytest.mark.usefixtures("receives")


async def test_a_modal_is_opened_refused_and_sent(slack: SlackStandIn, app: AsyncApp) -> None:
    sent: list[dict[str, Any]] = []

    @app.command("/tori")
    async def open_modal(ack: Any, body: dict[str, Any], client: AsyncWebClient) -> None:
        await client.views_open(trigger_id=body["trigger_id"], view=modal())
        await ack()

    @app.view("edit")
    async def save(ack: Any, view: dict[str, Any]) -> None:
        sent.append(view)
        if view["state"]["values"]["what"]["text"]["value"] == "？":
            await ack(response_action="errors", errors={"what": "読み取れません"})
        else:
            await ack()

    sato = slack.user("U0SATO")
    answer = await sato.types("/tori", "")
    assert answer.text == ""
    view = await sato.sees_modal("内容")
    with pytest.raises(AssertionError, match="内容"):
        await sato.submits({"内容": ""})
    assert await sato.submits({"内容": "？"}) == {"what": "読み取れません"}
    assert sato.modal is view
    assert await sato.submits({"time": "15:00"}) == {}
    assert sato.modal is None
    values = sent[1]["state"]["values"]
    assert values["what"]["text"] == {"type": "plain_text_input", "value": "外出"}
    assert values["until"]["time"]["selected_time"] == "15:00"
    assert sent[1]["private_metadata"] == "entry-3"
    assert slack.problems == []


async def test_a_trigger_is_good_once_and_for_three_seconds(
    slack: SlackStandIn, client: AsyncWebClient, clock: SettableClock
) -> None:
    trigger = slack.space.trigger("U0SATO")
    await client.views_open(trigger_id=trigger, view=modal())
    for wrong, error in ((trigger, "exchanged_trigger_id"), ("1.2.3", "invalid_trigger_id")):
        with pytest.raises(SlackApiError, match=error):
            await client.views_open(trigger_id=wrong, view=modal())
    late = slack.space.trigger("U0SATO")
    clock.passes(seconds=3.5)
    with pytest.raises(SlackApiError, match="expired_trigger_id"):
        await client.views_open(trigger_id=late, view=modal())
    with pytest.raises(SlackApiError, match="invalid_arguments"):
        await client.views_open(
            trigger_id=late, view=modal("二十五文字を超える題名は断られますので短くしてください")
        )


async def test_the_home_tab(slack: SlackStandIn, app: AsyncApp) -> None:
    tapped: list[str] = []

    @app.event("app_home_opened")
    async def opened(event: dict[str, Any], client: AsyncWebClient) -> None:
        text = {"type": "mrkdwn", "text": f"ようこそ {event['tab']}"}
        blocks = [{"type": "section", "text": text}, *actions(("戻りました", "status_clear"))]
        await client.views_publish(user_id=event["user"], view={"type": "home", "blocks": blocks})

    @app.action("status_clear")
    async def clear(ack: Any, body: dict[str, Any]) -> None:
        await ack()
        tapped.append(body["view"]["type"])

    sato = slack.user("U0SATO")
    await sato.opens_home()
    await sato.sees_home("ようこそ home")
    await sato.taps("戻りました")
    assert tapped == ["home"]
    assert slack.user("U0KURIMOTO").home is None


async def test_choosing_in_menus(slack: SlackStandIn, app: AsyncApp, client: AsyncWebClient) -> None:
    chosen: list[dict[str, Any]] = []

    @app.action({"block_id": "menu"})
    async def choose(ack: Any, action: dict[str, Any]) -> None:
        await ack()
        chosen.append(action)

    options = [
        {"text": {"type": "plain_text", "text": label}, "value": value}
        for label, value in (("佐藤に回す", "U0SATO"), ("栗本に回す", "U0KURIMOTO"))
    ]
    menus = [
        {"type": "overflow", "action_id": "more", "options": options},
        {"type": "static_select", "action_id": "to", "options": options},
        {"type": "datepicker", "action_id": "day"},
    ]
    block = {"type": "actions", "block_id": "menu", "elements": menus}
    await client.chat_postMessage(channel="C0CALLS", text="だれに", blocks=[block])
    sato = slack.user("U0SATO")
    card = slack.channel("C0CALLS").messages[0]
    await sato.taps("栗本に回す")
    await sato.chooses("to", "佐藤に回す", on=card)
    await sato.chooses("day", "2026-11-24", on=card)
    assert chosen[0]["selected_option"]["value"] == "U0KURIMOTO"
    assert chosen[1]["selected_option"]["value"] == "U0SATO"
    assert chosen[2]["selected_date"] == "2026-11-24"
    with pytest.raises(AssertionError, match="no option"):
        await sato.chooses("to", "江口に回す", on=card)
    assert slack.problems == []


async def test_shortcuts_and_closing(slack: SlackStandIn, app: AsyncApp, client: AsyncWebClient) -> None:
    done: list[str] = []

    @app.shortcut("set_status")
    async def shortcut(ack: Any, shortcut: dict[str, Any], client: AsyncWebClient) -> None:
        await ack()
        done.append(shortcut["type"])
        await client.views_open(trigger_id=shortcut["trigger_id"], view=modal() | {"notify_on_close": True})

    @app.view_closed("edit")
    async def closed(ack: Any) -> None:
        await ack()
        done.append("closed")

    sato = slack.user("U0SATO")
    await sato.uses_shortcut("set_status")
    await sato.sees_modal("内容")
    await sato.closes()
    assert sato.modal is None
    await client.chat_postMessage(channel="C0CALLS", text="伝言")
    await sato.uses_shortcut("set_status", on=slack.channel("C0CALLS").messages[0])
    assert done == ["shortcut", "closed", "message_action"]
    assert slack.problems == []
