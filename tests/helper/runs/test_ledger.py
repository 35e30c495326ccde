"""The ledger loses at most its last line, and several processes may write it at once."""

from __future__ import annotations

import json
import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from propel_helper.facts.problem import Problem
from propel_helper.facts.run import RunState
from propel_helper.runs.ledger import EVENTS, Ledger, state_folder

LAUNCHED = {"cwd": "/p", "backend": "screen", "name": "propel-train-r", "host": "h"}
ATTEMPT = {"command": "python é.py # \n x", "log": "/s/a.log", "text_file": "/s/a", "nonce": "ab"}
WINDOW = {"session": "1.n", "place": "", "window": "", "pid": 7, "born": "9"}
ENDED = {"state": "failed", "exit_status": 3, "reason": "It ended.", "ended": 5.5}


def written(ledger: Ledger, run: str = "r") -> Path:
    assert ledger.create(run)
    ledger.append(run, "launched", run=run, **LAUNCHED)
    ledger.append(run, "attempt", attempt=1, boot="b", **ATTEMPT)
    ledger.append(run, "started", attempt=1, **WINDOW)
    ledger.append(run, "ended", attempt=1, **ENDED)
    ledger.append(run, "attempt", attempt=2, boot="b", **ATTEMPT | {"command": "two"})
    return ledger.folder_of(run) / EVENTS


def test_what_was_written_is_read(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path)
    written(ledger)
    record = ledger.record("r")
    assert record is not None
    first, second = record.attempts
    assert first.command == ATTEMPT["command"]
    assert first.ending is not None
    assert (first.ending.state, first.ending.exit_status) == (RunState.FAILED, 3)
    assert (second.number, second.command, second.ending, second.window) == (2, "two", None, None)
    assert record.window == first.window


def test_a_power_cut_at_any_byte_loses_at_most_the_last_line(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path)
    events = written(ledger)
    data = events.read_bytes()
    ends = [index + 1 for index, byte in enumerate(data) if byte == 10]
    for cut in range(len(data)):
        events.write_bytes(data[:cut])
        whole = sum(1 for end in ends if end <= cut)
        # A line that lacks nothing but its line break is whole too.
        whole += cut + 1 in ends
        record = ledger.record("r")
        assert (record is not None) == (whole >= 2)
        ledger.append("r", "killed", attempt=1)
        lines = events.read_bytes().split(b"\n")
        assert json.loads(lines[-2])["event"] == "killed"
        if whole >= 2:
            record = ledger.record("r")
            assert record is not None
            assert record.attempts[0].killed is not None
            assert len(record.attempts) == (2 if whole == 5 else 1)
            assert (record.attempts[0].ending is not None) == (whole >= 4)


@pytest.mark.parametrize(
    "junk",
    [
        b"\x00\xff\xfe\n",
        b"[1, 2]\n",
        b'{"event": "attempt"}\n',
        b'{"event": "ended", "attempt": 1, "state": "odd", "exit_status": 1, "reason": "", "ended": 1}\n',
        b'{"event": "started", "attempt": 9}\n',
        b'{"event": "of tomorrow", "attempt": 1, "time": 1}\n',
        b'{"event": ["x"], "attempt": {}, "time": "x"}\n',
        b"[" * 100_000 + b"\n",
        b'{"event": "fixed", "changes": 3}\n',
    ],
)
def test_what_cant_be_read_is_passed_over(tmp_path: Path, junk: bytes) -> None:
    ledger = Ledger(tmp_path)
    events = written(ledger)
    before = ledger.record("r")
    lines = events.read_bytes().splitlines(keepends=True)
    events.write_bytes(junk.join([b"", *lines, b""]))
    assert ledger.record("r") == before


def test_only_the_owner_can_read_it(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path / "state")
    events = written(ledger)
    log = ledger.write("r", "attempt-1.log", b"")
    assert stat.S_IMODE(events.stat().st_mode) == stat.S_IMODE(log.stat().st_mode) == 0o600
    assert stat.S_IMODE(events.parent.stat().st_mode) == 0o700
    assert stat.S_IMODE(ledger.folder.stat().st_mode) == 0o700


def test_an_id_is_given_once(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(lambda _: Ledger(tmp_path).create("x"), range(40))) == 1


APPEND = """
import sys
from pathlib import Path
from propel_helper.runs.ledger import Ledger
ledger = Ledger(Path(sys.argv[1]))
for number in range(30):
    ledger.append("r", "attempt", attempt=number, who=sys.argv[2], filler="x" * 5000)
"""


def test_writers_do_not_mix_their_lines(tmp_path: Path, environ: dict[str, str]) -> None:
    ledger = Ledger(tmp_path)
    ledger.create("r")
    writers = [
        subprocess.Popen([sys.executable, "-c", APPEND, str(tmp_path), str(who)], env=environ)
        for who in range(3)
    ]
    assert [writer.wait() for writer in writers] == [0, 0, 0]
    lines = (ledger.folder_of("r") / EVENTS).read_text().splitlines()
    assert len([json.loads(line) for line in lines if line]) == 90


def test_the_newest_run_comes_first(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path)
    names = ["20260101-000000", "20260101-000000-2", "20260101-000000-10", "20260102-000000"]
    for name in names:
        written(ledger, name)
    (ledger.folder / "junk").mkdir()
    (ledger.folder / "file").touch()
    assert [record.run for record in ledger.records()] == names[::-1]


@pytest.mark.parametrize("name", ["", ".", "..", "../r", "r/../r", "nothing", "x" * 300, "\0"])
def test_names_that_are_no_run(tmp_path: Path, name: str) -> None:
    ledger = Ledger(tmp_path)
    written(ledger)
    assert ledger.record(name) is None


def test_where_the_state_is() -> None:
    assert state_folder({"XDG_STATE_HOME": "/s", "HOME": "/h"}) == Path("/s/propel")
    assert state_folder({"XDG_STATE_HOME": "rel", "HOME": "/h"}) == Path("/h/.local/state/propel")
    assert state_folder({"XDG_STATE_HOME": "", "HOME": "/h"}) == Path("/h/.local/state/propel")


def test_a_state_folder_that_cant_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(Problem, match=r"can't be written.*XDG_STATE_HOME"):
        Ledger(tmp_path / "file").create("r")


def test_a_lock_goes_with_its_holder(tmp_path: Path, environ: dict[str, str]) -> None:
    ledger = Ledger(tmp_path)
    written(ledger)
    code = (
        "import sys, time; from pathlib import Path; from propel_helper.runs.ledger import Ledger\n"
        "with Ledger(Path(sys.argv[1])).alone('r'): print('held', flush=True); time.sleep(60)"
    )
    holder = subprocess.Popen(
        [sys.executable, "-c", code, str(tmp_path)], env=environ, stdout=subprocess.PIPE
    )
    assert holder.stdout is not None
    holder.stdout.readline()
    assert ledger.busy("r")
    holder.kill()
    holder.wait()
    holder.stdout.close()
    assert not ledger.busy("r")


def test_what_a_launch_left_that_was_ended_early(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path)
    launched = {"cwd": "/", "backend": "screen", "name": "x", "host": "h"}
    for name in ("empty", "launched", "written", "printed", "torn", "runs"):
        ledger.create(name)
    for name in ("launched", "written", "printed", "torn", "runs"):
        ledger.append(name, "launched", run=name, **launched)
    ledger.write("written", "attempt-1.log", b"")
    ledger.write("printed", "attempt-1.log", b"step 1")
    with (tmp_path / "runs" / "torn" / EVENTS).open("ab") as handle:
        handle.write(b'{"event": "atte')
    ledger.append("runs", "attempt", attempt=1)
    assert ledger.never_started(60.0) == ()
    assert sorted(ledger.never_started(-60.0)) == ["empty", "launched", "written"]
