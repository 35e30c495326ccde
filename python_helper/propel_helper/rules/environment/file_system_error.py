"""file-system-error: the file system did not answer.

## What happened
A read or write failed in the system, not in the program.

## Why it happens
A network file system lost its server for a moment, a file was replaced on another machine, or a
disk fails.

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

# CPython's errno 5, 107, 108, 110, 112, 116, 121.
_WORDS = Wording(
    r"\[Errno (?:5|107|108|112|116|121)\]"
    r"|Stale file handle|Stale NFS"
    r"|Input/output error"
    r"|Transport endpoint is not connected"
    r"|Remote I/O error"
    r"|\[Errno 110\] Connection timed out: '"
)


def explain(crash: Crash, _surroundings: Surroundings) -> Explanation | None:
    """Claim the wordings above."""
    found = said(crash, _WORDS)
    if found is None:
        return None
    return Explanation(
        error="a file system that did not answer",
        because=f"it stopped with {code(first_line(line_of(found)))}",
        fixes=(
            guide(
                "try-again",
                "Try again",
                "Start the run again from its last checkpoint; if it comes back, use another disk for what is read or written there.",
            ),
        ),
    )


RULE = Rule("file-system-error", Category.ENVIRONMENT, ("exception",), explain)
