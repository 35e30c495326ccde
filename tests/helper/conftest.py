"""Real sessions for tests, in sockets and state folders of their own."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

import pytest

from propel_helper.app.launch import kill, launch
from propel_helper.app.runs import look
from propel_helper.facts.problem import Problem
from propel_helper.facts.run import Run, RunState
from propel_helper.runs.ledger import Ledger

HELPER = Path(__file__).resolve().parents[2] / "python_helper"

DEADLINE_S = 30.0

T = TypeVar("T")


@pytest.fixture
def short_folder() -> Iterator[Path]:
    """A folder with a short path: the name of a socket may have 107 bytes (unix(7))."""
    folder = Path(tempfile.mkdtemp(prefix="px"))
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def environ(tmp_path: Path, short_folder: Path) -> Iterator[dict[str, str]]:
    """An environment whose sessions and runs are this test's alone; they end with it."""
    inside = {
        name: value
        for name, value in os.environ.items()
        if name not in {"STY", "WINDOW", "TMUX", "TMUX_PANE", "SCREENRC", "BASH_ENV"}
    }
    home = tmp_path / "home"
    home.mkdir()
    for name in ("screen", "tmux"):
        (short_folder / name).mkdir(mode=0o700)
    inside |= {
        "HOME": str(home),
        "XDG_STATE_HOME": str(tmp_path / "state"),
        "SCREENDIR": str(short_folder / "screen"),
        "TMUX_TMPDIR": str(short_folder / "tmux"),
        "PYTHONPATH": str(HELPER),
        "LC_ALL": "C.UTF-8",
    }
    yield inside
    _end_all(Ledger.of(inside), short_folder, inside)


def _end_all(ledger: Ledger, short_folder: Path, environ: dict[str, str]) -> None:
    for record in ledger.records():
        try:
            kill(ledger, record.run, grace_s=0.2)
        except Problem:
            continue
    for socket in (short_folder / "screen").iterdir():
        subprocess.run(
            ["screen", "-S", socket.name, "-X", "quit"],
            env=environ,
            capture_output=True,
            check=False,
        )
    for socket in (short_folder / "tmux").glob("tmux-*/default"):
        subprocess.run(["tmux", "-S", str(socket), "kill-server"], capture_output=True, check=False)


@pytest.fixture
def ledger(environ: dict[str, str]) -> Ledger:
    """The test's own ledger."""
    return Ledger.of(environ)


@pytest.fixture(params=["screen", "tmux"])
def backend(request: pytest.FixtureRequest) -> str:
    """Each backend in turn."""
    name = str(request.param)
    assert shutil.which(name), f"these tests need {name}"
    return name


@pytest.fixture
def start(
    ledger: Ledger, environ: dict[str, str], backend: str, tmp_path: Path
) -> Callable[[str], Run]:
    """Launch a text in ``tmp_path`` with the backend."""
    return lambda text: launch(ledger, text, str(tmp_path), backend, environ)


@pytest.fixture
def ended(ledger: Ledger) -> Callable[[Run], Run]:
    """Wait for a run's end."""

    def wait(run: Run) -> Run:
        return until(lambda: over(ledger, run.run))

    return wait


@pytest.fixture
def propel(
    environ: dict[str, str], tmp_path: Path
) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Run ``propel-helper`` in ``tmp_path``."""

    def run(*arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "propel_helper", *arguments],
            env=environ | more,
            cwd=tmp_path,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    return run


def until(ask: Callable[[], T | None]) -> T:
    """The first true answer of ``ask``, for half a minute at most."""
    deadline = time.monotonic() + DEADLINE_S
    while not (found := ask()):
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.02)
    return found


def over(ledger: Ledger, run: str) -> Run | None:
    """The run if it has ended."""
    now = look(ledger, run)
    return None if now.state is RunState.RUNNING else now


def printed(run: Run) -> str:
    """What a run's command printed: its log up to the mark, without carriage returns."""
    data = Path(run.log).read_bytes()
    return data.partition(b"\x1b]133;D;")[0].decode("utf-8").replace("\r\n", "\n")
