"""file-size-limit: a file has grown as large as it may.

## What happened
A write failed although the disk has room: the file has reached the largest size that is allowed.

## Why it happens
The shell or the scheduler limits the size of files (`ulimit -f`), or the file system does: FAT32 holds
files of up to 4 GiB.

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

# errno 27, EFBIG (errno(3)); the shell's word for SIGXFSZ.
_WORDS = Wording(r"\[Errno 27\]|File too large|File size limit exceeded")


def explain(crash: Crash, _surroundings: Surroundings) -> Explanation | None:
    """Claim the system's words for it."""
    found = said(crash, _WORDS)
    if found is None:
        return None
    return Explanation(
        error="a file that has grown as large as it may",
        because=f"the system refused to write more of it: {code(first_line(line_of(found)))}",
        fixes=(
            guide(
                "raise-file-size-limit",
                "Raise the limit",
                "Look at `ulimit -f` where the run starts (blocks of 1024 bytes, or `unlimited`) and "
                "raise it there; where it is unlimited, write to another file system.",
            ),
        ),
    )


RULE = Rule("file-size-limit", Category.ENVIRONMENT, ("exception", "exit", "shell"), explain)
