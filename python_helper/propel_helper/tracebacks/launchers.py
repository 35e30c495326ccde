"""What launchers say of the processes that they started: which rank failed, and how.

Wordings: torch.distributed.elastic (multiprocessing/api.py and errors/__init__.py, 1.9 to 2.13),
torch.multiprocessing.spawn, DeepSpeed's launcher, c10d's ``[Rank N]``.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from propel_helper.facts.wording import Wording
from propel_helper.tracebacks.lines import Line

_RANK = Wording(r"^\s*rank\s*:\s*(?P<rank>\d+) \(local_rank: \d+\)")
_CODE = Wording(r"^\s*exitcode\s*:\s*(?P<code>-?\d+) \(pid: \d+\)")
_SAID = Wording(r"^\s*traceback\s*:\s*(?P<said>Signal \d+ \(\w+\) received by PID \d+)")
_FAILED = Wording(r"failed \(exitcode: (?P<code>-?\d+)\) local_rank: (?P<rank>\d+)")
_ROOT = Wording(r"^\s*Root Cause \(first observed failure\):")
_SPAWNED = Wording(r"^-- Process (?P<rank>\d+) terminated with the following error:")
_TERMINATED = -15


@dataclass(frozen=True)
class Failure:
    """A rank that failed: its exit code (-N for signal N), and what the launcher says of it."""

    rank: int
    code: int
    said: str = ""
    root: bool = False
    start: int = 0
    end: int = 0

    @property
    def by_itself(self) -> bool:
        """Whether the rank failed by itself; the launcher ends the others by SIGTERM."""
        return self.code != _TERMINATED


def failures(lines: Iterable[Line]) -> tuple[Failure, ...]:
    """Every failure that a launcher tells of, each rank once, in the order of the log."""
    found: dict[int, Failure] = {}
    rank: int | None = None
    root = False
    for line in lines:
        text = line.text
        if (
            "rank" not in text
            and "exitcode" not in text
            and not text.lstrip().startswith(("R", "t", "-"))
        ):
            continue
        root = root or bool(_ROOT.match(text))
        if match := _RANK.match(text):
            rank = int(match["rank"])
        elif (match := _CODE.match(text)) and rank is not None:
            found[rank] = Failure(rank, int(match["code"]), "", root, line.start, line.end)
        elif (match := _SAID.match(text)) and rank in found:
            known = found[rank]
            found[rank] = Failure(rank, known.code, match["said"], root, line.start, line.end)
        elif match := _FAILED.search(text):
            failed = int(match["rank"])
            found.setdefault(
                failed, Failure(failed, int(match["code"]), "", True, line.start, line.end)
            )
        elif match := _SPAWNED.match(text):
            spawned = int(match["rank"])
            found.setdefault(spawned, Failure(spawned, 1, "", True, line.start, line.end))
    return tuple(found.values())
