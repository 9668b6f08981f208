"""What LINE says beside the conversation with staff: linking an account, welcomes, short helps."""

from bot.office.model import Person
from bot.platforms.cards import Card

_HOW_TO_LINK = (
    "社内の管理者から受け取った招待コード(例: K7QF-3MXP)を、このトークに送ってください。\n"
    "コードがお手元にないときは、管理者に「招待コードをください」とお伝えください。"
)

INSTRUCTIONS = Card(
    text="このアカウントは、社員の方の在席連絡と電話の取次ぎのためのものです。\n"
    "まだ、どなたのLINEか分かりません。\n" + _HOW_TO_LINK
)
WELCOME = Card(
    text="友だち追加ありがとうございます。\n"
    "在席連絡と電話の取次ぎを、このトークで行えます。\nはじめに、" + _HOW_TO_LINK
)
WRONG_CODE = Card(
    text="招待コードが違うようです。\n"
    "英字と数字8文字を、もう一度ご確認のうえ送ってください(大文字と小文字の違い、ハイフンの有無は問いません)。"
)
USED_CODE = Card(
    text="この招待コードは使用済みです。\nコードは1回だけ使えます。管理者に新しいコードをもらってください。"
)
EXPIRED_CODE = Card(
    text="この招待コードは期限が切れています。\n"
    "コードは発行から7日間有効です。管理者に新しいコードをもらってください。"
)
TOO_MANY_CODES = Card(
    text="招待コードの間違いが続いたため、しばらく受け付けられません。\n1時間ほどおいてから、もう一度送ってください。"
)
BUSY = Card(text="ただいま混み合っていて、記録できませんでした。\n少し待ってから、もう一度お願いします。")
UNSURE = Card(
    text="データベースとの接続が切れ、記録できたか確かめられませんでした。\n"
    "少し待ってから「状況」と送って、ご確認をお願いします。"
)
FAILED = Card(
    text="申し訳ありません。うまく処理できませんでした。\n"
    "言い方を変えて、もう一度お送りください。続くときは管理者にお知らせください。"
)
TEXT_ONLY = Card(text="文字でお送りください。たとえば「15時帰社」「会議 14時まで」「戻りました」。")


def linked(office: str, person: Person) -> Card:
    """The account is linked: whose it is, and what can be sent next."""
    return Card(
        text=f"{person.name}さんのLINEとして登録しました({office})。\n"
        "居場所は「外出 15時まで」「会議」「戻りました」のように送るだけです。\n"
        "お電話があったときは、ここでお尋ねします。\n"
        "ご本人でないときは、管理者にお知らせください。"
    )


def linked_already(person: Person) -> Card:
    """A code from an account that is somebody's: nothing changes."""
    return Card(
        text=f"このLINEは、すでに{person.name}さんとして登録されています。\n"
        "ほかの方のコードのときは、その方のLINEから送ってください。"
    )


def welcome_back(person: Person) -> Card:
    """Somebody linked opens the chat again."""
    return Card(text=f"{person.surname}さん、お待ちしていました。\n続けてお使いいただけます。")


def joined(group: str, *, known: bool) -> Card:
    """The bot was added to a group: what for, or what the office file needs to know."""
    if known:
        return Card(text="このグループに、着信と伝言をお知らせします。")
    return Card(
        text="このグループに着信と伝言をお知らせするには、"
        f"事業所ファイルの line.calls_group に次のIDを書いてください。\n{group}"
    )


def link_ended(person: Person, given: int) -> Card:
    """For managers: somebody can no longer be reached by LINE; `given` open messages went to others."""
    moved = f"未対応の伝言{given}件は、代わりの方に引き継ぎました。\n" if given else ""
    return Card(
        title="LINEの連携が終わりました",
        text=f"{person.name}さんがLINEのアカウントをブロックしたため、LINEではお知らせが届かなくなりました。\n"
        f"{moved}つなぎ直すには、新しい招待コードを渡してください(toritsugi invite "
        f"{person.id})。",
        summary=f"{person.name}さんのLINEの連携が終わりました",
    )


def group_left() -> Card:
    """For managers: the calls group no longer hears of calls."""
    return Card(
        title="LINEの着信グループから外れました",
        text="ボットがグループから外されたため、着信と伝言をそのグループにお知らせできません。\n"
        "もう一度グループに招待してください。",
    )
