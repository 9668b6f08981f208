"""Whom a call reaches and how: by their own settings, by telephone, by the office's order, by a program."""

import aiohttp
import pytest
import sqlalchemy as sa

from bot.office.roster import roster_of
from bot.office.tokens import Scope, make_token
from bot.transfers.tables import legs
from tests.support.signing import Signing
from tests.support.world import OFFICE_FILE, World

CALLER = "+815012345678"
KURIMOTO = "アオバ商事の三上と申します。営業の栗本さんをお願いします"
ONO = "アオバ商事の三上と申します。総務の大野さんをお願いします"


async def asks_for(world: World, words: str, number: str = CALLER):
    call = await world.caller(number).dials(world.main_number)
    await call.hears("スマイルコーポレーション")
    await call.says(words)
    await call.hears("少々お待ちくださいませ")
    return call


async def test_the_telephone_rings_beside_the_card_after_half_the_time(world: World) -> None:
    await world.on_slack("ono").says("電話も鳴らして")
    await world.on_slack("ono").sees("取次ぎの設定を変えました")
    call = await asks_for(world, ONO)
    card = await world.on_slack("ono").sees("三上様からお電話です")
    await world.passes(seconds=11)
    assert not world.telephone_of("ono").is_ringing
    await world.passes(seconds=2)
    leg = await (await world.telephone_of("ono").rings()).answers()
    await leg.hears("三上様")
    assert card.buttons[0].label == "つなぐ"
    await world.passes(seconds=14)  # past the card's own time, but somebody is listening
    await leg.presses("1")
    await leg.talks_with(CALLER)
    await world.on_slack("ono").sees("通話中です")
    world.clock.passes(minutes=3, seconds=20)
    await leg.hangs_up()
    await call.ends()
    await world.on_slack("ono").sees("おつなぎしました（3分20秒）")


async def test_a_tap_stops_the_telephone_that_rings_beside(world: World) -> None:
    await world.on_slack("ono").says("電話も鳴らして")
    await world.on_slack("ono").sees("取次ぎの設定を変えました")
    call = await asks_for(world, ONO)
    await world.on_slack("ono").sees("三上様からお電話です")
    await world.passes(seconds=13)
    ring = await world.telephone_of("ono").rings()
    await world.on_slack("ono").taps("5分後に折り返す")
    await ring.stops()
    await call.hears("5分ほどで")
    await call.hangs_up()


async def test_the_card_counts_down(world: World) -> None:
    call = await asks_for(world, KURIMOTO)
    kurimoto = world.on_slack("kurimoto")
    card = await kurimoto.sees("三上様からお電話です", "あと25秒", "お待ち 0秒")
    await world.passes(seconds=6)
    assert (await kurimoto.sees("あと19秒", "お待ち 6秒")).ts == card.ts
    await world.passes(seconds=3)
    await world.settled()
    await kurimoto.sees("あと19秒")
    await world.passes(seconds=4)
    await kurimoto.sees("あと12秒", "お待ち 13秒")
    await kurimoto.taps("伝言を頼む")
    await kurimoto.sees("伝言を承ります")
    await call.hears("伝言")
    await call.hangs_up()


async def test_two_on_the_telephone_means_no(world: World) -> None:
    call = await asks_for(world, KURIMOTO)
    await world.on_slack("kurimoto").sees("三上様からお電話です")
    await world.on_slack("kurimoto").taps("つなぐ")
    leg = await (await world.telephone_of("kurimoto").rings()).answers()
    await leg.hears("三上様")
    await leg.presses("2")
    await leg.ends()
    await world.on_slack("kurimoto").sees("出られないとお答えになりました")
    await world.on_slack("sato").sees("三上様からお電話です")
    await call.hangs_up()
    await world.on_slack("sato").sees("お切りになりました")


async def test_one_is_pressed_in_the_moment_the_caller_hangs_up(world: World) -> None:
    call = await asks_for(world, KURIMOTO)
    await world.on_slack("kurimoto").sees("三上様からお電話です")
    await world.on_slack("kurimoto").taps("つなぐ")
    leg = await (await world.telephone_of("kurimoto").rings()).answers()
    await leg.hears("三上様")
    (row,) = await world.services.store.read(lambda tx: tx.all(sa.select(legs.c.id)))
    async with aiohttp.ClientSession() as session:
        # The key has arrived, and before its answer joins the two the caller has gone.
        pressed = {"CallSid": leg.sid, "Digits": "1"}
        status = await Signing(world.base_url, session, world.clock.now).twilio(
            "/twilio/leg/key", {"leg": row.id}, pressed
        )
    assert status == 200
    await call.hangs_up()
    await world.settled()
    await world.on_slack("kurimoto").sees("お客様がお電話をお切りになりました")
    card = await world.calls_channel_sees("三上様からお電話がありました")
    assert "対応済み" in [button.label for button in card.buttons], "nobody has spoken to this caller"
    assert "おつなぎ" not in card.text


async def test_after_the_backups_the_department(database_url: str) -> None:
    office = OFFICE_FILE.read_text(encoding="utf-8").replace(
        "hold_seconds: 90}", "hold_seconds: 300, then: [backups, department]}"
    )
    async with World(database_url, office=office).running() as world:
        call = await asks_for(world, "アオバ商事の三上と申します。鈴木さんをお願いします")
        await world.on_slack("suzuki").sees("三上様からお電話です")
        await world.on_slack("suzuki").taps("出られない")
        await world.on_slack("sato").sees("三上様からお電話です")
        await world.on_slack("sato").taps("出られない")
        await world.on_slack("kurimoto").sees("三上様からお電話です")
        await world.on_slack("kurimoto").taps("伝言を頼む")
        await call.hears("伝言")
        await call.hangs_up()


async def test_passed_on_to_the_colleague_that_the_button_names(world: World) -> None:
    call = await asks_for(world, ONO)
    card = await world.on_slack("ono").sees("三上様からお電話です")
    assert "高橋さんに回す" in [button.label for button in card.buttons]
    await world.on_slack("ono").taps("transfer_other", on=card)
    await world.on_line("takahashi").sees("三上様からお電話です")
    await world.on_line("takahashi").taps("30分後に折り返す")
    await call.hears("高橋")
    await call.hangs_up()


async def test_a_vip_reaches_whom_others_do_not(world: World) -> None:
    await world.on_slack("kurimoto").says("会議中でもVIPは可")
    await world.on_slack("kurimoto").sees("会議中", "VIP")
    await world.on_slack("kurimoto").types("/tori", "会議 12時まで")
    stranger = await world.caller("+81322223333").dials(world.main_number)
    await stranger.hears("スマイルコーポレーション")
    await stranger.says("みどり工業の青木です。栗本さんをお願いします")
    await stranger.hears("会議中")
    await stranger.hangs_up()
    await world.settled()
    vip = await world.caller("+81312345678").dials(world.main_number)
    await vip.hears("スマイルコーポレーション")
    await vip.says("スマイル企画の江川です。栗本さんをお願いします")
    card = await world.on_slack("kurimoto").sees("江川様からお電話です", within=15)
    assert "★VIP" in card.text
    await vip.hangs_up()


async def test_the_telephone_named_in_chat_rings(world: World) -> None:
    await world.on_slack("ono").says("取次ぎの電話は090-1111-2222にして")
    await world.on_slack("ono").sees("090-1111-2222")
    call = await asks_for(world, ONO)
    await world.on_slack("ono").sees("三上様からお電話です")
    await world.on_slack("ono").taps("つなぐ")
    leg = await (await world.caller("+819011112222").rings()).answers()
    await leg.hears("三上様")
    await leg.presses("1")
    await leg.talks_with(CALLER)
    await call.hangs_up()
    await leg.ends()


async def test_a_caller_seen_before_is_shown_so(world: World) -> None:
    call = await asks_for(world, ONO)
    first = await world.on_slack("ono").sees("三上様からお電話です")
    assert "これまで" not in first.text
    await call.hangs_up()
    await world.on_slack("ono").sees("お切りになりました")
    world.clock.passes(minutes=5)
    call = await asks_for(world, ONO)
    await world.on_slack("ono").sees("三上様からお電話です", "この番号から1件のお電話")
    await call.hangs_up()


async def test_somebody_who_was_not_asked_is_refused(world: World) -> None:
    call = await asks_for(world, ONO)
    card = await world.on_slack("ono").sees("三上様からお電話です")
    await world.on_slack("sato").taps("つなぐ", on=card)
    await world.settled()
    assert not world.telephone_of("sato").times_rung
    assert not world.telephone_of("ono").times_rung
    await world.on_slack("ono").taps("5分後に折り返す", on=card)
    await call.hears("5分ほどで")
    await call.hangs_up()


async def test_a_promise_counts_from_when_it_was_made(world: World) -> None:
    call = await asks_for(world, ONO)
    await world.on_slack("ono").sees("三上様からお電話です")
    await world.on_slack("ono").taps("30分後に折り返す")
    await call.hears("30分ほどで")
    world.clock.passes(minutes=4)
    await call.hangs_up()
    assert "11:00 まで" in (await world.calls_channel_sees("三上様からお電話がありました")).text


@pytest.mark.parametrize("fault", ["error", "garbage", "silence", "break"])
async def test_twilio_does_not_take_the_ring_and_the_caller_goes_on(world: World, fault: str) -> None:
    world.twilio.faults.order("calls.create", fault)
    call = await asks_for(world, ONO)
    await world.on_slack("ono").sees("三上様からお電話です")
    await world.on_slack("ono").taps("つなぐ")
    await world.on_slack("ono").sees("お電話を鳴らしています")
    await world.passes(seconds=11)
    await call.hears("電話に出ることができません")
    await call.hangs_up()
    assert world.telephone_of("ono").times_rung == 0


@pytest.mark.parametrize("fault", ["accept_then_error", "accept_then_break"])
async def test_twilio_rings_without_saying_so_and_they_talk(world: World, fault: str) -> None:
    world.twilio.faults.order("calls.create", fault)
    call = await asks_for(world, ONO)
    await world.on_slack("ono").sees("三上様からお電話です")
    await world.on_slack("ono").taps("つなぐ")
    leg = await (await world.telephone_of("ono").rings()).answers()
    await leg.hears("三上様")
    await leg.presses("1")
    await leg.talks_with(CALLER)
    await call.hangs_up()
    await leg.ends()
    assert world.telephone_of("ono").times_rung == 1


async def test_a_telephone_switched_off(world: World) -> None:
    world.telephone_of("ono").is_switched_off()
    call = await asks_for(world, ONO)
    await world.on_slack("ono").sees("三上様からお電話です")
    await world.on_slack("ono").taps("つなぐ")
    await call.hears("電話に出ることができません")
    await call.hangs_up()


async def test_a_program_asks_and_hears(world: World) -> None:
    token = world.services.store.run_now(
        lambda tx: make_token(tx, roster_of(tx, "smile").organization, "pbx", (Scope.TRANSFERS,))
    )
    wish = {
        "staff": "ono",
        "caller": {"name": "三上", "company": "アオバ商事"},
        "purpose": "お見積り",
        "seconds": 20,
    }
    headers = {"Authorization": f"Bearer {token}", "Idempotency-Key": "once"}
    async with aiohttp.ClientSession(world.base_url, headers=headers) as program:

        async def heard(method: str, path: str, **more: object) -> tuple[int, dict[str, object]]:
            async with program.request(method, path, **more) as answer:
                return answer.status, await answer.json()

        status, first = await heard("POST", "/api/v1/transfers", json=wish)
        assert (status, first["state"]) == (202, "asking")
        assert (await heard("POST", "/api/v1/transfers", json=wish))[1]["id"] == first["id"]
        assert (await heard("POST", "/api/v1/transfers", json=wish | {"purpose": "別件"}))[0] == 409
        for seconds in (4, 121):
            other = {"headers": {"Idempotency-Key": f"n{seconds}"}, "json": wish | {"seconds": seconds}}
            assert (await heard("POST", "/api/v1/transfers", **other))[0] == 422
        await world.on_slack("ono").sees("三上様からお電話です", "お見積り")
        await world.on_slack("ono").taps("つなぐ")
        _, settled = await heard("GET", f"/api/v1/transfers/{first['id']}?wait=5")
        assert (settled["state"], settled["by"]) == ("accepted", "ono")
        await world.on_slack("ono").sees("おつなぎします")
        again = {"headers": {"Idempotency-Key": "twice"}, "json": wish}
        _, second = await heard("POST", "/api/v1/transfers", **again)
        await world.on_slack("ono").sees("三上様からお電話です")
        await heard("DELETE", f"/api/v1/transfers/{second['id']}")
        await world.on_slack("ono").sees("取りやめ")
