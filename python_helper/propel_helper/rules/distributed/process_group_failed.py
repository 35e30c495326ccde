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
# Where torch makes a process group: what fails there is the setup of the processes, whatever its words.
_SETUP = Wording(r"^torch/distributed/(?:distributed_c10d|rendezvous)\.py$")
_SETTING_UP = Wording(
    r"^(?:init_process_group|_new_process_group_helper|_new_group_with_tag|new_group|rendezvous|_rendezvous_helper"
    r"|_create_c10d_store|_\w+_rendezvous_handler)$"
)


def explain(crash: Crash, _surroundings: Surroundings) -> Explanation | None:
    """Claim types of the libraries that connect processes, and what fails while a group is made."""
    name = families.type_name(crash)
    by_type = _TYPES.search(name) or families.package(crash) in _PACKAGES
    if not by_type and not _is_setup(crash):
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


def _is_setup(crash: Crash) -> bool:
    """Whether the innermost line is one of torch's that make a process group."""
    return (
        families.type_name(crash) in ("RuntimeError", "ValueError")
        and bool(_SETUP.search(families.raised_in(crash)))
        and bool(_SETTING_UP.search(crash.frames[-1].function))
    )


RULE = Rule("process-group-failed", Category.DISTRIBUTED, ("exception",), explain, last=True)
