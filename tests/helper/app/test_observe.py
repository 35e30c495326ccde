"""What really runs beside what was confirmed, seen in real sessions."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from propel_helper.app.launch import kill, launch, restart
from propel_helper.app.runs import find, look
from propel_helper.facts.run import Observed, Run
from propel_helper.runs.ledger import Ledger
from tests.helper.conftest import until

SLEEP = "import time; time.sleep(60)"


@pytest.fixture
def venv(tmp_path: Path) -> Path:
    """A virtual environment whose Python is the one that runs the tests."""
    folder = tmp_path / "own env"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(folder)], check=True)
    return folder


def observed(ledger: Ledger, run: Run) -> Observed:
    return until(lambda: look(ledger, run.run).observed)


def test_the_python_on_path(
    ledger: Ledger, environ: dict[str, str], backend: str, tmp_path: Path, venv: Path
) -> None:
    inside = environ | {"PATH": f"{venv}/bin:{environ['PATH']}", "VIRTUAL_ENV": str(venv)}
    run = launch(ledger, f"python -c '{SLEEP}'", str(tmp_path), backend, inside)
    seen = observed(ledger, run)
    assert seen.arguments == ("python", "-c", SLEEP)
    assert (seen.python, seen.environment) == (f"{venv}/bin/python", str(venv))
    assert seen.program == os.path.realpath(sys.executable)
    assert (seen.cwd, seen.differs) == (str(tmp_path), ())
    assert find(ledger, run.run).last.python == seen.python


def test_a_python_that_was_not_confirmed(
    ledger: Ledger, environ: dict[str, str], backend: str, tmp_path: Path, venv: Path
) -> None:
    """A function of the shell takes the name; only a look at the process tells."""
    (tmp_path / "elsewhere").mkdir()
    inside = environ | {
        "PATH": f"{venv}/bin:{environ['PATH']}",
        "BASH_FUNC_python%%": f'() {{ cd elsewhere; "{sys.executable}" "$@"\n}}',
    }
    run = launch(ledger, f"python -c '{SLEEP}'", str(tmp_path), backend, inside)
    seen = observed(ledger, run)
    assert seen.python == sys.executable
    assert seen.differs == (
        f"It runs with {sys.executable}, not with the confirmed {venv}/bin/python.",
        f"It runs in the folder {tmp_path}/elsewhere; it was started in {tmp_path}.",
    )
    assert look(ledger, run.run).reason == " ".join(seen.differs)
    assert kill(ledger, run.run, 0.2).reason.startswith("Ended by you")


@pytest.mark.parametrize(
    ("text", "python"),
    [
        (f"mkdir -p out && cd out && {sys.executable} -c '{SLEEP}'", True),
        (f"(exec -a 'train: epoch 3' {sys.executable} -c '{SLEEP}')", True),
        (f"sleep 0.5; timeout 50 env A=1 {sys.executable} -c '{SLEEP}' ''", True),
        ("timeout 50 sleep 60", False),
        ("while true; do read -t 1 x; done", False),
    ],
)
def test_behind_other_programs(
    start: Callable[[str], Run], ledger: Ledger, text: str, python: bool
) -> None:
    run = start(text)
    until(lambda: (now := look(ledger, run.run).observed) and (now.python or not python))
    seen = observed(ledger, run)
    found = seen.python and os.path.realpath(seen.python)
    assert found == (os.path.realpath(sys.executable) if python else None)
    assert seen.differs == ()
    assert seen.arguments
    if "''" in text:
        assert seen.arguments[-1] == ""


def test_what_is_no_python_is_written_once(start: Callable[[str], Run], ledger: Ledger) -> None:
    run = start("sleep 60")
    assert observed(ledger, run).arguments == ("sleep", "60")
    for _ in range(3):
        look(ledger, run.run)
    events = (ledger.folder_of(run.run) / "events.jsonl").read_text()
    assert events.count('"observed"') == 1


def test_it_is_written_once_and_seen_anew_after_a_restart(
    ledger: Ledger, environ: dict[str, str], backend: str, tmp_path: Path, venv: Path
) -> None:
    """The session keeps its first environment, so its Python is no surprise there."""
    inside = environ | {"PATH": f"{venv}/bin:{environ['PATH']}"}
    run = launch(ledger, f"python -c '{SLEEP}' & wait $!", str(tmp_path), backend, inside)
    first = observed(ledger, run)
    for _ in range(3):
        look(ledger, run.run)
    events = (ledger.folder_of(run.run) / "events.jsonl").read_text()
    assert events.count('"observed"') == 1
    os.kill(first.pid, 9)
    until(lambda: look(ledger, run.run).ended)
    assert look(ledger, run.run).observed == first
    again = restart(ledger, run.run, environ)
    second = observed(ledger, again)
    assert second.pid != first.pid
    assert (second.python, second.differs) == (f"{venv}/bin/python", ())


SLOW_CAT = """\
#!{python}
import os, sys, time
time.sleep(2)
os.execv("/bin/cat", ["cat", *sys.argv[1:]])
"""


def test_the_leader_reading_its_text_is_not_the_run(
    ledger: Ledger, environ: dict[str, str], backend: str, tmp_path: Path
) -> None:
    """A disk may need more than a second for it."""
    (tmp_path / "bin").mkdir()
    cat = tmp_path / "bin" / "cat"
    cat.write_text(SLOW_CAT.format(python=sys.executable))
    cat.chmod(0o755)
    inside = environ | {"PATH": f"{tmp_path}/bin:{environ['PATH']}"}
    run = launch(ledger, "sleep 61", str(tmp_path), backend, inside)
    assert observed(ledger, run).arguments == ("sleep", "61")
    kill(ledger, run.run, 0.1)
