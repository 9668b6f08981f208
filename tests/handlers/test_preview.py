"""`toritsugi try` and `toritsugi say`, as typed in a shell."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support.world import ENV, OFFICE_FILE

Shell = Callable[..., str]


@pytest.fixture
def shell(sqlite_url: str, tmp_path: Path) -> Shell:
    """Runs a command on a database with the sample office; gives what it printed."""
    secrets = ENV | {"DATABASE_URL": sqlite_url, "TORITSUGI_SECRET": "s" * 32}

    def run(*words: str) -> str:
        program = Path(sys.executable).with_name("toritsugi")
        done = subprocess.run(
            [program, *words], env=os.environ | secrets, cwd=tmp_path, capture_output=True, check=True
        )
        return done.stdout.decode()

    run("load", str(OFFICE_FILE))
    return run


def test_a_call_in_a_hurry_is_played_at_a_moment(shell: Shell) -> None:
    for words in (("2026-11-25T10:30", "急ぎ"), ("--urgent", "2026-11-25", "10:30")):
        played = shell("try", "江川", "栗本", *words)
        assert played.startswith("2026-11-25 10:30 栗本 太郎")
        assert "急ぎなのですが" in played


def test_a_sentence_is_shown_in_either_language(shell: Shell) -> None:
    assert "自動音声で承ります" in shell("say", "greeting")
    assert "Thank you" in shell("say", "greeting", "--english")
