"""What following a hundred quiet runs costs, and opening a folder with many runs that are over.

``PROPEL_BENCH_RUNS`` (100) runs are launched in real screen sessions; then a process of its own
follows them as the server does, for ``PROPEL_BENCH_S`` (20) seconds. The aim: under 2% of a core.
The time is the process's own CPU time, so that a busy machine does not matter much.

Then a ledger of 500 runs that crashed, each with a log of 1 MiB, is opened: once before anybody
has looked at it, once after. One JSON line is printed.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import suppress
from pathlib import Path

from propel_helper.app.launch import kill, launch
from propel_helper.app.watch import Watch
from propel_helper.app.watched import Watched
from propel_helper.facts.problem import Problem
from propel_helper.facts.run import RunState
from propel_helper.runs.ledger import Ledger
from propel_helper.sessions import processes

RUNS = int(os.environ.get("PROPEL_BENCH_RUNS", "100"))
SECONDS = float(os.environ.get("PROPEL_BENCH_S", "20"))
PAST = 500
LOG_SIZE = 1024 * 1024
AIM = 2.0
TRACEBACK = """\
Traceback (most recent call last):
  File "train.py", line 3, in <module>
    main(rows)
IndexError: list index out of range
"""


class Counting:
    """Is told of runs and counts them."""

    def __init__(self) -> None:
        self.seen: set[str] = set()
        self.bell = threading.Event()

    def changed(self, watched: Watched) -> None:
        """A run is there."""
        self.seen.add(watched.run.run)
        self.bell.set()

    def ended(self, watched: Watched) -> None:
        """Nobody to tell."""

    def gone(self, run: str) -> None:
        """Nobody to tell."""


def opened(folder: str, count: int) -> tuple[Watch, float]:
    """A watch over ``folder``, and the seconds until it has taken up ``count`` runs."""
    listener = Counting()
    watch = Watch(Ledger.of(os.environ), (folder,), listener, lambda _: None)
    begun = time.perf_counter()
    watch.start()
    while len(listener.seen) < count:
        if not listener.bell.wait(120):
            raise RuntimeError(f"only {len(listener.seen)} of {count} runs were seen")
        listener.bell.clear()
    return watch, time.perf_counter() - begun


def follow(folder: str) -> None:
    """Follow and print the CPU seconds that it took."""
    watch, _ = opened(folder, RUNS)
    time.sleep(15)
    before = time.process_time()
    time.sleep(SECONDS)
    print(time.process_time() - before)
    watch.close()


def quiet_runs(folder: Path) -> float:
    """Percent of a core."""
    ledger = Ledger.of(os.environ)
    sessions = os.environ | {"SCREENDIR": str(folder / "s")}
    (folder / "s").mkdir(mode=0o700)
    try:
        for number in range(RUNS):
            text = f"echo step {number}; sleep 900"
            launch(ledger, text, str(folder), "screen", sessions)
        follower = subprocess.run(
            [sys.executable, __file__, "follow", str(folder)],
            check=True, capture_output=True, text=True,
        )  # fmt: skip
    finally:
        for record in ledger.records():
            with suppress(Problem):
                kill(ledger, record.run, grace_s=0.1)
    return float(follower.stdout) / SECONDS * 100


def past_runs(folder: Path) -> list[float]:
    """Seconds until a folder's runs are shown: the first time and the second."""
    ledger = Ledger.of(os.environ)
    noise = b"".join(b"step %d loss 0.1234 lr 1e-4\r\n" % step for step in range(LOG_SIZE // 30))
    for number in range(PAST):
        run = f"20240101-{number:06d}"
        ledger.create(run)
        ledger.append(
            run, "launched", run=run, cwd=str(folder), backend="screen",
            name=f"propel-train-{run}", host=processes.host(),
        )  # fmt: skip
        log = ledger.write(run, "attempt-1.log", noise + TRACEBACK.encode())
        ledger.append(
            run, "attempt", attempt=1, command=f"python train.py --seed {number}", log=str(log),
            text_file=str(log), nonce=f"{number:016x}", boot="",
        )  # fmt: skip
        ledger.append(
            run, "ended", attempt=1, state=RunState.FAILED.value, exit_status=1,
            reason="It ended with exit status 1.", ended=time.time(),
        )  # fmt: skip
    times = []
    for _ in range(2):
        watch, seconds = opened(str(folder), PAST)
        times.append(seconds)
        watch.close()
    return times


def main() -> int:
    """Exit status 1 when the aim is missed."""
    with tempfile.TemporaryDirectory(prefix="px") as name:
        folder = Path(name)
        os.environ["XDG_STATE_HOME"] = str(folder / "past")
        first, again = past_runs(folder)
        os.environ["XDG_STATE_HOME"] = str(folder / "quiet")
        percent = quiet_runs(folder)
    print(
        json.dumps(
            {
                "bench": "hundred_runs",
                "quiet_runs": RUNS,
                "percent_of_a_core": round(percent, 2),
                "aim": AIM,
                "past_runs": PAST,
                "open_first_s": round(first, 2),
                "open_again_s": round(again, 2),
            }
        )
    )
    return 0 if percent < AIM else 1


if __name__ == "__main__":
    if sys.argv[1:2] == ["follow"]:
        follow(sys.argv[2])
        sys.exit(0)
    sys.exit(main())
