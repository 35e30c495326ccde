"""process-start: a process could not be started from another one.

## What happened
Starting a worker process failed: what it needs could not be handed over, or the program starts
itself again.

## Why it happens
The script's own lines run again in each process because they don't stand below `if __name__ ==
"__main__":`, a start method is set twice, or a function that can't be pickled (a lambda, a
local one) is handed over.

## What the fix changes
Where a data loader's worker could not be started and the launch says how many workers there are: none,
so that the training process loads the data itself. Otherwise nothing: which lines belong below the
guard is a question of the code.

## Fix safety
Safe: the same data is loaded, more slowly.
"""

from __future__ import annotations

from propel_helper.facts.crash import Crash
from propel_helper.facts.finding import Category, Explanation, Fix
from propel_helper.facts.surroundings import Surroundings
from propel_helper.facts.wording import Wording
from propel_helper.rules import Rule, workers
from propel_helper.rules.said import line_of, said
from propel_helper.rules.steps import guide
from propel_helper.rules.words import first_line

# CPython's multiprocessing/spawn.py, context.py and reduction.py.
_WORDS = Wording(
    r"An attempt has been made to start a new process before"
    r"|context has already been set"
    r"|Can't (?:pickle|get) (?:local object|<function <lambda>|attribute '<lambda>')"
    r"|Can't pickle local object"
    r"|daemonic processes are not allowed to have children"
    r"|[Cc]annot pickle '[\w.]+' object(?=.*)"
)
# What each wording says of the program, and what to do.
_GUARD = (
    "the script's own lines run again in each process that it starts",
    guide(
        "guard-main",
        "Guard the script's own lines",
        "Put the script's own lines that start the training, at the left edge and not in a function, "
        'below `if __name__ == "__main__":`.',
    ),
)
_ONCE = (
    "a start method was chosen already and is chosen again",
    guide(
        "choose-method-once",
        "Choose the start method once",
        'Call `set_start_method` once, below `if __name__ == "__main__":`, before anything that starts '
        "a process; `force=True` takes the last choice.",
    ),
)
_TOP = (
    "what a new process needs can't be handed over to it",
    guide(
        "define-at-the-top",
        "Hand over what can be pickled",
        "Hand over functions and classes that are defined at the top of a file, not lambdas, local "
        "functions or open files.",
    ),
)
_DAEMON = (
    "a process that is itself a worker may not start processes",
    guide(
        "no-workers-in-workers",
        "Start no workers in workers",
        "Load the data without workers (`num_workers=0`) inside the process that is a worker itself.",
    ),
)


def explain(crash: Crash, surroundings: Surroundings) -> Explanation | None:
    """Claim the wordings above."""
    found = said(crash, _WORDS)
    if found is None:
        return None
    started = ("multiprocessing", "torch/utils/data", "spawn", "pickle", "reduction", "joblib")
    if not any(part in frame.file for frame in crash.frames for part in started):
        return None
    because, step = _kind(found[0])
    loader = any("torch/utils/data" in frame.file.replace("\\", "/") for frame in crash.frames)
    handed_over = step in (_TOP[1], _DAEMON[1])
    fewer = workers.fewer(surroundings, none=True) if loader and handed_over else ()
    return Explanation(
        error="a process that could not be started",
        because=because if step is _GUARD[1] else f"{because} ({first_line(line_of(found))})",
        fixes=(*fewer, step),
    )


def _kind(words: str) -> tuple[str, Fix]:
    if "An attempt" in words:
        return _GUARD
    if "already been set" in words:
        return _ONCE
    return _DAEMON if "daemonic" in words else _TOP


RULE = Rule("process-start", Category.DISTRIBUTED, ("exception",), explain)
