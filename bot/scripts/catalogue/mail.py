"""Telling a mail address so that it can be written down, and comparing it."""

from bot.scripts.model import script

SCRIPTS = (
    script(
        "mail_offer",
        "person",
        purpose="メールでの連絡を申し出るとき",
        ja="お急ぎでしたら、{{ person }}のメールアドレスをご案内いたします。",
        en="If it is urgent, I can give you the e-mail address of {{ person }}.",
    ),
    script(
        "mail_tell",
        "mail",
        purpose="メールアドレスを読み上げるとき",
        ja="メールアドレスを申し上げます。{{ mail }}、でございます。",
        en="The e-mail address is: {{ mail }}.",
    ),
    script(
        "mail_again",
        "mail",
        purpose="メールアドレスをもう一度、または一文字ずつ読み上げるとき",
        ja="もう一度申し上げます。{{ mail }}、でございます。",
        en="Let me repeat that: {{ mail }}.",
    ),
    script(
        "mail_right",
        purpose="復唱が合っていたとき",
        ja="はい、さようでございます。",
        en="Yes, that is correct.",
    ),
    script(
        "mail_wrong",
        "mail",
        purpose="復唱が違っていたとき",
        ja="恐れ入ります、少々違うようでございます。正しくは、{{ mail }}、でございます。",
        en="I am sorry, that is not quite right. It is: {{ mail }}.",
    ),
    script(
        "mail_not_shared",
        "person",
        purpose="メールアドレスを案内できないとき",
        ja="申し訳ございません、{{ person }}のメールアドレスはご案内いたしかねます。"
        "ご用件は{{ person }}へ、すぐに申し伝えます。",
        en="I am sorry, I am not able to give out the e-mail address of {{ person }}, "
        "but I will pass your message on right away.",
    ),
    script(
        "mail_sms_sent",
        purpose="ショートメッセージで送ったとき",
        ja="かしこまりました。ただいまショートメッセージでお送りいたします。",
        en="Certainly. I am sending it to you as a text message now.",
    ),
)
