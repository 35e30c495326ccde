"""process-group-failed: the processes of one training failed to work together.

## What happened
The library that lets the processes talk to each other raised one of its own errors.

## Why it happens
A process is missing or ended early, the network between them does not let them through, or they
were started with settings that do not go together.

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
from propel_helper.rules import Rule, families
from propel_helper.rules.steps import guide
from propel_helper.rules.words import code, first_line

# torch.distributed's own types and those of its rendezvous; Horovod; mpi4py.
_TYPES = Wording(
    r"^(?:c10d::)?Dist(?:Backend|Network|Store)?Error$|^Rendezvous\w*Error$|^Horovod\w*"
)
_PACKAGES = frozenset({"horovod", "mpi4py"})


def explain(crash: Crash, _surroundings: Surroundings) -> Explanation | None:
    """Claim types of the libraries that connect processes."""
    name = families.type_name(crash)
    if not _TYPES.search(name) and families.package(crash) not in _PACKAGES:
        return None
    return Explanation(
        error="processes that failed to work together",
        because=f"the library that connects them stopped with {code(first_line(crash.message) or name)}",
        fixes=(
            guide(
                "look-at-the-processes",
                "Look at every process",
                "Look at the output of each process for the one that failed first, and check that "
                "all were started with the same addresses and settings.",
            ),
        ),
    )


RULE = Rule("process-group-failed", Category.DISTRIBUTED, ("exception",), explain, last=True)
