"""Starting: one subcommand's modules and nobody else's."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from propel_helper.cli.listing import subcommands
from tests.helper.conftest import HELPER


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the helper, to break."""
    folder = tmp_path / "helper"
    shutil.copytree(HELPER / "propel_helper", folder / "propel_helper")
    return folder


def helper(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environ = os.environ | {"PYTHONPATH": str(folder), "XDG_STATE_HOME": str(folder / "state")}
    return subprocess.run(
        [sys.executable, "-m", "propel_helper", *arguments],
        env=environ, cwd=folder, capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip


@pytest.mark.parametrize("broken", ["raise SystemExit('boom')", "def (", "import missing_package"])
def test_another_subcommand_that_is_broken_does_not_matter(copy: Path, broken: str) -> None:
    other = copy / "propel_helper" / "cli" / "scan.py"
    other.write_text(other.read_text().replace("import argparse\n", f"import argparse\n{broken}\n"))
    assert helper(copy, "runs", "--json").stdout == "[]\n"
    for arguments in (("--help",), ()):
        answer = helper(copy, *arguments)
        told = answer.stdout + answer.stderr
        assert ("Traceback" in told, "boom" in told) == (False, False)
    listed = helper(copy, "--help").stdout
    assert "list the runs" in listed
    assert ("find the training commands" in listed) is (broken != "def (")


def test_help_lists_every_subcommand_with_its_own_words() -> None:
    folder = HELPER / "propel_helper" / "cli"
    told = subcommands(str(folder))
    assert {"scan", "launch", "runs", "wait", "diagnose", "fix", "restart", "kill", "attach",
            "gpus", "lsp", "show", "prune"} <= told.keys()  # fmt: skip
    for path in folder.glob("*.py"):
        assert (path.stem in told) is ("\nHELP = " in path.read_text())
    assert all(told.values())


def test_runs_imports_nothing_that_it_does_not_use(tmp_path: Path) -> None:
    """Each of these costs more than the answer itself."""
    code = (
        "import sys; from propel_helper.cli import main; main(['runs'])\n"
        "heavy = {'pygls', 'lsprotocol', 'yaml', 'markdown_it', 'libtmux',"
        " 'propel_helper.rules', 'propel_helper.tracebacks', 'propel_helper.cli.scan'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )
    environ = os.environ | {"PYTHONPATH": str(HELPER), "XDG_STATE_HOME": str(tmp_path)}
    answer = subprocess.run(
        [sys.executable, "-c", code], env=environ, capture_output=True, text=True, check=True
    )
    assert answer.stdout.splitlines()[-1] == "[]"


@pytest.mark.parametrize(
    "arguments",
    [("nothing",), ("__init__",), ("output",), ("../app",), ("--", "--"), ("-x", "runs")],
)
def test_what_is_no_subcommand(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    (tmp_path / "state").mkdir()
    answer = helper(HELPER, *arguments)
    assert answer.returncode == 2
    assert answer.stderr.startswith("usage: propel-helper")
    assert "Traceback" not in answer.stderr


@pytest.mark.parametrize("file", ["cli/__init__.py", "cli/runs.py", "app/runs.py"])
def test_ctrl_c_while_it_starts_is_silent(copy: Path, file: str) -> None:
    module = copy / "propel_helper" / file
    future = "from __future__ import annotations\n"
    module.write_text(module.read_text().replace(future, f"{future}raise KeyboardInterrupt\n"))
    answer = helper(copy, "runs")
    assert (answer.returncode, answer.stdout, answer.stderr) == (130, "", "")


@pytest.mark.parametrize("unbuffered", ["", "1"])
@pytest.mark.parametrize("arguments", [("runs",), ("runs", "--json"), ("--help",), ("runs", "-h")])
def test_a_full_disk_behind_standard_output_is_told(
    tmp_path: Path, arguments: tuple[str, ...], unbuffered: str
) -> None:
    environ = os.environ | {
        "PYTHONPATH": str(HELPER),
        "XDG_STATE_HOME": str(tmp_path),
        "PYTHONUNBUFFERED": unbuffered,
    }
    with Path("/dev/full").open("w") as full:
        answer = subprocess.run(
            [sys.executable, "-m", "propel_helper", *arguments],
            env=environ, stdout=full, stderr=subprocess.PIPE, text=True, check=False, timeout=60,
        )  # fmt: skip
    if unbuffered and "h" in arguments[-1][:3]:
        # argparse says nothing then.
        assert (answer.returncode, answer.stderr) == (0, "")
        return
    assert answer.stderr == (
        "propel-helper: What it had to say could not be written: No space left on device.\n"
    )
    assert answer.returncode == 74


def test_a_reader_that_goes_away_is_no_error(tmp_path: Path) -> None:
    environ = os.environ | {"PYTHONPATH": str(HELPER), "XDG_STATE_HOME": str(tmp_path)}
    ours, theirs = os.pipe()
    os.close(ours)
    answer = subprocess.run(
        [sys.executable, "-m", "propel_helper", "runs", "--json"],
        env=environ, stdout=theirs, stderr=subprocess.PIPE, text=True, check=False, timeout=60,
    )  # fmt: skip
    os.close(theirs)
    assert (answer.returncode, answer.stderr) == (141, "")


def test_a_standard_output_that_is_closed_stops_nothing(tmp_path: Path) -> None:
    environ = os.environ | {"PYTHONPATH": str(HELPER), "XDG_STATE_HOME": str(tmp_path)}
    argv = ["bash", "-c", 'exec "$@" >&- <&-', "bash", sys.executable, "-m", "propel_helper"]
    answer = subprocess.run(
        [*argv, "runs"], env=environ, capture_output=True, text=True, check=False, timeout=60
    )
    assert (answer.returncode, answer.stderr) == (0, "")


def test_a_file_where_the_ledger_belongs_is_named(tmp_path: Path) -> None:
    (tmp_path / "propel").mkdir()
    (tmp_path / "propel" / "runs").touch()
    environ = os.environ | {"PYTHONPATH": str(HELPER), "XDG_STATE_HOME": str(tmp_path)}
    answer = subprocess.run(
        [sys.executable, "-m", "propel_helper", "launch", "--", "exit 1"],
        env=environ, cwd=tmp_path, capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    assert answer.returncode == 2
    assert f"{tmp_path}/propel/runs: File exists" in answer.stderr
