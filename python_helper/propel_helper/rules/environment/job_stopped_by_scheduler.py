"""job-stopped-by-scheduler: the scheduler ended the job.

## What happened
The job ran into its time limit, was preempted, lost its node, or was cancelled. The program is
not at fault.

## Why it happens
The time that was asked for is over, a job of higher priority needed the node, or somebody
cancelled it.

## What the fix changes
Nothing by itself.

## Fix safety
There is nothing to apply.
"""

from __future__ import annotations

from propel_helper.facts.crash import Crash
from propel_helper.facts.finding import Category, Explanation
from propel_helper.facts.surroundings import Surroundings
from propel_helper.facts.wording import Wording
from propel_helper.rules import Rule
from propel_helper.rules.said import line_of, said
from propel_helper.rules.steps import guide
from propel_helper.rules.words import first_line

# slurmstepd's req.c; PBS and LSF job messages; coreutils' timeout.
_WORDS = Wording(
    r"^(?:\S+: line \d+: +\d+ )?Terminated\b|"
    r"DUE TO TIME LIMIT"
    r"|DUE TO PREEMPTION"
    r"|^timeout: sending signal"
    r"|DUE TO NODE FAILURE"
    r"|CANCELLED AT"
    r"|walltime .* exceeded limit"
    r"|TERM_(?:RUNLIMIT|OWNER|PREEMPT|THREADLIMIT)"
    r"|\bNODE FAIL"
)
# 128 + SIGTERM, and what timeout(1) gives.
_STATUSES = (143, 124)


def explain(crash: Crash, _surroundings: Surroundings) -> Explanation | None:
    """Claim the wordings above."""
    found = said(crash, _WORDS)
    if found is None and crash.exit_status not in _STATUSES:
        return None
    said_words = (
        first_line(line_of(found))
        if found
        else f"it was ended from outside (exit status {crash.exit_status})"
    )
    return Explanation(
        error="a job that was ended from outside",
        because=said_words,
        fixes=(
            guide(
                "resume-job",
                "Start it again from its checkpoint",
                "Start the job again from its last checkpoint, with more time (`#SBATCH --time=...`) or with `--requeue` where it was preempted.",
            ),
        ),
    )


RULE = Rule("job-stopped-by-scheduler", Category.ENVIRONMENT, ("exit",), explain)
