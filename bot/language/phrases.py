"""How a Japanese clause goes on behind its status word, and which say nothing about whereabouts.

Japanese puts the head last: 会議 is a status in 会議です and 会議に出ます, not in 会議資料 or
会議を予約します. So a status word counts only where what follows is one of the forms below.
"""

import re
from functools import lru_cache
from typing import NamedTuple

from bot.language.patterns import either, sought

_DO = "(?:し|いたし|致し)"
_ACTS = either(
    """
    移行 実施 参加 出席 同席 登壇 受講 取得 移動 開始 継続 専念 没頭 対応 勤務 消化 待機 業務 お?仕事 作業
    予定
    """
)
_STEMS = either(
    f"""
    行い おこない やり 入り はいり 行き いき 参り まいり 向かい 出 出かけ 出掛け あり ござい なり とり
    取り もらい いただき 頂き 頂戴し 使い 切り替え 切替え 切りかえ 続け 続き 控え 始め 始まり おり い
    過ごし {_ACTS}?を?{_DO}
    """
)
_TE = (
    either(
        f"""
        {_ACTS}?{_DO} 行っ いっ 行なっ 入っ はいっ 参っ 向かっ 出 出かけ 出掛け なっ とっ 取っ 食べ もらっ
        頂戴し
        いただい 頂い 使っ 切り替え 続け 来 やっ おこなっ 控え
        """
    )
    + "て"
)
_TE_AUX = either("い き おり お き 来 まいり 参り いただき 頂き もらい る")
_CAUSATIVE = "(?:と|に|を?取得)?(?:切り?替えさ|さ|取ら|とら)せて" + either(
    """
    いただき 頂き もらい いただいており 頂いており いただいてい 頂いてい
    """
)
_POLITE = "ます[よね]?"
_PLAIN = either(
    """
    したい(?:です|と思います|ので|ため) (?:食べて|とって|行って)くる する してる している しとく 行く いく
    行ってくる いってくる
    行ってる 行っている 入る 入ってる 出る
    出てる なる とる 取る もらう いただく ある し いたし
    """
)
_PAST = (
    either(
        """
    入り はいり なり 切り替え 切替え いただき 頂き とり 取り 出 出かけ 出掛け
    """
    )
    + "まし[たて]"
)
_ASKED = "(?:と|に|を?取得)?(?:さ|取ら|とら)せて(?:ください|下さい)"
_WISHED = (
    either("いただき 頂き とり 取り 取得し とらせていただき 取らせていただき させていただき")
    + "たく(?:存じます|思います|思っております)?"
)
_COPULA = either(
    """
    です でございます で(?:おり|い)ません でおります でいます だ っ?す(?=$|[\\s、。!]) である となります
    になります
    となっております
    ということで(?:お願い(?:し|いたし)ます)?(?=$|[\\s、。!])
    になっております となっています になっています でいきます で参ります でお願い(?:し|いたし|致し)ます



    (?:する|の)?(?:予定|つもり|見込み|扱い|形)(?:です|でございます|(?:と|に)なります|となっております|でおります|だ|(?:と|に)します)?
    """
)
_RESPECT = (
    "[をにで]?(?:"
    + either("さ 行か なら 取ら とら 入ら 出 戻ら 帰ら 来")
    + "れ|いらっしゃい|なさい)(?:まし)?"
    + either("ます ています てます ており?ます ている てる る た ました って(?:い)?ます")
    + "?|でいらっしゃいます"
)
_HEARSAY = either(
    """
    (?:だ|な|の)?そう(?:です)? (?:だ|な|の)?(?:との?(?:こと|事)|ということ)(?:です)?
    (?:だ|な)?らしい(?:です)? みたいです との?連絡が?(?:ありました|です|をもらいました) と聞いています
    と聞きました と言って(?:い)?ました って言ってました
    """
)
_CAUSE = "(?:中)?" + either(
    """
        (?:の|な|になった|となった|した|する)?(?:ため|為)[に、]? につき により によって による
        (?:を?(?:いただい|頂い|取っ|とっ|し)て(?:いる|い?ます|おります)|な|です|ます|し?ます|する|している|しており|になった|になりました|た|る)?ので
        の(?:影響|都合|関係|せい|こと)で が原因で に伴い
        で(?![すしきおあ])
        """
)
_VERBAL_CAUSE = "[がにへをも](?:[^、。がはをも\\s]{1,8})?[うくすつぬむるぐぶたい](?:ので|ため|為)に?"
_CLOSE = (
    either(
        """
    か?と(?:思い|存じ)ます ので のですが のですけど が けど けれど けれども から ね よ(?!ろ) よね な わ し
    と ため [ー~] の
    """
    )
    + "*"
)
_PARTICLE = "(?:を|に|が|で|と|へ|も|は|として|にて|の(?:方|ほう)[にを]?)?"
_ASPECT = either(
    """
    中 ちゅう 予定 対応 参加 出席 同席 登壇 受講 勤務 取得 終日 扱い モード タイム など 等 のみ だけ ほか
    待ち 継続 当番 三昧 続き 日
    """
)
_INFLECTED = either(
    """
    ます んが んので んでいます んでます んでおります ん ています てます ております てる ている てください
    ります きます 来ます まいります て下さい て(?:いただき|頂き|もらい)ます て(?:いただい|頂い)ております
    ていただきたく(?:存じます|思います)? て る予定です? るつもりです る せて(?:いただき|頂き|もらい)ます
    せて(?:ください|下さい) せていただいております いただきます 頂きます そう(?:です)? ます予定です
    ました(?=$|[\\s、。!ので]) ない(?:ので|ため) と(?:思い|存じ)ます(?:が|ので)? [わよ](?=$|[\\s。!])
    い(?:です|ので|ため)? くて? られません(?:ので)? ませんので
    """
)
_SAID = (
    f"{_PARTICLE}(?:[0-9]件|数件)?(?:(?:{_CAUSATIVE}|{_TE}{_TE_AUX}?|{_STEMS}){_POLITE}|{_PAST}|{_WISHED}|{_ASKED}|{_TE}(?=$|[\\s、])"
    "|(?:いただき|頂き|とり|取り|取得し|となり)(?=$|、)"
    f"|(?P<respect>{_RESPECT})|{_COPULA}|(?:で|が)(?:埋ま|詰ま)って(?:い|お)?(?:ます|ります)"
    f"|を?開始しました|(?:取得|いただく|頂く|取る|とる|取得する)予定(?:です|でおります)?|{_PLAIN}(?=そう|らしい|との|ということ|と(?:言|聞))|{_PLAIN}(?![ぁ-ん一-龥ァ-ヶ]))"
    f"|{_INFLECTED}(?![一-龥ァ-ヶ])"
)
_TAIL = re.compile(
    rf"\s*(?P<cause>{_CAUSE})"
    rf"|\s*{_ASPECT}*(?:(?P<later_cause>{_CAUSE})|(?P<said>{_SAID}){_CLOSE}|{_PARTICLE}(?=$|\s))?"
    rf"(?P<hearsay>{_HEARSAY})?(?:です)?(?:ので|が|けど|から|ね|よ(?!ろ))*[\s、。!.,)ー~]*"
    rf"|\s*(?P<leads>{_VERBAL_CAUSE})"
)


class Tail(NamedTuple):
    """What stands behind a status word: how far its known form goes, and what it says."""

    end: int
    said: bool  # there is a predicate
    cause: bool
    of_another: bool  # respect, or hearsay: it is not said of oneself
    leads: bool  # a reason, which is a status only where another one follows: 会議が長引いたので


@lru_cache(maxsize=4096)
def tail(text: str) -> Tail:
    """The known form that `text`, right behind a status word, begins with; there may be none."""
    found = _TAIL.fullmatch(text) or _TAIL.match(text)
    assert found is not None  # every part of it may be missing
    return Tail(
        found.end(),
        bool(found["said"]),
        bool(found["cause"] or found["later_cause"]),
        bool(found["respect"] or found["hearsay"]),
        bool(found["leads"]),
    )


_CHANGED = either(
    """
    お願い(?:(?:し|いたし|致し)ます)? (?:し|いたし|致し)ます
    (?:さ|と)せて(?:ください|いただきます|頂きます) する になり(?:ます|ました) となり(?:ます|ました) です
    して(?:い)?ます しております ました しました した す ます そう(?:です)? る て(?:い)?ます ております
    て(?:い)?る たい って(?:い)?ます い(?:ます|る) おります て り ん き く くなります なります
    なりそうです な(?:る|り) かかり(?:ます|そうです) 必要です し?て?(?:ください|下さい) になった
    """
)
CHANGE_TAIL = re.compile(
    rf"\s*(?:中|に|と|を|で|が)*{_CHANGED}?(?:見込みです|予定です)?(?:だ?そうです|との(?:こと|事)(?:です)?)?(?:ので|が|けど|から|ね|よ(?!ろ)|、)*"
    r"(?:\([^()]{1,8}\))?[\s、。!.]*"
)
"""What may follow a word of change: 延長します, 変更でお願いします."""

_OF_A_TIME = either(
    """
    です でございます だ に(?:なり|変わり)ま(?:す|した) となります の?予定(?:です)? を予定して(?:い|おり)ます
    の見込みです?
    でお願い(?:し|いたし|致し)ます か?と思います かな になりそうです になるかもしれません かもしれません
    """
)
TIME_TAIL = re.compile(
    rf"[\s)]*(?:の|に|で|から|まで|頃|くらい|ぐらい|間)*は?{_OF_A_TIME}?(?:ので|が|けど|から|ね|よ|の)*(?:とのことです|だそうです)?"
    r"[\s、。!.)ー~]*"
)
"""What may follow a time that closes its clause."""

MORE_ASKED = re.compile(
    "(?:だけ|ほど)?(?:ください|下さい|いただきます|頂きます|もらいます|必要です|お願いします)[、。!\\s]*"
)
"""... behind あと: あと15分ください."""

GRANTED = re.compile(
    r"\s*(?:で|に|の間|間)?(?:お休みを)?(?:いただき|頂き|取り|とり|取得し|取得いたし|もらい)ます(?:ので|が|けど|から)*[\s、。!.]*"
)
"""... where it is the time of a leave: 夏休みは12日から14日までいただきます."""

LASTS = re.compile(
    r"\s*(?:が|も)?(?:[0-9]件|数件)?(?:あり|入ってい|入って|入り|続き)ます(?:ので|が|けど|から)*[\s、。!.]*"
)
"""... where a status word stands before it: 打ち合わせが12時まであります."""

TIED = re.compile(
    "(?:は|も)?(?:電話に|電話は|席を|手を|手が|連絡が|返信が|返信は)?"
    "(?:(?:出られ|出れ|抜けられ|抜けれ|離れられ|離せ|外せ|動け|戻れ|戻り|対応でき|応答でき|返信でき|反応でき|見られ|取れ|つき|繋がり)"
    "(?:ません|ない(?:です)?)|(?:話しかけ|声をかけ|声を掛け|電話を?取り次が|取り次が|邪魔し)ないで|い(?:ます|ません)|おります|通知を?(?:切り|オフにし)ます)"
    "(?:ください|下さい|いただけると助かります)?(?:ので)?[。!\\s]*"
)
"""... where the sentence before said what one does: 会議中です。16時まで出られません."""

CLEAR_TAIL = re.compile(
    r"\s*(?:です|よ|ね|ので|が|けど|し|とのことです|そうです|とのこと|みたいです|ようです|[ー~!。、.\s])*"
    r"(?:ご?(?:連絡|報告)(?:です|します|いたします)?)?(?:\([^()]{1,8}\))?[\s、。!.]*"
)
"""What may follow 戻りました."""

_PLEASE = "(?:(?:し|いたし|致し|申し上げ)?ます)"
_HEED = either("了承 承知おき 承知 理解 容赦 配慮 確認 対応 留意 調整 注意")
_GREETING = either(
    f"""
    お疲れ(?:様|さま|さん)?(?:です|でした|でございます)? おつかれ(?:様|さま)?(?:です|でした)?
    お世話になって(?:おり|い)ます おはよう(?:ございます)? おはよ こんにちは こんばんは すみません(?:が)?
    すいません(?:が)? 申し訳(?:ありません|ございません|ない(?:です|のですが)?)が? 恐れ入りますが?
    恐縮ですが お手数ですが
    ご?(?:迷惑|不便)を?お?かけ(?:し|いたし|致し)(?:ますが?|ておりますが?|ていますが)
    (?:どうぞ|何卒)?(?:よろしく|宜しく|よろ)(?:です|お?願い?{_PLEASE}?|お願い)? お願い{_PLEASE}
    取り急ぎご?(?:連絡|報告)?(?:まで|です)? (?:勤怠)?の?ご?(?:連絡|報告|共有)(?:です|(?:いた|致)?します)?
    失礼(?:し|いたし|致し)ます 了解です 承知(?:し|いたし)ました ではまた では 念のため
    ご?{_HEED}(?:の(?:ほど|程))?を?(?:ください|下さい|願います|(?:よろしく)?お願い{_PLEASE})? 勤怠連絡
    勤怠 スケジュール 予定
    """
)
GREETING = re.compile(rf"(?:{_GREETING}[\s、。!.]*)+")
"""Greetings, apologies and thanks that come with a status."""

_REACH = either(
    """
    何か なにか 急ぎ 緊急 御用 ご用 用件 電話 携帯 連絡 チャット slack メール 折り返し 折返し 不在中
    代わり 代理 返信 確認
    """
)
NEUTRAL = re.compile(rf"(?:{_GREETING}[\s、。!.]*)+|.*{_REACH}.*")
"""What people add to a status without changing it: a greeting, or how to reach them."""

REACHED = re.compile(
    "(?:後ほど|のちほど|あとで)?折り?返し?(?:ご?連絡|お?電話)?(?:し|いたし|致し)?ます[。!\\s]*"
    "|(?:お?電話|携帯|スマホ|メール|チャット|slack|line|ご?連絡)[はもにが]?(?:いつでも)?"
    + either(
        """
        繋が つなが 取れ とれ 出られ 出れ 見られ 見れ 受けられ 可 つき 付き 確認でき 対応でき 対応し
        対応可 大丈夫
        """
    )
    + r"(?:り|る|能)?(?:ます|です)?[。!\s]*"
)
"""How one can be reached meanwhile: 出張中ですが電話は繋がります."""

WISHES = re.compile(
    r"\s*(?:お疲れ(?:様|さま)でした|ご苦労|楽し|いいな|羨まし|うらやまし|がんば|頑張|おめでとう|了解|承知(?!おき)|かしこまり)"
)
"""Behind a bare status word these speak to somebody else: 会議、お疲れ様でした."""

INSTEAD = re.compile(
    r"\s*(?:(?:では|じゃ|で)なく(?:て)?|の?予定(?:でした|だった|だ)(?:のです)?(?:が|けど)|の?予定[がを])[、\s]*$"
)
"""What stands before is taken back: 15時ではなく16時に戻ります."""

OR = frozenset(("か", "か、", "または", "又は", "もしくは", "あるいは", "or"))
AFTERWARDS = frozenset(
    f"{joined}{after}{particle}"
    for joined, afters in (("", ("のち", "後")), ("の", ("後", "あと")))
    for after in afters
    for particle in ("", "に", "は", "、", "から")
)
"""Between two status words, the second follows the first: 会議のあと外出."""

GREETED = re.compile(
    r"\s*"
    + either(
        """
        お疲れ おつかれ ご苦労 ありがとう 有難う お大事に 気をつけ お気をつけ 楽し いってらっしゃい
        行ってらっしゃい すみません 失礼 恐れ入り 申し訳 恐縮 おめでとう 頑張 がんば
        """
    )
)
"""Said to somebody about their status, not of one's own: 出張お疲れさまでした, お取り込み中すみません."""

PREDICATE = re.compile(
    either(
        """
        です ます した ません ください 下さい たい ない [うくすつぬむるぶぐ] だ った ね よ か かな しょう
        お願い っけ れば たら ても い
        """
    )
    + r"[。!ー~\s)]*$"
)
"""The end of a clause that says something finished: no mere noun."""

ATTRIBUTE = re.compile("(?:た|ている|ていた|する|される|ない|なかった|していく|かった)$")
"""A verb that describes the word behind it: 楽しかった出張."""

ASKS = sought(
    """
    ですか ますか でしょうか ましょうか ませんか ましたか んですか んか っけ かな かしら いかが
    どうでしょう どうですか だろうか のか ないか でしょ よね ますかね いいか ok\\?
    """,
    behind=r"[ねな。!ー~\s)]*$",
)
APPROVAL = re.compile(
    r"(?:よろしい|宜しい|いい|良い|大丈夫|問題ない|可能|構いません|かまいません|ok)(?:です|でしょう)?(?:か|かね|かな)?[?。\s]*$"
    r"|いかが(?:でしょうか|ですか)"
)
"""A question whether something would be all right: nothing is settled yet."""

TALK = sought(
    """
        の件 について に関して に関する して(?:ください|下さい) て(?:ください|下さい)
        [をはも、]お願い(?:し|いたし|致し) みんな(?:遅れ|休|外出|在宅|出張|会議で) いただけ 頂け もらえ
        もらって くれ ありがと 有難う
        いってらっしゃい 行ってらっしゃい お大事に お気をつけ 気をつけて おめでとう ましょう 昨日(?!から)
        教えて
        なんて といえば 際は 場合は (?<![0-9一二三四五六七八九十])時は ときは でしたか ていました
        ておりました てました(?!が) だったので大変 (?<!予定)でした(?!ら) (?<!予定)だった(?!ので) ようです 延期
        順延 集合 歓迎 送別 全員 全社(?!会議) 次回の でも(?:大丈夫|いい|ok|可) ですと こそ 以外 もし とは何
        have\\sa
        enjoy 欲しい [0123456789]秒 前倒しに 発\\s?[0-9]{1,2}[:時][0-9]{0,2}分?着
        だったので\\S*(?:ました|でした)$
        ほしい (?<!集中し)(?<!作業し)(?<!いただき)(?<!頂き)たいです
        (?<!集中し)(?<!作業し)たいと いつも(?!通り|どおり) さすが すること$ 試しに
        は[0-9]{1,2}[時:][0-9半]{0,2}までに(?:$|済ませ|しま)
        は[^、。]{0,10}で行い
        """
)
"""Requests, thanks, memories and topics: a clause with one of these speaks about something else."""

HABIT = sought(
    """
    基本(?!給) 時々 ときどき よく(?=外出|出張|休|遅れ|在宅|早退|直帰|離席) 毎回 しょっちゅう たまに 原則 最近
    頻繁 普段 ふだん 年に 週[一二三123]で
    """
)
"""What one does at times: no day is meant, unless one is named."""

HABIT_OF_DAYS = sought("通常(?!通り|どおり) 例年 大抵 たいてい ことが多い")

STANDS = re.compile(
    r"せて(?:ください|下さい)$"
    r"|(?:でお願い|よろしくお願い|宜しくお願い)(?:し|いたし|致し)|お疲れ(?:様|さま)でした"
)
"""... but these only ask politely for what is settled: 休ませてください."""

CHANGE_ASKED = re.compile(
    "(?:変更|延長|キャンセル|取り?消し?|解除|取りやめ)(?:を?(?:して)?(?:ください|下さい)|をお願い(?:し|いたし|致し)ます)[。!\\s]*$"
)

OWN_SUBJECT = re.compile(
    r"(?:^|[、\s。])"
    + either(
        """
        私 わたし わたくし 自分 僕 ぼく 俺 当方 こちら 本人 小職 弊職 予定 本日の予定 今日の予定 今 いま
        それ それで これ 到着 到着予定 到着時間 後 あと 以降 次 最後 最初 その他 状況 勤怠 行き先 行先 場所
        帰り 戻り
        """
    )
    + r"(?:は|が|も|なら)[、\s]*$"
)
SUBJECT = re.compile(
    r"(?:は|(?<!です)(?<!ます)(?<!した)(?<!せん)が|も|(?<![寄回行帰戻通入送立終よわと取])って|とは|なら)[、\s]*$"
)
"""Somebody or something else that the sentence is about: 荷物は15時に届きます."""

REASON = re.compile(r"(?:ので|ため|から|為|って|て|で|により|けど|が、|ですが|ますが|せず|して)[、\s]*$")
HUMBLE = re.compile(
    either(
        """
    いたし 致し いただ 頂 おります 参り まいり すみません お疲れ おつかれ おはよう 申し訳 お世話 失礼
    お願い てきます
    """
    )
)
"""Never said of a colleague: whoever is named, and then a pause, is spoken to."""

OWN = re.compile(either("(?<!れ)ますね 行ってきます いってきます 私[はもが] 僕[はもが]"))
"""... and these even without the pause: 山本さん 先に帰りますね."""
