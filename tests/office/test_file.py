"""Office files: what is read, and what is said about a bad one."""

from datetime import date, time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.office.file import OfficeFile, OfficeFileError, read_office_file
from bot.office.model import Line, Quiet, Role, WebhookBackend

HEAD = "organization: aozora\nname: 青空商会\n"
STAFF = "staff:\n  - {id: tanaka, name: 田中 一郎}\n"


def read(text: str, **env: str) -> OfficeFile:
    return read_office_file(text, env)


def problems(text: str | bytes, **env: str) -> list[tuple[int, str, str]]:
    with pytest.raises(OfficeFileError) as caught:
        read_office_file(text, env)
    return [(problem.line, problem.key, problem.text) for problem in caught.value.problems]


def problem(text: str | bytes, **env: str) -> tuple[int, str, str]:
    [only] = problems(text, **env)
    return only


def test_the_sample_office_is_read() -> None:
    file = read((Path(__file__).parents[2] / "docs/examples/smile.yaml").read_text("utf-8"))
    assert file.office.organization == "smile"
    people = {one.person.id: one.person for one in file.people}
    assert people["kurimoto"].email == "kurimoto@smilecorp.com"
    assert sum(person.surname == "佐藤" for person in people.values()) == 2
    assert any(person.role is Role.MANAGER for person in people.values())


def test_the_least_file_has_the_defaults_of_the_status_language() -> None:
    file = read(HEAD + STAFF)
    assert file.office.hours.open == time(9)
    assert file.office.hours.holidays == "JP"
    assert file.people[0].given == {"id", "name"}


def test_every_shape_is_read() -> None:
    file = read(
        HEAD
        + """
hours: {days: [mon, sat], open: 9:00, close: "24:00", noon: ["12:00", "12:45"], holidays: none,
        closed: ["2026-12-29/2027-01-03", 2026-08-14]}
plan: always
options: {sms: true}
quota: 300
numbers: ["+81345671234", {number: +81345671235, department: no}, {number: "+81345671236", staff: tanaka}]
digest: {daily: none, weekly: mon 09:00}
quiet: {from: 19:00, to: 8:30}
routing: [{type: webhook, url: "http://127.0.0.1:9000/x", secret: "${SECRET}", private: true}]
staff:
  - id: tanaka
    name: 田中 一郎
    reading: タナカ イチロウ
    phone: +819012345678
    backups: [mori]
    quiet: {from: "20:00", to: "07:00"}
    title:
  - {id: mori, name: 森 進}
""",
        SECRET="whsec_x",
    )
    office, [tanaka, _] = file.office, file.people
    assert (office.hours.open, office.hours.close) == (time(9), time(23, 59))
    assert office.hours.closed == (
        (date(2026, 12, 29), date(2027, 1, 3)),
        (date(2026, 8, 14), date(2026, 8, 14)),
    )
    assert office.numbers[1] == Line(number=office.numbers[1].number, department="no")
    assert (office.digest.daily, office.digest.weekly) == (None, ("mon", time(9)))
    assert office.quiet == Quiet(start=time(19), end=time(8, 30))
    assert office.routing == (WebhookBackend(url="http://127.0.0.1:9000/x", secret="whsec_x", private=True),)
    assert tanaka.person.reading == "たなか いちろう"
    assert tanaka.person.phone == "+819012345678"
    assert tanaka.given >= {"title", "quiet"}
    assert "email" not in tanaka.given


def test_open_around_the_clock_is_allowed() -> None:
    hours = (
        'hours: {days: [mon, tue, wed, thu, fri, sat, sun], open: "00:00", close: "23:59", holidays: none}\n'
    )
    assert read(HEAD + hours + STAFF).office.hours.close == time(23, 59)


@pytest.mark.parametrize(
    ("line", "key", "says"),
    [
        ("nmae: x", "nmae", "「name」のことですか"),
        ("timezone: Asia/Tokio", "timezone", "Asia/Tokyo"),
        ("plan: premiun", "plan", "「premium」のことですか"),
        ("options: {snms: true}", "options.snms", "「sms」のことですか"),
        ("options: {sms: maybe}", "options.sms", "true か false"),
        ("hours: {open: 25:00}", "hours.open", "25:00"),
        ("hours: {open: 9時}", "hours.open", '"09:00"'),
        ('hours: {open: "18:00", close: "09:00"}', "hours.close", "始業 18:00 よりあと"),
        ('hours: {noon: ["08:00", "09:30"]}', "hours.noon", "始業"),
        ('hours: {noon: ["12:00"]}', "hours.noon", "2つの時刻"),
        ('hours: {sat: ["13:00", "09:00"]}', "hours.sat", "土曜日"),
        ("hours: {days: [月]}", "hours.days[1]", "mon"),
        ("hours: {days: []}", "hours.days", "営業日がありません"),
        ('hours: {closed: ["2027-01-03/2026-12-29"]}', "hours.closed[1]", "始まりより前"),
        ('hours: {closed: ["2026-02-30"]}', "hours.closed[1]", "読めません"),
        ("hours: 9-18", "hours", "キー: 値"),
        ('numbers: ["03-4567-1234"]', "numbers[1]", '"+81345671234"'),
        ('numbers: ["+81-3-4567-1234"]', "numbers[1]", '"+81345671234"'),
        ('numbers: ["+810345671234"]', "numbers[1]", '"+81345671234"'),
        ('numbers: ["+8134567123"]', "numbers[1]", "1桁足りない"),
        ('numbers: ["+8190123456789"]', "numbers[1]", "1桁多い"),
        ('numbers: ["+99912345"]', "numbers[1]", "国番号"),
        ("numbers: [代表]", "numbers[1]", "読めません"),
        ("numbers: [{department: 営業}]", "numbers[1]", "「number」がありません"),
        ('numbers: [{number: "+81345671234", staff: tanka}]', "numbers[1].staff", "「tanaka」のことですか"),
        ('main_lines: "+81345670000"', "main_lines", "一覧"),
        ("transfer: {timeout_seconds: 4}", "transfer.timeout_seconds", "5 から 120"),
        ("transfer: {ring_seconds: 61}", "transfer.ring_seconds", "5 から 60"),
        ("transfer: {hold_seconds: 2.5}", "transfer.hold_seconds", "整数"),
        ("follow_up: {remind_minutes: [0]}", "follow_up.remind_minutes[1]", "1 から"),
        ("retention_days: 0", "retention_days", "1 から"),
        ("digest: {weekly: 月曜 9時}", "digest.weekly", "曜日"),
        ("digest: {weekly: monday}", "digest.weekly", '"mon 09:00"'),
        ('quiet: {from: "19:00"}', "quiet", "「to」がありません"),
        ('quiet: {from: "19:00", to: "19:00"}', "quiet.from", "同じ時刻"),
        ("slack: {calls_channel: C0CALLS}", "slack", "「team」がありません"),
        ("slack: {team: T0A, calls_channel: '#calls'}", "slack.calls_channel", "ID"),
        ("line: {calls_group: Cshort}", "line.calls_group", "ID"),
        ("routing: [{type: pbx}]", "routing[1].type", "webhook"),
        ("routing: [{type: webhook, url: 'http://pbx.example.com/', secret: x}]", "routing[1].url", "https"),
        (
            "routing: [{type: webhook, url: 'https://10.0.0.5/', secret: x}]",
            "routing[1].url",
            "private: true",
        ),
        ("routing: [{type: webhook, url: 'pbx', secret: x}]", "routing[1].url", "アドレスの形"),
        (
            "routing: [{type: webhook, url: 'http://169.254.169.254/', secret: x, private: true}]",
            "routing[1].url",
            "使えません",
        ),
        (
            "routing: [{type: webhook, url: 'https://pbx.example.com/'}]",
            "routing[1]",
            "「secret」がありません",
        ),
        ("callers: [{name: 江川}]", "callers[1]", "「number」がありません"),
        ("scripts: {greeting: [a]}", "scripts.greeting", "値を1つ"),
        ("former: [{name: 江口, successor: sato}]", "former[1].successor", "staff にいません"),
    ],
)
def test_a_wrong_value_is_named_with_what_to_do(line: str, key: str, says: str) -> None:
    at, named, text = problem(HEAD + line + "\n" + STAFF)
    assert (at, named) == (3, key)
    assert says in text


@pytest.mark.parametrize(
    ("line", "key", "says"),
    [
        ("name: 別名", "name", "二度"),
        ("reading: 田中", "reading", "ひらがな"),
        ("phone: 090-1234-5678", "phone", '"+819012345678"'),
        ('phone: "+81345671234"', "phone", "取次ぎの番号"),
        ("slack: '@tanaka'", "slack", "Slack のメンバー"),
        ("line: tanaka", "line", "LINE"),
        ("email: tanaka@aozora", "email", "メールアドレス"),
        ("role: boss", "role", "staff、manager、admin"),
        ("backups: [tanaka]", "backups[1]", "自分自身"),
        ("backups: [morii]", "backups[1]", "「mori」のことですか"),
        ("share_email: はい", "share_email", "true か false"),
        ("chat: mail", "chat", "slack、line"),
        ("calendar: ftp://example.com/a.ics", "calendar", "https"),
        ("calendar: http://169.254.169.254/latest", "calendar", "使えません"),
        ("calendar: 'http://[::ffff:169.254.169.254]/latest'", "calendar", "使えません"),
        ("quiet: 19:00-08:30", "quiet", "キー: 値"),
        ("tel: x", "tel", "「tel」というキーはありません"),
        ("department: ''", "department", "空です"),
    ],
)
def test_a_wrong_value_of_a_person_names_the_person(line: str, key: str, says: str) -> None:
    text = (
        HEAD
        + 'numbers: ["+81345671234"]\nstaff:\n  - id: tanaka\n    name: 田中 一郎\n    '
        + line
        + "\n  - {id: mori, name: 森 進}\n"
    )
    at, named, says_so = problem(text)
    assert (at, named) == (7, f"staff[tanaka].{key}")
    assert says in says_so


def test_all_problems_come_at_once_in_the_order_of_the_file() -> None:
    found = problems(
        'organization: aozora\nplan: gold\nhours: {open: "19:00"}\nstaff:\n  - {id: a, name: A, role: boss}\n  - {id: a}\n'
    )
    assert [(line, key) for line, key, _ in found] == [
        (1, ""),
        (2, "plan"),
        (3, "hours.close"),
        (5, "staff[a].role"),
        (6, "staff[a]"),
        (6, "staff[a].id"),
    ]


@pytest.mark.parametrize(
    "key", ["slack: U0A", "line: U11111111111111111111111111111111", f"worker: WK{'a' * 32}"]
)
def test_what_belongs_to_one_person_is_not_given_twice(key: str) -> None:
    text = HEAD + f"staff:\n  - {{id: a, name: A, {key}}}\n  - {{id: b, name: B, {key}}}\n"
    line, named, says = problem(text)
    assert (line, named) == (5, f"staff[b].{key.partition(':')[0]}")
    assert "4行目と同じ" in says


def test_two_people_may_share_a_telephone() -> None:
    phone = 'phone: "+81312345678"'
    assert (
        len(read(HEAD + f"staff:\n  - {{id: a, name: A, {phone}}}\n  - {{id: b, name: B, {phone}}}\n").people)
        == 2
    )


def test_a_missing_variable_is_named_and_no_value_of_one_is_shown() -> None:
    assert "LINE_TOKEN" in problem(HEAD + "line: {token: '${LINE_TOKEN}'}\n" + STAFF)[2]
    routing = "routing: [{type: webhook, url: 'http://${HOOK}/a', secret: x, private: true}]\n"
    _, _, says = problem(HEAD + "timezone: ${HOOK}\n" + routing + STAFF, HOOK="hunter2-secret.local")
    assert "hunter2" not in says
    assert "${HOOK}" in says


def test_scripts_are_judged_by_the_function_given() -> None:
    def check(name: str, template: str) -> str | None:
        return f"{name} はだめです" if "{{" in template else None

    with pytest.raises(OfficeFileError, match=r"3行目 .*scripts\.greeting: greeting はだめです"):
        read_office_file(HEAD + "scripts: {greeting: '{{ x', closed: はい}\n" + STAFF, {}, check)


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("", 1, "空"),
        ("# only a comment\n", 1, "空"),
        ("- a\n", 1, "キー: 値"),
        (HEAD + "hours:\n\t- x\n", 4, "タブ"),
        (HEAD + "reading: a: b\n", 3, "引用符"),
        (HEAD + "numbers: [1, 2\n", 3, "閉じられていない"),
        (HEAD + "title: 'x\n", 3, "引用符"),
        (HEAD + "---\na: b\n", 3, "1つの事業所"),
        (HEAD + "x: \x00\n", 3, "制御文字"),
        ((HEAD + STAFF).encode("cp932"), 2, "UTF-8"),
        ("[" * 50_000, 1, "深すぎ"),
        ("a: &x [*x]\n", 1, "深すぎ"),
        (HEAD + "x: \ud800\n", 3, "UTF-8"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_kindly(text: str | bytes, line: int, says: str) -> None:
    at, _, said = problem(text)
    assert at == line
    assert says in said


def test_an_alias_bomb_is_refused_quickly() -> None:
    levels = ["a: &l0 [x, x, x, x, x, x, x, x, x]"]
    levels += [f"b{n}: &l{n} [{', '.join([f'*l{n - 1}'] * 9)}]" for n in range(1, 10)]
    assert "大きすぎる" in problems("\n".join(levels))[-1][2]


def test_a_byte_order_mark_is_no_problem() -> None:
    assert read_office_file(("\ufeff" + HEAD + STAFF).encode(), {}).office.name == "青空商会"


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=200) | st.binary(max_size=200))
def test_no_text_breaks_it(source: str | bytes) -> None:
    with pytest.raises(OfficeFileError) as caught:
        read_office_file(source, {})
    assert all(problem.line >= 1 and problem.text for problem in caught.value.problems)


_VALUES = st.recursive(
    st.sampled_from(["x", "''", "~", "9:00", "[]", "{}", "+81345671234", "true", "12", "*a", "&a x"]),
    lambda inner: st.lists(inner, max_size=3).map(lambda items: f"[{', '.join(items)}]"),
    max_leaves=4,
)
_KEYS = (
    "hours numbers slack line digest transfer follow_up quiet routing callers scripts options staff former plan quota "
    "main_lines sms_from timezone reading retention_days"
)


@settings(max_examples=200, deadline=None)
@given(st.dictionaries(st.sampled_from(_KEYS.split()), _VALUES, max_size=6))
def test_no_shape_breaks_it(keys: dict[str, str]) -> None:
    text = HEAD + "".join(f"{key}: {value}\n" for key, value in keys.items())
    try:
        name = read_office_file(text, {}).office.name
    except OfficeFileError as error:
        name = error.problems[0].text
    assert name
