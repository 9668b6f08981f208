"""Faults, callers who are refused, and calls that are our own."""

from bot.scripts.model import script

SCRIPTS = (
    script(
        "trouble_moment",
        purpose="処理に時間がかかっているとき",
        ja="少々お待ちくださいませ。",
        en="One moment, please.",
    ),
    script(
        "trouble_fallback",
        purpose="システムの不調で、通常の受付ができないとき（このあと録音に移ります）",
        ja="申し訳ございません、ただいま受付に不具合が生じておりますため、ご伝言のみ承ります。"
        "発信音のあとに、お名前とお電話番号、ご用件をお話しください。",
        en="I am sorry, we are having a technical problem and can only take a message. "
        "After the tone, please leave your name, your number and your message.",
    ),
    script(
        "trouble_fallback_end",
        purpose="システムの不調のとき、録音のあと",
        ja="ご伝言をお預かりいたしました。担当の者より折り返しご連絡いたします。"
        "お電話ありがとうございました。",
        en="Your message has been recorded, and we will get back to you. Thank you for calling.",
    ),
    script(
        "refused",
        purpose="着信をお断りしている番号からの電話",
        ja="申し訳ございません、このお電話はお受けいたしかねます。失礼いたします。",
        en="We are sorry, we are unable to take this call. Goodbye.",
    ),
    script(
        "own_number",
        purpose="自社の番号からの電話が受付に戻ってきたとき",
        ja="この電話は受付から転送されたものですので、終了いたします。",
        en="This call was forwarded from our own reception and will now end.",
    ),
)
