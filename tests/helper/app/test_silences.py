"""A real run that falls silent and speaks again."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import pytest

from propel_helper.app.launch import kill, launch
from propel_helper.app.silences import Silences
from propel_helper.coach.during import silence
from propel_helper.runs.ledger import Ledger
from tests.helper.conftest import until

TRAIN = """\
import os, time
for step in range(100):
    print(f"step {step} loss 0.5", flush=True)
while not os.path.exists("go"):
    time.sleep(0.05)
print("THERE", flush=True)
time.sleep(600)
"""


class Heard:
    def __init__(self) -> None:
        self.silences: list[str] = []
        self.sizes: list[int | None] = []

    def silent(self, run: str, text: str) -> None:
        self.silences.append(f"{run}: {text}")

    def spoke(self, run: str, size: int | None) -> None:
        del run
        self.sizes.append(size)


def test_a_run_that_falls_silent_and_speaks_again(
    ledger: Ledger, environ: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(silence, "LEAST_S", 2.0)
    (tmp_path / "train.py").write_text(TRAIN)
    run = launch(ledger, f"{sys.executable} train.py", str(tmp_path), "screen", environ)
    heard = Heard()
    silences = Silences(ledger, heard)
    silences.start()
    silences.show(run)
    try:
        (said,) = until(lambda: heard.silences)
        assert said.startswith(f"{run.run}: It has printed nothing for ")
        assert "it used to report every" in said
        assert "Why Is It Stuck?" in said
        size = Path(run.log).stat().st_size
        assert heard.sizes[-1] == size
        (tmp_path / "go").touch()
        until(lambda: (heard.sizes[-1] or 0) > size)
        until(lambda: len(heard.silences) == 2)
        silences.show(kill(ledger, run.run, grace_s=0.2))
        until(lambda: heard.sizes[-1] is None)
    finally:
        silences.close()


def test_a_run_that_stands_in_a_debugger_is_not_silent(
    ledger: Ledger, environ: dict[str, str], tmp_path: Path
) -> None:
    run = launch(ledger, "echo here; sleep 60", str(tmp_path), "screen", environ)
    heard = Heard()
    silences = Silences(ledger, heard)
    silences.start()
    try:
        silences.show(run)
        until(lambda: heard.sizes)
        silences.show(replace(run, debugged="python debugpy train.py"))
        until(lambda: heard.sizes[-1] is None)
    finally:
        silences.close()
