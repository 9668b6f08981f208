"""SQLite is one machine's: one `serve`; a `worker` idles; short commands work beside it."""

import asyncio
from pathlib import Path

from tests.support.callers import leaves_word, times_told
from tests.support.processes import CALLER, MAIN, OFFICE, Deployment, eventually


async def test_a_second_serve_is_refused_with_a_clear_word(on_sqlite: Deployment) -> None:
    refused = await asyncio.to_thread(on_sqlite.command, "serve")
    said = refused.stderr.decode()
    assert refused.returncode == 1
    assert str(on_sqlite.processes[0].pid) in said
    assert "PostgreSQL" in said
    assert "Traceback" not in said
    await leaves_word(on_sqlite, CALLER)
    await eventually(lambda: times_told(on_sqlite, CALLER), "the first goes on", within=20)
    await on_sqlite.kill()
    await on_sqlite.start()  # nothing is left that would refuse the next


async def test_another_name_of_the_file_is_no_other_database(on_sqlite: Deployment, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    link = tmp_path / "elsewhere" / "link.db"
    link.symlink_to(on_sqlite.database_url.removeprefix("sqlite:///"))
    on_sqlite.database_url = f"sqlite:///{link}"
    refused = await asyncio.to_thread(on_sqlite.command, "serve")
    assert refused.returncode == 1
    assert str(on_sqlite.processes[0].pid) in refused.stderr.decode()


async def test_a_worker_idles_and_commands_work_beside(on_sqlite: Deployment) -> None:
    worker = on_sqlite.spawn("worker")
    log = on_sqlite.folder / "worker.log"
    await eventually(lambda: "待機" in log.read_text(encoding="utf-8"), "it says so", within=20)
    call = await on_sqlite.twilio.phone(CALLER).dials(MAIN)
    await call.hears("スマイルコーポレーション", within=20)
    more = (
        OFFICE
        + "  - {id: okubo, name: 大久保 実, reading: おおくぼ みのる, department: 総務, slack: U0SATO2}\n"
    )
    (on_sqlite.folder / "office.yaml").write_text(more, encoding="utf-8")
    loaded = await asyncio.to_thread(on_sqlite.command, "load", "office.yaml")
    assert loaded.returncode == 0, loaded.stderr.decode()
    await call.says("アオバ商事の三上と申します。大久保さんに伝言をお願いします")
    await call.hears("三上様", within=20)
    assert "大久保" in call.everything_heard
    for command in (("export", "calls"), ("try", "江川", "栗本")):
        found = await asyncio.to_thread(on_sqlite.command, *command)
        assert b"Traceback" not in found.stderr, command
    await call.hangs_up()
    await eventually(lambda: times_told(on_sqlite, CALLER) == 1, "told once", within=20)
    assert worker.poll() is None
    worker.terminate()
    assert await asyncio.to_thread(worker.wait, 60) == 0
