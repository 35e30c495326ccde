"""worker-killed: a worker process was killed.

## What happened
One of the DataLoader's worker processes was ended by a signal (SIGKILL), and the training loop
stopped when it noticed. Or a process of a pool (`ProcessPoolExecutor`, joblib) was gone.

## Why it happens
For a DataLoader's worker, nearly always the kernel ended it because the memory of the machine, or of
the job, was full: every worker holds its own copy of what the dataset keeps. A process of a pool may
as well have crashed in compiled code, or have ended itself.

## What the fix changes
Where the launch says how many workers there are: half as many. Otherwise nothing: the number may be
set in many places.

## Fix safety
Safe: fewer workers load the same data, more slowly. The line shown is only where the loop was when it
noticed.
"""

from __future__ import annotations

from propel_helper.facts.crash import Crash
from propel_helper.facts.finding import Category, Explanation
from propel_helper.facts.surroundings import Surroundings
from propel_helper.facts.wording import Wording
from propel_helper.rules import Rule, families, memory_limits, workers
from propel_helper.rules.said import line_of, of_type, said
from propel_helper.rules.steps import guide
from propel_helper.rules.words import first_line

# torch/utils/data/dataloader.py and _utils/signal_handling.py; concurrent.futures; batchgenerators.
_WORDS = Wording(
    r"DataLoader worker \(pid\(?s?\)? [\d, ]+\) is killed by signal: Killed"
    r"|DataLoader worker \(pid\(?s?\)? [\d, ]+\) exited unexpectedly(?! with exit code 1\b)"
    r"|A worker process managed by the executor was unexpectedly terminated"
    r"|A process in the process pool was terminated abruptly"
    r"|[Bb]ackground workers are no longer alive"
)
_POOL = Wording(r"A (?:worker process managed by the executor|process in the process pool)")
# batchgenerators' loaders and what else starts processes of its own; which work they do is not said.
_BACKGROUND = Wording(r"[Bb]ackground workers")
# Shared memory is another page.
_BUS = Wording(r"signal: (?:Bus error|Segmentation fault|Aborted)|shared memory")
# A worker that raised something has ended by itself.
_BY_ITSELF = Wording(r"exited unexpectedly with exit code 1\b")
_RAISE = guide(
    "raise-memory-limit",
    "Ask for more memory",
    "Ask for more memory for the job (Slurm: `#SBATCH --mem=...`), or hold less: fewer workers, or a dataset that "
    "keeps less in each of them. `sacct -j JOB --format=ReqMem,MaxRSS` shows what it was given and what it used.",
)
_LOWER = guide(
    "lower-workers",
    "Use fewer workers",
    "Lower the number of workers (it does not change what training computes), or give the job more "
    "memory. `dmesg | grep -i oom` shows whether the kernel did it.",
)


# What the loader gets then that waits for what the worker was to hand over.
_LOST = frozenset({"ConnectionResetError", "ConnectionRefusedError", "BrokenPipeError", "EOFError"})


def _lost(crash: Crash) -> bool:
    """Whether a data loader lost the connection to one of its workers."""
    files = [frame.file.replace("\\", "/") for frame in crash.frames]
    return (
        families.type_name(crash) in _LOST
        and bool(files)
        and "/multiprocessing/" in files[-1]
        and any("/torch/utils/data/dataloader.py" in file for file in files)
    )


def explain(crash: Crash, surroundings: Surroundings) -> Explanation | None:
    """Claim the wordings above."""
    found = said(crash, _WORDS) or (of_type(crash, *_LOST) if _lost(crash) else None)
    if found is None or said(crash, _BUS) is not None or said(crash, _BY_ITSELF) is not None:
        return None
    if _POOL.match(found[0]) or _BACKGROUND.match(found[0]):
        return _of_pool(line_of(found))
    given = workers.given(surroundings)
    many = f"; {given[2]} workers were started" if given else ""
    told = next((line for line in crash.below if memory_limits.WORDS.search(line)), None)
    if told is not None and "killed by signal: Killed" in found[0]:
        return Explanation(
            error="a killed data loader worker",
            because=f"the job's memory was full and the system ended a worker process for it ({first_line(told)}){many}",
            fixes=(_RAISE, *workers.fewer(surroundings)),
        )
    return Explanation(
        error="a killed data loader worker",
        because=(
            f"a worker process is gone ({first_line(line_of(found))}), which nearly always means that the system "
            f"ended it because memory ran out{many}"
        ),
        fixes=(*workers.fewer(surroundings), _LOWER),
    )


def _of_pool(line: str) -> Explanation:
    """A process that ended with its work undone; what ended it, and often what work that was, is not said."""
    return Explanation(
        error="a worker process that ended too early",
        because=f"a process that works beside the run was gone before its work was done ({first_line(line)}): it was "
        "killed, as when memory runs out, or it crashed",
        fixes=(
            guide(
                "find-what-ended-it",
                "Find what ended it",
                "`dmesg | grep -i oom` shows whether the kernel ended it for want of memory: then fewer processes "
                "at once need less (those of the work that the stack shows: loading, or writing results). "
                "Otherwise look for its own error further up, or run the same work in one process.",
            ),
        ),
    )


RULE = Rule("worker-killed", Category.OOM, ("exception",), explain)
