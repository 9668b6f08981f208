"""`toritsugi parse`: one message, or many lines."""

import io
import json
import subprocess
import sys
from pathlib import Path

import pytest

from bot.clock import SettableClock
from handlers.commands.parse import BadLine, answer_lines, main, parse_command, parse_lines
from tests.support.readings import TUESDAY, at

CLOCK = SettableClock(at(TUESDAY))


def run(*argv: str, stdin: str = "") -> tuple[int, list[dict[str, object]]]:
    out = io.StringIO()
    code = main(argv, stdin=io.BytesIO(stdin.encode()), stdout=out)
    return code, [json.loads(line) for line in out.getvalue().splitlines()]


def test_prints_the_fields_of_the_status_language() -> None:
    _, [result] = run("--now", "2026-11-24T10:30:00+09:00", "A社訪問", "16時帰社")
    assert result == {
        "action": "set",
        "entries": [
            {
                "kind": "out",
                "start": "2026-11-24T10:30:00+09:00",
                "end": "2026-11-24T16:00:00+09:00",
                "basis": "stated",
                "note": "A社",
            }
        ],
    }


def test_what_stands_behind_a_slash_command_is_the_default_context() -> None:
    assert run("--now", "2026-11-24T10:30+09:00", "17時まで")[1][0]["action"] == "set"
    assert run("--now", "2026-11-24T10:30+09:00", "--context", "chat", "17時まで")[1] == [
        {"action": "ask", "reason": "no_kind"}
    ]


def test_nothing_after_the_command_asks_for_everyone() -> None:
    assert run()[1] == [{"action": "query", "who": None}]


def test_lines_are_answered_one_by_one() -> None:
    lines = [
        {"text": "30分延長", "now": "2026-11-24T15:00:00+09:00", "context": "command"},
        {"text": "栗本さんどこ?", "now": "2026-11-24T15:00:00+09:00", "context": "chat"},
        {"text": "戻りました", "now": "2026-11-24T15:00:00+09:00"},
    ]
    code, results = run("--jsonl", stdin="\n".join(json.dumps(line) for line in lines))
    assert code == 0
    assert results == [
        {"action": "extend", "minutes": 30},
        {"action": "query", "who": "栗本"},
        {"action": "clear"},
    ]


def test_without_a_moment_it_is_now() -> None:
    result = json.loads(parse_command("16時帰社", None, "command", CLOCK))
    assert result["entries"][0]["start"] == "2026-11-24T10:30:00+09:00"


def test_a_moment_without_an_offset_is_in_the_zone_of_the_office() -> None:
    _, [result] = run("--now", "2026-11-24T10:30", "16時帰社")
    assert result["entries"][0]["start"] == "2026-11-24T10:30:00+09:00"  # type: ignore[index]


@pytest.mark.parametrize(
    "line",
    ["{", "[]", "{}", '{"text": 3}', '{"text": "x", "context": "mail"}', '{"text": "x", "now": "soon"}'],
)
def test_a_line_that_is_no_message_is_named(line: str) -> None:
    with pytest.raises(BadLine, match="line 2"):
        list(parse_lines(['{"text": "在宅"}'.encode(), line.encode()], CLOCK))


def test_a_bad_line_ends_with_an_error_code(capsys: pytest.CaptureFixture[str]) -> None:
    code, _ = run("--jsonl", stdin="nonsense\n")
    assert code == 2
    assert "line 1" in capsys.readouterr().err


def test_a_file_is_read_from_standard_input(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        run("--jsonl", "lines.jsonl")
    assert "< FILE" in capsys.readouterr().err


def a_long_file() -> list[str]:
    """More lines than one process takes at a time, each with an answer of its own."""
    return [json.dumps({"text": f"{number % 50 + 1}分延長"}) + "\n" for number in range(2500)]


@pytest.mark.parametrize("processes", [1, 3])
def test_a_long_file_is_answered_in_order_by_however_many_processes(processes: int) -> None:
    out = io.StringIO()
    answer_lines(io.BytesIO("".join(a_long_file()).encode()), out, CLOCK, processes)
    minutes = [json.loads(line)["minutes"] for line in out.getvalue().splitlines()]
    assert minutes == [number % 50 + 1 for number in range(2500)]


@pytest.mark.parametrize("processes", [1, 3])
def test_a_bad_line_far_down_is_named_and_what_was_before_it_is_written(processes: int) -> None:
    lines = a_long_file()
    lines[2100] = "nonsense\n"
    out = io.StringIO()
    with pytest.raises(BadLine, match="line 2101"):
        answer_lines(io.BytesIO("".join(lines).encode()), out, CLOCK, processes)
    assert len(out.getvalue().splitlines()) == 2100


def test_who_waits_for_each_answer_has_it_before_the_next_line() -> None:
    line = b'{"text": "30\xe5\x88\x86\xe5\xbb\xb6\xe9\x95\xb7"}\n'
    with subprocess.Popen(
        [sys.executable, "-m", "handlers.commands.parse", "--jsonl"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as asked:
        assert asked.stdin is not None
        assert asked.stdout is not None
        for _ in range(2):
            asked.stdin.write(line)
            asked.stdin.flush()
            assert json.loads(asked.stdout.readline()) == {"action": "extend", "minutes": 30}
        asked.stdin.close()
        assert asked.wait(20) == 0


def test_who_reads_no_further_is_no_error(tmp_path: Path) -> None:
    (tmp_path / "long").write_text("".join(a_long_file()) * 20, encoding="utf-8")
    command = f"{sys.executable} -m handlers.commands.parse --jsonl < {tmp_path}/long | head -1"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, timeout=60, check=True)
    assert len(done.stdout.splitlines()) == 1
    assert done.stderr == ""


def test_a_file_of_a_windows_editor_is_read() -> None:
    out = io.StringIO()
    answer_lines(io.BytesIO(b'\xef\xbb\xbf{"text": "back"}\r\n\r\n{"text": "back"}'), out, CLOCK)
    assert out.getvalue() == '{"action":"clear"}\n' * 2


def test_a_full_disk_is_told_in_a_line() -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "handlers.commands.parse", "--jsonl"],
            input='{"text": "back"}\n',
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            timeout=60,
            check=False,
        )
    assert done.returncode == 1
    assert done.stderr == "cannot read or write the lines: No space left on device\n"


def test_starts_without_the_web_stack() -> None:
    heavy = (
        "sqlalchemy",
        "starlette",
        "slack_bolt",
        "slack_sdk",
        "linebot",
        "twilio",
        "typer",
        "pydantic",
        "jpholiday",
    )
    script = (
        "import sys; from handlers.commands.parse import main; main(['外出 15時まで']); "
        f"print([name for name in {heavy!r} if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, encoding="utf-8"
    )
    assert done.stdout.splitlines()[-1] == "[]"
