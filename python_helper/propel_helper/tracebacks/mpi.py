"""What an MPI library says when it ends the whole job by itself.

Wordings: Open MPI 1.2 to 5.0 (ompi/errhandler/errhandler_predefined.c, help-mpi-errors.txt), each line behind
``[host:pid]`` or not; MPICH, Intel MPI and Cray MPICH (src/mpi/errhan/errutil.c).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from propel_helper.facts.crash import Crash, CrashKind
from propel_helper.facts.wording import Wording
from propel_helper.tracebacks.lines import Line

# Open MPI prints its lines together, the verdict last.
_OPEN_MPI = Wording(
    r"^(?:\[[\w.-]+(?::\d+)?\] ?)?\*\*\* ?MPI_ERRORS_(?:ARE_FATAL|ABORT) \("
    r"(?:processes in this \w+ will now abort|your MPI job will now abort|goodbye)"
)
_BEGIN = Wording(r"^(?:\[[\w.-]+(?::\d+)?\] ?)?\*\*\* ?An error occurred in ")
_STARRED = Wording(r"^(?:\[[\w.-]+(?::\d+)?\] ?)?\*\*\* ")
_BY = Wording(r"\*\*\* reported by process \[\d+,(?P<rank>\d+)\]")
# MPICH prints its verdict first and the stack of its own calls below.
_MPICH = Wording(
    r"^(?:MPICH ERROR \[.{0,160}\] - |\[[^\]]{0,60}\] \[[^\]]{0,60}\] )?(?:Abort\(\d+\) (?:on node \d+ )?"
    r"\(rank (?P<rank>\d+) in comm -?\d+\): )?Fatal error in (?:P?MPI_|internal_)\w+: "
)
_OWN_STACK = Wording(r"^\w+\(\d*\)\.*:|^\(unknown\)\(\)")
_MOST_LINES = 12


def fatal(lines: Sequence[Line], index: int) -> Crash | None:
    """All that the library said up to or below ``lines[index]``, which is its verdict; else None."""
    text = lines[index].text
    if _OPEN_MPI.match(text):
        return _crash(lines[_begin(lines, index) : index + 1])
    if not _MPICH.match(text):
        return None
    end = index + 1
    while end < min(index + _MOST_LINES, len(lines)) and _OWN_STACK.match(lines[end].text):
        end += 1
    return _crash(lines[index:end])


def _begin(lines: Sequence[Line], index: int) -> int:
    """Where Open MPI's report begins that ends at ``index``; processes print through one another."""
    for above in range(index - 1, max(index - _MOST_LINES, -1), -1):
        text = lines[above].text
        if _BEGIN.match(text):
            return above
        if text and not _STARRED.match(text):
            break
    return index


def _crash(said: Sequence[Line]) -> Crash:
    message = "\n".join(line.text.strip() for line in said if line.text)
    crash = Crash(CrashKind.EXIT, None, message, start=said[0].start, end=said[-1].end)
    found = _MPICH.match(message) or _BY.search(message)
    rank = found["rank"] if found is not None else None
    return crash if rank is None else replace(crash, ranks=(int(rank),))
