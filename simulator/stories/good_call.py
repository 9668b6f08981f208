"""The call that must work: 江川 of スマイル企画 wants 栗本, who is on a business trip."""

from simulator.stories.stage import PATIENCE, SOON, Stage

CALLER = "+815012345678"


async def play(stage: Stage) -> None:
    """A status in chat, a call that ends with an answer, the message in chat."""
    demo = stage.demo
    kurimoto = demo.sample.member("kurimoto")
    answer = await stage.types("kurimoto", "/tori", "出張")
    assert "出張" in answer.text, f"/tori is answered {answer.text!r}"

    call = await demo.twilio.phone(CALLER).dials(next(iter(demo.sample.numbers)))
    await call.hears("スマイルコーポレーション", within=PATIENCE)
    for words, heard in _CONVERSATION:
        await stage.speaks(call, words)
        await call.hears(heard, within=PATIENCE)
    await call.ends(within=PATIENCE)

    message = await demo.slack.user(str(kurimoto.slack)).sees("スマイル企画の江川様", within=SOON)
    for part in ("012-3456-7890", "お急ぎ"):
        assert part in message.text, f"{part} is not in the message: {message.text}"
    await demo.slack.user(str(kurimoto.slack)).taps("対応済み", on=message)
    await demo.slack.user(str(kurimoto.slack)).sees("対応済み: ", "スマイル企画の江川様", within=SOON)


_CONVERSATION = (
    (
        "スマイル企画の江川と申しますが、ちょっと急ぎなのですが営業の栗本さんいらっしゃいますでしょうか",
        "出張しております",
    ),
    ("何か今日中に連絡できる方法はありませんでしょうか", "メールアドレス"),
    ("メールアドレスを教えてください", "クリモト、アットマーク、スマイルコープ、ドット、コム"),
    ("ローマ字で kurimoto アット スマイルコープ ドットコムですね", "はい、さようでございます"),
    ("012-3456-7890でお願いします", "以上でよろしいでしょうか"),
    ("はい", "ほかにご用件"),
    ("いいえ、結構です。よろしくお願いいたします", "失礼いたします"),
)
