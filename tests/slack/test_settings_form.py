"""How somebody may be asked to take a call, all at once in a form."""

from bot.office.model import Person
from bot.office.roster import roster_of
from bot.presence.reachable import allowed_ranks
from tests.support.slack_desk import ORGANIZATION, SlackDesk


def mori_as_stored(desk: SlackDesk) -> Person:
    return desk.services.store.read_now(lambda tx: roster_of(tx, ORGANIZATION).people["mori"])  # type: ignore[index]


async def test_everything_is_set_at_once(desk: SlackDesk) -> None:
    mori = desk.member("mori")
    card = await mori.types("/toritsugi", "settings")
    await mori.taps("まとめて変更する", on=card)
    await mori.sees_modal("取次ぎの設定")
    wishes = {
        "会議中": "VIPのみ",
        "外出中": "お急ぎとVIP",
        "時間外": "お急ぎのみ",
        "休み・退社後": "尋ねてよい",
        "お電話": "チャットに半分の時間お答えがなければ鳴らす",
        "取次ぎの電話（空なら登録の番号）": "090-9999-8888",
    }
    assert await mori.submits(wishes) == {}
    await mori.sees("取次ぎの設定を変えました", "090-9999-8888")
    person = mori_as_stored(desk)
    assert allowed_ranks(person, "meeting") == ("vip",)
    assert allowed_ranks(person, "out") == ("urgent", "vip")
    assert allowed_ranks(person, "night") == ("urgent",)
    assert person.ask_when.trip is None, "what was left as it stood is not said"
    assert (person.ask_on_leave, person.ring_at_half, person.telephone) == (True, True, "+819099998888")
    await desk.settled()


async def test_the_form_opens_from_home_and_holds_what_is_set(desk: SlackDesk) -> None:
    mori = desk.member("mori")
    typed = await mori.types("/tori", "会議中でもVIPは可")
    before = mori_as_stored(desk)
    await mori.opens_home()
    await mori.taps("取次ぎの設定")
    await mori.sees_modal("取次ぎの設定")
    assert await mori.submits() == {}
    await mori.sees("取次ぎの設定を変えました", "VIPのみ尋ねてよい", after=typed)
    assert mori_as_stored(desk) == before
    await mori.sees_home("会議中はVIPのみ可")
    await desk.settled()


async def test_a_number_that_cannot_be_rung_is_said_at_its_field(desk: SlackDesk) -> None:
    mori = desk.member("mori")
    card = await mori.types("/toritsugi", "settings")
    await mori.taps("まとめて変更する", on=card)
    before = mori_as_stored(desk)
    errors = await mori.submits({"telephone": "012-3456-78"})
    assert "読めませんでした" in errors["telephone"]
    assert mori_as_stored(desk) == before
    assert await mori.submits({"telephone": ""}) == {}
    await mori.sees("取次ぎの設定を変えました")
    await desk.settled()


async def test_where_no_form_opens_the_buttons_do_it(desk: SlackDesk) -> None:
    mori = desk.member("mori")
    await mori.opens_home()
    desk.slack.faults.order("views.open", "error")
    await mori.taps("取次ぎの設定")
    card = await mori.sees("取次ぎの設定")
    await mori.taps("時間外も可にする", on=card)
    await mori.sees("取次ぎの設定を変えました")
    assert allowed_ranks(mori_as_stored(desk), "night") == ("urgent", "vip")
    await desk.settled()
