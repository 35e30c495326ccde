"""Check-ins of real runs in real sessions: a plateau, a NaN, a stale checkpoint, a silence."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from propel_helper.app.check_in import check_in, check_in_json, dismiss
from propel_helper.app.intake import remember
from propel_helper.app.launch import launch
from propel_helper.facts.problem import Problem
from propel_helper.facts.run import Run
from propel_helper.runs.ledger import Ledger
from tests.helper.conftest import until

LOOP = """
import math, os, sys, time
def say(step, loss):
    print(f"step {step} loss {loss} lr 0.001", flush=True)
"""


@pytest.fixture
def train(ledger: Ledger, environ: dict[str, str], tmp_path: Path) -> Callable[[str], Run]:
    """Launch a training program in screen and wait until it says that it is there."""

    def start(body: str) -> Run:
        (tmp_path / "train.py").write_text(
            LOOP + body + "\nprint('THERE', flush=True)\ntime.sleep(60)\n"
        )
        run = launch(ledger, f"{sys.executable} train.py --fp16", str(tmp_path), "screen", environ)
        until(lambda: b"THERE" in Path(run.log).read_bytes())
        return run

    return start


def prompts(ledger: Ledger, run: Run) -> dict[str, dict[str, Any]]:
    found = json.loads(json.dumps(check_in_json(check_in(ledger, run.run)), allow_nan=False))
    assert found["state"] == "running"
    return {one["id"]: one for one in found["prompts"]}


def test_a_healthy_run_has_nothing_to_hear(ledger: Ledger, train: Callable[[str], Run]) -> None:
    run = train("for i in range(100): say(i, 5 - i / 25)")
    assert prompts(ledger, run) == {}
    found = check_in_json(check_in(ledger, run.run))
    assert found["progress"]["step"] == 99
    assert found["checkpoint"] is None


def test_a_plateau_is_said_with_its_steps_and_can_be_dismissed(
    ledger: Ledger, train: Callable[[str], Run]
) -> None:
    run = train("for i in range(0, 4000, 20): say(i, 2.31 if i > 1000 else 6 - i / 280)")
    found = prompts(ledger, run)["plateau"]
    assert found["evidence"]["steps"] == pytest.approx(3000, rel=0.1)
    assert "2.31" in found["text"]
    dismiss(ledger, run.run, "plateau")
    assert prompts(ledger, run) == {}


def test_a_nan_of_the_first_steps(ledger: Ledger, train: Callable[[str], Run]) -> None:
    run = train("for i in range(60): say(i, math.exp(3) if i < 40 else float('nan'))")
    found = prompts(ledger, run)["nan-loss"]
    assert found["evidence"]["step"] == 40
    assert "fp16" in found["text"]


def test_a_stale_checkpoint_is_the_runs_own(
    ledger: Ledger, train: Callable[[str], Run], tmp_path: Path
) -> None:
    body = """
for i in range(30): say(i, 5 - i / 25)
os.makedirs('out')
for name, age in (('out/step-10.pt', 7260), ('out/step-20.pt', 7200)):
    open(name, 'wb').write(b'x')
    os.utime(name, (time.time() - age, time.time() - age))
"""
    run = train(body)
    found = prompts(ledger, run)["checkpoint-age"]
    assert found["evidence"]["file"] == "out/step-20.pt"
    assert found["evidence"]["age_s"] == pytest.approx(7200, abs=60)
    assert "2 h" in found["text"]
    (tmp_path / "out" / "step-30.pt").write_bytes(b"x")
    assert prompts(ledger, run) == {}


def test_a_run_that_has_fallen_silent(ledger: Ledger, train: Callable[[str], Run]) -> None:
    run = train("for i in range(30): say(i, 5 - i / 25)")
    started = time.time() - 900
    events = ledger.folder_of(run.run) / "events.jsonl"
    lines = [json.loads(line) for line in events.read_text().splitlines()]
    for line in lines:
        line["time"] = started
    events.write_text("".join(json.dumps(line) + "\n" for line in lines))
    os.utime(run.log, (started + 60, started + 60))
    found = prompts(ledger, run)["silence"]
    assert found["evidence"]["silent_s"] == pytest.approx(840, abs=30)
    assert found["evidence"]["usual_s"] == pytest.approx(2, abs=0.1)


def test_a_target_that_is_reached(ledger: Ledger, train: Callable[[str], Run]) -> None:
    run = train("for i in range(30): say(i, 5 - i / 10)")
    remember(ledger, run.run, {"target-metric": "loss < 3"})
    assert prompts(ledger, run)["target-reached"]["evidence"]["step"] == 20
    remember(ledger, run.run, {"target-metric": "loss < 1"})
    assert prompts(ledger, run) == {}


def test_the_command_line(
    propel: Callable[..., subprocess.CompletedProcess[str]], train: Callable[[str], Run]
) -> None:
    run = train("for i in range(30): say(i, 5 - i / 25 if i < 20 else float('inf'))")
    said = json.loads(propel("check-in", run.run, "--json").stdout)
    assert list(said)[:2] == ["run", "state"]
    assert [one["id"] for one in said["prompts"]] == ["nan-loss"]
    assert said["prompts"][0]["text"] in propel("check-in", run.run).stdout
    said = json.loads(propel("check-in", run.run, "--dismiss", "nan-loss", "--json").stdout)
    assert said["prompts"] == []
    metrics = json.loads(propel("metrics", run.run, "--json").stdout)
    assert metrics["progress"]["step"] == 29
    loss = next(one for one in metrics["series"] if one["name"] == "loss")
    assert loss["points"][-1] == [29, "inf"]
    wrong = propel("check-in", "nothing")
    assert wrong.returncode == 2
    assert "propel-helper runs" in wrong.stderr


def test_no_such_run(ledger: Ledger) -> None:
    with pytest.raises(Problem):
        check_in(ledger, "20200101-000000")
