"""One bad record breaks no command, and what is no regular file is never waited for."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from propel_helper.app.prune import candidates
from propel_helper.app.runs import all_runs
from propel_helper.app.show import show
from propel_helper.facts.problem import Problem
from propel_helper.facts.run import Run, RunState
from propel_helper.runs.ledger import EVENTS, Ledger
from propel_helper.sessions import named, processes
from propel_helper.sessions.port import Held, Phase

Propel = Callable[..., "subprocess.CompletedProcess[str]"]

ASKED = (("show",), ("wait", "--timeout", "0.1"), ("diagnose",), ("check-in",), ("metrics",))
LAUNCHED = {"cwd": "/", "name": "propel-train-r", "host": processes.host()}
WINDOW = {"session": "1.n", "place": "", "window": "", "pid": 4_000_000, "born": "9"}
SEEN = {"pid": 7, "arguments": ["a"], "program": "/p", "python": None, "cwd": "/", "environment": "", "differs": []}  # fmt: skip
ENDED = {"state": "failed", "exit_status": 3, "reason": "It ended.", "ended": 5.5}
FIXED = {"rule": "r", "fix": "f", "fingerprint": "x", "changes": ["a:1"], "step": 3, "files": [{"file": "/a", "before": "/b", "after": "c"}]}  # fmt: skip
ODD_NUMBERS = (
    "1e999",
    "1e300",
    "-1e999",
    "-5",
    '"x"',
    "null",
    "[[]]",
    "{}",
    "true",
    "NaN",
    "9" * 400,
)


@pytest.fixture
def backend() -> str:
    """What holds a run does not matter here."""
    return "screen"


def written(ledger: Ledger, run: str, backend: str = "screen") -> Path:
    """A run that ended, as a helper would have left it."""
    assert ledger.create(run)
    folder = ledger.folder_of(run)
    ledger.append(run, "launched", run=run, backend=backend, **LAUNCHED)
    text, log = (ledger.write(run, f"attempt-1.{what}", b"exit 3\n") for what in ("command", "log"))
    ledger.append(
        run, "attempt", attempt=1, command="exit 3", log=str(log), text_file=str(text),
        nonce="ab", boot=processes.boot_id(),
    )  # fmt: skip
    (folder / "attempt-1.command.pid").write_text("7\n")
    ledger.append(run, "started", attempt=1, **WINDOW)
    return folder


def check_all(propel: Propel, run: str, others: tuple[str, ...]) -> list[str]:
    """Every command answers in a sentence; ``runs`` shows the others. What was said of ``run``."""
    said = []
    for name, *rest in ASKED:
        answer = propel(name, run, *rest)
        assert answer.returncode in (0, 1, 2, 3), (name, answer)
        assert "Traceback" not in answer.stderr, (name, answer.stderr)
        said.append(answer.stdout + answer.stderr)
    listed = propel("runs", "--json")
    assert "Traceback" not in listed.stderr
    assert {one["run"] for one in json.loads(listed.stdout)} == {run, *others}
    more: tuple[tuple[str, ...], ...] = (
        ("runs",),
        ("runs", "--search", "exit"),
        ("prune", "--yes", "--keep", "9"),
    )
    for words in more:
        assert propel(*words).returncode == 0
    return said


def test_numbers_that_are_none_are_passed_over(propel: Propel, ledger: Ledger) -> None:
    written(ledger, "20260101-000000")
    folder = written(ledger, "20260101-000001")
    before = ledger.record(folder.name)
    assert before is not None
    with (folder / EVENTS).open("a") as events:
        for line in (
            '{"event":"ended","attempt":1,"state":"failed","exit_status":X,"ended":5,"reason":"","time":X}',
            '{"event":"ended","attempt":1,"state":"failed","exit_status":1,"ended":X,"reason":3,"time":X}',
            '{"event":"killed","attempt":X,"time":X}',
            '{"event":"started","attempt":1,"session":X,"place":"","window":"","pid":X,"born":X,"time":1}',
            '{"event":"reverted","number":X,"time":1}',
            '{"event":"attempt","attempt":X,"command":X,"log":X,"text_file":"/x","nonce":"a","boot":"","time":X}',
        ):
            events.writelines(line.replace("X", odd) + "\n" for odd in ODD_NUMBERS)
    check_all(propel, folder.name, ("20260101-000000",))


_EVENTS: list[dict[str, Any]] = [
    {"event": "launched", "run": "r", "backend": "screen", **LAUNCHED},
    {"event": "attempt", "attempt": 1, "command": "exit 3", "log": "/no/log", "text_file": "/no/text", "nonce": "ab", "boot": "b", "options": "", "debugged": ""},
    {"event": "started", "attempt": 1, **WINDOW, "oom_kills": 1, "oom_counter": "/no", "python": "/p", "moved": False},
    {"event": "observed", "attempt": 1, **SEEN},
    {"event": "fixed", "attempt": 1, **FIXED},
    {"event": "rewritten", "number": 1, "files": FIXED["files"]},
    {"event": "reverted", "number": 1},
    {"event": "killed", "attempt": 1},
    {"event": "ended", "attempt": 1, **ENDED},
]  # fmt: skip
_ODD: st.SearchStrategy[Any] = st.sampled_from(
    [None, True, -1, 0, 10**12, 10**300, 1e300, float("inf"), float("nan"), "", "\0", "\ud800", "x", [], [[]], [0], {}, {"file": 3}, "running"]
)  # fmt: skip


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150, deadline=None
)
@given(st.data())
def test_any_value_of_any_event_may_be_odd(tmp_path: Path, data: st.DataObject) -> None:
    ledger = Ledger(tmp_path)
    folder = tmp_path / "runs" / "r"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "attempt-7.log").write_text("x")
    events = [{"time": 5, **event} for event in _EVENTS]
    for _ in range(data.draw(st.integers(1, 3))):
        event = data.draw(st.sampled_from(events))
        event[data.draw(st.sampled_from(sorted(event)))] = data.draw(_ODD)
    (folder / EVENTS).write_text("".join(json.dumps(event) + "\n" for event in events))
    (run,) = all_runs(ledger)
    assert isinstance(run.state, RunState)
    if ledger.record("r"):
        # A backend that there is not is told in a sentence.
        with suppress(Problem):
            show(ledger, "r")
        candidates(ledger, 0, 0)


def _fifo(path: Path) -> None:
    os.mkfifo(path)


@pytest.mark.parametrize("file", [EVENTS, "attempt-1.log", "attempt-1.command"])  # fmt: skip
@pytest.mark.parametrize(
    ("what", "make"),
    [
        ("a named pipe", _fifo),
        ("a folder", Path.mkdir),
        ("a device", lambda path: path.symlink_to("/dev/zero")),
    ],
)
def test_what_is_no_regular_file_is_not_waited_for(
    propel: Propel, ledger: Ledger, file: str, what: str, make: Callable[[Path], None]
) -> None:
    written(ledger, "20260101-000000")
    folder = written(ledger, "20260101-000001")
    (folder / file).unlink(missing_ok=True)
    make(folder / file)
    said = check_all(propel, folder.name, ("20260101-000000",))
    log = folder / "attempt-1.log"
    if file == log.name:
        assert f"Can't read {log}: it is {what}, no regular file." in said[2]
    if file == EVENTS:
        assert (
            f"Its record is damaged ({folder / EVENTS}: it is {what}, no regular file)" in said[0]
        )
        assert f"Its log is {log}." in said[0]


@pytest.mark.parametrize(
    "left", [b"", b"\0\xff" * 500, b'{"event": "launched", "run": "2026', None]
)
def test_a_damaged_record_is_told_as_that(
    propel: Propel, ledger: Ledger, start: Callable[[str], Run], left: bytes | None
) -> None:
    written(ledger, "20260101-000000")
    run = start("echo on; sleep 30")
    events = ledger.folder_of(run.run) / EVENTS
    whole = events.read_bytes()
    if left is None:
        events.unlink()
    else:
        events.write_bytes(left)
    try:
        said = check_all(propel, run.run, ("20260101-000000",))
        assert all("record is damaged" in one and run.log in one for one in said[:2]), said
        assert not any("no run" in one for one in said), said
        assert "No crash" in propel("diagnose", run.log).stdout
        assert f"record is damaged ({events}" in propel("kill", run.run).stderr
        assert run.log in propel("show", run.log).stderr
        (listed,) = (one for one in all_runs(ledger) if one.run == run.run)
        assert (listed.command, listed.log) == ("echo on; sleep 30", run.log)
        assert "record is damaged" in propel("runs").stdout
    finally:
        events.write_bytes(whole)


@pytest.mark.parametrize("session", ["", "x", "1", "9999999999999999999.x", "-1.x"])
@pytest.mark.parametrize("name", ["screen", "tmux"])
def test_a_session_that_is_none(session: str, name: str) -> None:
    held = Held(session, "", "x", 4_000_000, "9")
    assert (named(name).alive(held), named(name).phase(held, "ab")) == (False, Phase.GONE)
    assert session in named(name).words(held).attach


def test_a_launch_that_is_under_way_is_no_damage(ledger: Ledger) -> None:
    assert ledger.create("r")
    assert ledger.damage("r") is None
    ledger.append("r", "launched", run="r", backend="screen", **LAUNCHED)
    ledger.write("r", "attempt-1.command", b"exit 3")
    ledger.write("r", "attempt-1.log", b"")
    assert (ledger.damage("r"), all_runs(ledger)) == (None, ())
