"""scheduler-refused: the scheduler or the launcher could not start the job's processes.

## What happened
What the job asks for is not there, or its processes could not be started on the nodes.

## Why it happens
A partition, account or resource is misspelt or used up, more slots are asked for than there
are, or an option is not known here.

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
from propel_helper.rules.words import code, first_line

# srun, sbatch, mpirun, docker.
_WORDS = Wording(
    r"^srun: error: Task launch for|"
    r"^srun: error: (?:Unable to|Invalid|Requested)"
    r"|^sbatch: error: "
    r"|not enough slots available"
    r"|^docker: Error response from daemon: (?!.*(?:gpu|permission denied))"
)


def explain(crash: Crash, _surroundings: Surroundings) -> Explanation | None:
    """Claim the wordings above."""
    found = said(crash, _WORDS)
    if found is None:
        return None
    return Explanation(
        error="a job that could not be started",
        because=f"it stopped with {code(first_line(line_of(found)))}",
        fixes=(
            guide(
                "correct-job",
                "Correct the job",
                "Correct what the message names in the job's script or command.",
            ),
        ),
    )


RULE = Rule("scheduler-refused", Category.ENVIRONMENT, ("exit",), explain)
