import pytest
import structlog
from hypothesis import given
from hypothesis import strategies as st

from bot.office.model import Office, OrganizationId, Plan
from bot.scripts import CATALOGUE, check_script, preview, render


def with_script(office: Office, name: str, template: str) -> Office:
    return office.model_copy(update={"scripts": {name: template}})


def test_the_greeting_names_the_office_the_machine_and_what_to_do(office: Office) -> None:
    assert render(office, "greeting") == (
        "はい、スマイルコーポレーションでございます。自動音声で承ります。担当者名とご用件をお話しください。"
    )


def test_english_on_request(office: Office) -> None:
    assert render(office, "hold", "en") == "Let me check for you. One moment, please."


def test_values_are_filled_in(office: Office) -> None:
    spoken = render(office, "asked_promise", person="栗本", minutes="30")
    assert spoken == "お待たせいたしました。30分ほどで栗本より折り返しお電話いたします。"


def test_an_empty_purpose_is_left_out_of_the_whisper(office: Office) -> None:
    assert render(office, "whisper", caller="江川様", purpose="") == (
        "スマイルコーポレーションの受付です。江川様からお電話です。おつなぎする場合は1を押してください。"
    )


def test_the_office_speaks_its_own_sentence(office: Office) -> None:
    own = with_script(office, "greeting", "お電話ありがとうございます、{{ organization }}です。")
    assert render(own, "greeting") == "お電話ありがとうございます、スマイルコーポレーションです。"


def test_own_sentences_are_japanese_only(office: Office) -> None:
    own = with_script(office, "greeting", "もしもし。")
    assert render(own, "greeting", "en") == render(office, "greeting", "en")


def test_own_sentences_need_the_plan(office: Office) -> None:
    own = with_script(office, "greeting", "もしもし。").model_copy(update={"plan": Plan.ALWAYS})
    assert render(own, "greeting") == render(office, "greeting")


def test_own_sentences_may_be_switched_on_alone(office: Office) -> None:
    own = with_script(office, "greeting", "もしもし。")
    own = own.model_copy(update={"plan": Plan.MESSAGE, "options": {"scripts": True}})
    assert render(own, "greeting") == "もしもし。"


def test_lines_of_a_block_in_the_office_file_become_one_sentence(office: Office) -> None:
    own = with_script(office, "greeting", "はい、\n  {{ organization }}です。\n\nご用件をどうぞ。\n")
    assert render(own, "greeting") == "はい、スマイルコーポレーションです。ご用件をどうぞ。"


def test_an_own_sentence_without_an_end_gets_one(office: Office) -> None:
    own = with_script(office, "answer_out", "{{ person }}は外出中です")
    assert render(own, "answer_out", person="栗本") == "栗本は外出中です。"


def test_an_address_at_the_end_stays_as_it_is(office: Office) -> None:
    own = with_script(office, "answer_out", "{{ person }}")
    assert render(own, "answer_out", person="a@example.jp") == "a@example.jp"


@pytest.mark.parametrize(
    "broken", ["{{", "{{ gone }}", "{% for x in organization %}あ{% endfor %}", "", "{{ '' }}"]
)
def test_a_broken_own_sentence_never_costs_the_call(office: Office, broken: str) -> None:
    assert render(with_script(office, "hold", broken), "hold") == render(office, "hold")


def test_unknown_names_and_values_are_mistakes_of_ours(office: Office) -> None:
    with pytest.raises(KeyError):
        render(office, "no_such_sentence")
    with pytest.raises(TypeError, match="person"):
        render(office, "answer_out")
    with pytest.raises(TypeError, match="place"):
        render(office, "hold", place="大阪")


@pytest.mark.parametrize("name", CATALOGUE)
def test_every_sentence_has_a_preview(office: Office, name: str) -> None:
    assert preview(office, name)
    assert preview(office, name, "en")


OFFICE = Office(organization=OrganizationId("smile"), name="スマイル")
MARKUP = st.sampled_from(
    ["{{ organization }}", "{% if %}", "{# x #}", "<break/>", "&amp;", "{{", "}}", "\x00", "\r\n", "様"]
)


@given(st.lists(st.one_of(MARKUP, st.text(max_size=8)), max_size=6).map("".join))
def test_a_value_is_never_more_than_text(value: str) -> None:
    spoken = render(OFFICE, "message_taken", person=value)
    assert spoken.startswith("かしこまりました。")
    assert spoken.endswith("に申し伝えます。")
    assert all(character.isprintable() for character in spoken)
    for markup in ("{{ organization }}", "<break/>", "&amp;", "{# x #}"):
        assert spoken.count(markup) == value.count(markup)


PIECES = st.sampled_from(
    [
        "{{ person }}", "{{ organization }}", "{{", "}}",
        "{% if person %}", "{% else %}", "{% endif %}", "{%",
        "{{ person|default('x') }}", "{{ person|upper }}", "{{ person.x }}", "{# ", " #}", "{% raw %}",
        "外出しております", "。", "\n", "{{ 1 // 0 }}", "{{ person ~ 'が' }}", "{{ person if person }}",
        "{{ 'a' if not person }}", "{% elif organization %}", "{{ person in 5 }}", "{{ person < 3 }}",
    ]
)  # fmt: skip


@given(st.lists(PIECES, max_size=8).map("".join))
def test_a_template_that_is_accepted_is_what_callers_hear(template: str) -> None:
    if check_script("answer_out", template) is not None:
        return
    with structlog.testing.capture_logs() as logs:
        assert render(with_script(OFFICE, "answer_out", template), "answer_out", person="栗本")
    assert logs == []


@given(st.text(max_size=60))
def test_any_template_is_judged_without_raising(template: str) -> None:
    problem = check_script("answer_out", template)
    assert problem is None or problem.endswith("。")
