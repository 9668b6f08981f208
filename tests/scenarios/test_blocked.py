"""Somebody blocks the LINE account: nothing would reach them there, and nothing is left lying there."""

from bot.messages.model import CallerFacts, NewMessage
from bot.messages.verbs import file_message
from bot.office.roster import roster_of
from tests.support.world import World


def leaves_word(world: World, staff: str, body: str) -> None:
    caller = CallerFacts("青空物産", "江川", "+81312345678")
    new = NewMessage(staff=staff, caller=caller, body=body)
    world.services.store.run_now(lambda tx: file_message(tx, roster_of(tx, "smile"), new))


async def test_who_holds_for_them_goes_on_to_the_next_at_once(world: World) -> None:
    takahashi, ono = world.on_line("takahashi"), world.on_slack("ono")
    call = await world.caller("+815012345678").dials(world.main_number)
    await call.hears("スマイルコーポレーション")
    await call.says("アオバ商事の三上です。総務の高橋さんをお願いします")
    await takahashi.sees("三上様からお電話です")
    await takahashi.unfollows()
    await ono.sees("三上様からお電話です")  # no time has passed
    await ono.taps("30分後に折り返す")
    await call.hears("30分ほどで")
    await call.hangs_up()


async def test_what_is_open_goes_to_who_stands_in(world: World) -> None:
    leaves_word(world, "takahashi", "納期の件")
    await world.on_line("takahashi").sees("納期の件")
    await world.on_line("takahashi").unfollows()
    await world.on_slack("ono").sees("納期の件")
    told = await world.on_slack("sato.ken").sees("LINEの連携が終わりました")
    assert "未対応の伝言1件" in told.text


async def test_what_is_open_is_shown_in_the_chat_that_they_have_left(world: World) -> None:
    for body in ("納期の件", "見積もりの件"):
        leaves_word(world, "suzuki", body)
    await world.on_line("suzuki").sees("見積もりの件")
    await world.settled()
    assert not world.on_slack("suzuki").dm
    await world.on_line("suzuki").unfollows()
    await world.on_slack("suzuki").sees("2件")
    await world.settled()
    assert "見積もりの件" in "".join(message.text for message in world.on_slack("suzuki").dm)
    told = await world.on_slack("sato.ken").sees("LINEの連携が終わりました")
    assert "引き継ぎ" not in told.text
