"""The page docs/scripts.md, made from the catalogue: `python -m bot.scripts.reference > docs/scripts.md`."""

import sys
from collections.abc import Iterator

from bot.scripts import catalogue
from bot.scripts.model import Script
from bot.scripts.render import MAX_SPOKEN
from bot.scripts.template import MAX_SOURCE
from bot.scripts.values import VALUES

_INTRODUCTION = f"""\
# 電話で話す文の一覧

お客様と社員が電話で聞く文には、すべて名前があります。事業所ファイルの `scripts:` に名前と文を書くと、
その日本語の文に置き換わります（英語の文は置き換わりません）。書かなかった文は、この一覧のとおりです。

```yaml
scripts:
  greeting: "お電話ありがとうございます、{{{{ organization }}}}でございます。ご用件をお話しください。"
  answer_trip: "申し訳ございません、{{{{ person }}}}は本日出張に出ております。"
```

- 文の中では `{{{{ 値 }}}}` と `{{% if 値 %}}…{{% else %}}…{{% endif %}}` が使えます。
- `{{{{ organization }}}}`（会社名）はどの文でも使えます。
- 繰り返し、計算、関数は使えません。`{{{{ 値|default('…') }}}}` は使えます。
- 値を入れて{MAX_SPOKEN}文字まで、書くときは{MAX_SOURCE}文字までです。`<` と `>` は使えません。
- 社員の名前は敬称なし（課長の栗本）、お客様は敬称つき（スマイル企画の江川様）で入ります。
  「さん」「様」を足す必要はありません。
- 文は「。」で終えてください。ないときは補います。続けて読まれる文があるためです。
- 誤りは `toritsugi load` が、行と理由をつけて知らせます。
  `toritsugi say 名前` で、例の値を入れて確かめられます。
"""


def reference() -> str:
    """The whole page."""
    return "\n".join([_INTRODUCTION, *_values(), *(line for part in _PARTS for line in _part(*part))])


_PARTS: tuple[tuple[str, tuple[Script, ...]], ...] = (
    ("電話に出る", catalogue.greetings.SCRIPTS),
    ("担当者の状況と戻り", catalogue.answers.SCRIPTS),
    ("折り返しと代わりの者", catalogue.promises.SCRIPTS),
    ("担当者への確認と、その結果", catalogue.asking.SCRIPTS),
    ("伝言、お名前、電話番号", catalogue.message.SCRIPTS),
    ("メールアドレスの案内", catalogue.mail.SCRIPTS),
    ("終わりの挨拶", catalogue.closing.SCRIPTS),
    ("やりとりの中の問いかけと返事", catalogue.dialogue.SCRIPTS),
    ("社員の電話で聞こえる文", catalogue.staff.SCRIPTS),
    ("不調、お断り、自社の番号", catalogue.trouble.SCRIPTS),
)


def _values() -> Iterator[str]:
    yield "## 値"
    yield ""
    yield "| 値 | 意味 | 例 |"
    yield "| --- | --- | --- |"
    for name, value in VALUES.items():
        yield f"| `{name}` | {value.meaning} | {value.ja} |"
    yield ""


def _part(title: str, scripts: tuple[Script, ...]) -> Iterator[str]:
    yield f"## {title}"
    yield ""
    for script in scripts:
        values = "、".join(f"`{value}`" for value in VALUES if value in script.values) or "なし"
        yield f"### `{script.name}`"
        yield ""
        yield f"{script.purpose}。値: {values}"
        yield ""
        yield f"> {script.ja}"
        yield ">"
        yield f"> {script.en}"
        yield ""


if __name__ == "__main__":
    sys.stdout.write(reference())
