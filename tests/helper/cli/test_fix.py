"""`fix` on real runs: asks, applies the smallest change, restarts, and stops when it must."""

from __future__ import annotations

import base64
import csv
import hashlib
import io
import json
import os
import subprocess
import sys
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from propel_helper.facts.sentences import REDIRECT, STOP

WRITES = 'import os\nprint("step 1 loss 0.5")\nopen("out/log.txt", "w").close()\nprint("done")\n'
OPTION = """\
import argparse
parser = argparse.ArgumentParser()
parser.add_argument("--epochs", type=int, default=1)
print("epochs", parser.parse_args().epochs)
"""


class Host:
    """A project folder and a ledger of its own, spoken to through the command line."""

    def __init__(self, folder: Path, environ: Mapping[str, str]) -> None:
        self.folder = folder
        self.environ = dict(environ)
        self.launched: list[str] = []

    def helper(self, *args: str, status: int | None = 0) -> str:
        done = subprocess.run(
            [sys.executable, "-m", "propel_helper", *args],
            cwd=self.folder,
            env=self.environ,
            capture_output=True,
            text=True,
            check=False,
            stdin=subprocess.DEVNULL,
            timeout=90,
        )
        assert "Traceback" not in done.stderr, done.stderr
        if status is not None:
            assert done.returncode == status, done.stdout + done.stderr
        return done.stdout + done.stderr

    def start(self, command: str) -> str:
        run: str = json.loads(self.helper("launch", "--json", "--", command))["run"]
        self.launched.append(run)
        return run

    def crash(self, command: str) -> str:
        run = self.start(command)
        self.helper("wait", run, "--timeout", "60", status=1)
        return run

    def fix(self, run: str, *args: str) -> dict[str, Any]:
        answer: dict[str, Any] = json.loads(self.helper("fix", run, "--json", *args))
        return answer


@pytest.fixture
def host(tmp_path: Path) -> Iterator[Host]:
    folder = tmp_path / "project"
    folder.mkdir()
    helper = Path(__file__).resolve().parents[3] / "python_helper"
    environ = {
        **os.environ,
        "XDG_STATE_HOME": str(tmp_path / "state"),
        "PYTHONPATH": str(helper),
    }
    found = Host(folder, environ)
    yield found
    for run in found.launched:
        found.helper("kill", run)


def test_an_edit_is_asked_for_applied_and_the_run_trains_to_the_end(host: Host) -> None:
    train = host.folder / "train.py"
    train.write_text(WRITES)
    run = host.crash("python3 train.py")
    asked = host.helper("fix", run, status=2)
    assert "This changes train.py:3. Okay?" in asked
    assert train.read_text() == WRITES

    done = host.fix(run, "--yes", "--restart")
    assert (done["applied"], done["attempt"], done["kind"]) == (True, 2, "edit")
    assert done["changes"] == [{"file": "train.py", "line": 3}]
    host.helper("wait", run, "--timeout", "60")
    assert set(WRITES.splitlines()) < set(train.read_text().splitlines())
    (row,) = json.loads(host.helper("runs", "--json"))
    assert (row["run"], row["state"], row["attempt"]) == (run, "succeeded", 2)
    assert row["fixes"][0]["rule"] == "missing-output-folder"


def test_a_misspelt_option_is_run_again_with_the_right_one(host: Host) -> None:
    (host.folder / "train.py").write_text(OPTION)
    run = host.crash("python3 train.py --epohcs 3")
    done = host.fix(run, "--yes", "--restart")
    assert done["kind"] == "rerun"
    host.helper("wait", run, "--timeout", "60")
    (row,) = json.loads(host.helper("runs", "--json"))
    assert row["command"] == "python3 train.py --epochs 3"
    assert "epochs 3" in Path(row["log"]).read_text()


def test_an_edit_of_a_script_that_runs_is_warned_of(host: Host) -> None:
    (host.folder / "train.py").write_text(OPTION)
    script = host.folder / "train.sh"
    script.write_text("if [ $# = 1 ]; then sleep 60; fi\npython3 train.py --epohcs 3\n")
    (host.folder / "retrain.sh").write_text("sleep 60\n")
    host.start("bash retrain.sh")
    other = host.start(f"bash {script} later")
    (host.folder / "nightly.sh").write_text("bash train.sh later\n")
    nested = host.start("bash nightly.sh")
    run = host.crash("bash train.sh")
    warning = f"train.sh is being run by {other}: bash reads a script while it runs it"
    assert warning in host.helper("fix", run, status=2)
    said = host.fix(run, "--yes")["warning"]
    assert warning in said
    assert f"train.sh is being run by {nested}: bash reads" in said
    assert said.count("is being run by") == 2
    host.helper("kill", other)
    host.helper("kill", nested)
    host.helper("revert", run)
    assert "is being run" not in host.helper("fix", run, "--yes")


def wheel(folder: Path) -> None:
    """A package whose distribution is called otherwise than its import."""
    name = "pyyaml-99.0"
    files = {
        "yaml.py": "def safe_load(text): return {}\n",
        f"{name}.dist-info/METADATA": "Metadata-Version: 2.1\nName: PyYAML\nVersion: 99.0\n",
        f"{name}.dist-info/WHEEL": "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    record = io.StringIO()
    rows = csv.writer(record, lineterminator="\n")
    for path, text in files.items():
        digest = base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).rstrip(b"=")
        rows.writerow([path, f"sha256={digest.decode()}", len(text)])
    rows.writerow([f"{name}.dist-info/RECORD", "", ""])
    with zipfile.ZipFile(folder / "PyYAML-99.0-py3-none-any.whl", "w") as archive:
        for path, text in {**files, f"{name}.dist-info/RECORD": record.getvalue()}.items():
            archive.writestr(path, text)


def test_a_missing_package_is_installed_where_the_run_looks_for_it(
    host: Host, tmp_path: Path
) -> None:
    subprocess.run([sys.executable, "-m", "venv", str(host.folder / "venv")], check=True)
    wheel(tmp_path)
    host.environ |= {"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": str(tmp_path)}
    host.environ.pop("PIP_CONSTRAINT", None)
    (host.folder / "train.py").write_text("import yaml\nprint(yaml.safe_load('a: 1'))\n")
    command = "source venv/bin/activate && PYTHONPATH= python train.py"
    run = host.crash(command)
    done = host.fix(run, "--yes", "--restart")
    assert done["kind"] == "command"
    assert "-m pip install PyYAML" in done["gate"]
    host.helper("wait", run, "--timeout", "60")
    assert list(host.folder.glob("venv/lib/python*/site-packages/yaml.py"))


def test_a_command_that_fails_leaves_the_run_alone_and_says_why(host: Host) -> None:
    subprocess.run([sys.executable, "-m", "venv", str(host.folder / "venv")], check=True)
    host.environ |= {"PIP_NO_INDEX": "1"}
    (host.folder / "train.py").write_text("import yaml\n")
    run = host.crash("PYTHONPATH= venv/bin/python train.py")
    said = host.helper("fix", run, "--yes", "--restart", status=2)
    assert "failed with exit status 1" in said
    assert "No matching distribution" in said
    (row,) = json.loads(host.helper("runs", "--json"))
    assert (row["attempt"], row["state"]) == (1, "failed")


def test_a_logic_crash_gets_the_redirect(host: Host) -> None:
    train = host.folder / "train.py"
    train.write_text("import math\nmath.sqrt(-1)\n")
    run = host.crash("python3 train.py")
    assert REDIRECT in host.helper("fix", run, "--yes", status=2)
    assert train.read_text() == "import math\nmath.sqrt(-1)\n"


def test_the_third_time_it_stops(host: Host) -> None:
    train = host.folder / "train.py"
    train.write_text(WRITES)
    run = host.crash("python3 train.py")
    for _ in range(2):
        host.fix(run, "--yes")
        train.write_text(WRITES)
        host.helper("restart", run)
        host.helper("wait", run, "--timeout", "60", status=1)
    said = host.helper("fix", run, "--yes", "--restart", status=2)
    assert STOP in said
    assert train.read_text() == WRITES
    for one, attempt in enumerate((1, 2), start=1):
        assert f"## Fix {one}, after attempt {attempt}" in said
        assert f"Attempt {attempt + 1} followed and ended as failed with exit status 1" in said
    assert said.count("is as it was before the fix: it was changed back") == 2
    assert "- Command: python3 train.py" in said
    assert "differs" not in said


def test_what_was_tried_shows_its_changes_and_what_differs(host: Host) -> None:
    train = host.folder / "train.py"
    train.write_text(WRITES)
    run = host.crash("python3 train.py")
    for _ in range(2):
        host.fix(run, "--yes")
        # What a fix made is lost to another cause: the code takes the folder away again.
        made = train.read_text()
        train.write_text(made.replace('open("out', 'os.rmdir("out")\nopen("out'))
        host.helper("restart", run)
        host.helper("wait", run, "--timeout", "60", status=1)
    said = host.helper("fix", run, "--yes", status=2)
    assert STOP in said
    assert "    +os.makedirs(" in said


def test_an_attempt_that_got_further_starts_a_new_count(host: Host) -> None:
    train = host.folder / "train.py"
    text = "import os\nfor step in range({}):\n    print(f'step {{step}} loss 0.5')\n" + WRITES[10:]
    train.write_text(text.format(3).replace('print("step 1 loss 0.5")\n', ""))
    run = host.crash("python3 train.py")
    for steps in (3, 9):
        host.fix(run, "--yes")
        train.write_text(text.format(steps).replace('print("step 1 loss 0.5")\n', ""))
        host.helper("restart", run)
        host.helper("wait", run, "--timeout", "60", status=1)
    assert host.fix(run, "--yes")["applied"]


def test_a_fix_is_taken_back_to_the_exact_bytes(host: Host) -> None:
    train = host.folder / "train.py"
    before = WRITES.replace("\n", "\r\n").encode() + b"# caf\xc3\xa9 \xe6\xbc\xa2"
    train.write_bytes(before)
    run = host.crash("python3 train.py")
    host.fix(run, "--yes")
    fixed = train.read_bytes()
    assert fixed.count(b"\r\n") == before.count(b"\r\n") + 1
    train.write_bytes(fixed + b"# mine")
    assert "has changed since the fix" in host.helper("revert", run, status=2)
    train.write_bytes(fixed)
    host.helper("revert", run)
    assert train.read_bytes() == before
    assert "No fix of this run" in host.helper("revert", run, status=2)


def test_what_a_command_rewrote_is_brought_back_as_well(host: Host) -> None:
    script = host.folder / "run.sh"
    before = b"for step in 1 2\r\ndo\r\n  echo step $step\r\ndone\r\n"
    script.write_bytes(before)
    run = host.crash("bash run.sh")
    assert "the line ends of" in host.helper("fix", run, "--yes")
    assert script.read_bytes() == before.replace(b"\r", b"")
    host.helper("revert", run)
    assert script.read_bytes() == before
    assert "No fix of this run" in host.helper("revert", run, status=2)


def test_a_run_that_is_no_run(host: Host) -> None:
    assert "no run" in host.helper("fix", "20200101-000000", "--yes", status=2)
