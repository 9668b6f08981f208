"""Asking staff while the caller holds, and each way it can end."""

from bot.scripts.model import script

SCRIPTS = (
    script(
        "hold",
        purpose="担当者に確認する前の一言",
        ja="確認いたしますので、少々お待ちくださいませ。",
        en="Let me check for you. One moment, please.",
    ),
    script(
        "hold_urgent",
        purpose="お急ぎの電話を担当者に確認する前の一言",
        ja="お急ぎとのこと、すぐに確認いたしますので、少々お待ちくださいませ。",
        en="I understand it is urgent. I will check right away. One moment, please.",
    ),
    script(
        "hold_recorded",
        purpose="通話の録音が有効なとき、担当者に確認する前の一言のあと",
        ja="おつなぎした場合の通話は、確認のため録音させていただきます。",
        en="If you are connected, the call will be recorded for our reference.",
    ),
    script(
        "hold_still",
        purpose="お待ちいただいている間の一言（その一）",
        ja="ただいま確認しております。もうしばらくお待ちくださいませ。",
        en="I am still checking. Thank you for holding.",
    ),
    script(
        "hold_sorry",
        purpose="お待ちいただいている間の一言（その二）",
        ja="お待たせして申し訳ございません。引き続き確認しております。",
        en="I am sorry to keep you waiting. I am still checking for you.",
    ),
    script(
        "hold_option",
        purpose="お待ちいただいている間の一言（その三）。キーで伝言に移れます",
        ja="お待たせして申し訳ございません。ご伝言になさる場合は、いずれかのボタンを押してください。",
        en="I am sorry to keep you waiting. If you would rather leave a message, please press any key.",
    ),
    script(
        "hold_next",
        "other",
        purpose="次の人に確認するとき",
        ja="{{ other }}に確認しておりますので、もうしばらくお待ちくださいませ。",
        en="I am now checking with {{ other }}. Thank you for holding.",
    ),
    script(
        "hold_ringing",
        "person",
        purpose="担当者が出ると答え、電話を鳴らしている間",
        ja="{{ person }}におつなぎいたします。少々お待ちくださいませ。",
        en="I am putting you through to {{ person }}. One moment, please.",
    ),
    script(
        "asked_declined",
        "person",
        purpose="担当者が出られないと答えたとき",
        ja="お待たせいたしました。申し訳ございません、"
        "あいにく{{ person }}はただいま手が離せない状況でございます。",
        en="Thank you for waiting. I am sorry, {{ person }} is unable to come to the phone right now.",
    ),
    script(
        "asked_promise",
        "person",
        "minutes",
        purpose="担当者が折り返しの時間を約束したとき",
        ja="お待たせいたしました。{{ minutes }}分ほどで{{ person }}より折り返しお電話いたします。",
        en="Thank you for waiting. {{ person }} will call you back in about {{ minutes }} minutes.",
    ),
    script(
        "asked_message",
        "person",
        purpose="担当者が伝言を頼んだとき",
        ja="お待たせいたしました。あいにく{{ person }}はただいま電話に出ることができませんので、"
        "代わりにご用件を承ります。",
        en="Thank you for waiting. {{ person }} cannot take the call just now, "
        "so I will gladly take a message.",
    ),
    script(
        "asked_expired",
        "person",
        purpose="時間内に返事がなかったとき",
        ja="お待たせして申し訳ございません。ただいま{{ person }}と連絡が取れませんので、"
        "折り返しお電話を差し上げるよう申し伝えます。",
        en="I am sorry to have kept you waiting. I could not reach {{ person }}, "
        "so I will ask them to call you back.",
    ),
    script(
        "asked_no_answer",
        "person",
        purpose="担当者の電話を鳴らしたが、出なかったとき",
        ja="お待たせして申し訳ございません。{{ person }}は電話に出ることができませんでした。"
        "折り返しお電話を差し上げるよう申し伝えます。",
        en="I am sorry to have kept you waiting. {{ person }} could not come to the phone, "
        "so I will ask them to call you back.",
    ),
    script(
        "asked_on_call",
        "person",
        purpose="確認したところ、別の電話に出ていたとき",
        ja="お待たせいたしました。申し訳ございません、"
        "あいにく{{ person }}はただいま別の電話に出ております。"
        "終わり次第、折り返しお電話を差し上げるよう申し伝えます。",
        en="Thank you for waiting. I am sorry, {{ person }} is on another call. "
        "I will ask them to call you back as soon as it is over.",
    ),
    script(
        "asked_gave_up",
        purpose="お待ちの途中でキーが押され、伝言に移るとき",
        ja="かしこまりました。お待たせして申し訳ございません。ご伝言を承ります。",
        en="Certainly. I am sorry for the wait. I will take a message.",
    ),
)
