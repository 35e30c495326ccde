"""The command line as scripts use it."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest

from propel_helper.runs.ledger import EVENTS, Ledger
from tests.helper.conftest import HELPER

Propel = Callable[..., subprocess.CompletedProcess[str]]


def launched(propel: Propel, *arguments: str) -> dict[str, str]:
    answer = propel("launch", "--json", *arguments)
    assert answer.returncode == 0, answer.stderr
    said = json.loads(answer.stdout)
    assert isinstance(said, dict)
    return said


def runs(propel: Propel) -> list[dict[str, object]]:
    answer = propel("runs", "--json")
    assert answer.returncode == 0, answer.stderr
    found = json.loads(answer.stdout)
    assert isinstance(found, list)
    return found


def test_launch_wait_and_runs(propel: Propel, backend: str, tmp_path: Path) -> None:
    said = launched(propel, "--backend", backend, "--", "echo hi; exit 3 # end")
    assert list(said) == ["run", "backend", "session", "log", "attach", "detach", "list", "kill"]
    assert said["backend"] == backend
    assert said["session"].endswith(f"propel-train-{said['run']}")
    waited = propel("wait", said["run"], "--timeout", "30")
    assert waited.returncode == 1
    assert "exit status 3" in waited.stdout
    (run,) = runs(propel)
    expected = {
        "run": said["run"], "command": "echo hi; exit 3 # end", "cwd": str(tmp_path),
        "state": "failed", "exit_status": 3, "backend": backend, "log": said["log"],
    }  # fmt: skip
    assert {key: run[key] for key in expected} == expected
    assert isinstance(run["started"], float)
    assert isinstance(run["ended"], float)
    assert Path(said["log"]).read_bytes().startswith(b"hi\r\n")
    table = propel("runs").stdout
    assert said["run"] in table
    assert "failed (3)" in table


def test_one_argument_is_a_text_and_several_are_words(propel: Propel) -> None:
    text = launched(propel, "--", 'echo "$((1+1))" | cat')
    several = launched(propel, "--", "echo", "$HOME", "a  b", "it's", "--json", "--", "x")
    plain = launched(propel, "echo", "--backend", "x")
    for said, output in (
        (text, "2"),
        (several, "$HOME a  b it's --json -- x"),
        (plain, "--backend x"),
    ):
        assert propel("wait", said["run"]).returncode == 0
        assert Path(said["log"]).read_text().startswith(output + "\n")


def test_in_another_folder(propel: Propel, tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    said = launched(propel, "--cwd", "sub", "--", "pwd")
    assert propel("wait", said["run"]).returncode == 0
    assert Path(said["log"]).read_text().startswith(f"{tmp_path}/sub\n")


def test_wait_times_out_and_returns_at_the_end(propel: Propel, tmp_path: Path) -> None:
    said = launched(propel, "--", "until [ -e go ]; do sleep 0.05; done")
    waited = propel("wait", said["run"], "--timeout", "0.5")
    assert (waited.returncode, "still runs" in waited.stdout) == (3, True)
    assert propel("wait", said["run"], "--timeout", "0").returncode == 3
    (tmp_path / "go").touch()
    begun = time.monotonic()
    waited = propel("wait", said["log"], "--timeout", "30")
    assert (waited.returncode, "succeeded" in waited.stdout) == (0, True)
    assert time.monotonic() - begun < 20


def test_wait_without_end_costs_nothing(
    propel: Propel, environ: dict[str, str], tmp_path: Path
) -> None:
    said = launched(propel, "--", "sleep 60")
    waiting = subprocess.Popen(
        [sys.executable, "-m", "propel_helper", "wait", said["run"]],
        env=environ, cwd=tmp_path, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    time.sleep(2)
    before = psutil.Process(waiting.pid).cpu_times()
    time.sleep(2)
    after = psutil.Process(waiting.pid).cpu_times()
    assert after.user + after.system - before.user - before.system < 0.2
    assert propel("kill", said["run"]).returncode == 0
    out, _ = waiting.communicate(timeout=30)
    assert (waiting.returncode, "Ended by you" in out) == (1, True)


def test_restart_and_kill(propel: Propel, backend: str) -> None:
    said = launched(propel, "--backend", backend, "--", "exit 2")
    assert propel("wait", said["run"]).returncode == 1
    again = propel("restart", said["run"])
    assert again.returncode == 0, again.stderr
    assert "attempt 2" in again.stdout
    assert propel("wait", said["run"]).returncode == 1
    assert propel("restart", said["run"], "--json").returncode == 0
    propel("wait", said["run"])
    killed = propel("kill", said["run"])
    assert (killed.returncode, "failed" in killed.stdout) == (0, True)
    assert [run["attempt"] for run in runs(propel)] == [3]
    long = launched(propel, "--backend", backend, "--", "sleep 60")
    killed = propel("kill", long["run"])
    assert "killed. Ended by you" in killed.stdout
    assert propel("wait", long["run"]).returncode == 1
    assert runs(propel)[0]["state"] == "killed"


@pytest.mark.parametrize("subcommand", ["wait", "restart", "kill", "attach"])
@pytest.mark.parametrize("name", ["none", "", "2026", "/tmp/x.log", "../..", "~nobody-here/x"])
def test_no_such_run(propel: Propel, subcommand: str, name: str) -> None:
    answer = propel(subcommand, name)
    assert answer.returncode == 2
    assert "There is no run" in answer.stderr
    assert "propel-helper runs" in answer.stderr
    assert "Traceback" not in answer.stderr


@pytest.mark.parametrize("subcommand", ["metrics", "diagnose"])
@pytest.mark.parametrize("name", ["none", "~nobody-here/x", "x" * 300])
def test_no_such_log(propel: Propel, subcommand: str, name: str) -> None:
    answer = propel(subcommand, name)
    assert answer.returncode == 2
    assert answer.stderr.startswith("propel-helper: There is no log and no run"), answer.stderr


def test_a_home_that_nobody_has_is_the_shells_to_refuse(propel: Propel) -> None:
    said = launched(propel, "--", "cd ~nobody-here && python3 train.py")
    assert propel("wait", said["run"]).returncode == 1
    assert "~nobody-here" in Path(said["log"]).read_text()


def test_a_folder_that_was_removed_under_the_caller(propel: Propel, tmp_path: Path) -> None:
    (tmp_path / "gone").mkdir()
    script = "import os; os.chdir('gone'); os.rmdir('../gone'); import propel_helper.cli as c; "
    answer = subprocess.run(
        [sys.executable, "-c", script + "raise SystemExit(c.main(['launch', '--', 'true']))"],
        cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(HELPER)},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (answer.returncode, answer.stderr.count("\n")) == (2, 1), answer.stderr
    assert "was removed" in answer.stderr


@pytest.mark.parametrize("locale", ["ascii", "latin-1", "utf-8"])
def test_text_that_the_locale_cant_show(propel: Propel, locale: str) -> None:
    said = launched(propel, "--", "true 漢 \udcff")
    propel("wait", said["run"])
    listed = propel("runs", PYTHONIOENCODING=locale)
    assert (listed.returncode, said["run"] in listed.stdout) == (0, True), listed.stderr
    told = propel("runs", "--json", PYTHONIOENCODING=locale)
    assert json.loads(told.stdout)[0]["command"] == "true 漢 \udcff", told.stderr


def test_wait_takes_no_time_that_is_none(propel: Propel) -> None:
    answer = propel("wait", "any", "--timeout", "nan")
    assert (answer.returncode, "nan" in answer.stderr) == (2, True)


def test_a_run_of_another_version_hides_no_other(propel: Propel, ledger: Ledger) -> None:
    first, second = (launched(propel, "--", "true")["run"] for _ in range(2))
    events = ledger.folder_of(first) / EVENTS
    events.write_text(events.read_text().replace('"screen"', '"zellij"'))
    found = {run["run"]: run for run in runs(propel)}
    assert found[first]["state"] == "lost"
    assert "zellij" in str(found[first]["reason"])
    assert second in found


def test_a_time_that_no_clock_shows(propel: Propel, ledger: Ledger) -> None:
    first, second = (launched(propel, "--", "true")["run"] for _ in range(2))
    events = ledger.folder_of(first) / EVENTS
    events.write_text(re.sub(r'"time": [0-9.]+', '"time": 1e300', events.read_text()))
    listed = propel("runs")
    assert (listed.returncode, second in listed.stdout) == (0, True), listed.stderr


def test_the_newest_is_first_in_every_time_zone(propel: Propel) -> None:
    first = launched(propel, "--", "true 1")
    again = json.loads(propel("launch", "--json", "--", "true 2", TZ="Etc/GMT+5").stdout)
    assert [run["run"] for run in runs(propel)] == [again["run"], first["run"]]


def test_attach_needs_a_terminal(propel: Propel, backend: str) -> None:
    said = launched(propel, "--backend", backend, "--", "sleep 60")
    answer = propel("attach", said["run"])
    assert answer.returncode == 2
    assert "needs a terminal" in answer.stderr
    assert backend in answer.stderr
    propel("kill", said["run"])
    answer = propel("attach", said["run"])
    assert answer.returncode == 2
    assert "is gone" in answer.stderr
    assert said["log"] in answer.stderr


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((), "There is no command."),
        (("--",), "There is no command."),
        (("--", ""), "There is no command."),
        (("--cwd", "gone", "--", "true"), "does not exist"),
        (("--backend", "slurm", "--", "true"), "slurm"),
    ],
)
def test_what_cant_be_launched(propel: Propel, arguments: tuple[str, ...], words: str) -> None:
    answer = propel("launch", *arguments)
    assert answer.returncode == 2
    assert words.casefold() in answer.stderr.casefold()
    assert "Traceback" not in answer.stderr
    assert runs(propel) == []


def test_neither_screen_nor_tmux(propel: Propel, tmp_path: Path) -> None:
    (tmp_path / "bin").mkdir()
    bash = shutil.which("bash")
    assert bash
    (tmp_path / "bin" / "bash").symlink_to(bash)
    answer = propel("launch", "--", "true", PATH=str(tmp_path / "bin"))
    assert answer.returncode == 2
    assert "Neither screen nor tmux" in answer.stderr
    assert "nstall it with" in answer.stderr


def test_a_state_folder_that_cant_be_made(propel: Propel, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    answer = propel("launch", "--", "true", XDG_STATE_HOME=str(tmp_path / "file"))
    assert answer.returncode == 2
    assert "can't be written" in answer.stderr
    assert propel("runs", "--json", XDG_STATE_HOME=str(tmp_path / "file")).stdout == "[]\n"


def test_nothing_is_left_in_the_project(propel: Propel, tmp_path: Path, backend: str) -> None:
    before = set(tmp_path.iterdir())
    said = launched(propel, "--backend", backend, "--", "true")
    propel("wait", said["run"])
    propel("kill", said["run"])
    assert set(tmp_path.iterdir()) - {tmp_path / "state"} == before


def test_the_words_work(propel: Propel, backend: str, environ: dict[str, str]) -> None:
    said = launched(propel, "--backend", backend, "--", "sleep 60")
    listed = subprocess.run(
        ["bash", "-c", said["list"]], env=environ, capture_output=True, text=True, check=False
    )
    assert said["session"] in listed.stdout
    subprocess.run(["bash", "-c", said["kill"]], env=environ, check=True)
    assert propel("wait", said["run"], "--timeout", "20").returncode == 1
    assert runs(propel)[0]["state"] == "lost"


def test_a_folder_that_is_a_file(propel: Propel, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    answer = propel("launch", "--cwd", "file", "--", "true")
    assert answer.returncode == 2
    assert answer.stderr.startswith(f"propel-helper: {tmp_path}/file is no folder.")
    assert runs(propel) == []


def test_a_launch_whose_answer_cant_be_written_is_told(
    environ: dict[str, str], tmp_path: Path
) -> None:
    with Path("/dev/full").open("w") as full:
        answer = subprocess.run(
            [sys.executable, "-m", "propel_helper", "launch", "--", "exit 3"],
            env=environ, cwd=tmp_path, stdout=full, stderr=subprocess.PIPE, text=True, check=False,
        )  # fmt: skip
    assert (answer.returncode, "Traceback" in answer.stderr) == (74, False)
    assert "could not be written: No space left on device." in answer.stderr
    assert len(list(Ledger.of(environ).records())) == 1
