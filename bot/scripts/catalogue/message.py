"""Taking a message, the caller's name and number, and voicemail."""

from bot.scripts.model import script

SCRIPTS = (
    script(
        "message_taken",
        "person",
        purpose="伝言を承ったとき",
        ja="かしこまりました。{{ person }}に申し伝えます。",
        en="Certainly. I will pass that on to {{ person }}.",
    ),
    script(
        "message_taken_office",
        purpose="担当者の決まらない伝言を承ったとき",
        ja="かしこまりました。担当の者に申し伝えます。",
        en="Certainly. I will pass that on to the right person.",
    ),
    script(
        "caller_ask",
        purpose="お名前をたずねるとき",
        ja="恐れ入りますが、御社名とお名前をお聞かせいただけますでしょうか。",
        en="May I have your name and company, please?",
    ),
    script(
        "caller_known",
        "caller",
        purpose="登録のある番号からのお電話で、ご本人かをたずねるとき",
        ja="失礼ですが、{{ caller }}でいらっしゃいますか。",
        en="Am I speaking with {{ caller }}?",
    ),
    script(
        "caller_confirm",
        "caller",
        purpose="お名前を復唱するとき",
        ja="{{ caller }}でいらっしゃいますね。",
        en="May I confirm: {{ caller }}.",
    ),
    script(
        "number_ask",
        purpose="折り返し先の番号をたずねるとき",
        ja="折り返し先のお電話番号をお話しいただくか、番号を押して、最後にシャープを押してください。",
        en="Please say the number we should call back, or enter it followed by the hash key.",
    ),
    script(
        "number_ask_keys",
        purpose="番号が聞き取れず、キーでお願いするとき",
        ja="恐れ入りますが、お電話番号をダイヤルのボタンで押して、最後にシャープを押してください。",
        en="I am sorry, please enter the number on your keypad, followed by the hash key.",
    ),
    script(
        "number_offer",
        "number",
        purpose="おかけの番号を折り返し先として確かめるとき",
        ja="折り返しは、おかけになっている番号、{{ number }}でよろしいでしょうか。",
        en="Shall we call you back on the number you are calling from, {{ number }}?",
    ),
    script(
        "number_confirm",
        "number",
        purpose="番号を復唱するとき",
        ja="復唱いたします。{{ number }}。以上でよろしいでしょうか。",
        en="Let me read that back: {{ number }}. Is that correct?",
    ),
    script(
        "number_kept",
        purpose="番号を確かめ終えたとき",
        ja="ありがとうございます。お電話番号を承りました。",
        en="Thank you. I have noted the number.",
    ),
    script(
        "number_doubtful",
        purpose="番号がはっきりしないまま承るとき",
        ja="ありがとうございます。伺ったとおりにお預かりし、担当の者が確認いたします。",
        en="Thank you. I have noted the number as you said it, and we will check it.",
    ),
    script(
        "voicemail_prompt",
        purpose="留守番電話の録音を始める前",
        ja="恐れ入りますが、発信音のあとに、お名前とお電話番号、ご用件をお話しください。"
        "終わりましたらシャープを押すか、そのままお切りください。",
        en="After the tone, please leave your name, your number and your message. "
        "When you have finished, press the hash key or simply hang up.",
    ),
    script(
        "voicemail_taken",
        purpose="録音が終わったとき",
        ja="ご伝言をお預かりいたしました。担当の者に申し伝えます。",
        en="Thank you, your message has been recorded. We will pass it on.",
    ),
    script(
        "voicemail_empty",
        purpose="録音に何も入っていなかったとき",
        ja="ご伝言が録音されませんでした。おかけの番号へ、担当の者が確認のうえご連絡いたします。",
        en="No message was recorded. We will check and get back to you.",
    ),
)
