"""For a colleague: no right is needed, the colleague is told with the way back, and all is recorded."""

import csv
import io

from bot.digests.exporting import What, as_csv
from bot.office.roster import roster_of
from bot.store.transaction import Transaction
from tests.support.world import World


def history(world: World) -> list[dict[str, str]]:
    def read(tx: Transaction) -> str:
        return "".join(as_csv(tx, roster_of(tx, "smile"), What.PRESENCE))

    return list(csv.DictReader(io.StringIO(world.services.store.read_now(read))))


async def test_the_colleague_is_told_and_takes_it_back(world: World) -> None:
    sato, kurimoto = world.on_slack("sato"), world.on_slack("kurimoto")
    await kurimoto.types("/tori", "在宅")
    await sato.says("栗本さん 15時帰社")
    await sato.sees("栗本さん", "にもお知らせしました")
    notice = await kurimoto.sees("佐藤 花子さんがあなたの状況を登録しました", "15:00 まで")
    await kurimoto.taps("取り消し", on=notice)
    await kurimoto.sees("取り消しました", "在宅")
    call = await world.caller("+81311112222").dials(world.main_number)
    await call.hears("スマイルコーポレーション")
    await call.says("アオバ商事の三上です。栗本課長をお願いします")
    await call.hears("確認いたします")
    await call.hangs_up()


async def test_by_mention_after_the_command_and_told_in_line(world: World) -> None:
    await world.on_slack("ono").types("/tori", "@takahashi 出張 明日まで")
    notice = await world.on_line("takahashi").sees("大野 誠さんがあなたの状況を登録しました", "出張")
    await world.on_line("takahashi").taps("取り消し", on=notice)
    await world.on_line("takahashi").sees("取り消しました")


async def test_somebody_without_a_chat_can_be_set_and_it_is_said_that_nobody_was_told(world: World) -> None:
    await world.on_slack("ono").says("渡辺さん 休み")
    await world.on_slack("ono").sees("渡辺さん", "お知らせはしていません")


async def test_a_manager_takes_back_what_somebody_else_set_and_a_colleague_does_not(world: World) -> None:
    kurimoto, ono, saito = world.on_slack("kurimoto"), world.on_slack("ono"), world.on_slack("saito")
    shown = await kurimoto.types("/tori", "出張 明日まで")
    [change] = {button.value for button in shown.buttons if button.action_id == "status_cancel"}
    from bot.office.roster import roster_of
    from handlers.chat import answer_button

    def tap(tx: object, staff: str) -> str:
        roster = roster_of(tx, "smile")
        return answer_button(
            tx, roster, roster.people[staff], "status_cancel", change, "slack"
        ).card.as_json()

    assert "管理者だけ" in str(world.services.store.run_now(tap, "saito"))
    assert "取り消しました" in str(world.services.store.run_now(tap, "ono"))
    await kurimoto.sees("大野 誠さんが変更を取り消しました")
    ono.does_not_see("管理者だけ")
    saito.does_not_see("取り消しました")


async def test_who_set_what_when_through_which_channel_is_exported(world: World) -> None:
    await world.on_slack("sato").says("栗本さん 15時帰社")
    await world.passes(minutes=5)
    await world.on_line("kurimoto").says("戻りました")
    await world.on_line("kurimoto").sees("おかえりなさい")
    rows = history(world)
    said = [(row["staff"], row["actor"], row["channel"], row["action"], row["kind"]) for row in rows]
    assert said == [
        ("kurimoto", "sato", "slack", "set", "out"),
        ("kurimoto", "kurimoto", "line", "clear", ""),
    ]
    assert [row["said_at"][:16] for row in rows] == ["2026-11-24T10:30", "2026-11-24T10:35"]
    assert rows[0]["closed_at"].startswith("2026-11-24T10:35")
