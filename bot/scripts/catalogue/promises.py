"""Calling back: from when at the earliest, and what the caller is promised."""

from bot.scripts.model import script

SCRIPTS = (
    script(
        "callback_from",
        "day",
        purpose="折り返しが別の日になるとき",
        ja="{{ day }}以降の折り返しになるかと存じます。",
        en="The earliest they can call you back is {{ day }}.",
    ),
    script(
        "callback_after_return",
        purpose="戻り次第、折り返すとき",
        ja="戻り次第の折り返しになるかと存じます。",
        en="They can call you back as soon as they return.",
    ),
    script(
        "callback_after_meeting",
        purpose="会議や来客が終わり次第、折り返すとき",
        ja="終わり次第の折り返しになるかと存じます。",
        en="They can call you back as soon as it is over.",
    ),
    script(
        "callback_after_call",
        purpose="別の電話が終わり次第、折り返すとき",
        ja="電話が終わり次第の折り返しになるかと存じます。",
        en="They can call you back as soon as that call is over.",
    ),
    script(
        "callback_after_arrival",
        purpose="出社次第、折り返すとき",
        ja="出社次第の折り返しになるかと存じます。",
        en="They can call you back as soon as they arrive.",
    ),
    script(
        "callback_when_free",
        purpose="手が空き次第、折り返すとき",
        ja="手が空き次第の折り返しになるかと存じます。",
        en="They can call you back as soon as they are free.",
    ),
    script(
        "callback_later",
        purpose="担当者が席にいるはずで、本日中に折り返せるとき",
        ja="のちほど折り返しお電話を差し上げるよう、申し伝えます。",
        en="I will ask for you to be called back later.",
    ),
    script(
        "callback_none",
        "person",
        purpose="折り返しを約束しない契約のとき",
        ja="ご用件は{{ person }}に申し伝えます。",
        en="I will pass your message on to {{ person }}.",
    ),
    script(
        "callback_offer",
        "person",
        purpose="折り返しを申し出るとき",
        ja="{{ person }}より折り返しお電話を差し上げるよう、申し伝えましょうか。",
        en="Shall I ask {{ person }} to call you back?",
    ),
    script(
        "callback_promised",
        "person",
        purpose="折り返しを約束するとき",
        ja="かしこまりました。{{ person }}より折り返しお電話を差し上げるよう、申し伝えます。",
        en="Certainly. I will ask {{ person }} to call you back.",
    ),
    script(
        "callback_soonest",
        "person",
        purpose="「今日中に連絡したい」というお客様へ",
        ja="{{ person }}と連絡が取れ次第、ご用件を申し伝えます。",
        en="I will pass your message on as soon as we reach {{ person }}.",
    ),
    script(
        "deputy_offer",
        "person",
        "other",
        purpose="長く不在のとき、代わりの者を申し出るとき",
        ja="{{ person }}に代わりまして、{{ other }}がご用件を承ることもできます。いかがいたしましょうか。",
        en="{{ other }} can help you in place of {{ person }}. Would you like that?",
    ),
    script(
        "colleague_offer",
        "department",
        purpose="同じ部署のほかの者を申し出るとき",
        ja="{{ department }}のほかの者が代わりに承ることもできます。",
        en="Someone else in {{ department }} could also help you.",
    ),
)
