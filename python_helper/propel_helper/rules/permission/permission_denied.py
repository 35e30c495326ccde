"""permission-denied: the user may not read or write there.

## What happened
The system refused to open, create or change something.

## Why it happens
The path belongs to another user or to root, the output goes to a folder that is not yours, or a
home folder in a container can't be written.

## What the fix changes
Nothing by itself: where to write instead, or who may read, is yours to say. Rights are never
widened.

## Fix safety
There is nothing to apply.
"""

from __future__ import annotations

from propel_helper.facts.crash import Crash, CrashKind
from propel_helper.facts.finding import Category, Explanation
from propel_helper.facts.surroundings import Surroundings
from propel_helper.facts.wording import Wording
from propel_helper.rules import Rule
from propel_helper.rules.permission import script_not_executable
from propel_helper.rules.said import line_of, of_type, said
from propel_helper.rules.steps import guide
from propel_helper.rules.words import first_line

# CPython's errno 1 and 13; TensorFlow's PERMISSION_DENIED; coreutils; h5py; docker.
_WORDS = Wording(
    r"PermissionError at |"
    r"\[Errno 13\] Permission denied(?:: (?P<path>.+))?"
    r"|\[Errno 1\] Operation not permitted"
    r"|; Permission denied"
    r"|[Pp]ermission denied"
    r"|PERMISSION_DENIED"
    r"|Access is denied|\[WinError 5\]"
    r"|errno = 13"
    r"|os error 13"
)


def explain(crash: Crash, surroundings: Surroundings) -> Explanation | None:
    """Claim the wordings above."""
    found = said(crash, _WORDS) or of_type(crash, "PermissionError")
    if found is None:
        return None
    if crash.kind is CrashKind.SHELL and script_not_executable.explain(crash, surroundings):
        return None
    if "wandb" in found.string or "403" in found.string:
        return None
    return Explanation(
        error="a path that this user may not use",
        because=f"the system said: {first_line(line_of(found))}",
        fixes=(
            guide(
                "use-own-folder",
                "Use a folder of your own",
                "`ls -ld` on that path and on the folders above shows whose it is. Let the run write to a folder that is yours (output folder, `HF_HOME`, `TMPDIR`), or ask the owner for access.",
            ),
        ),
    )


RULE = Rule("permission-denied", Category.PERMISSION, ("exception", "shell", "exit"), explain)
