"""What Slurm says of jobs: ``squeue`` for all of one person's at once, ``scontrol`` for one.

A controller is shared by a whole cluster, so it is asked for all jobs together and seldom.
A job that has ended is remembered for MinJobAge (300 s by default), then only accounting has it.
https://slurm.schedmd.com/squeue.html https://slurm.schedmd.com/scontrol.html
"""

from __future__ import annotations

import os
import re
import subprocess
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from propel_helper.sessions import program
from propel_helper.sessions.port import Unavailable

ANSWER_S = 5.0
"""How long Slurm may take to answer. Its own programs try for 9 to 18 s when nobody listens."""
KEPT_S = 5.0
"""How long an answer about the queue counts."""
_SILENT_S = 30.0

_COLUMNS = "%A|%T|%r|%S|%N|%j"
TIME = "%Y-%m-%dT%H:%M:%S"
"""How Slurm prints a time; local."""
# What changes how they print or what they leave out; the place and the cluster are given.
_SHAPING = re.compile(r"SQUEUE_|SCONTROL_|SLURM_TIME_FORMAT$|SLURM_CLUSTERS$|SLURM_BITSTR_LEN$")


@dataclass(frozen=True)
class Row:
    """A job in the queue. ``start``: seconds since the epoch, expected while it waits, or None."""

    state: str
    reason: str
    start: float | None
    nodes: str
    name: str


@dataclass(frozen=True)
class Job:
    """A job as ``scontrol show job`` has it. ``command``: the script and its arguments."""

    name: str
    state: str
    reason: str
    exit_code: int
    signal: int
    end: float | None
    time_limit: str
    nodes: str
    command: str


class Queue:
    """This person's jobs; an answer counts for 5 s, silence for 30 s. Raises ``Unavailable``."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._kept: dict[tuple[str, str], tuple[float, Mapping[str, Row] | Unavailable]] = {}

    def rows(self, place: str, cluster: str, *, fresh: bool = False) -> Mapping[str, Row]:
        """Jobs by their id, those that have ended not long ago too."""
        with self._lock:
            until, kept = self._kept.get((place, cluster), (0.0, {}))
            if time.monotonic() >= until or (fresh and not isinstance(kept, Unavailable)):
                kept = _listed(place, cluster)
                seconds = _SILENT_S if isinstance(kept, Unavailable) else KEPT_S
                self._kept[place, cluster] = (time.monotonic() + seconds, kept)
        if isinstance(kept, Unavailable):
            raise kept
        return kept

    def forget(self) -> None:
        """Ask anew next time, also where nobody answered."""
        with self._lock:
            self._kept.clear()


def show(place: str, cluster: str, job: str) -> Job | None:
    """One job, or None when Slurm does not remember it. Raises ``Unavailable``."""
    answer = ask(place, "scontrol", *on(cluster), "show", "job", job)
    if answer.returncode == 0 and "JobState=" in answer.stdout:
        return _job(answer.stdout)
    if "Invalid job id" in answer.stderr or not answer.stderr.strip():
        return None
    raise _silent(program.said(answer))


def on(cluster: str) -> tuple[str, ...]:
    """The option that names another cluster than this host's."""
    return ("-M", cluster) if cluster else ()


def silence(place: str) -> Unavailable | None:
    """Why Slurm does not answer, None when it does.

    ``scontrol ping`` answers in milliseconds where all others try for seconds.
    """
    # Slurm's programs would try for a minute.
    if place and not Path(place).is_file():
        return _silent(f"there is no {place} (SLURM_CONF)")
    try:
        answer = ask(place, "scontrol", "ping")
    except Unavailable as problem:
        return problem
    if re.search(r"\bUP\b", answer.stdout):
        return None
    return _silent(program.said(answer).partition(" ***")[0])


def ask(place: str, *argv: str) -> subprocess.CompletedProcess[str]:
    """Run one of Slurm's programs. Raises ``Unavailable`` when it is missing or takes too long."""
    environ = {name: value for name, value in os.environ.items() if not _SHAPING.match(name)}
    if place:
        environ["SLURM_CONF"] = place
    try:
        return program.run(argv, environ, ANSWER_S)
    except subprocess.TimeoutExpired:
        raise _silent(f"{argv[0]} got no answer within {ANSWER_S:.0f} s") from None
    except OSError as error:
        raise Unavailable(
            f"Slurm can't be asked from this host ({argv[0]}: {error.strerror}).",
            "Do this on a login node of the cluster.",
            present=False,
        ) from None


def _silent(told: str) -> Unavailable:
    return Unavailable(
        f"Slurm's controller does not answer: {told.rstrip('.')}.",
        "Try `scontrol ping`, or ask those who run the cluster; jobs that run go on meanwhile.",
        present=True,
    )


def _listed(place: str, cluster: str) -> Mapping[str, Row] | Unavailable:
    problem = None if cluster else silence(place)
    if problem is not None:
        return problem
    argv = ("squeue", *on(cluster), "-h", "-a", "-t", "all", "-u", str(os.getuid()))
    try:
        answer = ask(place, *argv, "-o", _COLUMNS)
    except Unavailable as unavailable:
        return unavailable
    if answer.returncode != 0:
        return _silent(program.said(answer))
    rows = {}
    for line in answer.stdout.splitlines():
        fields = line.split("|", 5)
        if len(fields) == 6:
            job, state, reason, start, nodes, name = fields
            rows[job] = Row(state, reason, time_of(start), nodes, name)
    return rows


def _job(text: str) -> Job:
    """Parses the first job of ``text``. A person's own texts stand behind all that is read."""
    found = {
        name: match[1]
        for name in ("JobName", "JobState", "Reason", "TimeLimit", "EndTime", "NodeList")
        if (match := re.search(rf"(?:^|\s){name}=(\S*)", text))
    }
    code = re.search(r"\sExitCode=([0-9]+):([0-9]+)", text)
    command = re.search(r"^ *Command=(.*)$", text, re.MULTILINE)
    return Job(
        name=found.get("JobName", ""),
        state=found.get("JobState", ""),
        reason=found.get("Reason", ""),
        exit_code=int(code[1]) if code else 0,
        signal=int(code[2]) if code else 0,
        end=time_of(found.get("EndTime", "")),
        time_limit=found.get("TimeLimit", ""),
        nodes=found.get("NodeList", "").replace("(null)", ""),
        command=command[1] if command else "",
    )


def time_of(text: str) -> float | None:
    """Seconds since the epoch of a time as Slurm prints it, local; None of "N/A" and "Unknown"."""
    try:
        return time.mktime(time.strptime(text, TIME))
    except ValueError:
        return None
