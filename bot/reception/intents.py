"""What a caller may want, and the words people use for it: data, read by `understanding`.

The fragments are regular expressions over sentences as `wording.clauses` leaves them: NFKC, lower
case, no pauses, no spaces between Japanese characters, no fillers. A recogniser writes the same sound in kanji or
in kana, so the usual readings stand beside the usual spellings.
"""

import re
from collections.abc import Iterator, Mapping
from enum import StrEnum


class Intent(StrEnum):
    """One thing that an utterance says or asks."""

    YES = "yes"
    NO = "no"
    FINE = "fine"
    """「大丈夫です」「結構です」「わかりました」: yes or no by what was asked."""
    HESITATES = "hesitates"
    """「そうですか…」: heard, and not yet decided."""
    GREETING = "greeting"
    RETURNED_CALL = "returned_call"
    """「先ほどお電話をいただいた者ですが」: the caller answers a call of ours."""
    ASK_WHEN_BACK = "ask_when_back"
    ASK_WHERE = "ask_where"
    CONNECT = "connect"
    REACH = "reach"
    """「今日中に連絡できる方法はありませんか」: any way to reach the person."""
    CALLBACK = "callback"
    CALLS_AGAIN = "calls_again"
    """「またかけ直します」: the caller will ring again."""
    MAIL = "mail"
    SPELL = "spell"
    SMS = "sms"
    LEAVE_MESSAGE = "leave_message"
    THAT_ONLY = "that_only"
    """「電話があったことだけお伝えください」: the message is the call itself."""
    OTHER_PERSON = "other_person"
    ANYONE = "anyone"
    STAFF_NUMBER = "staff_number"
    KNOWS_NUMBER = "knows_number"
    """「番号はご存じです」: no number need be taken."""
    THIS_NUMBER = "this_number"
    """「この番号で」: the number the call comes from."""
    REPEAT = "repeat"
    WAIT = "wait"
    ENGLISH = "english"
    JAPANESE = "japanese"
    MACHINE = "machine"
    """「機械ですか」「人と話したい」."""
    OFFICE_HOURS = "office_hours"
    OFFICE_FACTS = "office_facts"
    """The address, the fax number: what the reception does not know."""
    SALES = "sales"
    WRONG_NUMBER = "wrong_number"
    NOTHING_MORE = "nothing_more"
    THANKS = "thanks"
    FAREWELL = "farewell"


PHRASES: Mapping[Intent, tuple[str, ...]] = {
    Intent.YES: (
        r"^(?:はい|ええ|えぇ|うん|そう(?:です(?!か)|だ|なん)|さよう|左様|その通り|おっしゃる通り|合って|あって(?:い)?ます|間違い(?:な|あり)|まちがいな)",
        r"(?:^|はい|では|じゃあ?|それでは|ええ|ぜひ|是非)(?:それで)?(?:お願い(?:いた|致|し|でき)|おねがい(?:いた|し))",
        r"それで(?:いい|良い|お願い|おねがい|結構|大丈夫|構い|かまい)|はいはい|もちろん|よろしいです(?!か)|\bok\b|オッケー|オーケー|(?:早く|早めに|急ぎで)お願い|(?:いつ|何時)でも(?:いい|結構|構い|かまい|大丈夫)|(?:番号|それ|これ)で(?:お願い|合って|あって)",
        r"^(?:お願い|おねがい)(?:いた|致|し|でき)",
        r"^(?:yes|yeah|yep|sure|correct|that'?s right|right|please do|please$)",
    ),
    Intent.NO: (
        r"^(?:いいえ|いえ|いや|ううん|違|ちが)|違います|ちがいます|違う(?:ん|の|よ|$)|間違って|まちがって|そうじゃな|そうではな|では?ありません(?:$|[。、])",
        r"^(?:no|nope|not (?:really|correct)|wrong|incorrect)\b",
    ),
    Intent.FINE: (
        r"(?:^|もう|それで|これで|特に|はい|いえ|じゃあ?|では|で)(?:大丈夫|だいじょうぶ|結構|けっこう|いい|良い|構いません|かまいません)(?:です(?!か)|でした|でございます|$)|(?:わか|分か|判)りました|了解|承知(?:し|いた)|かしこまりました",
        r"^(?:大丈夫|結構|けっこう)",
        r"\b(?:that'?s fine|it'?s fine|that'?s ok)",
    ),
    Intent.HESITATES: (r"^(?:あ+|はあ?|へえ?)?(?:そう(?:です|なんです)か|そっか|なるほど|うーん|困ったな|そうなんですね)",),
    Intent.GREETING: (
        r"お世話になって(?:い|お|る|ま)|おせわになって|お世話になりま|もしもし|聞こえますか|こんにちは|おはようございます|こんばんは|初めて(?:お電話|ご連絡)|はじめまして",
        r"お忙しいところ|恐れ入ります(?:が|けど)?$|すみません$|すいません$",
        r"^(?:hello|hi|good (?:morning|afternoon|evening))\b",
    ),
    Intent.RETURNED_CALL: (
        r"(?:お電話|電話|ご連絡|連絡|着信|留守電|留守番電話)(?:が|を|も|の)?(?:(?:いただ|頂)(?:いた|きまし|いて(?:い|お)|いちゃ)|もらって?(?:い)?(?:た|まし)|あった(?:ので|よう|みたい|んで|もの|と|のです)|ありまし(?:たので|て|たようで)|入って(?:い|おり)|くださった|下さった|残って|ちょうだいし|頂戴し)",
        r"不在着信|着信履歴|履歴が(?:残|あ)|折り返し(?:の)?(?:お)?電話(?:を)?(?:して|させて|いたし|差し上げ|です|なん|でござい|をし)|折り返し(?:て)?(?:い|お)(?:ります|る)|おりかえし(?:お)?でんわ(?:して|いたし)",
        r"(?:returning|missed) (?:your|a|the|his|her) call|you (?:called|rang) me|someone called me",
    ),
    Intent.ASK_WHEN_BACK: (
        r"(?:いつ|何時|なんじ|何日|なんにち|何曜日)(?:頃|ごろ|くらい|ぐらい)?(?:に|なら|でしたら|だったら|まで|から|でしょう|です|終わ|空|お|戻|もど|帰|い[らま]|出|ご|に)",
        r"(?:お)?(?:戻り|もどり|帰り|かえり|帰社|出社|出勤)(?:は|の(?:ご?予定|お?時間)|に?なられ|になり(?:ます|そう)|になるの|予定)|戻られま(?:す|した)|戻りま(?:すか|したか)|(?:戻|帰)ら(?:ない|れない)(?:ん)?です|(?:戻|帰)りませんか|帰られます|戻ってこられ|戻ってき(?:ます|そう)|お戻りで",
        r"(?:明日|あした|あす|明後日|来週|午後|夕方|後ほど|のちほど)(?:なら|でしたら|だったら|に)?(?:は|には)?(?:いらっしゃ|おられ|ご在席|在席|いますか|つなが|連絡がつ|出社)",
        r"when (?:will|is|would|can|does|are)|what time|be back|coming back|back in the office",
    ),
    Intent.ASK_WHERE: (
        r"(?:どこ|どちら)(?:に|へ|まで|の方)?(?:いらっしゃ|おられ|い(?:る|ま)|行|出張|外出|お出かけ)|行き先|出張先|訪問先|where is (?:he|she|mr|ms)",
        r"(?:なぜ|どうして|なんで|何の|どういった|どんな)(?:お|ご)?(?:休み|不在|用事|理由|いない)|(?:お休み|不在)の理由",
    ),
    Intent.CONNECT: (
        r"(?:お)?(?:つな|繋)(?:ぎ|い|げ|が)(?!っていない)|取り?次|とりつ[いぎ]|(?:お電話|電話)?(?:に|を)?(?:代わ|変わ|替わ|かわ)(?:って|り|れ)(?!し|ません|まし)|回して(?:くだ|もら|いた)|転送|(?:を|電話に)出して",
        r"(?:さん|様|さま|部長|課長|社長|係長|主任|先生|専務|常務|店長|所長|氏|担当(?:者|の方)?)(?:を|に|は|って|の方|へ)?(?:、)?(?:いらっしゃ|おられ|お見え|い(?:ます|らっしゃ)|お願い|おねがい|ご在席|在席|お手すき|呼ん|お話|お電話)",
        r"いらっしゃいます(?:か|でしょう)|いらっしゃるでしょうか|おられますか|ご在席|お手(?:すき|隙)|お話し?(?:でき|した|させ)|直接(?:話|お話)|呼んで(?:くだ|いた|もら)",
        r"speak (?:to|with)|talk (?:to|with)|put me through|connect me|transfer me|is (?:mr|ms|mrs)\b|is .{1,20}(?: in\b| there| available)",
    ),
    Intent.REACH: (
        r"(?:連絡|れんらく)(?:が|を|の)?(?:つ[くけ]|付[くけ]|取[れる]|と[れる]|でき|する|したい|手段|方法)(?:る|れる)?.{0,6}(?:方法|手段|ほう|ません|ない|でしょう|ですか|ます)",
        r"(?:ほか|他|何か|なにか)(?:に)?(?:の)?(?:連絡)?(?:方法|手段)|方法は(?:あり|ござい|ない)|なんとか(?:連絡|なり|なら|でき)|何とか(?:連絡|なり|なら|でき)|どうにか(?:なり|なら|でき|連絡)",
        r"(?:今日中|本日中|きょう中)に.{0,14}(?:連絡|話|電話|つかま|捕まえ|返事|お返事|回答)",
        r"(?:any|another|other) way|reach (?:him|her|them)|get (?:hold|in touch)|contact (?:him|her)",
    ),
    Intent.CALLBACK: (
        r"折り?返し(?!(?:の)?(?:お)?電話(?:を)?(?:して|させて|いたし|差し上げ|です|なん))(?:て)?(?!(?:い|お)(?:ります|る))|おりかえし|折返し?",
        r"(?:お電話|電話|ご連絡|連絡|tel|コール)(?:を|も|が)?(?:いただ(?:け|きた|くよう|くこと)|頂(?:け|きた|く)|ください|下さい|くださ|もらえ|もらい|ほし|欲し|お願い|頂戴|ちょうだい)(?!.{0,3}(?:た者|たもの))",
        r"かけ直して(?:くだ|いた|もら|ほし)|掛け直して(?:くだ|いた|もら)|電話する(?:よう|ように)|コールバック",
        r"call (?:me|us) back|call ?back|return my call|give me a call|have (?:him|her|them) call",
    ),
    Intent.CALLS_AGAIN: (
        r"また.{0,6}?(?:かけ|掛け|電話|連絡)(?:(?:直|なお)?します|ます|いたし|させて)|(?:また|改めて|あらためて|後ほど|のちほど|あとで|後で|後日|こちらから|こちらで|再度)(?:お)?(?:電話|かけ|掛け|ご連絡|連絡)(?:を)?(?:直|なお)?(?:し|いた|致|さしあ|差し上|させ|ま)",
        r"(?:かけ|掛け)(?:直|なお)(?:します|させ|しま|いたし)|(?:改め|あらため)(?:ます|させて)|出直し",
        r"call (?:again|later|back later)|i'?ll call|try again",
    ),
    Intent.MAIL: (r"(?<!ショート)メール|めーる|メアド|e-?mail|アドレス(?!帳)|あどれす",),
    Intent.SPELL: (
        r"(?:一|1|ひと)(?:文字|もじ|字)(?:ずつ|づつ|ごと)|スペル|つづり|綴り|アルファベット(?:で|を)|一つ(?:ずつ|づつ)|ひとつ(?:ずつ|づつ)|どういう(?:字|綴|つづ)|letter by letter|spell|(?:エム|エヌ|ビー|ディー|ピー|ティー|ジー|ゼット)(?:です)?か",
    ),
    Intent.SMS: (
        r"ショート(?:メール|メッセージ)|sms|エスエムエス|テキスト(?:で|メッセージ)|メッセージで送|携帯に送|text (?:it|me|message)|by text",
    ),
    Intent.LEAVE_MESSAGE: (
        r"(?:お)?伝言|言付|ことづけ|ことづて|言伝|(?<!先を)(?<!号を)(?<!前を)お伝え|伝えて|つたえて|メッセージ(?:を|お願い)|(?:申|もう)し伝え|残し(?:て|た)(?:お|い|くだ)|(?:leave|take) a message|tell (?:him|her|them)|let (?:him|her|them) know|message for",
    ),
    Intent.THAT_ONLY: (
        r"(?:電話|連絡)(?:が)?(?:あ(?:っ|り)(?:まし)?た|した|いたしました)(?:こと|旨|むね|と)(?:だけ|のみ)?(?:を)?(?:お)?(?:伝え|つたえ)|電話(?:が)?あった(?:と|って)(?:だけ|.{0,10}(?:伝え|言))|tell (?:him|her|them) .{1,20} called",
        r"(?:電話|連絡)(?:が)?(?:あった)(?:こと|旨)だけ|that i called|know i called",
    ),
    Intent.OTHER_PERSON: (
        r"同じ部署の(?:方|人)|(?:ほか|他)に(?:わか|分か|詳し|どなた|誰|お)|(?:ほか|他|別|代わり|かわり|違う)の(?:方|かた|者|人|担当|社員)|代理の(?:方|人)|代わりに(?:どなた|誰|お話|伺|対応)|(?:どなた|誰|だれ)か(?!ら)(?:、)?(?:ほか|他|お|対応|わか|分か|い|代|話|、|に)?",
        r"(?:someone|somebody|anyone|anybody) else|another (?:person|colleague)|colleague",
    ),
    Intent.ANYONE: (
        r"(?:どなた|誰|だれ|どの方|どちら様)でも|どなたか|誰でも|だれでも|担当(?:の)?(?:方|かた|者|の人)(?!は|の?名)|ご担当(?:者|の方)?(?:様|さん)?|責任者",
        r"(?<!携帯)(?<!番号)(?<!会社)(?<!こちら)(?<!そちら)(?<!メール)の(?:方|かた|人)(?:を|に)?(?:お願い|おねがい|いらっしゃ|おられ|つない|繋い|代わ)|(?:anyone|anybody|someone|somebody) (?:in|from|at|there|who)",
    ),
    Intent.STAFF_NUMBER: (
        r"(?:携帯|けいたい|スマホ|直通|個人)(?:の)?(?:電話)?(?:の)?(?:番号)?(?:を|は)?(?:お)?(?:教え|おしえ|わか|分か|うかが|伺|知り)|(?:携帯|スマホ|直通)(?:に|へ)(?:直接)?(?:おかけ|かけ(?:た|て(?:も|よ)|られ)|(?:電話|連絡)し(?:た|て(?:も|よ)))",
        r"(?:栗本|その方|ご本人|本人)?(?:の|様の|さんの)(?:お)?電話番号(?:を|は)?(?:お)?(?:教え|わかり)|(?:his|her|mobile|cell|direct) (?:phone )?number",
    ),
    Intent.KNOWS_NUMBER: (
        r"番号(?:は|も|なら)?(?:もう)?(?:ご存じ|ご存知|ごぞんじ|知って|わかって|分かって|登録|お伝えして|いつもの|前と同じ|変わって)|いつもの(?:電話)?番号|(?:番号|電話)は(?:結構|いりません|不要|言わなく)|名刺に|he (?:knows|has) my number|she (?:knows|has) my number",
    ),
    Intent.THIS_NUMBER: (
        r"(?:この|今の|いまの|こちらの|今かけて(?:い)?る|この電話の|かけて(?:い)?る|今お?かけして(?:い)?る|発信(?:して(?:い)?る)?)(?:電話)?(?:の)?(?:番号|電話|携帯)(?:に|で|へ)|表示(?:されて|の番号|番号)|ナンバーディスプレイ|this number|the same number|number i'?m calling from",
    ),
    Intent.REPEAT: (
        r"もう(?:一度|1度|いちど|一回|1回|いっかい|一遍)(?!.{0,6}(?:かけ|電話|連絡|確認し|つな))|(?:聞き取れ|聞き取り|ききとれ|聞こえ|きこえ)(?:ません|な|づら|にく|ずら)|(?:何|なん)(?:て|と)(?:言|おっしゃ|いい)|繰り返して|くりかえして|^え[?っ]*$|^(?:はい|ん|何|なに)\?$|聞き逃|声が(?:遠|小さ)|ゆっくり",
        r"\b(?:repeat|pardon|say that again|once more|come again|didn'?t (?:catch|hear))",
    ),
    Intent.WAIT: (
        r"(?:ちょっと|少し|少々|すこし|しばらく)(?:お)?(?:待|ま)(?:ち|って)|お待ち(?:くだ|いた|を)|待って(?:くだ|いた|ね|もら)|(?:番号|連絡先|名前)を(?:言い|申し|お伝え|お教え)(?:ます|し)|(?:メモ|書くもの|ペン|紙)(?:を|の)?(?:用意|取|準備|出)|just a (?:moment|second|minute)|hold on|one (?:moment|second)",
    ),
    Intent.ENGLISH: (
        r"英語(?:で|を|に|が|の|は|話|対応|お願い|$)|(?:イングリッシュ|いんぐりっしゅ)|\benglish\b|スピークイング|no japanese|don'?t speak japanese",
    ),
    Intent.JAPANESE: (
        r"日本語(?:で|を|に|が|お願い|$|は?(?:わか|分か|話せ|でき))|ジャパニーズ|\b(?:in|speak|to) japanese\b|japanese please",
    ),
    Intent.MACHINE: (
        r"(?:機械|ロボット|ai|エーアイ|自動音声|録音)(?:です|なの|じゃな|ではな|でしょ|なん|と話|は嫌|じゃ)|(?:人間|誰も?)(?:は)?いない|(?:人間|人|オペレーター|オペレータ|受付(?:の方)?|生身の人)(?:と|に|を)(?:話|お話|代わ|かわ|つな|繋|出し|お願い)|\b(?:robot|machine|operator|human|real person|representative)\b",
    ),
    Intent.OFFICE_HOURS: (
        r"(?:営業|受付|業務)(?:時間|日)(?:は|を|って|が|の)|何時(?:まで|から)(?:営業|やって|開い|受付|あいて)|(?:明日|土曜|日曜|祝日).{0,3}(?:営業して|やって|開いて|あいて)(?:い)?ますか|(?:business|opening|office) hours|are you open",
    ),
    Intent.OFFICE_FACTS: (
        r"(?:ご?住所|所在地|(?:会社|御社|事務所)の?場所|fax(?:の)?番号|ファックス(?:の)?番号|最寄り|道順|行き方|ホームページのアドレス)(?:は|を|が|も|の).{0,12}(?:教え|どこ|どちら|何|わか|分か|知り|うかが|伺)|御社(?:は|の場所は)(?:どこ|どちら)|(?<!mail )(?:address|fax number|where are you located)",
    ),
    Intent.SALES: (
        r"(?:ご)?(?:提案|ご案内|ご紹介|売り込み|営業)(?:の|で)(?:お電話|電話|ご連絡|ご案内)|(?:サービス|商品|プラン|新電力|光回線|回線|電気料金|電気代|通信費|コスト削減|経費削減|求人広告|広告掲載|太陽光|蓄電池|人材|投資|不動産投資|ホームページ制作|セミナー|複合機|コピー機|ウォーターサーバー)(?:の|に関する|について(?:の)?)(?:ご)?(?:提案|案内|紹介|見直し|お得|ご相談の)",
        r"(?:ご提案|ご案内|ご紹介|無料(?:診断|相談)|お得な).{0,4}(?:で|の|させて).{0,4}(?:お電話|ご連絡|いただ|頂)",
    ),
    Intent.WRONG_NUMBER: (
        r"(?:間違え|まちがえ|間違い|かけ間違)(?:まし|て|電話|で)(?:.{0,6}電話|た$|ました)|かけ間違え|間違い電話|wrong number",
    ),
    Intent.NOTHING_MORE: (
        r"(?:以上|いじょう)(?:です|に|で(?:結構|お願い|大丈夫|$))|それだけ(?:です|で|$)|(?:特に|ほかに|他に|もう)(?:は)?(?:あり|ござい)ません|特に(?:ない|なし|ございません|$)|(?<!間違い)(?<!間違いは)ありません$|^(?:もう|他に|ほかに)?(?:は)?ないです$|ございません$",
        r"^(?:nothing|that'?s all|that is all|no thank|no,? thanks)",
    ),
    Intent.THANKS: (
        r"ありがとう|有難う|どうも$|(?:よろしく|宜しく)(?:お願い|お伝え|どうぞ|$)|助かり(?:ます|まし)|\b(?:thank you|thanks)\b",
    ),
    Intent.FAREWELL: (
        r"失礼(?:いた|致)?します|(?<!は)失礼(?:いた|致)?しました|しつれい(?:いた)?しま|さよ(?:う)?なら|(?:では|じゃあ?|それでは)(?:また|失礼|ね$)|ごめんください|切ります(?:ね)?$|\b(?:good ?bye|bye)\b",
    ),
}

_PATTERNS = {intent: re.compile("|".join(phrases)) for intent, phrases in PHRASES.items()}

_REFUSED = re.compile(
    r"(?:メール(?:アドレス)?|アドレス|ご?伝言|折り?返し(?:の)?(?:お?電話)?|ショート(?:メール|メッセージ))(?:の方)?は(?:もう|特に)?"
    r"(?:結構|けっこう|大丈夫|いりません|要りません|いらない|不要|いいです|必要(?:ない|ありません))|お?電話(?:を)?(?:いただか|もらわ|頂か)なくて(?:も)?(?:結構|大丈夫|いい)"
)
"""「メールは結構です」 wants no mail."""

_EXCLUDES: Mapping[Intent, frozenset[Intent]] = {
    # The stronger reading on the left rules out the weaker ones on the right.
    Intent.CALLS_AGAIN: frozenset({Intent.CALLBACK}),
    Intent.THIS_NUMBER: frozenset({Intent.KNOWS_NUMBER}),
    Intent.RETURNED_CALL: frozenset({Intent.GREETING}),
    Intent.SMS: frozenset({Intent.LEAVE_MESSAGE}),
    Intent.LEAVE_MESSAGE: frozenset({Intent.RETURNED_CALL}),
    Intent.THAT_ONLY: frozenset({Intent.RETURNED_CALL}),
    Intent.OFFICE_FACTS: frozenset({Intent.MAIL}),
    Intent.FINE: frozenset({Intent.HESITATES}),
    Intent.STAFF_NUMBER: frozenset({Intent.CONNECT}),
    Intent.NO: frozenset({Intent.YES}),
    Intent.WAIT: frozenset({Intent.YES}),
}


def intents_in(sentences: tuple[str, ...]) -> frozenset[Intent]:
    """Every intent that the sentences of an utterance show; empty where none does."""
    plain = (_REFUSED.sub("いえ結構です", sentence) for sentence in sentences)
    found = frozenset(intent for sentence in plain for intent in _matching(sentence))
    weaker = frozenset[Intent]().union(*(_EXCLUDES.get(intent, frozenset()) for intent in found))
    return found - weaker


def _matching(sentence: str) -> Iterator[Intent]:
    return (intent for intent, pattern in _PATTERNS.items() if pattern.search(sentence))
