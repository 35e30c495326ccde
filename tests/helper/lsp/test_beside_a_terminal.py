"""An editor that was there before the run: what a terminal starts, and what training outlives."""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.helper.conftest import HELPER
from tests.helper.lsp.editor import Editor

TRAIN = """\
import logging, time
from pathlib import Path
for step in range(400):
    print(f"step {step} loss {1 / (step + 1):.4f}", flush=True)
    if step == 9:
        try:
            open("missing/cache.bin")
        except OSError:
            logging.exception("no cache")
    while step == 9 and not Path("go").exists():
        time.sleep(0.02)
    while step == 300 and not Path("end").exists():
        time.sleep(0.02)
"""


def helper(folder: Path, *arguments: str) -> str:
    answer = subprocess.run(
        [sys.executable, "-m", "propel_helper", *arguments],
        cwd=folder, env=os.environ | {"PYTHONPATH": str(HELPER)}, check=True,
        capture_output=True, text=True, timeout=60,
    )  # fmt: skip
    return answer.stdout


def test_a_run_of_a_terminal_appears_and_its_caught_error_goes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    folder = tmp_path / "project"
    folder.mkdir()
    train = folder / "train.py"
    train.write_text(TRAIN)
    asyncio.run(scene(folder, train))


async def scene(folder: Path, train: Path) -> None:
    client = Editor()
    await client.start(folder)
    try:
        assert (await client.ask("propel/runs", folder=str(folder))).runs == []
        await asyncio.to_thread(helper, folder, "launch", "--", "python3 train.py")
        await client.until(lambda: client.changes, "the run")
        (found,) = await client.until(lambda: client.on(train), "the squiggle")
        assert found.range.start.line == 6
        await client.until(
            lambda: client.changes[-1].observed and client.changes[-1].observed.python,
            "what really runs",
        )
        assert client.changes[-1].observed.cwd == str(folder)
        (folder / "go").touch()
        await client.until(lambda: not client.on(train), "training goes on: the squiggle goes")
        assert client.changes[-1].state == "running"
        (folder / "end").touch()
        (notice,) = await client.until(lambda: client.notices, "the end")
        assert (notice.run.state, notice.rule, client.on(train)) == ("succeeded", None, [])
        (run,) = (await client.ask("propel/runs", folder=str(folder))).runs
        (kept,) = (await client.ask("propel/prunable", folder=str(folder))).runs
        assert "is alive" in kept.kept
        stays = await client.ask("propel/prune", runs=[run.run])
        assert (stays.runs, len(stays.problems), client.gone) == ([], 1, [])
        await client.ask("propel/kill", run=run.run)
        (free,) = (await client.ask("propel/prunable", folder=str(folder))).runs
        assert (free.run.run, free.kept) == (run.run, "")
        assert free.size > 0
        await asyncio.to_thread(
            helper, folder, "prune", "--older-than", "0", "--keep", "0", "--yes"
        )
        await client.until(lambda: client.gone, "the run that a terminal removed")
        assert client.gone == [run.run]
        assert (await client.ask("propel/runs", folder=str(folder))).runs == []
    finally:
        await client.close()


def test_two_editors_and_a_terminal_see_the_same_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    folder = tmp_path / "project"
    folder.mkdir()
    (folder / "crash.py").write_text("rows = [1]\nprint('step 1', flush=True)\nrows[4]\n")
    asyncio.run(three(folder))


async def three(folder: Path) -> None:
    one, other = Editor(), Editor()
    await one.start(folder)
    await other.start(folder)
    try:
        command = {"command": "python3 crash.py", "cwd": str(folder), "backend": "auto"}
        plan = await one.ask("propel/plan", **command, options="")
        assert (plan.scheduled, plan.options, plan.problem) == (False, "", None)
        refused = await one.ask("propel/plan", **command, options="--gpus=1")
        assert "takes no options" in refused.problem
        run = await one.ask("propel/launch", **command, options="")
        for client in (one, other):
            await client.until(lambda c=client: c.on(folder / "crash.py"), "the squiggle")
            await client.until(
                lambda c=client: c.changes and c.changes[-1].state == "failed", "the end"
            )
        await one.until(lambda: one.notices or other.notices, "one of them is told")
        assert len(one.notices + other.notices) == 1, "once on this host"
        shown = await asyncio.to_thread(helper, folder, "runs", "--json")
        assert [found["run"] for found in json.loads(shown)] == [run.run]
        await other.ask("propel/kill", run=run.run)
        broken = Path(os.environ["XDG_STATE_HOME"]) / "propel" / "runs" / "20260101-000000"
        broken.mkdir()
        (broken / "events.jsonl").write_text("no JSON\n")
        _, lost = (await one.ask("propel/runs", folder=str(folder))).runs
        assert (lost.run, lost.state) == (broken.name, "lost")
        assert "record is damaged" in lost.reason
        shutil.rmtree(broken)
        gone = await other.ask("propel/prune", runs=[run.run])
        assert (gone.runs, gone.problems) == ([run.run], [])
        for client in (one, other):
            await client.until(lambda c=client: c.gone == [run.run], "the row goes")
            assert client.on(folder / "crash.py") == []
        assert json.loads(await asyncio.to_thread(helper, folder, "runs", "--json")) == []
    finally:
        await one.close()
        await other.close()
