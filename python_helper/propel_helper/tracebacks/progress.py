"""Whether training went on: output that only a program that still runs prints."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable

from propel_helper.tracebacks.grammar import HEADER
from propel_helper.tracebacks.lines import Line

_BAR = re.compile(r"(?P<percent>\d{1,3})%\|[^|]*\|\s*(?P<at>[\d.]+[kMG]?)/(?P<total>[\d.]+[kMG]?)")
# tqdm's form without a total.
_OPEN_BAR = re.compile(r"(?:^|\s)(?P<at>\d+)it \[\d[\d:]*, ")
_COUNTER = re.compile(
    r"(?<![\w/])(?:ep(?:och)?s?|trials?|(?:global[_ ]?|train[_ ]?|total[_ ]?)?steps?|iter(?:ation)?s?|updates?"
    r"|batch(?:es)?|episodes?)\b[^A-Za-z\d]{0,12}\d",
    re.IGNORECASE,
)
_MEASURE = re.compile(
    r"\b\w*(?:loss|lr|learning[_ ]rate|acc(?:uracy)?|reward|return|perplexity|ppl|psnr|miou"
    r"|grad_norm|it/s|s/it|samples/s(?:ec)?|tokens/s(?:ec)?|eta|time|score|f1|value)\b"
    r"[\"']?\s*[:=(\s|]\s*[-+]?(?:\d|nan|inf)|\d\s?(?:it/s|s/it)",
    re.IGNORECASE,
)
_RESULT = re.compile(
    r"^\s*\w+_(?:runtime|samples_per_second|steps_per_second)\s*=\s*\d"
    r"|^(?:validation|valid|val|eval(?:uation)?|test(?:ing)?|best|final)\b[^\"'{]{0,40}\d\.?\d*(?:\s|%|$)",
    re.IGNORECASE,
)
_DONE = re.compile(
    r"\b(?:training|train|run|fit(?:ting)?)\b(?!\.\w).{0,30}\b(?:complete[d]?|finished|done)\b"
    r"|^\W*(?:complete[d]?|finished|done with|end of) (?:the )?(?:training|fitting)\b"
    r"|\btrain(?:ing)? (?:took|time)\b\W{0,3}\d|\d\d:\d\d:\d\d\S*\s*\|\s*SUCCESS\b",
    re.IGNORECASE,
)
# A script says this too, after whatever became of the program that it started.
_BARE_DONE = re.compile(
    r"^\s*(?:all )?done[.!]?$|^\s*\S{1,80}\.(?:sh|bash|py|slurm|sbatch):? (?:is )?(?:done|finished|completed?)[.!]?$"
    r"|^(?:\w+ ){0,2}(?:exit|return)(?:ed)?(?: with)?[ _-]?(?:status|code)\W{1,3}0$",
    re.IGNORECASE,
)
# Said where an exception was caught, by the program or by the script that starts it.
RETRIED = re.compile(
    r"^[^'\"(]{0,60}\b(?:retrying|trying again|falling back|resuming)\b", re.IGNORECASE
)
# A record that tells no trouble, with its time.
_RECORD = re.compile(r"\d\d:\d\d:\d\d.*\bINFO\b|^\[?INFO\b\W{1,6}\d[\d/-]{4,9}[ T]\d\d:\d\d:\d\d")
# Loggers write a record out at once, with its time, also into a file.
_TIMED = re.compile(r"^.{0,24}\d\d:\d\d:\d\d\b")
_DIGITS = re.compile(r"\d+")
_MANY_RECORDS = 10
_MOST_NESTED = 3
"""Bars that stand within each other: epochs, steps, and those of an evaluation."""
_BUFFER = 8192
"""Bytes that C and Python keep of what is printed into a file (``BUFSIZ``, ``DEFAULT_BUFFER_SIZE``)."""
# What prints after a process died: it overrules any output of the ranks that still ran.
_DEATH = re.compile(
    r"ChildFailedError|closing signal SIGTERM|\bfailed \(exitcode|exits with return code"
    r"|returned non-zero exit status|Killing subprocess|^srun: error:|slurmstepd|^exit code\W{0,3}[1-9]"
    r"|exited with (?:code|status) [1-9]|Primary job\s+terminated|Job .* (?:failed|FAILED)"
    r"|HYDRA_FULL_ERROR|\(failed \d+\)|make: \*\*\*",
)

# slurmstepd's mgr.c: a job is cancelled while it runs.
_CANCELLED = re.compile(r"\*\*\* JOB \d+ ON \S+ CANCELLED AT ")


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


def _is_below(text: str, above: str) -> bool:
    """Whether a measure stands in a line of its own, right below its counter."""
    return bool(_MEASURE.match(text.lstrip(" -")) and _COUNTER.search(above))


def _is_result(text: str) -> bool:
    return not text.startswith("wandb:") and bool(_RESULT.match(text))


def is_done(text: str) -> bool:
    """Whether a line says that training came to its end."""
    return bool(_DONE.search(text) or _BARE_DONE.match(text))


class Progress:
    """Where in a log training showed that it goes on."""

    def __init__(self, lines: Iterable[Line], *, buffered: bool = False) -> None:
        """``buffered``: how the program ended is not known, and it may have printed into a file."""
        bars: dict[tuple[str, str], int] = {}
        self._drawn: list[tuple[int, str]] = []
        self._counted: list[int] = []
        self._told: list[int] = []
        self._finished: list[int] = []
        self._deaths: list[int] = []
        self._done: list[int] = []
        self._cancelled: list[int] = []
        self._records: list[int] = []
        self._retried: list[int] = []
        self._headers: list[int] = []
        self._written: list[int] = []
        self._buffer = _BUFFER if buffered else 0
        self._shapes: dict[str, list[int]] = {}
        self._begin: int | None = None
        above = ""
        for line in lines:
            if self._begin is None:
                self._begin = line.start
            position = bar(line.text)
            counts = _counts(line.text) or _is_below(line.text, above)
            above = line.text
            if position is not None:
                if position not in bars:
                    self._drawn.append(
                        (
                            line.start,
                            line.text.partition("%")[0].rstrip("0123456789 ") + position[1],
                        )
                    )
                bars.setdefault(position, line.start)
            elif counts:
                self._counted.append(line.start)
                self._shapes.setdefault(_DIGITS.sub("0", line.text), []).append(line.start)
                if _TIMED.match(line.text):
                    self._written.append(line.start)
            elif _DONE.search(line.text):
                self._finished.append(line.start)
            elif _is_result(line.text):
                self._told.append(line.start)
            elif _BARE_DONE.match(line.text):
                self._done.append(line.start)
            if "INFO" in line.text and _RECORD.search(line.text):
                self._records.append(line.start)
            if HEADER.search(line.text):
                self._headers.append(line.start)
            if RETRIED.match(line.text):
                self._retried.append(line.start)
            if "CANCELLED" in line.text and _CANCELLED.search(line.text):
                self._cancelled.append(line.start)
            if _DEATH.search(line.text):
                self._deaths.append(line.start)
        self._bars = sorted(bars.values())

    def outlives(self, offset: int, *, logged: bool = False, whole: bool = False) -> bool:
        """Whether what stands after ``offset`` shows that the program survived until then.

        ``logged``: the traceback there is a logger's record, so that one of training that advances, or
        many without trouble, tell that it was caught. ``whole``: it goes back to the program's first line, as
        that of an exception does which nobody caught.

        Bars redraw themselves when a program dies, each once: only positions that were not drawn
        before count, and two of one bar, or more than bars stand within each other. What it had printed into a file's buffer comes out behind the traceback: one
        position alone, and one counting line alone, tell nothing, and behind an exception that
        nobody caught nothing does that fits into the buffer, unless lines alike came out before it, or one
        behind it tells of another try.
        After a process died, only the end of a training tells that a launcher started it again.
        """
        dead = _any(self._deaths, offset)
        if dead or whole:
            offset = max(offset, self._deaths[-1] if dead else 0)
            if self._went_on_to_the_end(offset) or dead:
                return self._went_on_to_the_end(offset)
        elif _any(self._finished, offset):
            return True
        if logged and (
            _any(self._written, offset) or _count(self._records, offset) >= _MANY_RECORDS
        ):
            return True
        if self._advances(offset) or _count(self._written, offset) > 1:
            return True
        at_once = not whole or self._is_at_once(offset) or _any(self._retried, offset)
        if at_once and _any(self._done, offset):
            return True
        offset += 0 if at_once else self._buffer
        return _any(self._told, offset) or _count(self._counted, offset) > 1

    def _advances(self, offset: int) -> bool:
        """Whether bars were drawn after ``offset`` that are more than the last of each."""
        drawn = [name for start, name in self._drawn if start >= offset]
        return len(drawn) > _MOST_NESTED or len(set(drawn)) < len(drawn)

    def counts(self, offset: int) -> bool:
        """Whether training advanced, or ended, after ``offset``."""
        found = (self._counted, self._told, self._bars, self._finished, self._done)
        return any(_any(one, offset) for one in found)

    def died(self, offset: int) -> bool:
        """Whether a launcher or scheduler tells of a process's death after ``offset``."""
        return _any(self._deaths, offset)

    def was_cancelled(self, offset: int) -> bool:
        """Whether the scheduler tells after ``offset`` that it ended the job, which ran until then."""
        return _any(self._cancelled, offset)

    def has_record(self, offset: int) -> bool:
        """Whether a logger told no trouble after ``offset``."""
        return _any(self._records, offset)

    def _went_on_to_the_end(self, offset: int) -> bool:
        """Whether training advanced after ``offset`` and then said that it is at its end.

        A script says the latter by itself, after whatever became of the training.
        """
        end = self._finished[-1] if self._finished else -1
        return any(
            bisect_left(one, offset) < bisect_left(one, end)
            for one in (self._counted, self._told, self._bars)
        )

    def _is_at_once(self, offset: int) -> bool:
        """Whether lines alike stand on both sides of a traceback, with too little before to fill a buffer.

        Out of a buffer they would all have come behind it.
        """
        if self._begin != 0:
            return False
        sides = [at for at in (*self._headers, offset) if at < self._buffer]
        return any(some[0] < at <= some[-1] for some in self._shapes.values() for at in sides)


def _any(offsets: list[int], offset: int) -> bool:
    return bool(offsets) and offsets[-1] >= offset


def _count(offsets: list[int], offset: int) -> int:
    return len(offsets) - bisect_left(offsets, offset)
