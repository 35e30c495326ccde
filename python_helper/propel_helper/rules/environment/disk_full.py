"""disk-full: there is no room left on a disk.

## What happened
Something was to be written and the file system has no room, or the quota is used up.

## Why it happens
Checkpoints, caches and logs filled the disk, the quota of the home folder, or `/tmp`.

## What the fix changes
Nothing by itself: nothing is ever deleted.

## Fix safety
There is nothing to apply: what may go is yours to say.
"""

from __future__ import annotations

from propel_helper.facts.crash import Crash
from propel_helper.facts.finding import Category, Explanation
from propel_helper.facts.surroundings import Surroundings
from propel_helper.facts.wording import Wording
from propel_helper.rules import Rule
from propel_helper.rules.said import line_of, said
from propel_helper.rules.steps import guide
from propel_helper.rules.words import first_line

# CPython's errno 28 and 122; caffe2/serialize (the stream writer then fails at its end); safetensors.
_WORDS = Wording(
    r"No space left on device"
    r"|[Dd]isk quota exceeded"
    r"|unexpected pos \d+ vs \d+"
    r"|PytorchStreamWriter failed writing"
    r"|basic_ios::clear: iostream error"
    r"|os error 28"
    r"|There is not enough space on the disk"
    r"|not enough (?:free )?disk space"
)
# What says only that less was written than should be.
_INFERRED = Wording(r"unexpected pos|PytorchStreamWriter|iostream error")
# Shared memory has a page of its own.
_SHARED = Wording(r"shared memory|torch_\d+_\d+|shm")


def explain(crash: Crash, _surroundings: Surroundings) -> Explanation | None:
    """Claim the wordings above."""
    found = said(crash, _WORDS)
    if found is None:
        return None
    if said(crash, _SHARED) is not None:
        return None
    line = first_line(line_of(found))
    sure = _INFERRED.search(found[0]) is None
    because = f"writing failed for want of room ({line})"
    if not sure:
        because = (
            f"writing stopped in the middle, as it does when a disk or a quota is full ({line})"
        )
    return Explanation(
        error="a full disk" if sure else "a file that could not be written whole",
        because=because,
        fixes=(
            guide(
                "make-room",
                "Make room",
                "`df -h` and the quota show what is full: the output folder's disk, `/tmp` or the cache's. Move or remove what you don't need, or write elsewhere (output folder, `TMPDIR`, `HF_HOME`).",
            ),
        ),
    )


RULE = Rule("disk-full", Category.ENVIRONMENT, ("exception", "shell"), explain)
