"""What following runs costs: processor time of a server that watches ``PROPEL_BENCH_RUNS`` (4) runs.

Each run prints ``PROPEL_BENCH_LINES`` (10) lines of training output a second for
``PROPEL_BENCH_SECONDS`` (20); the server reads every line for crashes and for progress. Its
processor time is compared with that of the same server while nothing is printed. The aim: below 5%
of one processor. One JSON line is printed.
"""

from __future__ import annotations

import json
import os
import shlex
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from propel_helper.app.launch import kill, launch
from propel_helper.app.meters import Meters
from propel_helper.app.watch import Watch
from propel_helper.app.watched import Watched
from propel_helper.runs.ledger import Ledger
from propel_helper.wire import RunNote, RunProgress

RUNS = int(os.environ.get("PROPEL_BENCH_RUNS", "4"))
LINES = float(os.environ.get("PROPEL_BENCH_LINES", "10"))
SECONDS = float(os.environ.get("PROPEL_BENCH_SECONDS", "20"))
AIM = 0.05
PRINTS = """\
import sys, time
rate = float(sys.argv[1])
step = 0
while True:
    step += 1
    if rate:
        print(f"step {step}/100000 loss {3 / step:.4f} lr 1.0e-04 grad_norm 1.2", flush=True)
    time.sleep(1 / (rate or 1))
"""


class Desk:
    """Is told, as the server is, and counts."""

    def __init__(self, ledger: Ledger) -> None:
        self.meters = Meters(ledger, self)
        self.told: Counter[str] = Counter()

    def changed(self, watched: Watched) -> None:
        """A run is different now."""
        self.meters.show(watched.run)

    def ended(self, watched: Watched) -> None:
        """A run is over."""

    def gone(self, run: str) -> None:
        """A run was removed."""

    def progressed(self, found: RunProgress) -> None:
        """A run is further."""
        self.told[found.run] += 1

    def reached(self, found: RunNote) -> None:
        """A target is reached."""


def follow(folder: Path) -> None:
    """Follow for a while; print the processor time that it took and how often was told."""
    ledger = Ledger(folder / "state")
    desk = Desk(ledger)
    watch = Watch(ledger, (str(folder),), desk, lambda _: None)
    watch.start()
    desk.meters.start()
    # Runs that have just started are looked at more often.
    time.sleep(12)
    begun, told = time.process_time(), desk.told.total()
    time.sleep(SECONDS)
    print(json.dumps([time.process_time() - begun, desk.told.total() - told]))
    watch.close()
    desk.meters.close()


def cost(lines: float) -> tuple[float, int]:
    """Processor seconds a second, and how often was told, with runs that print so much."""
    with tempfile.TemporaryDirectory(prefix="px") as name:
        folder = Path(name)
        (folder / "s").mkdir(mode=0o700)
        environ = os.environ | {"SCREENDIR": str(folder / "s")}
        (folder / "prints.py").write_text(PRINTS)
        ledger = Ledger(folder / "state")
        command = shlex.join([sys.executable, "prints.py", str(lines)])
        runs = [launch(ledger, command, name, "screen", environ) for _ in range(RUNS)]
        done = subprocess.run(
            [sys.executable, __file__, "follow", name], capture_output=True, check=True
        )
        for run in runs:
            kill(ledger, run.run, 0.1)
    seconds, told = json.loads(done.stdout)
    return seconds / SECONDS, told


def main() -> int:
    """Exit status 1 when the aim is missed."""
    quiet, _ = cost(0)
    busy, told = cost(LINES)
    print(
        json.dumps(
            {
                "bench": "following",
                "runs": RUNS,
                "lines_s": LINES,
                "seconds": SECONDS,
                "quiet_cpu": round(quiet, 4),
                "following_cpu": round(busy, 4),
                "told_per_run_s": round(told / RUNS / SECONDS, 2),
                "aim_cpu": AIM,
            }
        )
    )
    return 0 if busy < AIM else 1


if __name__ == "__main__":
    if sys.argv[1:2] == ["follow"]:
        follow(Path(sys.argv[2]))
        sys.exit(0)
    sys.exit(main())
