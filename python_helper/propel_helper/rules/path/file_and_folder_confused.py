"""file-and-folder-confused: a file was given where a folder belongs, or the other way round.

## What happened
The system found something at the path, and it is of the other kind.

## Why it happens
An argument or a config names the file inside a folder that is meant, or the folder around a
file; a stray file lies among folders; a file took the name that a folder needs.

## What the fix changes
Nothing by itself: which of the two is meant is not in the message.

## Fix safety
There is nothing to apply.
"""

from __future__ import annotations

from propel_helper.facts.crash import Crash
from propel_helper.facts.finding import Category, Explanation
from propel_helper.facts.surroundings import Surroundings
from propel_helper.facts.wording import Wording
from propel_helper.rules import Rule, platforms
from propel_helper.rules.said import line_of, of_type, said
from propel_helper.rules.steps import guide
from propel_helper.rules.words import code, first_line

# CPython's errno 20 and 21.
_WORDS = Wording(
    r"\[Errno 20\] Not a directory: (?P<path>.+)"
    r"|\[Errno 21\] Is a directory: (?P<folder>.+)"
    r"|^\S*; Is a directory"
    r"|FAILED_PRECONDITION: .*Is a directory"
)


def explain(crash: Crash, _surroundings: Surroundings) -> Explanation | None:
    """Claim the wordings above."""
    found = said(crash, _WORDS) or of_type(crash, "IsADirectoryError", "NotADirectoryError")
    if found is None:
        return None
    return Explanation(
        error="a file where a folder belongs, or a folder where a file does",
        because=f"it stopped with {code(first_line(line_of(found)))}",
        fixes=(
            guide(
                "name-the-right-kind",
                "Name the right kind",
                f"Look at that path with `{'dir' if platforms.is_windows(crash) else 'ls -ld'}`: name a file where "
                "the program opens it and a folder where it lists it, or move a stray file away.",
            ),
        ),
    )


RULE = Rule("file-and-folder-confused", Category.PATH, ("exception",), explain)
