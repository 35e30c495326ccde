"""``propel-helper diagnose`` as people and scripts call it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

CRASHES = Path(__file__).parents[2] / "crashes"
PACKAGE = Path(__file__).parents[3] / "python_helper"
KEYS = {"scope", "category", "rule", "exception", "message", "because", "at", "ranks"}
KEYS |= {"frames", "fixes", "redirect"}


def call(tmp_path: Path, *args: str, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    environ = {**os.environ, "PYTHONPATH": str(PACKAGE), "XDG_STATE_HOME": str(tmp_path)}
    return subprocess.run(
        [sys.executable, "-m", "propel_helper", "diagnose", *args],
        input=stdin,
        capture_output=True,
        env=environ,
        check=False,
    )


def answers(done: subprocess.CompletedProcess[bytes]) -> list[dict[str, Any]]:
    return [json.loads(line) for line in done.stdout.decode().splitlines()]


def test_one_log(tmp_path: Path) -> None:
    done = call(tmp_path, str(CRASHES / "unexplained" / "log.txt"), "--json")
    assert done.returncode == 0
    (answer,) = answers(done)
    (crash,) = answer["crashes"]
    assert crash.keys() >= KEYS
    assert crash["at"] == {"file": "/home/ana/tiny/train.py", "line": 5}
    assert crash["redirect"].startswith("That's a logic change, not a runtime bug.")
    assert crash["fixes"] == []


def test_standard_input_root_and_command(tmp_path: Path) -> None:
    fixture = CRASHES / "misspelt-option"
    done = call(
        tmp_path, "-", "--json", "--root", str(fixture / "before"),
        "--command", "python train.py --epohcs 3",
        stdin=(fixture / "log.txt").read_bytes(),
    )  # fmt: skip
    (crash,) = answers(done)[0]["crashes"]
    assert crash["fixes"][0]["kind"] == "rerun"
    assert "python train.py --epochs 3" in crash["fixes"][0]["gate"]


def test_many_logs_give_a_line_each_and_one_bad_log_does_not_hide_the_others(
    tmp_path: Path,
) -> None:
    healthy = tmp_path / "healthy.log"
    healthy.write_text("step 1 loss 0.5\n", "utf-8")
    crashed = str(CRASHES / "tensor-shape-mismatch" / "log.txt")
    missing = str(tmp_path / "none.log")
    done = call(tmp_path, str(healthy), missing, crashed, "--json")
    assert done.returncode == 2
    assert "none.log" in done.stderr.decode()
    assert [(a["log"], len(a["crashes"])) for a in answers(done)] == [
        (str(healthy), 0),
        (crashed, 1),
    ]


def test_a_folder_is_no_log(tmp_path: Path) -> None:
    done = call(tmp_path, str(tmp_path))
    assert done.returncode == 2
    assert b"Traceback" not in done.stderr
    assert str(tmp_path) in done.stderr.decode()


def test_words_for_people(tmp_path: Path) -> None:
    done = call(tmp_path, str(CRASHES / "missing-output-folder" / "log.txt"))
    assert "path/missing-output-folder" in done.stdout.decode()
    assert "because" in done.stdout.decode()
