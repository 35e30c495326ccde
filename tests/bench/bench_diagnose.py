"""How fast a crash is found in a log, beside ripgrep counting its header in the same file.

A log of ``PROPEL_BENCH_MB`` (1024) MiB is made in a temporary folder: healthy output, and once more
with a traceback at its end. Both programs read it in turn, five times; medians are printed.
"""

from __future__ import annotations

import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

REPEATS = 5
TRACEBACK = b"""Traceback (most recent call last):
  File "/home/ana/tiny/train.py", line 21, in <module>
    main()
  File "/home/ana/tiny/train.py", line 12, in main
    print(rows[3])
IndexError: list index out of range
"""


def healthy(path: Path, size: int) -> None:
    """Write about ``size`` bytes of a training's output."""
    block = b"".join(
        b"2026-01-02 03:04:%02d INFO train: step %d loss %.4f lr 1.0e-04 grad_norm 1.2\n"
        % (step % 60, step, 3 / (step + 1))
        for step in range(20_000)
    )
    with path.open("wb") as file:
        while file.tell() < size:
            file.write(block)


def timed(command: list[str]) -> tuple[float, int]:
    """Seconds that ``command`` takes, and the most memory it held in KiB."""
    start = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as process:
        _, _, usage = os.wait4(process.pid, 0)
        process.returncode = 0
    return time.perf_counter() - start, usage.ru_maxrss


def compared(path: Path, rival: str | None) -> dict[str, float]:
    """Milliseconds of both on one log, in turn: medians, their ratio, and the helper's memory."""
    own = [sys.executable, "-m", "propel_helper", "diagnose", "--json", str(path)]
    ours, theirs, memory = [], [], 0
    for _ in range(REPEATS):
        seconds, held = timed(own)
        ours.append(seconds)
        memory = max(memory, held)
        if rival:
            theirs.append(timed([rival, "-c", "Traceback", str(path)])[0])
    figures: dict[str, float] = {"ms": round(statistics.median(ours) * 1e3), "mib": memory >> 10}
    if theirs:
        figures["rg_ms"] = round(statistics.median(theirs) * 1e3)
        figures["ratio"] = round(statistics.median(ours) / statistics.median(theirs), 2)
    return figures


def main() -> int:
    """Print one JSON line."""
    size = int(os.environ.get("PROPEL_BENCH_MB", "1024")) << 20
    rival = shutil.which("rg")
    with tempfile.TemporaryDirectory() as folder:
        small, well, crashed = (Path(folder) / f"{n}.log" for n in ("small", "healthy", "crashed"))
        small.write_bytes(TRACEBACK)
        healthy(well, size)
        shutil.copyfile(well, crashed)
        with crashed.open("ab") as file:
            file.write(TRACEBACK)
        figures = {path.stem: compared(path, rival) for path in (small, crashed, well)}
    print(json.dumps({"bench": "diagnose", "mib": size >> 20, **figures}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
