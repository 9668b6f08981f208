"""On behalf of others, and questions about them."""

import pytest

from tests.support.readings import TUESDAY, reading


@pytest.mark.parametrize(
    ("text", "now", "meant"),
    [
        ("栗本さん 15時帰社", TUESDAY, "out 10:30~15:00 stated @栗本"),
        ("栗本さん15時帰社", TUESDAY, "out 10:30~15:00 stated @栗本"),
        ("栗本さんは15時帰社です", TUESDAY, "out 10:30~15:00 stated @栗本"),
        ("栗本さんは明日まで出張です", TUESDAY, "trip 10:30~11-26 00:00 stated @栗本"),
        ("栗本さん、明日まで出張です", TUESDAY, "trip 10:30~11-26 00:00 stated @栗本"),
        ("栗本くん 休み", TUESDAY, "leave 10:30~24:00 assumed @栗本"),
        ("栗本課長 15時帰社", TUESDAY, "out 10:30~15:00 stated @栗本"),
        ("栗本課長は出張です", TUESDAY, "trip 10:30~open open @栗本"),
        ("部長は本日休みです", TUESDAY, "leave 10:30~24:00 stated @部長"),
        ("田中さん体調不良で休みです", TUESDAY, "leave 10:30~24:00 assumed @田中"),
        ("田中さん、電車遅延で30分遅れるそうです", "2026-11-24 08:30", "late 08:30~09:30 stated @田中"),
        ("田中さんから体調不良で休むと連絡がありました", TUESDAY, "leave 10:30~24:00 assumed @田中"),
        ("営業部の栗本さんは外出中です", TUESDAY, "out 10:30~18:00 assumed @栗本"),
        ("明日、栗本さんは休みです", TUESDAY, "leave 24:00~11-26 00:00 stated @栗本"),
        ("明日栗本さんは休みです", TUESDAY, "leave 24:00~11-26 00:00 stated @栗本"),
        ("今日佐藤さんは在宅です", TUESDAY, "remote 10:30~24:00 stated @佐藤"),
        ("本日、佐藤さんはお休みです", TUESDAY, "leave 10:30~24:00 stated @佐藤"),
        ("高橋さん本日在宅だそうです", TUESDAY, "remote 10:30~24:00 stated @高橋"),
        ("鈴木さんは会議中です", TUESDAY, "meeting 10:30~11:30 assumed @鈴木"),
        ("鈴木さん会議中", TUESDAY, "meeting 10:30~11:30 assumed @鈴木"),
        ("鈴木さんはお休みをいただいております", TUESDAY, "leave 10:30~24:00 assumed @鈴木"),
        ("佐藤さん、15時に戻られます", TUESDAY, "out 10:30~15:00 stated @佐藤"),
        ("佐藤さん外出されました", TUESDAY, "out 10:30~18:00 assumed @佐藤"),
        ("佐藤さん退社されました", TUESDAY, "left 10:30~24:00 stated @佐藤"),
        ("佐藤さん帰社されました", TUESDAY, "clear @佐藤"),
        ("佐藤さん戻りました", TUESDAY, "clear @佐藤"),
        ("佐藤さんが戻りました", TUESDAY, "clear @佐藤"),
        ("部長戻られました", TUESDAY, "clear @部長"),
        ("高橋さん戻ったようです", TUESDAY, "clear @高橋"),
        ("鈴木さん帰社したみたいです", TUESDAY, "clear @鈴木"),
        ("田中さん席に戻ったそうです", TUESDAY, "clear @田中"),
        ("戻ったようです", TUESDAY, "none"),
        ("荷物が戻ったみたいです", TUESDAY, "none"),
        ("栗本さん30分延長", TUESDAY, "extend 30 @栗本"),
        ("栗本さん会議終わりました", TUESDAY, "clear @栗本"),
        ("栗本さんと会議です", TUESDAY, "meeting 10:30~11:30 assumed"),
        ("栗本さんと15時まで打ち合わせ", TUESDAY, "meeting 10:30~15:00 stated"),
        ("佐藤さんの代わりに会議に出ます", TUESDAY, "meeting 10:30~11:30 assumed"),
        ("田中さんと外出します", TUESDAY, "out 10:30~18:00 assumed"),
        ("田中さんのところに行ってきます", TUESDAY, "out 10:30~18:00 assumed"),
        ("栗本さん、15時に外出いたします", TUESDAY, "out 15:00~18:00 assumed"),
        ("栗本さん、お疲れ様です。15時に戻ります", TUESDAY, "out 10:30~15:00 stated"),
        ("お疲れ様です、栗本です。15時に戻ります", TUESDAY, "out 10:30~15:00 stated"),
        ("栗本です。本日お休みをいただきます", TUESDAY, "leave 10:30~24:00 stated"),
        ("営業の栗本です。電車遅延のため30分遅れます。", "2026-11-24 08:30", "late 08:30~09:30 stated"),
        ("栗本さんと佐藤さんは出張です", TUESDAY, "ask ambiguous"),
        ("栗本さんは出張、佐藤さんは休みです", TUESDAY, "ask ambiguous"),
        ("朝倉さん 休み", TUESDAY, "leave 10:30~24:00 assumed @朝倉"),
        ("昼間さん 外出", TUESDAY, "out 10:30~18:00 assumed @昼間"),
        ("今井さん 在宅です", TUESDAY, "remote 10:30~24:00 assumed @今井"),
        ("今日子さん 休み", TUESDAY, "leave 10:30~24:00 assumed @今日子"),
        ("月島さん 出張 金曜まで", TUESDAY, "trip 10:30~11-28 00:00 stated @月島"),
        ("十時さん 会議", TUESDAY, "meeting 10:30~11:30 assumed @十時"),
        ("五十嵐さん 15時帰社", TUESDAY, "out 10:30~15:00 stated @五十嵐"),
        ("八木さんは明日休みです", TUESDAY, "leave 24:00~11-26 00:00 stated @八木"),
        ("一ノ瀬さん 直帰", TUESDAY, "out 10:30~24:00 stated @一ノ瀬"),
        ("阿部さん 外出", TUESDAY, "out 10:30~18:00 assumed @阿部"),
        ("渡部さん15時戻り", TUESDAY, "out 10:30~15:00 stated @渡部"),
        ("みなさん、お疲れ様です。15時戻りです", TUESDAY, "out 10:30~15:00 stated"),
        ("皆さん、外出します", TUESDAY, "out 10:30~18:00 assumed"),
        ("A社の田中さんと打ち合わせです", TUESDAY, "meeting 10:30~11:30 assumed"),
        ("A社の田中さんは休みです", TUESDAY, "none"),
        ("スマイル企画の江川様は出張だそうです", TUESDAY, "none"),
        ("@kurimoto 15時帰社", TUESDAY, "out 10:30~15:00 stated @kurimoto"),
        ("クリモトさん 外出 15時まで", TUESDAY, "out 10:30~15:00 stated @クリモト"),
        ("くりもとさん 15時帰社", TUESDAY, "out 10:30~15:00 stated @くりもと"),
        ("Sato 15時帰社", TUESDAY, "out 10:30~15:00 stated"),
        ("15時に戻られます", TUESDAY, "none"),
        ("本日は休まれます", TUESDAY, "none"),
        ("戻られました", TUESDAY, "none"),
        ("社長出張", TUESDAY, "trip 10:30~open open @社長"),
        ("部長会議", TUESDAY, "meeting 10:30~11:30 assumed"),
        ("明日香さん 在宅", TUESDAY, "remote 10:30~24:00 assumed @明日香"),
        ("@kurimoto", TUESDAY, "none"),
        ("栗本さん、15時帰社予定です", TUESDAY, "out 10:30~15:00 stated @栗本"),
        ("栗本さん15時頃戻るそうです", TUESDAY, "out 10:30~15:00 approx @栗本"),
        ("栗本は外出中です", TUESDAY, "none"),
        ("課長は外出中です", TUESDAY, "out 10:30~18:00 assumed @課長"),
        ("弊社の栗本は外出しております", TUESDAY, "none"),
        ("佐藤さん 有休", TUESDAY, "leave 10:30~24:00 assumed @佐藤"),
        ("佐藤さん午後休", TUESDAY, "leave 12:00~24:00 stated @佐藤"),
        ("佐藤さんは今日休みです", TUESDAY, "leave 10:30~24:00 stated @佐藤"),
        ("佐藤さんはお休みです", TUESDAY, "leave 10:30~24:00 assumed @佐藤"),
        ("佐藤さんが体調不良で早退します", TUESDAY, "left 10:30~24:00 stated @佐藤"),
        ("佐藤さんは13時から15時まで会議です", TUESDAY, "meeting 13:00~15:00 stated @佐藤"),
        ("佐藤さん会議 14時〜15時", TUESDAY, "meeting 14:00~15:00 stated @佐藤"),
        ("佐藤さん、明日から出張です", TUESDAY, "trip 24:00~open open @佐藤"),
        ("佐藤さん、今日は直帰です", TUESDAY, "out 10:30~24:00 stated @佐藤"),
        ("佐藤さんは先に帰りました", TUESDAY, "left 10:30~24:00 stated @佐藤"),
        ("佐藤さんは退社しました", TUESDAY, "left 10:30~24:00 stated @佐藤"),
        ("佐藤さんは本日お休みをいただいています", TUESDAY, "leave 10:30~24:00 stated @佐藤"),
        ("佐藤さんに15時に戻ると連絡がありました", TUESDAY, "none"),
        ("佐藤さんの戻りは15時です", TUESDAY, "out 10:30~15:00 stated @佐藤"),
        ("佐藤さんの帰社は16時になります", TUESDAY, "out 10:30~16:00 stated @佐藤"),
        ("佐藤さんは在宅勤務だと聞いています", TUESDAY, "remote 10:30~24:00 assumed @佐藤"),
        ("佐藤君 外出", TUESDAY, "out 10:30~18:00 assumed @佐藤"),
        ("佐藤ちゃん 休み", TUESDAY, "leave 10:30~24:00 assumed @佐藤"),
        ("鈴木 太郎さん 休み", TUESDAY, "leave 10:30~24:00 assumed @鈴木 太郎"),
        ("鈴木太郎さん 休み", TUESDAY, "leave 10:30~24:00 assumed @鈴木太郎"),
        ("Sato-san is out until 3pm", TUESDAY, "out 10:30~15:00 stated @Sato"),
        ("Tanaka-san is on vacation until Friday", TUESDAY, "leave 10:30~11-28 00:00 stated @Tanaka"),
        ("みんなの状況は?", TUESDAY, "query"),
        ("みんなどこにいますか", TUESDAY, "query"),
        ("全員の予定", TUESDAY, "query"),
        ("誰がいる?", TUESDAY, "query"),
        ("今日誰がいますか", TUESDAY, "query"),
        ("今日の皆の予定は？", TUESDAY, "query"),
        ("チームの状況を教えて", TUESDAY, "query"),
        ("佐藤さん、今どこ？", TUESDAY, "query @佐藤"),
        ("佐藤さんは何時に戻られますか", TUESDAY, "query @佐藤"),
        ("佐藤さんって出張中？", TUESDAY, "query @佐藤"),
        ("佐藤さん今日は在宅?", TUESDAY, "query @佐藤"),
        ("佐藤さんは席にいますか", TUESDAY, "query @佐藤"),
        ("佐藤さんは席にいらっしゃいますか", TUESDAY, "query @佐藤"),
        ("佐藤さんと連絡取れますか", TUESDAY, "none"),
        ("佐藤さんの居場所", TUESDAY, "query @佐藤"),
        ("佐藤さんの予定教えて", TUESDAY, "query @佐藤"),
        ("佐藤さんは何時に来ますか", TUESDAY, "query @佐藤"),
        ("佐藤さん明日いますか", TUESDAY, "query @佐藤"),
        ("佐藤さん帰った？", TUESDAY, "query @佐藤"),
        ("佐藤さん来てる？", TUESDAY, "query @佐藤"),
        ("佐藤さんいつ帰社？", TUESDAY, "query @佐藤"),
        ("佐藤さんまだいますか？", TUESDAY, "query @佐藤"),
        ("佐藤部長いらっしゃいますか", TUESDAY, "query @佐藤"),
        ("営業の佐藤さんいますか", TUESDAY, "query @佐藤"),
        ("佐藤さんか田中さんいますか", TUESDAY, "none"),
        ("A社の佐藤さんいますか", TUESDAY, "none"),
        ("佐藤様いますか", TUESDAY, "none"),
        ("明日の予定教えて", TUESDAY, "query"),
        ("今週の予定は?", TUESDAY, "query"),
        ("自分の状況", TUESDAY, "query"),
        ("私の予定は？", TUESDAY, "query"),
        ("予定", TUESDAY, "query"),
        ("状況", TUESDAY, "query"),
        ("who's out today?", TUESDAY, "query"),
        ("is anyone in?", TUESDAY, "query"),
        ("when will Tanaka be back", TUESDAY, "query @Tanaka"),
        ("Is Tanaka-san in today?", TUESDAY, "query @Tanaka"),
        ("Where's Kurimoto now?", TUESDAY, "query @Kurimoto"),
    ],
)
def test_on_behalf(text: str, now: str, meant: str) -> None:
    """A colleague is named; a customer is not ours."""
    assert reading(text, now) == meant


@pytest.mark.parametrize(
    ("text", "now", "meant"),
    [
        ("@kurimoto 15時帰社", TUESDAY, "out 10:30~15:00 stated @kurimoto"),
        ("<@U0KURIMOTO> 出張 明日まで", TUESDAY, "trip 10:30~11-26 00:00 stated @U0KURIMOTO"),
        ("@kurimotoさん 休み", TUESDAY, "leave 10:30~24:00 assumed @kurimoto"),
        ("@栗本 出張", TUESDAY, "trip 10:30~open open @栗本"),
        ("@kurimoto", TUESDAY, "query @kurimoto"),
        ("@kurimoto 戻りました", TUESDAY, "clear @kurimoto"),
        ("@kurimoto 30分延長", TUESDAY, "extend 30 @kurimoto"),
        ("@kurimoto どこ？", TUESDAY, "query @kurimoto"),
        ("@sato is out until 3", TUESDAY, "out 10:30~15:00 stated @sato"),
        ("@sato back", TUESDAY, "clear @sato"),
        ("@sato lunch", TUESDAY, "away 10:30~11:30 assumed @sato"),
        ("@sato 会議 15時まで", TUESDAY, "meeting 10:30~15:00 stated @sato"),
        ("@田中 直帰", TUESDAY, "out 10:30~24:00 stated @田中"),
        ("予定は?", TUESDAY, "query"),
        ("みんな", TUESDAY, "query"),
        ("佐藤", TUESDAY, "ask no_kind"),
        ("佐藤さん どこ", TUESDAY, "query @佐藤"),
        ("where is sato", TUESDAY, "query @sato"),
    ],
)
def test_on_behalf_after_the_command(text: str, now: str, meant: str) -> None:
    """A colleague is named; a customer is not ours."""
    assert reading(text, now, "command") == meant


@pytest.mark.parametrize(
    ("text", "now", "meant"),
    [
        ("栗本さんはどこですか", TUESDAY, "query @栗本"),
        ("栗本さんどちらですか", TUESDAY, "query @栗本"),
        ("栗本さんはいらっしゃいますか", TUESDAY, "query @栗本"),
        ("栗本さんいる？", TUESDAY, "query @栗本"),
        ("栗本さんは今日いますか？", TUESDAY, "query @栗本"),
        ("栗本さんはもう戻りましたか", TUESDAY, "query @栗本"),
        ("栗本さん戻ってますか？", TUESDAY, "query @栗本"),
        ("栗本さんいつ戻る？", TUESDAY, "query @栗本"),
        ("栗本さんは何時に帰社しますか", TUESDAY, "query @栗本"),
        ("栗本さんの戻りは何時ですか", TUESDAY, "query @栗本"),
        ("栗本さんの予定は？", TUESDAY, "query @栗本"),
        ("栗本さんの今日の予定を教えてください", TUESDAY, "query @栗本"),
        ("栗本さんの状況", TUESDAY, "query @栗本"),
        ("栗本さん今日休み？", TUESDAY, "query @栗本"),
        ("栗本さんは在宅ですか？", TUESDAY, "query @栗本"),
        ("栗本さんは会議中ですか", TUESDAY, "query @栗本"),
        ("栗本さん出社してますか？", TUESDAY, "query @栗本"),
        ("栗本課長はいますか", TUESDAY, "query @栗本"),
        ("部長はどこですか", TUESDAY, "query @部長"),
        ("栗本さん", TUESDAY, "none"),
        ("みんなどこ？", TUESDAY, "query"),
        ("みんなの予定", TUESDAY, "query"),
        ("全員の状況を教えて", TUESDAY, "query"),
        ("誰がいますか？", TUESDAY, "query"),
        ("誰かいますか", TUESDAY, "query"),
        ("今日いる人は？", TUESDAY, "query"),
        ("今日休みの人は？", TUESDAY, "query"),
        ("今日の予定", TUESDAY, "query"),
        ("今日の予定は？", TUESDAY, "query"),
        ("自分の予定", TUESDAY, "query"),
        ("明日の予定は？", TUESDAY, "query"),
        ("会議室はどこですか？", TUESDAY, "none"),
        ("資料はどこですか", TUESDAY, "none"),
        ("トイレどこ？", TUESDAY, "none"),
        ("田中様はいらっしゃいますか", TUESDAY, "none"),
        ("栗本さん、会議室どこですか？", TUESDAY, "none"),
        ("栗本さんの資料どこですか", TUESDAY, "none"),
        ("会議の予定は？", TUESDAY, "none"),
        ("次の会議はいつですか", TUESDAY, "none"),
        ("いつ戻りますか？", TUESDAY, "none"),
    ],
)
def test_questions(text: str, now: str, meant: str) -> None:
    """Questions about whereabouts."""
    assert reading(text, now) == meant


@pytest.mark.parametrize(
    ("text", "now", "meant"),
    [
        ("栗本どこ？", TUESDAY, "query @栗本"),
        ("栗本さん", TUESDAY, "query @栗本"),
        ("状況", TUESDAY, "query"),
        ("", TUESDAY, "query"),
    ],
)
def test_questions_after_the_command(text: str, now: str, meant: str) -> None:
    """Questions about whereabouts."""
    assert reading(text, now, "command") == meant


@pytest.mark.parametrize("mention", ["<@U0KURIMOTO>", "<@U0KURIMOTO|kurimoto>"])
def test_an_escaped_mention_names_the_slack_user(mention: str) -> None:
    """Slack sends mentions as ids: the id is what finds the person."""
    assert (
        reading(f"{mention} 出張 明日まで", TUESDAY, "command") == "trip 10:30~11-26 00:00 stated @U0KURIMOTO"
    )


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("山本さん、先に帰りますね", "left 10:30~24:00 stated"),
        ("山本さん ランチ行ってきます", "away 10:30~11:30 assumed"),
        ("山本さん、私は15時に戻ります", "out 10:30~15:00 stated"),
        ("山本さん、ちょっと外出してきます", "out 10:30~18:00 assumed"),
        ("山本さんは外出しますね", "out 10:30~18:00 assumed @山本"),
        ("山本さん、15時帰社です", "out 10:30~15:00 stated @山本"),
    ],
)
def test_who_is_spoken_to(text: str, meant: str) -> None:
    """A form that is never said of another makes the sentence the speaker's own."""
    assert reading(text) == meant


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("紺屋さん明日休みです", "leave 24:00~11-26 00:00 stated @紺屋"),
        ("王さん15時帰社", "out 10:30~15:00 stated @王"),
        ("名古屋さんどこですか？", "query @名古屋"),
        ("パン屋さん明日休みです", "none"),
        ("業者さん休みです", "none"),
        ("娘さん明日休みです", "none"),
        ("仕入先の山本さん、明日休みです", "none"),
        ("さくら組の山本くん、明日休みです", "none"),
        ("14時〜15時 鈴木様 来客", "meeting 14:00~15:00 stated"),
        ("お孫さん明日休みです", "none"),
        ("お子さんのお迎えで早退します", "left 10:30~24:00 stated"),
        ("田中様来客 15時まで", "meeting 10:30~15:00 stated"),
    ],
)
def test_shops_and_families_are_not_staff(text: str, meant: str) -> None:
    """Whoever is not ours never gives the speaker a status."""
    assert reading(text) == meant


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("山本さん今日は？", "query @山本"),
        ("山本さんの帰社予定は？", "query @山本"),
        ("山本さんの戻り時間わかりますか", "query @山本"),
        ("山本さん今何してますか", "query @山本"),
        ("山本さん見かけましたか？", "query @山本"),
        ("山本さんこの資料知ってますか？", "none"),
        ("山本さんの連絡先知りませんか？", "none"),
        ("今日休みは誰？", "query"),
        ("今オフィスにいる人は？", "query"),
        ("山本さん、会議から戻られましたか", "query @山本"),
        ("外出してる人は？", "query"),
        ("在席者は？", "query"),
        ("今オフィスに誰かいますか？", "query"),
    ],
)
def test_more_questions(text: str, meant: str) -> None:
    """Who is where, asked in passing."""
    assert reading(text) == meant
