import pytest

from bot.scripts import check_script

GOOD = [
    "はい、{{ organization }}でございます。",
    "{{ organization|default('当社') }}の{{ person }}は外出中です。",
    "{% if person %}{{ person }}は{% endif %}外出しております。",
    "{% if person == '栗本' %}本人{% elif organization %}会社{% else %}受付{% endif %}です。",
    "{{ person if person else '担当の者' }}は外出しております。",
    "{{ organization ~ 'の' ~ person }}は外出しております。",
    "{# 控え #}外出しております。",
]


@pytest.mark.parametrize("template", GOOD)
def test_good_templates(template: str) -> None:
    assert check_script("answer_out", template) is None


@pytest.mark.parametrize(
    ("template", "said"),
    [
        ("外出中。\n{{ person", "2行目の書き方に誤りがあります"),
        ("{% if person %}外出中。", "1行目の書き方に誤りがあります"),
        ("外出中。{% endif %}", "1行目の書き方に誤りがあります"),
        ("{% nonsense %}外出中。", "1行目の書き方に誤りがあります"),
        ("{{ place }}に外出中。", "{{ place }} はこの文では使えません"),
        ("", "読み上げる文がありません"),
        ("　。、\n", "読み上げる文がありません"),
        ("{{ '' }}", "読み上げる文がありません"),
        ("{% if not person %}外出中。{% endif %}", "読み上げる文がありません"),
        ("あ" * 500, "400文字まで"),
        ("{{ person }}" * 150, "400文字まで"),
        ("あ" * 2_001, "2000文字まで"),
        ("<Say>外出中。</Say>", "タグは読み上げられません"),
    ],
)
def test_what_is_wrong_is_said_in_japanese(template: str, said: str) -> None:
    problem = check_script("answer_out", template)
    assert problem is not None
    assert said in problem


def test_a_value_may_be_empty_when_it_is_spoken() -> None:
    assert check_script("whisper", "{{ caller }}から{{ purpose if purpose }}お電話です。") is None
    assert check_script("whisper", "{{ caller }}から{% if not purpose %}{{ 1 < caller }}{% endif %}です。")


@pytest.mark.parametrize(
    "template",
    [
        "{% for i in range(1000000000) %}{% for j in range(1000000000) %}あ{% endfor %}{% endfor %}",
        "{{ 'あ' * 1000000000 }}",
        "{{ 9**9**9**9 }}",
        "{{ '%999999999d'|format(1) }}",
        "{{ 'a'|center(999999999) }}",
        "{{ 'a'|replace('a', 'aaaaaaaa')|replace('a', 'aaaaaaaa') }}",
        "{% set a = 'あ' %}{{ a }}",
        "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
        "{% include 'answer_out' %}",
        "{% extends 'answer_out' %}",
        "{% import 'os' as os %}あ",
        "{{ person.__class__.__mro__ }}",
        "{{ person['__class__'] }}",
        "{{ person|attr('__class__') }}",
        "{{ self }}{{ person.upper() }}",
        "{{ cycler('a') }}",
        "{{ [person, organization] }}",
        "{{ person is sameas organization }}",
    ],
)
def test_what_could_hang_or_reach_out_is_not_in_the_language(template: str) -> None:
    problem = check_script("answer_out", template)
    assert problem is not None


@pytest.mark.parametrize(
    "template",
    [
        "{{" + "(" * 900 + "person" + ")" * 900 + "}}",
        "{{" + "not " * 480 + "person}}あ",
        "{% if person %}" * 70 + "あ" + "{% endif %}" * 70,
        "{{" + "person ~ " * 200 + "person}}",
    ],
)
def test_deep_nesting_is_judged_too(template: str) -> None:
    problem = check_script("answer_out", template)
    assert problem is None or "深すぎます" in problem or "長すぎ" in problem


def test_an_unknown_name_gets_a_hint() -> None:
    assert (
        check_script("greting", "はい。") == "「greting」という文はありません。「greeting」ではありませんか。"
    )
    assert "docs/scripts.md" in (check_script("xyz", "はい。") or "")


def test_the_usable_values_are_listed() -> None:
    problem = check_script("asked_promise", "{{ minute }}分後に折り返します。")
    assert problem is not None
    assert "{{ minutes }}" in problem
    assert "{{ person }}" in problem
    assert "{{ organization }}" in problem
