"""A log that Slurm has left, and whose end its last words are."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from propel_helper.facts.end_mark import EndMark
from propel_helper.facts.run import RunState
from propel_helper.sessions import slurm_ends

CANCELLED = time.mktime((2026, 12, 1, 5, 44, 30, 0, 0, -1))
WORD = "slurmstepd: error: *** JOB 8 ON n1 CANCELLED AT 2026-12-01T05:44:30{due} ***\n"


@pytest.mark.parametrize(
    ("status", "seconds", "due", "told"),
    [
        (143, 0.2, "", True),
        (143, 29.0, "", True),
        (143, 300.0, "", False),
        (143, -5.0, "", False),
        (1, 0.2, "", False),
        (0, 0.2, "", False),
        (143, 0.2, " DUE TO JOB REQUEUE", False),
    ],
)
def test_a_program_that_is_signalled_before_its_shell_leaves_a_mark_behind_the_word(
    tmp_path: Path, status: int, seconds: float, due: str, *, told: bool
) -> None:
    log = tmp_path / "log"
    log.write_text("up\n" + WORD.format(due=due))
    mark = EndMark(status, CANCELLED + seconds, log.stat().st_size)
    said = slurm_ends.of_log("8", log, mark)
    assert (said is not None) == told
    if said:
        assert said.state is RunState.KILLED
        assert "CANCELLED AT 2026-12-01T05:44:30" in said.reason
