"""Between kana and Latin letters: Hepburn, as on signs and in passports."""

_SYLLABLES = """
a:ア i:イ u:ウ e:エ o:オ ka:カ ki:キ ku:ク ke:ケ ko:コ ga:ガ gi:ギ gu:グ ge:ゲ go:ゴ sa:サ shi:シ su:ス
se:セ so:ソ za:ザ ji:ジ zu:ズ ze:ゼ zo:ゾ ta:タ chi:チ tsu:ツ te:テ to:ト da:ダ de:デ do:ド na:ナ ni:ニ
nu:ヌ ne:ネ no:ノ ha:ハ hi:ヒ fu:フ he:ヘ ho:ホ ba:バ bi:ビ bu:ブ be:ベ bo:ボ pa:パ pi:ピ pu:プ pe:ペ
po:ポ ma:マ mi:ミ mu:ム me:メ mo:モ ya:ヤ yu:ユ yo:ヨ ra:ラ ri:リ ru:ル re:レ ro:ロ wa:ワ kya:キャ
kyu:キュ kyo:キョ gya:ギャ gyu:ギュ gyo:ギョ sha:シャ shu:シュ sho:ショ ja:ジャ ju:ジュ jo:ジョ cha:チャ
chu:チュ cho:チョ nya:ニャ nyu:ニュ nyo:ニョ hya:ヒャ hyu:ヒュ hyo:ヒョ bya:ビャ byu:ビュ byo:ビョ
pya:ピャ pyu:ピュ pyo:ピョ mya:ミャ myu:ミュ myo:ミョ rya:リャ ryu:リュ ryo:リョ
"""

_KANA = dict(pair.split(":") for pair in _SYLLABLES.split())
_ROMAJI = {kana: romaji for romaji, kana in _KANA.items()} | {"ヂ": "ji", "ヅ": "zu", "ヲ": "o", "ン": "n"}
_LOANS = """
fa:ファ fi:フィ fe:フェ fo:フォ ti:ティ di:ディ tu:トゥ du:ドゥ wi:ウィ we:ウェ wo:ウォ
she:シェ je:ジェ che:チェ tsa:ツァ tse:ツェ tso:ツォ vu:ヴ va:ヴァ vi:ヴィ ve:ヴェ vo:ヴォ dyu:デュ fyu:フュ
"""
_ROMAJI |= {kana: letters for letters, kana in (pair.split(":") for pair in _LOANS.split())}
_LENGTHENED_BY_U = ("o", "yu", "shu", "chu", "ju")  # 太郎, 祐樹; the u of 松浦 is one of its own


def katakana_of(letters: str) -> str | None:
    """`kurimoto` → `クリモト`; None unless all of it is Hepburn, so that it is written back the same way."""
    kana, rest = "", letters
    while rest:
        if len(rest) > 1 and rest[0] == rest[1] and rest[0] not in "aiueon":
            kana, rest = kana + "ッ", rest[1:]
            continue
        size = next((size for size in (3, 2, 1) if rest[:size] in _KANA), 0)
        if size:
            kana, rest = kana + _KANA[rest[:size]], rest[size:]
        elif rest[0] == "n" and rest[1:2] != "y":
            kana, rest = kana + "ン", rest[1:]
        else:
            return None
    return None if kana.endswith("ッ") else kana


def romaji_of(kana: str) -> str | None:
    """`くりもと` → `kurimoto`, long vowels written once (おおの → ono); None where a character is no kana."""
    katakana = "".join(chr(ord(c) + 0x60) if "ぁ" <= c <= "ゖ" else c for c in kana)
    pieces: list[str] = []
    double = False
    at = 0
    while at < len(katakana):
        size = 2 if katakana[at : at + 2] in _ROMAJI else 1
        here, at = katakana[at : at + size], at + size
        if here == "ッ":
            double = True
        elif here in "ー・":
            continue
        elif here in _ROMAJI:
            letters = _ROMAJI[here]
            pieces.append(("t" if letters.startswith("ch") else letters[0]) + letters if double else letters)
            double = False
        else:
            return None
    return "".join(_without_long(pieces))


def _without_long(pieces: list[str]) -> list[str]:
    """Drops the う and お that only lengthen: taro, yuki, ono; but matsuura, inoue, yokoo."""
    kept: list[str] = []
    for index, piece in enumerate(pieces):
        before, after = (kept[-1] if kept else ""), (pieces[index + 1] if index + 1 < len(pieces) else "")
        lengthens = (piece == "u" and before.endswith(_LENGTHENED_BY_U) and after != "e") or (
            piece == "o" and before.endswith("o") and after != ""
        )
        if not lengthens:
            kept.append(piece)
    return kept
