"""read-only-file-system: the file system can only be read.

## What happened
Something was to be written on a file system that is mounted read-only.

## Why it happens
Images of containers, input folders of hosted notebooks and snapshots can't be written; a disk
with errors becomes read-only as well.

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

# CPython's errno 30; coreutils.
_WORDS = Wording(
    r"\[Errno 30\] Read-only file system"
    r"|Read-only file system"
    r"|os error 30"
)


def explain(crash: Crash, _surroundings: Surroundings) -> Explanation | None:
    """Claim the wordings above."""
    found = said(crash, _WORDS)
    if found is None:
        return None
    return Explanation(
        error="a file system that can only be read",
        because=f"it stopped with {code(first_line(line_of(found)))}",
        fixes=(
            guide(
                "write-elsewhere",
                "Write elsewhere",
                "Let the run write to a folder that can be written (output folder, cache, `TMPDIR`): in the command, the config, or by starting it in such a folder.",
            ),
        ),
    )


RULE = Rule("read-only-file-system", Category.PERMISSION, ("exception", "shell"), explain)
