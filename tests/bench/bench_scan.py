"""Scanning: a tree of 100,000 files against ``fd -t f``, and a rescan after one file changed.

``fd`` (or Debian's ``fdfind``) is timed beside it when it is installed. The aims: a scan within
twice the time of ``fd``, a rescan under 50 ms, memory under 150 MB. ``PROPEL_REPOS`` may name a
folder of real repositories; each is then scanned, and rescanned after its README changed.
"""

from __future__ import annotations

import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from propel_helper.app.scan import Scanner

FOLDERS = 2_000
FILES = 50
ROUNDS = 5
SCRIPT = (
    "import torch\n\ndef main():\n    loss.backward()\n\nif __name__ == '__main__':\n    main()\n"
)
README = "# Net\n\n## Training\n\n```bash\npython train.py --lr 0.1\n```\n"
MODULE = "import os\n\n\ndef f(x):\n    return x\n" * 8
ENDINGS = ("py", "txt", "json", "png", "yaml")


def plant(top: Path) -> None:
    """100,000 files in 2,000 folders: a fifth of them Python, one of them a training script."""
    for at in range(FOLDERS):
        folder = top / f"pkg_{at // 40}" / f"mod_{at % 40}"
        folder.mkdir(parents=True)
        for number in range(FILES):
            ending = ENDINGS[number % len(ENDINGS)]
            (folder / f"file_{number}.{ending}").write_text(MODULE if ending == "py" else "x: 1\n")
    (top / "train.py").write_text(SCRIPT)
    (top / "README.md").write_text(README)


def best(work: Callable[[], object], rounds: int = ROUNDS) -> float:
    """Seconds of the fastest of some rounds, after one that warms the page cache."""
    work()
    times = []
    for _ in range(rounds):
        began = time.perf_counter()
        work()
        times.append(time.perf_counter() - began)
    return min(times)


def rescanned(top: Path, rounds: int = 9) -> float:
    """Median seconds of a rescan after the README changed; the README is left as it was."""
    scanner = Scanner(str(top))
    scanner.scan()
    readme = next(path for path in sorted(top.iterdir()) if path.name.lower().startswith("readme"))
    before = readme.read_bytes()
    times = []
    try:
        for number in range(rounds):
            readme.write_bytes(before + b"\n" * (number + 1))
            began = time.perf_counter()
            scanner.scan()
            times.append(time.perf_counter() - began)
    finally:
        readme.write_bytes(before)
    return statistics.median(times)


def large_tree(top: Path) -> None:
    """The made-up tree against ``fd``."""
    plant(top)
    fd = shutil.which("fd") or shutil.which("fdfind")
    scanned = best(lambda: Scanner(str(top)).scan())
    whole = [sys.executable, "-m", "propel_helper", "scan", str(top), "--json"]
    command = best(lambda: subprocess.run(whole, check=True, stdout=subprocess.DEVNULL))
    print(f"100,000 files: scan {scanned:.3f} s, `propel-helper scan` as a process {command:.3f} s")
    if fd:
        argv = [fd, "-t", "f", ".", str(top)]
        other = best(lambda: subprocess.run(argv, check=True, stdout=subprocess.DEVNULL))
        print(
            f"fd -t f: {other:.3f} s; scan / fd = {scanned / other:.2f}, "
            f"the process / fd = {command / other:.2f} (aim 2)"
        )
    print(f"rescan after one file changed: {rescanned(top) * 1000:.0f} ms (aim 50)")


def real_repositories(repos: Path) -> None:
    """Every checkout below ``repos``: first scan and rescan."""
    for top in sorted(path for path in repos.iterdir() if path.is_dir()):
        first = best(lambda top=top: Scanner(str(top)).scan(), 1)  # type: ignore[misc]
        try:
            again = f"{rescanned(top, 3) * 1000:4.0f} ms"
        except StopIteration:
            again = "no README"
        print(f"{top.name:50s} scan {first:6.2f} s, rescan {again}")


def main() -> int:
    """Print all figures."""
    with tempfile.TemporaryDirectory() as folder:
        large_tree(Path(folder))
    repos = os.environ.get("PROPEL_REPOS")
    if repos:
        real_repositories(Path(repos))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(f"memory at its highest: {peak / (1024 if sys.platform == 'linux' else 1024**2):.0f} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
