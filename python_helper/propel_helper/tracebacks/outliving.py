"""Whether a program lived on after an error that it printed."""

from __future__ import annotations

from propel_helper.tracebacks.counting import Counting
from propel_helper.tracebacks.progress import Progress
from propel_helper.tracebacks.ranked import Ranked


def is_outlived(one: Ranked, progress: Progress, counting: Counting) -> bool:
    """Whether what stands below it shows that; ``progress`` and ``counting`` are of the log's lines."""
    traceback = one.traceback
    if traceback.passed_over and progress.has_record(traceback.end):
        return True
    # A thread takes nothing with it: what counts on after its end shows a program that runs.
    if traceback.thread:
        return progress.counts(traceback.end)
    # One that does not go back to a program's first line was caught; a job that was cancelled ran until then.
    caught = traceback.said >= 0 and not traceback.whole and one.rank is None
    if caught and not traceback.remote and progress.was_cancelled(traceback.end):
        return True
    # One that somebody printed who had caught it: what goes on counting shows that they have.
    printed = traceback.said >= 0 and not traceback.whole and not progress.died(traceback.end)
    if printed and counting.goes_on(traceback.said, one.stream):
        return True
    return progress.outlives(traceback.end, logged=traceback.logged, whole=traceback.whole)
