"""A check-in as sentences."""

from __future__ import annotations

from collections.abc import Iterator

from propel_helper.app.check_in import CheckIn
from propel_helper.app.metrics import duration, progress_text
from propel_helper.coach.course import Target
from propel_helper.facts.run import Run, RunState


def standing(found: CheckIn) -> tuple[str, ...]:
    """State, progress, last checkpoint and target, one sentence each."""
    return tuple(_lines(found))


def _lines(found: CheckIn) -> Iterator[str]:
    course = found.course
    yield _state(found.run, course.elapsed_s)
    progress = progress_text(found.reader.progress())
    yield f"{progress[:1].upper()}{progress[1:]}." if progress else "It has reported no progress."
    if course.checkpoints:
        newest = course.checkpoints[0]
        when = "old" if course.running else "before the end"
        yield f"Last checkpoint: {newest.file}, {duration(newest.age_s)} {when}."
    elif course.older_checkpoint is not None:
        yield f"No checkpoint of this run; {course.older_checkpoint.file} is from before it."
    if course.target is not None:
        yield _target(course.target)


def _state(run: Run, elapsed_s: float) -> str:
    lasted = duration(elapsed_s)
    if run.state is RunState.RUNNING:
        return f"Running for {lasted}. {run.reason}".strip()
    status = "" if run.exit_status is None else f" (exit status {run.exit_status})"
    return f"{run.state.value.capitalize()}{status} after {lasted}. {run.reason}".strip()


def _target(target: Target) -> str:
    asked = f"{target.metric} {target.way} {target.value:g}"
    if target.reached_at is None:
        return f"Target: {asked}; the best so far is {target.best:.5g}."
    return f"Target: {asked}; reached at step {target.reached_at:g}, the best is {target.best:.5g}."
