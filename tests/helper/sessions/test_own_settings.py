"""A person's own screenrc and tmux.conf are kept, and break nothing."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from propel_helper.app.launch import launch, restart
from propel_helper.app.runs import look
from propel_helper.facts.problem import Problem
from propel_helper.facts.run import Run
from propel_helper.runs.ledger import Ledger
from propel_helper.sessions import processes
from tests.helper.conftest import printed, until

SCREENRC = """
startup_message off
defscrollback 4321
escape ^Bb
logfile {home}/mine.log
logfile flush 7
deflog on
logtstamp on
logtstamp after 1
chdir /
setenv FROM_RC yes
zombie kr
shelltitle "mine"
termcapinfo xterm* ti@:te@
no_such_command here
screen -t first bash
screen -t second bash
"""

TMUX_CONF = """
set -g base-index 1
set -g pane-base-index 1
set -g destroy-unattached on
set -g remain-on-exit on
set -g default-command "echo not mine"
set -g prefix C-a
set -g renumber-windows on
set -g automatic-rename on
set -g history-limit 77
"""


@pytest.mark.parametrize("by_variable", [False, True])
def test_screenrc(
    by_variable: bool,
    environ: dict[str, str],
    ledger: Ledger,
    tmp_path: Path,
    ended: Callable[[Run], Run],
) -> None:
    home = Path(environ["HOME"])
    rc = home / ("own rc's" if by_variable else ".screenrc")
    rc.write_text(SCREENRC.format(home=home))
    if by_variable:
        environ["SCREENRC"] = str(rc)
    run = ended(launch(ledger, "pwd; echo $FROM_RC", str(tmp_path), "screen", environ))
    assert printed(run) == f"{tmp_path}\nyes\n"
    again = ended(restart(ledger, run.run, environ, "pwd; sleep 1.2; echo $FROM_RC"))
    assert printed(again) == f"{tmp_path}\nyes\n"
    assert again.session == run.session
    said = subprocess.run(
        ["screen", "-S", run.session, "-p", "second", "-Q", "info"],
        env=environ, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert "+4321" in said.stdout


def test_windows_that_a_person_opens_do_not_write_into_the_log(
    environ: dict[str, str],
    ledger: Ledger,
    tmp_path: Path,
    ended: Callable[[Run], Run],
    backend: str,
) -> None:
    run = ended(launch(ledger, "echo mine", str(tmp_path), backend, environ))
    words = ["bash", "-c", f"cd '{tmp_path}'; echo theirs >other; cat other; exec cat"]
    if backend == "screen":
        subprocess.run(
            ["screen", "-S", run.session, "-X", "screen", *words], env=environ, check=True
        )
    else:
        subprocess.run(["tmux", "new-window", "-t", run.session, *words], env=environ, check=True)
    until((tmp_path / "other").exists)
    again = ended(restart(ledger, run.run, environ, "echo again"))
    assert printed(again) == "again\n"
    assert b"theirs" not in Path(run.log).read_bytes() + Path(again.log).read_bytes()


def test_a_screenrc_that_opens_windows_and_names_the_session(
    environ: dict[str, str], ledger: Ledger, tmp_path: Path, ended: Callable[[Run], Run]
) -> None:
    project = tmp_path / "project"
    project.mkdir()
    rc = "sessionname 'my own'\nscreen -t one bash -c 'echo theirs; exec cat'\n"
    (Path(environ["HOME"]) / ".screenrc").write_text(rc)
    run = ended(launch(ledger, "echo mine; sleep 0.3", str(project), "screen", environ))
    assert printed(run) == "mine\n"
    assert list(project.iterdir()) == []
    assert "my own" in run.session
    again = ended(restart(ledger, run.run, environ))
    assert (printed(again), again.session) == ("mine\n", run.session)


def test_tmux_conf(
    environ: dict[str, str], ledger: Ledger, tmp_path: Path, ended: Callable[[Run], Run]
) -> None:
    (Path(environ["HOME"]) / ".tmux.conf").write_text(TMUX_CONF)
    run = ended(launch(ledger, "pwd", str(tmp_path), "tmux", environ))
    assert printed(run) == f"{tmp_path}\n"
    again = ended(restart(ledger, run.run, environ, "echo 2; exit 5"))
    assert (printed(again), again.exit_status, again.session) == ("2\n", 5, run.session)
    said = subprocess.run(
        ["tmux", "show-options", "-gv", "history-limit"],
        env=environ, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert said.stdout == "77\n"


def test_a_tmux_conf_that_ends_sessions_nobody_looks_at(
    environ: dict[str, str], ledger: Ledger, tmp_path: Path
) -> None:
    (Path(environ["HOME"]) / ".tmux.conf").write_text("set -g exit-unattached on\n")
    with pytest.raises(Problem, match=r"at once .*server.*exit-unattached"):
        launch(ledger, "pwd", str(tmp_path), "tmux", environ)


def test_inside_a_session(
    environ: dict[str, str],
    ledger: Ledger,
    tmp_path: Path,
    backend: str,
    ended: Callable[[Run], Run],
) -> None:
    """Launched from a shell in another session, the run gets one of its own."""
    outer = launch(ledger, "exec sleep 60", str(tmp_path), backend, environ)
    pid = ledger.record(outer.run).last.window.pid  # type: ignore[union-attr]

    def sleeping() -> int | None:
        found = [one for one in processes.descendants(pid) if one.name() == "sleep"]
        return found[0].pid if found else None

    inside = processes.environment(until(sleeping))
    assert inside.get("STY" if backend == "screen" else "TMUX")
    run = ended(launch(ledger, "echo mine", str(tmp_path), backend, inside | {"STY": "1.x"}))
    assert printed(run) == "mine\n"
    assert run.session != outer.session
    assert look(ledger, outer.run).state.value == "running"
