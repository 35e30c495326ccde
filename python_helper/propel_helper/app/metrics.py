"""Use case: the series and the progress of a run or a log."""

from __future__ import annotations

import math
import os
from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any, BinaryIO

from propel_helper.app.runs import NoRun, find
from propel_helper.app.typed_path import is_file, typed
from propel_helper.facts.problem import Problem
from propel_helper.facts.progress import Progress, ProgressWords
from propel_helper.metrics.reader import MetricsReader
from propel_helper.metrics.series import Series
from propel_helper.regular import stream
from propel_helper.runs.ledger import Ledger

CHUNK = 1024 * 1024
"""Bytes read at once."""
TAIL = 256 * 1024
"""Bytes at the end of a log that are read where all of it would take too long."""


def log_of(environ: Mapping[str, str], name: str) -> Path:
    """The log that ``name`` stands for: a file's path, or a run's id for its last attempt's.

    Raises:
        Problem: there is no such file and no such run.
    """
    path = typed(name)
    if is_file(path):
        return path
    try:
        return Path(find(Ledger.of(environ), name).last.log)
    except NoRun as problem:
        raise Problem(
            f"There is no log and no run {name!r}.", "`propel-helper runs` lists the runs."
        ) from problem


def read_log(log: Path) -> MetricsReader:
    """A reader that has seen all of ``log``.

    Raises:
        Problem: the log can't be read.
    """
    try:
        with stream(log) as file:
            return read_stream(file)
    except OSError as error:
        reason = error.strerror or str(error)
        raise Problem(
            f"Can't read {log}: {reason}.", "Name a readable log file or a run."
        ) from error


def last_step(log: Path) -> float | None:
    """The newest training step in the last ``TAIL`` bytes of a log, None when none stands there."""
    try:
        with stream(log) as file:
            start = max(0, os.fstat(file.fileno()).st_size - TAIL)
            file.seek(start)
            data = file.read(TAIL)
    except OSError:
        return None
    reader = MetricsReader()
    reader.feed(behind_a_break(data) or b"" if start else data)
    reader.end()
    return reader.progress().step


def behind_a_break(data: bytes) -> bytes | None:
    """``data`` without the rest of a line that began before it; None when no line begins in it."""
    ends = [at for at in (data.find(b"\n"), data.find(b"\r")) if at >= 0]
    return data[min(ends) + 1 :] if ends else None


def read_stream(stream: BinaryIO) -> MetricsReader:
    """A reader that has seen ``stream`` to its end."""
    reader = MetricsReader()
    while data := stream.read(CHUNK):
        reader.feed(data)
    reader.end()
    return reader


def metrics_json(reader: MetricsReader) -> dict[str, Any]:
    """What was read in the shape that ``propel-helper metrics --json`` prints (DESIGN section 5).

    ``at`` beside ``points`` has the place of each point on one line that never goes back (a step
    may start anew each epoch). JSON knows no infinite numbers: they are ``"nan"``, ``"inf"`` and
    ``"-inf"``.
    """
    return {
        "series": [series_json(one) for one in reader.series()],
        "progress": progress_json(reader.progress()),
    }


def series_json(series: Series) -> dict[str, Any]:
    """One series as JSON data."""
    points = [
        [plain(step), plain(value)] for step, value in zip(series.steps, series.values, strict=True)
    ]
    return {"name": series.name, "points": points, "at": [plain(place) for place in series.at]}


def progress_json(progress: Progress) -> dict[str, Any]:
    """The progress as JSON data, without what is not known."""
    found = {item.name: getattr(progress, item.name) for item in fields(progress)}
    return {name: plain(value) for name, value in found.items() if value is not None}


def plain(value: float) -> float | int | str:
    """A number as JSON takes it: whole ones without a point, infinite ones as text."""
    if not math.isfinite(value):
        return "nan" if math.isnan(value) else "inf" if value > 0 else "-inf"
    return int(value) if value == int(value) and abs(value) < 1e15 else value


def progress_words(progress: Progress) -> ProgressWords:
    """The progress in words; a loss that is no number is said as such."""
    step = "" if progress.step is None else f"{progress.step:.15g}"
    epoch = "" if progress.epoch is None else f"{progress.epoch:g}"
    return ProgressWords(
        epoch=epoch + (f"/{progress.epochs:g}" if epoch and progress.epochs else ""),
        step=step + (f"/{progress.total:.15g}" if step and progress.total else ""),
        loss="" if progress.loss is None else f"{progress.loss:.5g}",
        lr="" if progress.lr is None else f"{progress.lr:.3g}",
        rate="" if progress.rate is None else f"{progress.rate:.3g} steps/s",
        left="" if progress.eta_s is None else f"{duration(progress.eta_s)} left",
    )


def progress_text(progress: Progress) -> str:
    """The progress in one line for people; "" when the log told nothing."""
    words = progress_words(progress)
    named = (("epoch", words.epoch), ("step", words.step), ("loss", words.loss), ("lr", words.lr))
    parts = [f"{name} {text}" for name, text in named if text]
    return ", ".join([*parts, *filter(None, (words.rate, words.left))])


def duration(seconds: float) -> str:
    """``2 h 10 min``, ``45 s``."""
    whole = int(seconds)
    if whole < 60:
        return f"{whole} s"
    if whole < 3600:
        return f"{whole // 60} min"
    hours, minutes = divmod(whole // 60, 60)
    if hours >= 48:
        return f"{hours // 24} days {hours % 24} h"
    return f"{hours} h {minutes} min" if minutes else f"{hours} h"
