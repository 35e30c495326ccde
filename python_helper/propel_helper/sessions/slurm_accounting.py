"""What accounting remembers of a job that the controller has forgotten: ``sacct``.

Written by its manual page (https://slurm.schedmd.com/sacct.html): ``-P`` separates by ``|``,
``-X`` leaves the steps out, a cancelled job's state reads ``CANCELLED by UID``. Clusters without
accounting answer with an error, and nothing is known then.
"""

from __future__ import annotations

from propel_helper.sessions.port import Unavailable
from propel_helper.sessions.slurm_queue import Job, ask, on, time_of

_COLUMNS = ("State", "ExitCode", "End", "Timelimit", "NodeList", "JobName")


def remembered(place: str, cluster: str, job: str, name: str) -> Job | None:
    """The job of that number and name, None when accounting has none or there is none."""
    argv = ("sacct", *on(cluster), "-n", "-P", "-X", "-j", job, "-o", ",".join(_COLUMNS))
    try:
        answer = ask(place, *argv)
    except Unavailable:
        return None
    return parsed(answer.stdout, name) if answer.returncode == 0 else None


def parsed(text: str, name: str) -> Job | None:
    """The last job called ``name`` of what sacct printed: numbers are given anew one day."""
    found = None
    for line in text.splitlines():
        fields = line.split("|", len(_COLUMNS) - 1)
        if len(fields) != len(_COLUMNS) or fields[-1] != name:
            continue
        state, code, end, limit, nodes, _ = fields
        status, _, signal = code.partition(":")
        found = Job(
            name=name,
            state=state.split(" ", 1)[0].rstrip("+"),
            reason="",
            exit_code=int(status) if status.isdecimal() else 0,
            signal=int(signal) if signal.isdecimal() else 0,
            end=time_of(end),
            time_limit=limit,
            nodes="" if nodes == "None assigned" else nodes,
            command="",
        )
    return found
