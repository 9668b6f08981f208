"""A wrong environment is answered in one line, which shows no part of a secret."""

import os
import subprocess
from pathlib import Path

import pytest

from tests.support.processes import TORITSUGI


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("postgresql://u:ge#heim@host:abc/db", "it cannot be read"),
        ("postgresql://u:geheim@host:99999999/db", "it cannot be read"),
        ("postgresql://u:p@geheim@localhost/db", "it cannot be read"),
        ("postgresql://u:p@w/geheim@localhost/db", "it cannot be read"),
        ("sqlite:///", "name the file"),
        ("sqlite:////dev/null/no.db", "/dev/null"),
        ("mysql://u:geheim@host/db", "use sqlite:///PATH"),
        ("postgresql://u:geheim@127.0.0.1:9/db", "does not answer"),
    ],
)
@pytest.mark.parametrize("command", ["migrate", "serve"])
def test_a_wrong_database_address(command: str, url: str, said: str, tmp_path: Path) -> None:
    ran = subprocess.run(
        [TORITSUGI, command],
        env={"PATH": os.environ["PATH"], "DATABASE_URL": url},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert ran.returncode == 1
    assert ran.stderr.startswith("DATABASE_URL: ")
    assert said in ran.stderr
    assert len(ran.stderr.splitlines()) == 1
    assert "heim" not in ran.stderr + ran.stdout
