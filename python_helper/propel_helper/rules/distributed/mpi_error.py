"""mpi-error: MPI stopped the whole job.

## What happened
A call of MPI failed in one process, and the library ended every process of the job with it.

## Why it happens
A process at the other end is gone, the network between the nodes failed, the processes did not make the same
calls with the same sizes, or they were started by another MPI than the one that they use.

## What the fix changes
Nothing by itself: a step follows from what the call says of itself.

## Fix safety
There is nothing to apply.
"""

from __future__ import annotations

from propel_helper.facts.crash import Crash
from propel_helper.facts.finding import Category, Explanation
from propel_helper.facts.surroundings import Surroundings
from propel_helper.facts.wording import Wording
from propel_helper.rules import Rule
from propel_helper.rules.steps import guide
from propel_helper.rules.words import code, first_line

# Open MPI's errhandler_predefined.c and help-mpi-errors.txt; MPICH's errutil.c.
_WORDS = Wording(
    r"\*\*\* ?MPI_ERRORS_(?:ARE_FATAL|ABORT) \(|Fatal error in (?:P?MPI_|internal_)\w+: "
)
_CALL = Wording(r"(?:An error occurred in|Fatal error in) (?:P|internal_)?(?P<call>\w+)")
# The class of the error; MPICH has it behind its call.
_CLASS = Wording(
    r"\*\*\* (?P<open>MPI_ERR_\w+: [^\n]+)|Fatal error in \w+: (?P<mpich>[^\n]+?)(?:, error stack:)?(?:\n|$)"
)
_STARTING = Wording(r"^Init(?:_thread)?$")
_LOOK = guide(
    "look-at-the-other-processes",
    "Look at the other processes",
    "Look in the output of every process for one that failed before this and says more; if there is none, look at "
    "the network between the nodes, and whether all processes make the same calls with the same sizes.",
)
_LAUNCH = guide(
    "start-with-its-own-mpi",
    "Start it with its own MPI",
    "Start it with the `mpirun` (or `srun --mpi=...`) of the same MPI that the program was built with: `which mpirun` "
    "and `python -c 'import mpi4py; print(mpi4py.get_config())'` show both. A login node may forbid MPI.",
)


def explain(crash: Crash, _surroundings: Surroundings) -> Explanation | None:
    """Claim the wordings above."""
    if _WORDS.search(crash.message) is None:
        return None
    call, kind = _CALL.search(crash.message), _CLASS.search(crash.message)
    name = call["call"].removeprefix("MPI_") if call else ""
    where = f" in {code('MPI_' + name)}" if name else ""
    why = first_line((kind["open"] or kind["mpich"]).strip()) if kind else ""
    told = f" with {code(why)}" if why else ""
    return Explanation(
        error="an error of MPI",
        because=f"a process failed{where}{told}, and MPI then ended the whole job",
        fixes=(_LAUNCH if _STARTING.match(name) else _LOOK,),
    )


RULE = Rule("mpi-error", Category.DISTRIBUTED, ("exit",), explain)
