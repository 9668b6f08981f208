"""YAML text → plain data that still knows where everything stood.

Every scalar stays the text as written: the office file's own schema says what is a number, a
time or a switch. So `open: 9:00` is not 540, `department: no` not false, and a telephone number
not an integer.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import yaml

Path = tuple[str | int, ...]

MAX_BYTES = 8_000_000
MAX_NODES = 400_000
MAX_DEPTH = 12

_SHORTEST_SECRET = 4
_VARIABLE = re.compile(r"\$\{([A-Za-z_][A-Za-z0-9_]*)\}")

_SYNTAX = (  # what libyaml says (in part) → what to do about it
    (
        "mapping values are not allowed",
        "「:」の位置か字下げがおかしいようです。値に「:」があるときは全体を引用符で囲んでください",
    ),
    (
        "cannot start any token",
        "ここに書けない文字です。字下げはタブでなく空白で、@ や % で始まる値は引用符で囲んでください",
    ),
    ("did not find expected ',' or", "[ ] か { } が閉じられていないか、「,」が抜けています"),
    (
        "did not find expected '-'",
        "一覧 (- で始まる行) と「キー: 値」が同じ段に混ざっています。字下げをそろえてください",
    ),
    ("did not find expected key", "字下げが前の行とそろっていないか、引用符の閉じ忘れがあります"),
    ("unexpected end of stream", "引用符が閉じられていません"),
    ("could not find expected ':'", "キーのあとに「:」と空白が要ります"),
    ("undefined alias", "「*」の参照先が見つかりません。値が * で始まるときは引用符で囲んでください"),
    ("another document", "1つのファイルには1つの事業所だけを書いてください(「---」は使えません)"),
    ("unknown escape", "「\\」の使い方が違います。引用符を ' にすると、そのまま書けます"),
)


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing wrong in an office file. `line` and `column` count from 1."""

    line: int
    column: int
    key: str
    text: str

    def __str__(self) -> str:
        where = f"{self.line}行目 {self.column}文字目"
        return f"{where} {self.key}: {self.text}" if self.key else f"{where}: {self.text}"


class OfficeFileError(Exception):
    """The office file can't be used; `problems` are all that is wrong with it, by line."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = tuple(sorted(set(problems)))
        super().__init__("\n".join(str(problem) for problem in self.problems))


@dataclass
class Tree:
    """The data of a file: mappings, lists, texts and None; `marks` gives line and column from 1.

    `secrets` are values taken from the environment, which no message shows; `unfilled` the texts
    whose variable is missing.
    """

    data: object = None
    marks: dict[Path, tuple[int, int]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    secrets: dict[str, str] = field(default_factory=dict)
    unfilled: set[Path] = field(default_factory=set)

    def blame(self, path: Path, text: str) -> None:
        """Note a problem at `path`, or at the nearest thing above it that the file has."""
        line, column = next(self.marks[path[:n]] for n in range(len(path), -1, -1) if path[:n] in self.marks)
        for value, name in self.secrets.items():
            if len(value) >= _SHORTEST_SECRET:
                text = text.replace(value, f"${{{name}}}")
        self.problems.append(Problem(line, column, self.name(path), text))

    def name(self, path: Path) -> str:
        """`staff[kurimoto].phone`: an item by its id where it has one, else counted from 1."""
        named = ""
        at = self.data
        for step in path:
            if isinstance(step, int):
                at = at[step] if isinstance(at, list) and step < len(at) else None
                label = at.get("id") if isinstance(at, dict) else None
                named += f"[{label if isinstance(label, str) else step + 1}]"
            else:
                at = at.get(step) if isinstance(at, dict) else None
                named += f".{step}" if named else step
        return named


def read_tree(source: str | bytes, env: Mapping[str, str]) -> Tree:
    """Read one YAML document; `${VAR}` in a value is taken from `env`.

    Raises OfficeFileError where the text can't be read at all. Double keys and missing variables
    are noted in `problems`, and reading goes on.
    """
    text = _decoded(source)
    try:
        _refuse_depth(text)
        root = yaml.compose(text, Loader=yaml.CSafeLoader)
    except yaml.MarkedYAMLError as error:
        raise OfficeFileError([_syntax_problem(error)]) from error
    except yaml.reader.ReaderError as error:
        raise _refused("ファイルに使えない制御文字が入っています", _line_of(text, error.position)) from error
    if root is None:
        raise _refused("ファイルが空です。organization、name、staff などを書いてください")
    return _Reader(env).read(root)


class _Reader:
    def __init__(self, env: Mapping[str, str]) -> None:
        self.env = env
        self.tree = Tree()
        self.left = MAX_NODES
        self.notes: list[tuple[tuple[int, int], Path, str]] = []

    def read(self, root: yaml.Node) -> Tree:
        self.tree.marks[()] = _place(root)
        self.tree.data = self._value(root, ())
        for (line, column), path, advice in self.notes:  # only now is it known what the items are called
            self.tree.problems.append(Problem(line, column, self.tree.name(path), advice))
        return self.tree

    def _value(self, node: yaml.Node, path: Path) -> object:
        self.left -= 1
        if self.left < 0 or len(path) > MAX_DEPTH:
            raise _refused(
                "ファイルが大きすぎるか、入れ子や参照 (& と *) が深すぎます", node.start_mark.line + 1
            )
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, path)
        if isinstance(node, yaml.SequenceNode):
            for n, inner in enumerate(node.value):
                self.tree.marks[*path, n] = _place(inner)
            return [self._value(inner, (*path, n)) for n, inner in enumerate(node.value)]
        return None if node.tag == "tag:yaml.org,2002:null" else self._filled(str(node.value), path)

    def _mapping(self, node: yaml.MappingNode, path: Path) -> dict[str, object]:
        values: dict[str, object] = {}
        for key_node, value_node in node.value:
            key = str(key_node.value) if isinstance(key_node, yaml.ScalarNode) else None
            if key is None or key in values:
                advice = (
                    "キーは文字で書いてください"
                    if key is None
                    else "二度書かれています。一つにまとめてください"
                )
                self.notes.append((_place(key_node), (*path, key or "?"), advice))
                continue
            self.tree.marks[*path, key] = _place(key_node)
            values[key] = self._value(value_node, (*path, key))
        return values

    def _filled(self, text: str, path: Path) -> str:
        def value_of(match: re.Match[str]) -> str:
            name = match[1]
            value = self.env.get(name)
            if value is None:
                self.tree.unfilled.add(path)
                advice = f"環境変数 {name} が設定されていません。設定するか、値を直接書いてください"
                self.notes.append((self.tree.marks[path], path, advice))
                return ""
            if value:
                self.tree.secrets[value] = name
            return value

        return _VARIABLE.sub(value_of, text)


def _decoded(source: str | bytes) -> str:
    if len(source) > MAX_BYTES:
        raise _refused(f"ファイルが大きすぎます({MAX_BYTES // 1_000_000} MB まで)")
    raw = source.encode("utf-8", "surrogatepass") if isinstance(source, str) else source
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise _refused("文字コードが UTF-8 ではありません。UTF-8 で保存し直してください", line) from error


def _refuse_depth(text: str) -> None:
    """Refuse nesting that would exhaust the composer's stack, before it is composed."""
    depth = 0
    for event in yaml.parse(text, Loader=yaml.CSafeLoader):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > MAX_DEPTH:
                raise _refused("入れ子が深すぎます。字下げや括弧を確かめてください", _line(event.start_mark))
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1


def _syntax_problem(error: yaml.MarkedYAMLError) -> Problem:
    said = f"{error.context or ''} {error.problem or ''}"
    unclosed = "unexpected end" in said or "did not find expected ','" in said
    mark = (error.context_mark if unclosed else None) or error.problem_mark or error.context_mark
    advice = next(
        (advice for part, advice in _SYNTAX if part in said), "字下げ、引用符、括弧を確かめてください"
    )
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    return Problem(line, column, "", f"YAML として読めません。{advice}")


def _refused(text: str, line: int = 1) -> OfficeFileError:
    return OfficeFileError([Problem(line, 1, "", text)])


def _line_of(text: str, position: int) -> int:
    """The line of a byte position, which is what the YAML reader tells."""
    return text.encode().count(b"\n", 0, position) + 1


def _place(node: yaml.Node) -> tuple[int, int]:
    return node.start_mark.line + 1, node.start_mark.column + 1


def _line(mark: Any) -> int:
    return mark.line + 1 if mark else 1
