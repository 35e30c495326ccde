"""What a run that prints a lot pays for being held, and how soon its bytes reach a reader.

A program that prints ``PROPEL_BENCH_MB`` (1024) MiB of training output times itself in a bare
``screen`` session, in one with screen's own log, as a run, and as a run that a server follows
besides. They take turns of a sixteenth each, every other time in reverse, and each is set against
the bare session of its own turn: the median of the sixteen counts, as one of these takes up to
twice as long while somebody else uses the machine. The aim: a run is at most 5% slower than the
bare session. ``cpu``: the same of the processor time that the session's server took, which is what
such a program waits for. ``beside_log`` tells what screen's own log costs by itself (a
write and four looks at the file for each 4 KiB that it reads): a run asks for no more than that.
The same for tmux, without an aim: its ``pipe-pane`` alone, a process that takes a copy of
everything, costs more than that.

Then a run prints the time 200 times; the follower's clock says how old each line is when it comes.
The aim: under 50 ms. One JSON line is printed.
"""

from __future__ import annotations

import json
import os
import queue
import re
import shlex
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import psutil

from propel_helper.app.launch import kill, launch
from propel_helper.app.watch import Watch
from propel_helper.app.watched import Watched
from propel_helper.runs.follow import LogFollower
from propel_helper.runs.ledger import Ledger

TURNS = 16
SIZE = (int(os.environ.get("PROPEL_BENCH_MB", "1024")) << 20) // TURNS
LINES = 200
AIM = 1.05
AIM_MS = 50.0
_AT = re.compile(rb"at ([0-9]+)\r?$")
PRINTS = """\
import os, sys, time
from pathlib import Path
block = b"".join(
    b"2026-01-02 03:04:05 INFO train: step %d loss %.4f lr 1.0e-04 grad_norm 1.2\\n" % (n, 3 / (n + 1))
    for n in range(1000)
)
left = int(sys.argv[1])
begun = time.perf_counter()
while left > 0:
    left -= os.write(1, block[:left])
Path(sys.argv[2] + ".new").write_text(str(time.perf_counter() - begun))
Path(sys.argv[2] + ".new").rename(sys.argv[2])
"""
TELLS = """\
import time
for _ in range({lines}):
    print("at", time.time_ns(), flush=True)
    time.sleep(0.02)
"""


class Silent:
    """Is told and does nothing."""

    def changed(self, watched: Watched) -> None:
        """A run is different now."""

    def ended(self, watched: Watched) -> None:
        """A run is over."""

    def gone(self, run: str) -> None:
        """A run was removed."""


@dataclass(frozen=True)
class Cost:
    """Seconds that the program took, and that the session's server was on a processor."""

    seconds: float
    cpu: float


class Ground:
    """A folder with sessions and a ledger of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.ledger = Ledger(folder / "state")
        (folder / "s").mkdir(mode=0o700)
        (folder / "t").mkdir(mode=0o700)
        self.environ = os.environ | {
            "SCREENDIR": str(folder / "s"),
            "TMUX_TMPDIR": str(folder / "t"),
        }
        self.environ.pop("TMUX", None)
        (folder / "prints.py").write_text(PRINTS)
        (folder / "tells.py").write_text(TELLS.format(lines=LINES))
        self._done = 0

    def bare(self, *options: str) -> Cost:
        """In a session that nobody added anything to; it stays for a while, as a run's does."""
        command, done = self._command()
        argv = ["screen", *options, "-dmS", "bare", "bash", "-c", f"{command}; sleep 60"]
        subprocess.run(argv, env=self.environ, cwd=self.folder, check=True)
        server = self._server()
        cost = _when_there(done, server)
        subprocess.run(
            ["screen", "-S", f"{server}.bare", "-X", "quit"], env=self.environ, check=True
        )
        for log in self.folder.glob("bare*.log"):
            log.unlink()
        return cost

    def bare_tmux(self, *pipe: str) -> Cost:
        """In a tmux session of its own; with ``pipe``, a command that takes its output."""
        command, done = self._command()
        # As in the backend: a pipe that is opened later would miss the first bytes.
        self._tmux("new-session", "-d", "-s", "bare", "sleep", "60")
        if pipe:
            self._tmux("pipe-pane", "-t", "bare", *pipe)
        self._tmux("respawn-pane", "-k", "-t", "bare", "bash", "-c", f"{command}; sleep 60")
        cost = _when_there(done, int(self._tmux("display-message", "-p", "#{pid}")))
        self._tmux("kill-session", "-t", "bare")
        (self.folder / "bare.log").unlink(missing_ok=True)
        return cost

    def held(self, backend: str = "screen") -> Cost:
        """As a run."""
        command, done = self._command()
        run = launch(self.ledger, command, str(self.folder), backend, self.environ)
        told = run.session.partition(".")[0]
        if backend == "tmux":
            told = self._tmux("display-message", "-p", "#{pid}")
        cost = _when_there(done, int(told))
        kill(self.ledger, run.run, 0.1)
        Path(run.log).unlink()
        return cost

    def followed(self) -> Cost:
        """As a run that a server follows, as a process of its own."""
        argv = [sys.executable, __file__, "follow", str(self.folder)]
        with subprocess.Popen(argv, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as server:
            assert server.stdout is not None
            server.stdout.readline()
            cost = self.held()
            server.communicate()
        return cost

    def latencies(self, backend: str) -> list[float]:
        """Milliseconds from each line's printing to its reader, sorted."""
        ages: queue.Queue[float] = queue.Queue()
        rest = b""

        def read(_key: str, _offset: int, data: bytes) -> None:
            nonlocal rest
            now = time.time_ns()
            *lines, rest = (rest + data).split(b"\n")
            for found in filter(None, map(_AT.match, lines)):
                ages.put((now - int(found[1])) / 1e6)

        follower = LogFollower(read)
        command = f"{shlex.quote(sys.executable)} tells.py"
        run = launch(self.ledger, f"sleep 0.5; {command}", str(self.folder), backend, self.environ)
        follower.follow(run.run, Path(run.log))
        found = [ages.get(timeout=60) for _ in range(LINES)]
        follower.close()
        kill(self.ledger, run.run, 0.1)
        return sorted(found)

    def _tmux(self, *words: str) -> str:
        asked = subprocess.run(
            ["tmux", *words], env=self.environ, cwd=self.folder, check=True, stdout=subprocess.PIPE
        )
        return asked.stdout.decode()

    def _server(self) -> int:
        """Process of the bare session."""
        while True:
            listed = subprocess.run(
                ["screen", "-ls"], env=self.environ, check=False, capture_output=True, text=True
            )
            found = re.search(r"([0-9]+)\.bare\b", listed.stdout)
            if found is not None:
                return int(found[1])
            time.sleep(0.01)

    def _command(self) -> tuple[str, Path]:
        self._done += 1
        done = self.folder / f"done-{self._done}"
        return shlex.join([sys.executable, "prints.py", str(SIZE), str(done)]), done


def _when_there(done: Path, server: int) -> Cost:
    while not done.exists():
        time.sleep(0.01)
    took = psutil.Process(server).cpu_times()
    return Cost(float(done.read_text()), took.user + took.system)


def follow(folder: Path) -> None:
    """Follow the runs of ``folder`` until standard input ends."""
    watch = Watch(Ledger(folder / "state"), (str(folder),), Silent(), lambda _: None)
    watch.start()
    print("ready", flush=True)
    sys.stdin.read()
    watch.close()


def main() -> int:
    """Exit status 1 when an aim is missed."""
    with tempfile.TemporaryDirectory(prefix="px") as name:
        ground = Ground(Path(name))
        ways: dict[str, Callable[[], Cost]] = {
            "bare": ground.bare,
            "beside_log": lambda: ground.bare("-L", "-Logfile", "bare.log"),
            "run": ground.held,
            "followed": ground.followed,
        }
        if shutil.which("tmux"):
            ways |= {
                "tmux_bare": ground.bare_tmux,
                "tmux_beside_log": lambda: ground.bare_tmux("exec cat >>bare.log"),
                "tmux_run": lambda: ground.held("tmux"),
            }
        costs = _in_turn(ways)
        late = {way: ground.latencies(way) for way in ("screen", "tmux") if shutil.which(way)}
    slower = {way: _against(costs, way, lambda cost: cost.seconds) for way in ways}
    busier = {way: _against(costs, way, lambda cost: cost.cpu) for way in ways}
    worst = max(found[int(len(found) * 0.99)] for found in late.values())
    print(
        json.dumps(
            {
                "bench": "run_output",
                "mib": SIZE * TURNS >> 20,
                "bare_s": round(sum(cost.seconds for cost in costs["bare"]), 1),
                **{f"{way}_slowed_by": round(found, 3) for way, found in slower.items()},
                **{f"{way}_cpu": round(found, 3) for way, found in busier.items()},
                "aim": AIM,
                **{f"{way}_median_ms": round(statistics.median(f), 1) for way, f in late.items()},
                **{f"{way}_p99_ms": round(f[int(len(f) * 0.99)], 1) for way, f in late.items()},
                "aim_ms": AIM_MS,
            }
        )
    )
    return 0 if slower["run"] <= AIM and worst < AIM_MS else 1


def _in_turn(ways: dict[str, Callable[[], Cost]]) -> dict[str, list[Cost]]:
    costs: dict[str, list[Cost]] = {way: [] for way in ways}
    for turn in range(TURNS):
        order = list(ways)[:: -1 if turn % 2 else 1]
        for way in order:
            costs[way].append(ways[way]())
    return costs


def _against(costs: dict[str, list[Cost]], way: str, what: Callable[[Cost], float]) -> float:
    bare = "tmux_bare" if way.startswith("tmux") else "bare"
    pairs = zip(costs[way], costs[bare], strict=True)
    return statistics.median(what(one) / what(alone) for one, alone in pairs)


if __name__ == "__main__":
    if sys.argv[1:2] == ["follow"]:
        follow(Path(sys.argv[2]))
        sys.exit(0)
    sys.exit(main())
