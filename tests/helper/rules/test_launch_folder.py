"""Launches from another folder than the one that their paths are written for."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from propel_helper.app import diagnose
from propel_helper.app.surroundings import LocalSurroundings
from propel_helper.facts.finding import RerunStep
from propel_helper.tracebacks.reader import LogReader


@pytest.mark.parametrize("command", ["bash run.sh", "./run.sh", "A=1 bash ./run.sh > log.txt 2>&1"])
def test_a_script_that_was_started_from_its_own_folder_runs_from_the_one_above(
    command: str, tmp_path: Path
) -> None:
    scripts = tmp_path / "net" / "scripts"
    scripts.mkdir(parents=True)
    (tmp_path / "net" / "train.py").write_text("print('epoch 0')\n")
    script = scripts / "run.sh"
    script.write_text("#!/bin/bash\nfor s in 1 2; do\n  python3 train.py --seed $s\ndone\n")
    script.chmod(0o755)
    reader = LogReader()
    reader.feed(f"python3: can't open file '{scripts}/train.py': [Errno 2] No such file".encode())
    surroundings = LocalSurroundings(tmp_path / "net", scripts, command)

    (finding,) = diagnose.findings(reader.crashes(ended=True, exit_status=2), surroundings)

    (step,) = finding.fixes[0].steps
    assert isinstance(step, RerunStep)
    assert step.new.startswith("cd .. && ")
    subprocess.run(["bash", "-c", step.new], cwd=scripts, check=True)
