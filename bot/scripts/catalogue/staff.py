"""What staff hear when their telephone rings for a call that they are asked to take."""

from bot.scripts.model import script

SCRIPTS = (
    script(
        "whisper",
        "caller",
        "purpose",
        purpose="社員の電話で、誰からの電話かを伝えるとき",
        ja="{{ organization }}の受付です。{{ caller }}からお電話です。"
        "{% if purpose %}ご用件は、{{ purpose }}。{% endif %}おつなぎする場合は1を押してください。",
        en="This is the {{ organization }} reception. A call from {{ caller }}"
        "{% if purpose %}, {{ purpose }}{% endif %}. To take it, press 1.",
    ),
    script(
        "whisper_urgent",
        "caller",
        "purpose",
        purpose="社員の電話で、お急ぎの電話だと伝えるとき",
        ja="{{ organization }}の受付です。お急ぎのお電話です。{{ caller }}からです。"
        "{% if purpose %}ご用件は、{{ purpose }}。{% endif %}おつなぎする場合は1を押してください。",
        en="This is the {{ organization }} reception. An urgent call from {{ caller }}"
        "{% if purpose %}, {{ purpose }}{% endif %}. To take it, press 1.",
    ),
    script(
        "whisper_for_other",
        "caller",
        "other",
        purpose="代理の社員の電話で、誰あての電話かを伝えるとき",
        ja="{{ organization }}の受付です。{{ caller }}から、{{ other }}あてのお電話です。"
        "代わりに出ていただける場合は1を押してください。",
        en="This is the {{ organization }} reception. A call from {{ caller }} for {{ other }}. "
        "To take it instead, press 1.",
    ),
    script(
        "whisper_again",
        purpose="社員が1を押さないとき",
        ja="おつなぎする場合は1を、出られない場合は2を押してください。",
        en="Press 1 to take the call, or 2 if you cannot.",
    ),
    script(
        "leg_caller_gone",
        purpose="社員が出る前に、お客様が電話を切っていたとき",
        ja="お客様はすでに電話を切られました。ご用件はチャットでお知らせします。",
        en="The caller has already hung up. You will find the message in your chat.",
    ),
    script(
        "leg_taken",
        "other",
        purpose="ほかの社員がすでに電話を取っていたとき",
        ja="この電話は、すでに{{ other }}さんが取りました。ありがとうございます。",
        en="{{ other }} has already taken this call. Thank you.",
    ),
    script(
        "leg_over",
        purpose="時間が過ぎ、電話を取れなくなっていたとき",
        ja="この電話の受付は終わりました。ご用件はチャットでお知らせします。",
        en="This call can no longer be taken. You will find the message in your chat.",
    ),
    script(
        "leg_declined",
        purpose="社員が出ないと答えたとき",
        ja="承知しました。お客様には受付から申し伝えます。",
        en="All right. The reception will tell the caller.",
    ),
    script(
        "callback_whisper",
        "caller",
        purpose="社員の電話で、お客様への折り返しだと伝えるとき",
        ja="{{ organization }}の受付です。{{ caller }}への折り返しです。おかけする場合は1を押してください。",
        en="This is the {{ organization }} reception. Your call back to {{ caller }}. To place it, press 1.",
    ),
    script(
        "callback_calling",
        "caller",
        purpose="社員が1を押し、お客様を呼び出すとき",
        ja="{{ caller }}をお呼びします。",
        en="Calling {{ caller }}.",
    ),
    script(
        "callback_unanswered",
        "caller",
        purpose="折り返しで、お客様が電話に出なかったとき",
        ja="{{ caller }}はお出になりませんでした。伝言は未対応のまま残します。",
        en="{{ caller }} did not answer. The message stays open.",
    ),
    script(
        "callback_over",
        purpose="折り返しが、すでに取りやめになっていたとき",
        ja="この折り返しは終わっています。",
        en="This call back is over.",
    ),
)
