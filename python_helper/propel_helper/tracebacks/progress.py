"""Whether training went on: output that only a program that still runs prints."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable

from propel_helper.tracebacks.lines import Line

_BAR = re.compile(r"(?P<percent>\d{1,3})%\|[^|]*\|\s*(?P<at>[\d.]+[kMG]?)/(?P<total>[\d.]+[kMG]?)")
# tqdm's form without a total.
_OPEN_BAR = re.compile(r"(?:^|\s)(?P<at>\d+)it \[\d[\d:]*, ")
_COUNTER = re.compile(
    r"(?<![\w/])(?:epochs?|(?:global[_ ]?|train[_ ]?|total[_ ]?)?steps?|iter(?:ation)?s?|updates?"
    r"|batch(?:es)?|episodes?)\b[^A-Za-z\d]{0,12}\d",
    re.IGNORECASE,
)
_MEASURE = re.compile(
    r"\b\w*(?:loss|lr|learning[_ ]rate|acc(?:uracy)?|reward|return|perplexity|ppl|psnr|miou"
    r"|grad_norm|it/s|s/it|samples/s(?:ec)?|tokens/s(?:ec)?|eta|time|score|f1)\b"
    r"[\"']?\s*[:=(\s|]\s*[-+]?(?:\d|nan|inf)|\d\s?(?:it/s|s/it)",
    re.IGNORECASE,
)
_RESULT = re.compile(
    r"^\s*\w+_(?:runtime|samples_per_second|steps_per_second)\s*=\s*\d"
    r"|^(?:validation|valid|val|eval(?:uation)?|test(?:ing)?|best|final)\b[^\"'{]{0,40}\d\.?\d*(?:\s|%|$)",
    re.IGNORECASE,
)
_DONE = re.compile(
    r"\b(?:training|train|run|fit(?:ting)?|job)\b.{0,30}\b(?:complete[d]?|finished|done)\b",
    re.IGNORECASE,
)
# A script says this too, after whatever became of the program that it started.
_BARE_DONE = re.compile(r"^\s*done[.!]?$", re.IGNORECASE)
# A record that tells no trouble, with its time.
_RECORD = re.compile(r"\d\d:\d\d:\d\d.*\bINFO\b")
_MANY_RECORDS = 10
# What prints after a process died: it overrules any output of the ranks that still ran.
_DEATH = re.compile(
    r"ChildFailedError|closing signal SIGTERM|\bfailed \(exitcode|exits with return code"
    r"|returned non-zero exit status|Killing subprocess|^srun: error:|slurmstepd|^exit code"
    r"|exited with (?:code|status) [1-9]|Primary job\s+terminated|Job .* (?:failed|FAILED)"
    r"|HYDRA_FULL_ERROR|\(failed \d+\)|make: \*\*\*",
)


def bar(text: str) -> tuple[str, str] | None:
    """Position and total of a progress bar in ``text``."""
    if "%|" in text:
        match = _BAR.search(text)
        return (match["at"], match["total"]) if match else None
    match = _OPEN_BAR.search(text) if "it [" in text else None
    return (match["at"], "") if match else None


def is_progress(text: str) -> bool:
    """Whether a line reports training that advances: a counter with a measure, or a result."""
    return _counts(text) or _is_result(text)


def _counts(text: str) -> bool:
    if text.startswith("wandb:"):
        return False
    return bool(_COUNTER.search(text) and _MEASURE.search(text))


def _is_result(text: str) -> bool:
    return not text.startswith("wandb:") and bool(_RESULT.match(text))


def is_done(text: str) -> bool:
    """Whether a line says that training came to its end."""
    return bool(_DONE.search(text) or _BARE_DONE.match(text))


class Progress:
    """Where in a log training showed that it goes on."""

    def __init__(self, lines: Iterable[Line]) -> None:
        bars: dict[tuple[str, str], int] = {}
        self._counted: list[int] = []
        self._told: list[int] = []
        self._deaths: list[int] = []
        self._done: list[int] = []
        self._records: list[int] = []
        for line in lines:
            position = bar(line.text)
            if position is not None:
                bars.setdefault(position, line.start)
            elif _counts(line.text):
                self._counted.append(line.start)
            elif _is_result(line.text) or _DONE.search(line.text):
                self._told.append(line.start)
            elif _BARE_DONE.match(line.text):
                self._done.append(line.start)
            if "INFO" in line.text and _RECORD.search(line.text):
                self._records.append(line.start)
            if _DEATH.search(line.text):
                self._deaths.append(line.start)
        self._bars = sorted(bars.values())

    def outlives(self, offset: int, *, logged: bool = False, whole: bool = False) -> bool:
        """Whether what stands after ``offset`` shows that the program survived until then.

        ``logged``: the traceback there is a logger's record, so that many further records without
        trouble tell that it was caught. ``whole``: it goes back to the program's first line, as
        that of an exception does which nobody caught.

        Bars redraw themselves when a program dies: only positions that were not drawn before
        count. What it had printed into a file's buffer comes out behind the traceback: one
        position alone, and one counting line alone, tell nothing.
        """
        if self._deaths and self._deaths[-1] >= offset:
            return False
        if self._told and self._told[-1] >= offset:
            return True
        if self._done and self._done[-1] >= offset and not whole:
            return True
        if logged and len(self._records) - bisect_left(self._records, offset) >= _MANY_RECORDS:
            return True
        return any(len(one) - bisect_left(one, offset) > 1 for one in (self._bars, self._counted))
