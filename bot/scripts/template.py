"""The language of the sentences: text, `{{ value }}`, `{% if value %}…{% else %}…{% endif %}`.

Offices write templates, so the language is small on purpose. There are no loops, calls, attributes,
assignments or arithmetic: what a template costs grows with its length only, and none can hang a call
or reach anything but the values it is given. The sandbox of Jinja2 stands behind that as a second fence.
"""

from functools import lru_cache

from jinja2 import StrictUndefined, Template, TemplateSyntaxError, nodes
from jinja2.meta import find_undeclared_variables
from jinja2.sandbox import ImmutableSandboxedEnvironment

MAX_SOURCE = 2000
"""Characters of a template."""
MAX_DEPTH = 40
"""Levels of a template's tree; an `{% if %}` inside another takes one."""

_TOO_DEEP = "入れ子が深すぎます。"

_FILTERS = ("default", "d", "trim", "upper", "lower", "capitalize", "title")
_TESTS = ("defined", "undefined")
_NODES = (
    nodes.Template,
    nodes.Output,
    nodes.TemplateData,
    nodes.Name,
    nodes.Const,
    nodes.If,
    nodes.CondExpr,
    nodes.Compare,
    nodes.Operand,
    nodes.And,
    nodes.Or,
    nodes.Not,
    nodes.Concat,
    nodes.Filter,
    nodes.Test,
    nodes.Keyword,
)


class TemplateProblemError(ValueError):
    """A template that is not in the language; the message is Japanese, for the office."""


def _environment() -> ImmutableSandboxedEnvironment:
    # No escaping here: a sentence is plain text, and whoever writes it into TwiML or a card escapes it.
    environment = ImmutableSandboxedEnvironment(undefined=StrictUndefined, autoescape=False)
    environment.globals.clear()
    environment.filters = {name: environment.filters[name] for name in _FILTERS}
    environment.tests = {name: environment.tests[name] for name in _TESTS}
    return environment


_ENVIRONMENT = _environment()


def _parse(source: str) -> nodes.Template:
    if len(source) > MAX_SOURCE:
        raise TemplateProblemError(f"長すぎます（{MAX_SOURCE}文字まで）。")
    try:
        tree = _ENVIRONMENT.parse(source)
    except TemplateSyntaxError as error:
        raise TemplateProblemError(
            f"{error.lineno}行目の書き方に誤りがあります。{{{{ }}}} と {{% %}} の対応を確かめてください。"
        ) from error
    except RecursionError as error:
        raise TemplateProblemError(_TOO_DEEP) from error
    _refuse_unless_simple(tree)
    return tree


def _refuse_unless_simple(tree: nodes.Template) -> None:
    level: list[nodes.Node] = [tree]
    for _ in range(MAX_DEPTH):
        if not level:
            return
        for node in level:
            _refuse_unless_known(node)
        level = [child for node in level for child in node.iter_child_nodes()]
    raise TemplateProblemError(_TOO_DEEP)


def _refuse_unless_known(node: nodes.Node) -> None:
    known = isinstance(node, _NODES)
    if isinstance(node, nodes.Filter):
        known = node.name in _FILTERS
    elif isinstance(node, nodes.Test):
        known = node.name in _TESTS
    if not known:
        raise TemplateProblemError(
            f"{node.lineno}行目に、文の中では使えない書き方があります。使えるのは {{{{ 値 }}}} と "
            "{% if 値 %}…{% else %}…{% endif %} です。"
        )


def names_in(source: str) -> frozenset[str]:
    """The values that a template asks for. Raises `TemplateProblemError`."""
    return frozenset(find_undeclared_variables(_parse(source)))


@lru_cache(maxsize=1024)
def compiled(source: str) -> Template:
    """The template, compiled once per distinct text. Raises `TemplateProblemError`."""
    return _ENVIRONMENT.from_string(_parse(source))
