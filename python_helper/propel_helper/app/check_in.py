"""Use case: what a person should hear who looks after a run: state, progress, and prompts."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import median
from typing import Any

from propel_helper.app.answers import standing_answers, target
from propel_helper.app.gpus import gpus, held_by
from propel_helper.app.metrics import plain, progress_json, read_log
from propel_helper.app.runs import find, run_of
from propel_helper.app.target import target_of
from propel_helper.coach.course import Checkpoint, Course
from propel_helper.coach.during import prompts
from propel_helper.facts.problem import Problem
from propel_helper.facts.prompt import Prompt
from propel_helper.facts.run import Run, RunState
from propel_helper.metrics.reader import MetricsReader
from propel_helper.metrics.series import Series
from propel_helper.runs.ledger import Ledger
from propel_helper.runs.record import Record

DISMISSED = "prompt-dismissed"
"""Event of the record: ``attempt`` and ``prompt``, an id that a person wants no more of."""

_SUFFIXES = (
    ".pt", ".pth", ".ckpt", ".safetensors", ".h5", ".keras", ".pdparams", ".npz", ".msgpack",
    ".pth.tar", ".tar", ".bin", ".pkl", ".weights", ".distcp", ".zip", ".index",
)  # fmt: skip
_SURE = (
    ".pt",
    ".pth",
    ".ckpt",
    ".safetensors",
    ".h5",
    ".keras",
    ".pdparams",
    ".distcp",
    ".pth.tar",
)
_WORDS = ("ckpt", "checkpoint", "model", "weights", "epoch", "step", "last", "best", "state")
_SKIPPED = frozenset("node_modules __pycache__ site-packages venv .venv .git env wandb".split())
_LOOK_S = 1.0
"""Seconds that looking for checkpoints may take."""
_LOOKS = 3
"""Times that GPUs are looked at: a kernel may just have ended."""


@dataclass(frozen=True)
class CheckIn:
    """What is said of a run; ``dismissed``: ids of prompts that a person wants no more of."""

    run: Run
    reader: MetricsReader
    course: Course
    prompts: tuple[Prompt, ...]
    dismissed: tuple[str, ...]


def check_in(ledger: Ledger, name: str) -> CheckIn:
    """How the run stands now.

    Raises:
        Problem: there is no such run, or its log can't be read.
    """
    record = find(ledger, name)
    run = run_of(ledger, record)
    reader = read_log(Path(run.log))
    wanted = target(standing_answers(ledger, record).get("target-metric", ""))
    course = replace(_course(run, record, reader), target=target_of(reader, wanted))
    gone = dismissed(ledger, record.run)
    said = tuple(one for one in prompts(course) if one.id not in gone)
    return CheckIn(run, reader, course, said, gone)


def dismiss(ledger: Ledger, name: str, prompt: str) -> None:
    """Say no more of ``prompt`` for this run.

    Raises:
        Problem: there is no such run, or its record can't be written.
    """
    record = find(ledger, name)
    if not prompt.strip():
        raise Problem("No prompt is named.", "`propel-helper check-in RUN` shows the names.")
    ledger.append(record.run, DISMISSED, attempt=record.last.number, prompt=prompt)


def dismissed(ledger: Ledger, run: str) -> tuple[str, ...]:
    """Ids of the prompts that a person has dismissed for this run."""
    found = (event.get("prompt") for event in ledger.events(run) if event.get("event") == DISMISSED)
    return tuple(dict.fromkeys(str(one) for one in found))


def check_in_json(found: CheckIn) -> dict[str, Any]:
    """The shape that ``propel-helper check-in --json`` prints (DESIGN section 5)."""
    newest = found.course.checkpoints[0] if found.course.checkpoints else None
    return {
        "run": found.run.run,
        "state": found.run.state.value,
        "command": found.run.command,
        "elapsed_s": round(found.course.elapsed_s, 3),
        "silent_s": found.course.silent_s,
        "checkpoint": {"file": newest.file, "age_s": round(newest.age_s, 3)} if newest else None,
        "progress": progress_json(found.reader.progress()),
        "prompts": [prompt_json(one) for one in found.prompts],
        "dismissed": found.dismissed,
    }


def prompt_json(prompt: Prompt) -> dict[str, Any]:
    """One prompt as JSON data."""
    evidence = {
        name: value if isinstance(value, str) else plain(value)
        for name, value in prompt.evidence.items()
    }
    said: dict[str, Any] = {"id": prompt.id, "text": prompt.text, "evidence": evidence}
    if prompt.file is not None:
        said |= {"file": prompt.file, "line": prompt.line}
    return said


def _course(run: Run, record: Record, reader: MetricsReader) -> Course:
    now = time.time()
    running = run.state is RunState.RUNNING
    end = now if running or run.ended is None else run.ended
    series = {one.name: one for one in reader.series()}
    loss, rate = series.get("loss"), series.get("rate")
    grown = _modified(Path(run.log))
    own, older = _checkpoints(Path(run.cwd), run.started, end)
    return Course(
        running=running,
        elapsed_s=max(0.0, end - run.started),
        steps=loss.at if loss else (),
        losses=loss.values if loss else (),
        rate_steps=rate.at if rate else (),
        rates=rate.values if rate else (),
        silent_s=None if grown is None or not running else max(0.0, now - max(grown, run.started)),
        gap_s=_gap(reader, run, grown, rate, loss),
        checkpoints=own,
        older_checkpoint=older,
        precision=_precision(run.command),
        idle_gpus=_idle_gpus(record) if running else (),
    )


def _gap(
    reader: MetricsReader, run: Run, grown: float | None, rate: Series | None, loss: Series | None
) -> float | None:
    """Seconds between two reports: by the speed and steps that they tell, else on the average."""
    if loss is not None and rate is not None and len(loss) > 3 and len(rate):
        between = [b - a for a, b in zip(loss.at, loss.at[1:], strict=False) if b > a]
        usual = median(rate.values)
        if between and usual > 0:
            return median(between[-1000:]) / usual
    if grown is None or reader.samples < 3:
        return None
    return max(0.0, grown - run.started) / reader.samples


def usual_gap(run: Run) -> float | None:
    """Seconds that usually lie between two of the run's reports, None when it made too few.

    Raises:
        Problem: its log can't be read.
    """
    reader = read_log(Path(run.log))
    series = {one.name: one for one in reader.series()}
    grown = _modified(Path(run.log))
    return _gap(reader, run, grown, series.get("rate"), series.get("loss"))


def _modified(path: Path) -> float | None:
    try:
        return path.stat().st_mtime
    except OSError:
        return None


def _checkpoints(
    cwd: Path, started: float, now: float
) -> tuple[tuple[Checkpoint, ...], Checkpoint | None]:
    """Checkpoints below ``cwd`` that were written since ``started``, and the newest older one.

    A file belongs to the run when it was touched since the run began (its change time, which no
    program sets); its age is that of its content.
    """
    own: list[Checkpoint] = []
    older: Checkpoint | None = None
    for path, stat in _model_files(cwd):
        shown = path.relative_to(cwd).as_posix()
        found = Checkpoint(shown, max(0.0, now - stat.st_mtime))
        if stat.st_ctime >= started - 1:
            own.append(found)
        elif older is None or found.age_s < older.age_s:
            older = found
    return tuple(sorted(own, key=lambda one: one.age_s)), older


def _model_files(top: Path) -> Iterator[tuple[Path, os.stat_result]]:
    ends = time.monotonic() + _LOOK_S
    pending = [(top, 0)]
    while pending and time.monotonic() < ends:
        folder, depth = pending.pop(0)
        try:
            with os.scandir(folder) as entries:
                for entry in entries:
                    if entry.is_dir(follow_symlinks=False):
                        if entry.name not in _SKIPPED and depth < 6:
                            pending.append((Path(entry.path), depth + 1))
                    elif _is_checkpoint(entry.name, folder.name):
                        yield Path(entry.path), entry.stat()
        except OSError:
            continue


def _is_checkpoint(name: str, folder: str) -> bool:
    low = name.lower()
    if low.startswith((".", "events.out")) or not low.endswith(_SUFFIXES):
        return False
    if low.endswith(_SURE):
        return not low.startswith(("optimizer", "scheduler", "rng_state"))
    return any(word in low or word in folder.lower() for word in _WORDS)


def _precision(command: str) -> str | None:
    low = command.lower().replace("-", "_")
    return next(
        (name for name in ("bf16", "fp16") if name in low),
        "amp" if "amp" in low.split("_") else None,
    )


def _idle_gpus(record: Record) -> tuple[int, ...]:
    """GPUs that the run's processes hold and that stood still each time they were looked at."""
    held = set(held_by(record, gpus()))
    for _ in range(_LOOKS):
        if not held:
            return ()
        busy = {gpu.index for gpu in gpus().gpus if gpu.utilization is None or gpu.utilization > 5}
        held -= busy
        time.sleep(0.3)
    return tuple(sorted(held))
