"""How a call ends."""

from bot.scripts.model import script

SCRIPTS = (
    script(
        "farewell",
        purpose="終わりの挨拶",
        ja="お電話ありがとうございました。失礼いたします。",
        en="Thank you for calling. Goodbye.",
    ),
    script(
        "farewell_promise",
        "person",
        purpose="折り返しを約束した電話の、終わりの挨拶",
        ja="それでは、{{ person }}より折り返しお電話を差し上げます。お電話ありがとうございました。"
        "失礼いたします。",
        en="{{ person }} will call you back. Thank you for calling. Goodbye.",
    ),
    script(
        "farewell_promise_day",
        "person",
        "day",
        purpose="別の日の折り返しを約束した電話の、終わりの挨拶",
        ja="それでは、{{ day }}以降に{{ person }}より折り返しお電話を差し上げます。"
        "お電話ありがとうございました。失礼いたします。",
        en="{{ person }} will call you back, from {{ day }} at the earliest. Thank you for calling. Goodbye.",
    ),
    script(
        "farewell_promise_minutes",
        "person",
        "minutes",
        purpose="時間を決めて折り返しを約束した電話の、終わりの挨拶",
        ja="それでは、{{ minutes }}分ほどで{{ person }}より折り返しお電話いたします。"
        "お電話ありがとうございました。失礼いたします。",
        en="{{ person }} will call you back in about {{ minutes }} minutes. Thank you for calling. Goodbye.",
    ),
    script(
        "farewell_message",
        "person",
        purpose="伝言を承った電話の、終わりの挨拶",
        ja="ご用件は{{ person }}に申し伝えます。お電話ありがとうございました。失礼いたします。",
        en="I will pass your message on to {{ person }}. Thank you for calling. Goodbye.",
    ),
    script(
        "farewell_message_office",
        purpose="担当者の決まらない伝言を承った電話の、終わりの挨拶",
        ja="ご用件は担当の者に申し伝えます。お電話ありがとうございました。失礼いたします。",
        en="I will pass your message on to the right person. Thank you for calling. Goodbye.",
    ),
    script(
        "farewell_after_call",
        purpose="担当者との通話が終わったあと",
        ja="お電話ありがとうございました。",
        en="Thank you for calling.",
    ),
)
