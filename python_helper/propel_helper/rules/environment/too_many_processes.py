"""too-many-processes: the system let the run start no further process or thread.

## What happened
A process or thread was to be started and the system refused.

## Why it happens
The user's limit of processes (`ulimit -u`) or the container's (`pids.max`) is reached: threads count
too, and every worker of every rank starts as many as the machine has cores, for each numeric library.

## What the fix changes
One thread for each numeric library (`OMP_NUM_THREADS=1` and its like) in front of the launch command,
where the message says that it is such a library that could not start its threads.

## Fix safety
Safe: the same is computed, on fewer threads.
"""

from __future__ import annotations

from propel_helper.facts.crash import Crash
from propel_helper.facts.finding import Category, Explanation, Fix, Safety
from propel_helper.facts.surroundings import Surroundings
from propel_helper.facts.wording import Wording
from propel_helper.rules import Rule, launch_changes
from propel_helper.rules.said import line_of, said
from propel_helper.rules.steps import guide
from propel_helper.rules.words import code, first_line

# CPython's _threadmodule.c and errno 11 of fork(); libstdc++'s system_error; OpenBLAS; libgomp; bash.
_WORDS = Wording(
    r"can't start new thread|Resource temporarily unavailable"
    r"|(?P<library>blas_thread_init: pthread_create|libgomp: Thread creation failed)"
)
_LIBRARY = Wording(r"blas_thread_init: pthread_create|libgomp: Thread creation failed")
_NAME = "OMP_NUM_THREADS"
_FEWER = guide(
    "start-fewer",
    "Start fewer, or raise the limit",
    "Compare `ps -eLf | wc -l` with `ulimit -u` and the container's `pids.max`. Fewer data loader "
    f"workers and `{_NAME}=1` before the command need fewer threads.",
)


def explain(crash: Crash, surroundings: Surroundings) -> Explanation | None:
    """Claim the wordings above; files and sockets that would block are not meant."""
    found = said(crash, _WORDS)
    if found is None or "lock" in found.string:
        return None
    return Explanation(
        error="too many processes or threads",
        because=f"the system refused to start one more ({first_line(line_of(found))})",
        fixes=(*_one_thread(crash, surroundings), _FEWER),
    )


def _one_thread(crash: Crash, surroundings: Surroundings) -> tuple[Fix, ...]:
    if not any(_LIBRARY.search(text) for text in (crash.message, *crash.above)):
        return ()
    rerun = launch_changes.with_variable(surroundings.command, _NAME, "1")
    if rerun is None or rerun.old == rerun.new:
        return ()
    by = f"setting {code(_NAME + '=1')} for the command, so that each process starts fewer threads"
    return (Fix("fewer-threads", "Start fewer threads", by, Safety.SAFE, (rerun,)),)


RULE = Rule("too-many-processes", Category.ENVIRONMENT, ("exception", "shell", "exit"), explain)
