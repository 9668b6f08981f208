"""How the parts of mail addresses are called: letters, signs, endings, and words that everyone can spell."""

from collections.abc import Mapping
from typing import NamedTuple


class Spoken(NamedTuple):
    """One thing in both languages."""

    ja: str
    en: str


_LETTERS = """
エー ビー シー ディー イー エフ ジー エイチ アイ ジェー ケー エル エム
エヌ オー ピー キュー アール エス ティー ユー ブイ ダブリュー エックス ワイ ゼット
"""

LETTERS: Mapping[str, str] = dict(zip("abcdefghijklmnopqrstuvwxyz", _LETTERS.split(), strict=True))

TELLING: Mapping[str, Spoken] = {
    letter: Spoken(ja, en)
    for letter, ja, en in (
        ("b", "ブラジル", "Bravo"),
        ("c", "カナダ", "Charlie"),
        ("d", "デンマーク", "Delta"),
        ("e", "イギリス", "Echo"),
        ("f", "フランス", "Foxtrot"),
        ("g", "ゴルフ", "Golf"),
        ("m", "マイク", "Mike"),
        ("n", "ノベンバー", "November"),
        ("p", "パリ", "Papa"),
        ("s", "スペイン", "Sierra"),
        ("t", "東京", "Tango"),
        ("v", "ビクトリー", "Victor"),
    )
}
"""Words for the letters that are mistaken for each other on the telephone: B C D E G P T V, M N, F S."""

SIGNS: Mapping[str, Spoken] = {
    "@": Spoken("アットマーク", "at"),
    ".": Spoken("ドット", "dot"),
    "-": Spoken("ハイフン", "hyphen"),
    "_": Spoken("アンダーバー", "underscore"),
    "+": Spoken("プラス", "plus"),
    "/": Spoken("スラッシュ", "slash"),
    "'": Spoken("アポストロフィー", "apostrophe"),
    "&": Spoken("アンド", "ampersand"),
    "!": Spoken("エクスクラメーション", "exclamation mark"),
    "#": Spoken("シャープ", "hash"),
    "$": Spoken("ドル記号", "dollar sign"),
    "%": Spoken("パーセント", "percent"),
    "*": Spoken("アスタリスク", "asterisk"),
    "=": Spoken("イコール", "equals"),
    "?": Spoken("クエスチョン", "question mark"),
    "^": Spoken("ハット", "caret"),
    "`": Spoken("バッククォート", "backquote"),
    "{": Spoken("波かっこ開く", "open brace"),
    "|": Spoken("縦棒", "vertical bar"),
    "}": Spoken("波かっこ閉じる", "close brace"),
    "~": Spoken("チルダ", "tilde"),
    "0": Spoken("数字のゼロ", "zero"),
    "1": Spoken("数字のイチ", "one"),
    "2": Spoken("数字のニ", "two"),
    "3": Spoken("数字のサン", "three"),
    "4": Spoken("数字のヨン", "four"),
    "5": Spoken("数字のゴ", "five"),
    "6": Spoken("数字のロク", "six"),
    "7": Spoken("数字のナナ", "seven"),
    "8": Spoken("数字のハチ", "eight"),
    "9": Spoken("数字のキュウ", "nine"),
}

ENDINGS: Mapping[str, tuple[str, ...]] = {
    "com": ("コム",),
    "net": ("ネット",),
    "org": ("オーアールジー",),
    "info": ("インフォ",),
    "biz": ("ビズ",),
    "jp": ("ジェーピー",),
    "co.jp": ("シーオー", "ジェーピー"),
    "ne.jp": ("エヌイー", "ジェーピー"),
    "or.jp": ("オーアール", "ジェーピー"),
    "ac.jp": ("エーシー", "ジェーピー"),
    "go.jp": ("ジーオー", "ジェーピー"),
    "lg.jp": ("エルジー", "ジェーピー"),
    "ed.jp": ("イーディー", "ジェーピー"),
    "gr.jp": ("ジーアール", "ジェーピー"),
    "io": ("アイオー",),
    "ai": ("エーアイ",),
    "co": ("シーオー",),
    "tv": ("ティーブイ",),
    "me": ("エムイー",),
    "us": ("ユーエス",),
    "eu": ("イーユー",),
    "cn": ("シーエヌ",),
    "kr": ("ケーアール",),
    "tw": ("ティーダブリュー",),
    "de": ("ディーイー",),
    "uk": ("ユーケー",),
    "co.uk": ("シーオー", "ユーケー"),
    "dev": ("ディーイーブイ",),
    "app": ("エーピーピー",),
    "tokyo": ("トーキョー",),
    "shop": ("ショップ",),
    "cloud": ("クラウド",),
    "example": ("エグザンプル",),
}

_WORDS = """
access:アクセス account:アカウント action:アクション active:アクティブ admin:アドミン
agency:エージェンシー air:エアー alpha:アルファ angel:エンジェル apple:アップル arch:アーチ art:アート
asia:アジア assist:アシスト auto:オート bank:バンク base:ベース beauty:ビューティー best:ベスト
biglobe:ビッグローブ bio:バイオ blue:ブルー book:ブック books:ブックス box:ボックス brain:ブレイン
brand:ブランド bridge:ブリッジ build:ビルド business:ビジネス cafe:カフェ call:コール camera:カメラ
car:カー card:カード care:ケア career:キャリア center:センター central:セントラル chance:チャンス
city:シティ class:クラス clean:クリーン clinic:クリニック cloud:クラウド club:クラブ code:コード
coffee:コーヒー color:カラー company:カンパニー connect:コネクト consul:コンサル
consulting:コンサルティング contact:コンタクト contents:コンテンツ cook:クック corp:コープ
corporation:コーポレーション create:クリエイト creative:クリエイティブ cross:クロス crown:クラウン
custom:カスタム cyber:サイバー dance:ダンス data:データ day:デイ delivery:デリバリー dental:デンタル
design:デザイン digital:デジタル direct:ダイレクト doctor:ドクター dream:ドリーム drive:ドライブ
earth:アース east:イースト eco:エコ edge:エッジ electric:エレクトリック energy:エナジー
engineering:エンジニアリング english:イングリッシュ entry:エントリー estate:エステート event:イベント
example:エグザンプル express:エクスプレス factory:ファクトリー family:ファミリー farm:ファーム
fashion:ファッション first:ファースト fit:フィット flower:フラワー food:フード foods:フーズ
forest:フォレスト free:フリー fresh:フレッシュ friend:フレンド front:フロント future:フューチャー
game:ゲーム games:ゲームズ garden:ガーデン gate:ゲート general:ゼネラル gift:ギフト glass:グラス
global:グローバル gmail:ジーメール gold:ゴールド good:グッド google:グーグル grand:グランド
green:グリーン group:グループ hair:ヘアー hand:ハンド happy:ハッピー heart:ハート hello:ハロー
help:ヘルプ holdings:ホールディングス home:ホーム hospital:ホスピタル hotel:ホテル hotmail:ホットメール
house:ハウス housing:ハウジング human:ヒューマン idea:アイデア industry:インダストリー info:インフォ
inter:インター international:インターナショナル japan:ジャパン job:ジョブ joy:ジョイ just:ジャスト
keep:キープ kids:キッズ king:キング lab:ラボ labo:ラボ land:ランド law:ロー leaf:リーフ legal:リーガル
life:ライフ light:ライト line:ライン link:リンク live:ライブ logic:ロジック love:ラブ lucky:ラッキー
mail:メール manager:マネージャー marine:マリン market:マーケット marketing:マーケティング
master:マスター media:メディア medical:メディカル metal:メタル mind:マインド mobile:モバイル moon:ムーン
motor:モーター motors:モータース music:ミュージック nature:ネイチャー net:ネット network:ネットワーク
new:ニュー news:ニュース next:ネクスト nice:ナイス nifty:ニフティ north:ノース ocean:オーシャン
office:オフィス one:ワン online:オンライン open:オープン orange:オレンジ order:オーダー
outlook:アウトルック paper:ペーパー park:パーク partner:パートナー partners:パートナーズ people:ピープル
photo:フォト pink:ピンク plan:プラン planning:プランニング plus:プラス point:ポイント power:パワー
press:プレス print:プリント pro:プロ product:プロダクト products:プロダクツ project:プロジェクト
quality:クオリティ queen:クイーン quick:クイック rain:レイン real:リアル reception:レセプション
recruit:リクルート red:レッド relax:リラックス rent:レント research:リサーチ rich:リッチ ring:リング
river:リバー road:ロード room:ルーム rose:ローズ royal:ロイヤル safety:セーフティ sales:セールス
school:スクール science:サイエンス sea:シー search:サーチ secure:セキュア security:セキュリティ
sense:センス service:サービス services:サービシズ share:シェア shop:ショップ silver:シルバー
simple:シンプル sky:スカイ smart:スマート smile:スマイル soft:ソフト software:ソフトウェア
solution:ソリューション solutions:ソリューションズ sound:サウンド south:サウス space:スペース
speed:スピード sport:スポーツ sports:スポーツ spring:スプリング staff:スタッフ stage:ステージ
star:スター start:スタート station:ステーション steel:スチール step:ステップ store:ストア
story:ストーリー street:ストリート studio:スタジオ style:スタイル success:サクセス summer:サマー
sun:サン super:スーパー support:サポート system:システム systems:システムズ table:テーブル team:チーム
tech:テック techno:テクノ technology:テクノロジー test:テスト the:ザ time:タイム top:トップ
total:トータル tour:ツアー tower:タワー town:タウン trade:トレード trading:トレーディング
training:トレーニング trans:トランス travel:トラベル tree:ツリー trust:トラスト union:ユニオン
united:ユナイテッド up:アップ value:バリュー victory:ビクトリー video:ビデオ village:ビレッジ
vision:ビジョン voice:ボイス water:ウォーター wave:ウェーブ way:ウェイ web:ウェブ wedding:ウェディング
west:ウエスト white:ホワイト wind:ウィンド wing:ウイング winter:ウインター wood:ウッド work:ワーク
works:ワークス world:ワールド yahoo:ヤフー
"""

WORDS: Mapping[str, str] = dict(pair.split(":") for pair in _WORDS.split())
"""English words of company names, as every office worker in Japan would write them down."""
