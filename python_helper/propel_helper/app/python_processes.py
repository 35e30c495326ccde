"""The Python processes of a run, who started whom, and which rank each is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from propel_helper.app.observe import is_python
from propel_helper.sessions import processes
from propel_helper.sessions.processes import Seen

MOST = 512
"""Processes that are looked at."""
_RANKS = {
    "RANK": "",
    "SLURM_PROCID": "SLURM_NTASKS",
    "OMPI_COMM_WORLD_RANK": "OMPI_COMM_WORLD_SIZE",
    "PMI_RANK": "PMI_SIZE",
    "PMIX_RANK": "",
}
"""Variables that tell a rank, with what tells how many there are: a job of one has a number, too."""
_DEEPEST = 32


@dataclass(frozen=True)
class PythonProcess:
    """A Python process of a run.

    Attributes:
        parent: process id of the nearest Python process of the run above it, None for the first.
        environ: its environment as it was started.
        rank: by what its launcher put into ``environ``, None without one. What a rank starts
            inherits its environment, and with it its rank.
    """

    seen: Seen
    parent: int | None
    environ: Mapping[str, str]
    rank: int | None

    @property
    def pid(self) -> int:
        """Its process id."""
        return self.seen.pid


def python_processes(seen: Iterable[Seen]) -> tuple[PythonProcess, ...]:
    """Those of ``seen`` that are Python, in their order, ``MOST`` at most."""
    pythons = [one for one in seen if is_python(one)][:MOST]
    pids = frozenset(one.pid for one in pythons)
    environs = [processes.environment(one.pid) for one in pythons]
    variable = _rank_variable(environs)
    return tuple(
        PythonProcess(one, _above(one.pid, pids), environ, _number(environ, variable))
        for one, environ in zip(pythons, environs, strict=True)
    )


def _above(pid: int, pythons: frozenset[int]) -> int | None:
    """The nearest of ``pythons`` above a process."""
    above = processes.parent(pid)
    for _ in range(_DEEPEST):
        if above is None or above <= 1:
            return None
        if above in pythons:
            return above
        above = processes.parent(above)
    return None


def _rank_variable(environs: Sequence[Mapping[str, str]]) -> str:
    """The variable that tells the ranks apart; "" without one."""
    for name, many in _RANKS.items():
        told = [environ for environ in environs if environ.get(name, "").isdigit()]
        several = len({environ[name] for environ in told}) > 1
        if told and (name == "RANK" or several or told[0].get(many, "1") != "1"):
            return name
    return ""


def _number(environ: Mapping[str, str], name: str) -> int | None:
    value = environ.get(name, "") if name else ""
    return int(value) if value.isdigit() and len(value) < 8 else None
