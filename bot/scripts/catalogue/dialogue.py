"""What the dialogue asks and answers besides: questions, corrections, whom to choose."""

from bot.scripts.model import Script, script

_WHOM: tuple[Script, ...] = (
    script(
        "whom_ask",
        purpose="どの担当者あてかをたずねるとき",
        ja="どの者にご用でしょうか。担当者名か部署名をお話しください。",
        en="Who would you like to speak to? Please tell me a name or a department.",
    ),
    script(
        "whom_go_on",
        purpose="お名前などは伺ったが、担当者がまだ分からないとき",
        ja="はい、承ります。続けてお話しください。",
        en="Yes, thank you. Please go on.",
    ),
    script(
        "whom_keys",
        "choices",
        purpose="担当者が聞き取れず、キーで選んでいただくとき",
        ja="お手数ですが、番号のボタンでお選びください。{{ choices }}を押してください。",
        en="Please choose with the keys of your telephone: {{ choices }}.",
    ),
    script(
        "which_ask",
        "people",
        purpose="同じ名前の者が何人かいるとき",
        ja="{{ people }}がおります。どちらにご用でしょうか。",
        en="There are {{ people }}. Which of them would you like?",
    ),
    script(
        "which_many",
        "person",
        purpose="同じ名前の者が多く、挙げきれないとき",
        ja="{{ person }}は何人かおります。恐れ入りますが、下のお名前か部署名をお聞かせくださいますか。",
        en="There are several people of that name. Could you tell me the given name, or the department?",
    ),
    script(
        "which_keys",
        "choices",
        purpose="同じ名前の者から、キーで選んでいただくとき",
        ja="恐れ入りますが、番号のボタンでお選びください。{{ choices }}を押してください。",
        en="Please choose with the keys of your telephone: {{ choices }}.",
    ),
    script(
        "person_confirm",
        "person",
        purpose="お名前がはっきり聞き取れず、担当者を確かめるとき",
        ja="{{ person }}あてのお電話でよろしいでしょうか。",
        en="Would you like to speak to {{ person }}?",
    ),
    script(
        "person_unknown",
        "departments",
        purpose="おたずねの名前の者がいないとき",
        ja="申し訳ございません、そのお名前の者が見当たりません。"
        "{% if departments %}部署は、{{ departments }}がございます。{% endif %}"
        "担当者名か部署名をもう一度お聞かせくださいますか。ご伝言も承ります。",
        en="I am sorry, I cannot find anyone of that name. "
        "{% if departments %}Our departments are {{ departments }}. {% endif %}"
        "Please tell me the name or a department once more. I can also take a message.",
    ),
    script(
        "title_unknown",
        "person",
        "departments",
        purpose="役職だけでおたずねになり、その役職の者が登録されていないとき",
        ja="申し訳ございません、あいにく{{ person }}におつなぎすることができません。"
        "{% if departments %}部署は、{{ departments }}がございます。{% endif %}"
        "担当者名か部署名をお聞かせくださいますか。ご伝言も承ります。",
        en="I am sorry, I cannot put you through to that person. "
        "{% if departments %}Our departments are {{ departments }}. {% endif %}"
        "Please tell me a name or a department. I can also take a message.",
    ),
    script(
        "who_we_are",
        purpose="こちらの社名をたずねられたとき",
        ja="こちらは{{ organization }}でございます。",
        en="This is {{ organization }}.",
    ),
    script(
        "person_unknown_message",
        purpose="おたずねの名前の者が、もう一度伺っても見当たらないとき",
        ja="申し訳ございません、担当者を確かめることができませんので、ご用件を承り、担当の者に申し伝えます。",
        en="I am sorry, I cannot tell who is in charge. I will take a message and pass it on.",
    ),
    script(
        "department_busy",
        "department",
        purpose="部署の者がみな電話に出られないとき",
        ja="申し訳ございません、あいにく{{ department }}の者は、ただいま電話に出ることができません。"
        "ご用件を承り、折り返しご連絡いたします。",
        en="I am sorry, no one in {{ department }} can come to the phone at the moment. "
        "I will take a message, and we will get back to you.",
    ),
    script(
        "others_busy",
        purpose="ほかの者も電話に出られないとき",
        ja="申し訳ございません、あいにくほかの者も、ただいま電話に出ることができません。",
        en="I am sorry, no one else can come to the phone at the moment either.",
    ),
    script(
        "other_check",
        "other",
        purpose="代わりの者に確認するとき",
        ja="{{ other }}が承れるか確認いたしますので、少々お待ちくださいませ。",
        en="I will see whether {{ other }} can help you. One moment, please.",
    ),
    script(
        "returned_found",
        "person",
        purpose="「先ほどお電話をいただいた」というお客様に、かけた者が分かったとき",
        ja="お電話をいただき、ありがとうございます。{{ person }}よりお電話を差し上げたかと存じます。",
        en="Thank you for returning our call. I believe it was {{ person }} who called you.",
    ),
    script(
        "returned_unknown",
        purpose="「先ほどお電話をいただいた」というお客様に、かけた者が分からないとき",
        ja="お電話をいただき、ありがとうございます。お電話を差し上げた者の名前か部署は、おわかりでしょうか。",
        en="Thank you for returning our call. "
        "Do you know the name or department of the person who called you?",
    ),
)

_NEXT: tuple[Script, ...] = (
    script(
        "offer_message",
        purpose="折り返しのほかに、伝言を申し出るとき",
        ja="ご伝言も承ります。",
        en="I can also take a message.",
    ),
    script(
        "offer_message_mail",
        purpose="折り返しのほかに、伝言とメールを申し出るとき",
        ja="ご伝言を承ることも、メールアドレスをご案内することもできます。",
        en="I can also take a message, or give you the e-mail address.",
    ),
    script(
        "offer_again",
        purpose="折り返しか伝言かを、もう一度たずねるとき",
        ja="折り返しのお電話と、ご伝言の、どちらになさいますか。",
        en="Would you like a call back, or would you like to leave a message?",
    ),
    script(
        "offer_message_only",
        purpose="伝言だけを申し出るとき",
        ja="よろしければ、ご伝言を承ります。いかがなさいますか。",
        en="May I take a message for you?",
    ),
    script(
        "offer_open",
        purpose="おたずねにお答えしたあと、ご希望を待つとき",
        ja="折り返しのお電話やご伝言も承りますので、お申し付けくださいませ。",
        en="Please tell me if you would like a call back, or to leave a message.",
    ),
    script(
        "offer_keys",
        purpose="このあとのご希望が聞き取れず、キーで選んでいただくとき",
        ja="恐れ入りますが、番号のボタンでお選びください。折り返しのお電話は1を、ご伝言は2を、もう一度お聞きになる場合は3を押してください。",
        en="Please choose with the keys of your telephone: press 1 for a call back, 2 to leave a message, "
        "3 to hear this again.",
    ),
    script(
        "mail_ask",
        "person",
        purpose="お急ぎのお客様に、メールの案内を申し出るとき",
        ja="お急ぎでしたら、{{ person }}のメールアドレスをご案内いたしましょうか。",
        en="If it is urgent, shall I give you the e-mail address of {{ person }}?",
    ),
    script(
        "mail_written",
        purpose="メールアドレスを書き取れたかたずねるとき",
        ja="お書き取りいただけましたでしょうか。一文字ずつのご案内もできます。",
        en="Did you get that? I can also spell it letter by letter.",
    ),
    script(
        "mail_read_back",
        purpose="メールアドレスの復唱をお願いするとき",
        ja="よろしければ、復唱をお願いいたします。",
        en="Please feel free to read it back to me.",
    ),
    script(
        "mail_sms_possible",
        purpose="携帯電話のお客様に、ショートメッセージでも送れることを伝えるとき",
        ja="ショートメッセージでお送りすることもできます。",
        en="I can also send it to you as a text message.",
    ),
    script(
        "mail_no_sms",
        purpose="ショートメッセージで送れないとき",
        ja="申し訳ございません、このお電話にはショートメッセージをお送りできません。",
        en="I am sorry, I cannot send a text message to this line.",
    ),
    script(
        "mail_sms_text",
        "person",
        "address",
        purpose="ショートメッセージで送る文（読み上げません）",
        ja="{{ organization }} {{ person }}のメールアドレス: {{ address }}",
        en="{{ organization }}: the e-mail address of {{ person }} is {{ address }}",
    ),
    script(
        "message_ask_for",
        "person",
        purpose="担当者への伝言をたずねるとき",
        ja="{{ person }}への伝言を承ります。ご用件をお話しください。",
        en="I will take a message for {{ person }}. Please tell me what it is about.",
    ),
    script(
        "message_go_on",
        purpose="お客様のお話の続きを待つとき",
        ja="はい、どうぞ。",
        en="Yes, please go on.",
    ),
    script(
        "message_ask_again",
        purpose="伝言が聞き取れなかったとき",
        ja="恐れ入ります、ご用件をもう一度お聞かせください。",
        en="I am sorry, could you tell me your message once more?",
    ),
    script(
        "called_only",
        "person",
        purpose="お電話があったことだけを伝えるとき",
        ja="かしこまりました。お電話をいただきましたことを、{{ person }}に申し伝えます。",
        en="Certainly. I will let {{ person }} know that you called.",
    ),
    script(
        "callback_office",
        purpose="担当者の決まらない折り返しを承ったとき",
        ja="かしこまりました。担当の者より、折り返しご連絡いたします。",
        en="Certainly. The right person will get back to you.",
    ),
    script(
        "more_ask",
        purpose="ほかのご用件をたずねるとき",
        ja="ほかにご用件はございますか。",
        en="Is there anything else I can do for you?",
    ),
    script(
        "more_listening",
        purpose="ほかのご用件を待つとき",
        ja="ほかにございましたら、お話しください。なければ、このままお切りいただいて結構でございます。",
        en="If there is anything else, please tell me. Otherwise you may simply hang up.",
    ),
)

_CALLER: tuple[Script, ...] = (
    script(
        "caller_ask_person",
        "company",
        purpose="会社名は伺ったが、お名前がまだのとき",
        ja="恐れ入りますが、{{ company }}のどちら様でいらっしゃいますか。",
        en="May I ask who is calling from {{ company }}?",
    ),
    script(
        "caller_ask_again",
        purpose="お名前をもう一度たずねるとき",
        ja="念のため、お客様のお名前をお願いいたします。",
        en="Could I have your name once more, please?",
    ),
    script(
        "caller_wrong",
        purpose="お名前が違うと言われたとき（このあと、たずね直します）",
        ja="大変失礼いたしました。",
        en="I beg your pardon.",
    ),
    script(
        "caller_corrected",
        "caller",
        purpose="お名前の聞き違いを直したとき",
        ja="失礼いたしました。{{ caller }}でいらっしゃいますね。",
        en="I beg your pardon. {{ caller }}.",
    ),
    script(
        "number_again",
        purpose="番号をもう一度たずねるとき",
        ja="恐れ入ります、お電話番号をもう一度、市外局番からお話しください。",
        en="I am sorry, please tell me the number once more, with the area code.",
    ),
    script(
        "number_keys_again",
        purpose="番号を、もう一度キーでお願いするとき",
        ja="恐れ入ります、もう一度番号のボタンを押して、最後にシャープを押してください。",
        en="I am sorry, please enter the number once more, followed by the hash key.",
    ),
    script(
        "number_confirm_keys",
        "number",
        purpose="番号の確認を、キーでお願いするとき",
        ja="{{ number }}。合っていれば1を、違っていれば2を押してください。",
        en="{{ number }}. Press 1 if that is correct, or 2 if it is not.",
    ),
)

_ASIDES: tuple[Script, ...] = (
    script(
        "certainly",
        purpose="承知したことを伝える一言",
        ja="かしこまりました。",
        en="Certainly.",
    ),
    script(
        "wait_ok",
        purpose="お客様が「少々お待ちください」と言われたとき",
        ja="かしこまりました。ご用意ができましたら、お話しください。",
        en="Certainly. Please go ahead when you are ready.",
    ),
    script(
        "where_refused",
        purpose="行き先や理由をたずねられたとき",
        ja="恐れ入りますが、行き先や事情のご案内はいたしかねます。",
        en="I am sorry, I am not able to tell you where they are or why.",
    ),
    script(
        "staff_number_refused",
        "person",
        purpose="社員の携帯番号をたずねられたとき",
        ja="申し訳ございません、{{ person }}の電話番号はご案内いたしかねます。ご用件は、すぐに申し伝えます。",
        en="I am sorry, I am not able to give out the number of {{ person }}, "
        "but I will pass your message on right away.",
    ),
    script(
        "machine",
        purpose="「人と話したい」「機械ですか」と言われたとき",
        ja="恐れ入ります、こちらは自動音声の受付でございます。ご用件は、社内の者に必ず申し伝えます。",
        en="I am an automated assistant. Whatever you tell me is passed on to our staff.",
    ),
    script(
        "sales_answer",
        purpose="営業やご案内のお電話のとき",
        ja="恐れ入りますが、ご案内のお電話はおつなぎいたしかねます。ご用件を承り、必要な場合はこちらからご連絡いたします。",
        en="I am sorry, we do not put through sales calls. "
        "Please leave your message, and we will get in touch if we are interested.",
    ),
    script(
        "hours_tell",
        "hours",
        purpose="営業時間をたずねられたとき",
        ja="営業時間は、{{ hours }}でございます。",
        en="Our hours are {{ hours }}.",
    ),
    script(
        "fact_unknown",
        purpose="住所やファクス番号など、自動音声で分からないことをたずねられたとき",
        ja="申し訳ございません、そちらは自動音声ではわかりかねますので、担当の者に申し伝え、ご連絡いたします。",
        en="I am sorry, I do not have that information, but I will pass your question on to our staff.",
    ),
    script(
        "japanese_only",
        purpose="英語をご希望のお客様に、日本語でのみ承るとき",
        ja="申し訳ございません、日本語でのご案内のみでございます。Sorry, we can only answer in Japanese.",
        en="I am sorry, we can only answer in Japanese.",
    ),
    script(
        "english_hint",
        purpose="お声が聞こえないとき、英語を選べることを添える（英語のあるプランだけ）",
        ja="For English, press 9.",
        en="For Japanese, press 9.",
    ),
    script(
        "english_on",
        purpose="案内を英語にしたとき",
        ja="英語でご案内いたします。",
        en="Certainly.",
    ),
    script(
        "japanese_on",
        purpose="案内を日本語に戻したとき",
        ja="かしこまりました。日本語でご案内いたします。",
        en="I will continue in Japanese.",
    ),
    script(
        "wrong_number",
        purpose="お間違いの電話のとき",
        ja="こちらは{{ organization }}でございます。どうぞお気になさらないでください。失礼いたします。",
        en="This is {{ organization }}. No problem at all. Goodbye.",
    ),
    script(
        "not_heard",
        purpose="お声が聞こえないとき（このあと、たずね直します）",
        ja="恐れ入ります、お声が届いていないようでございます。",
        en="I am sorry, I cannot hear you.",
    ),
    script(
        "not_followed",
        purpose="お話が分からなかったとき（このあと、たずね直します）",
        ja="恐れ入ります、うまく聞き取れませんでした。",
        en="I am sorry, I did not catch that.",
    ),
)

SCRIPTS: tuple[Script, ...] = (*_WHOM, *_NEXT, *_CALLER, *_ASIDES)
