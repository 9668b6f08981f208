"""A transfer: 佐藤 links her LINE, is asked in both chats, takes the call with 1, and they talk."""

from simulator.stories.stage import PATIENCE, SOON, Stage

CALLER = "+818011112222"


async def play(stage: Stage) -> None:
    """From the invitation to the end of the talk."""
    demo = stage.demo
    sato = demo.sample.member("sato")
    on_line, on_slack = demo.line.user(sato.line), demo.slack.user(str(sato.slack))
    code = await demo.invite("sato")
    stage.says("管理者", "端末", f"toritsugi invite sato → {code}")
    await on_line.follows()
    await on_line.says(code)
    await on_line.sees("登録しました", within=SOON)

    caller = await demo.twilio.phone(CALLER).dials(next(iter(demo.sample.numbers)))
    await caller.hears("スマイルコーポレーション", within=PATIENCE)
    await stage.speaks(caller, "青葉商事の三上です。営業の佐藤さんをお願いします。見積もりの件です")
    await caller.hears_music(within=PATIENCE)
    card = await on_slack.sees("青葉商事の三上様", "からお電話です", within=SOON)
    await on_line.sees("青葉商事の三上様", "からお電話です", within=SOON)
    stage.says("佐藤", "Slack", "「つなぐ」を押す")
    await on_slack.taps("つなぐ", on=card)

    ringing = await demo.twilio.phone(str(sato.phone)).rings(within=PATIENCE)
    staff = await ringing.answers()
    await staff.hears("三上", within=PATIENCE)
    await stage.listens(staff)
    await staff.presses("1", within=PATIENCE)
    await caller.talks_with(str(sato.phone), within=PATIENCE)
    await stage.speaks(staff, "お電話代わりました、佐藤です")
    await caller.hears("佐藤です", within=PATIENCE)
    await stage.speaks(caller, "お見積もりの件、来週お願いします")
    await staff.hears("来週お願いします", within=PATIENCE)
    await caller.hangs_up()
    await on_slack.sees("おつなぎしました", within=SOON)
