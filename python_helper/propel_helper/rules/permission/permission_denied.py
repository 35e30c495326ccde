"""permission-denied: the user may not read or write there.

## What happened
The system refused to open, create or change something.

## Why it happens
The path belongs to another user or to root, the output goes to a folder that is not yours, or a
home folder in a container can't be written; or a folder of yours was locked (`chmod a-w`).

## What the fix changes
Nothing by itself: where to write instead, or who may read, is yours to say. Rights are never
widened.

## Fix safety
There is nothing to apply.
"""

from __future__ import annotations

import re
import shlex

from propel_helper.facts.crash import Crash, CrashKind
from propel_helper.facts.finding import Category, Explanation
from propel_helper.facts.surroundings import PathKind, Surroundings
from propel_helper.facts.wording import Wording
from propel_helper.rules import Rule, platforms
from propel_helper.rules.permission import script_not_executable
from propel_helper.rules.said import line_of, of_type, said
from propel_helper.rules.steps import guide
from propel_helper.rules.words import code, first_line

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
# torch's FileStore takes what follows the host.
_URL = Wording(r"file://(?P<host>[^/'\"\s]+)(?P<path>/[^'\"\s]+)")


def explain(crash: Crash, surroundings: Surroundings) -> Explanation | None:
    """Claim the wordings above."""
    found = said(crash, _WORDS) or of_type(crash, "PermissionError")
    if found is None:
        return None
    if crash.kind in (CrashKind.SHELL, CrashKind.EXIT) and script_not_executable.explain(
        crash, surroundings
    ):
        return None
    if "wandb" in found.string or "403" in found.string:
        return None
    locked = _locked(found, surroundings)
    if locked is not None:
        command = code(f"chmod u+w {shlex.quote(locked)}")
        text = (
            f"{command} gives it back, unless it was taken away on purpose, to keep what is there."
        )
        return Explanation(
            error="a path that is locked against its own user",
            because=f"{code(locked)} is yours, and your right to write there was taken away",
            fixes=(guide("unlock-own-path", "Allow yourself to write", text),),
        )
    url = _two_slashes(crash, line_of(found))
    if url is not None:
        return url
    return Explanation(
        error="a path that this user may not use",
        because=f"the system said: {first_line(line_of(found))}",
        fixes=(guide("use-own-folder", "Use a folder of your own", _step(crash)),),
    )


def _step(crash: Crash) -> str:
    if platforms.is_windows(crash):
        return (
            "See whether that path is a folder: Windows says the same of a folder that is opened as a file, and "
            "of a file that another program holds open. Else its properties show who may use it: let the run use a "
            "path of yours, or ask the owner for access."
        )
    return (
        "`ls -ld` on that path and on the folders above shows whose it is. Let the run use a path that is yours "
        "(where it writes: the output folder, `HF_HOME`, `TMPDIR`), or ask the owner for access."
    )


def _two_slashes(crash: Crash, line: str) -> Explanation | None:
    """A path that a ``file:`` address with too few slashes lost its first part of (RFC 8089)."""
    for frame in reversed(crash.frames):
        url = _URL.search(frame.code or "")
        if url is None or not re.search(rf"(?<![\w/]){re.escape(url['path'])}(?![\w/])", line):
            continue
        right = f"file:///{url['host']}{url['path']}"
        return Explanation(
            error="a path that this user may not use",
            because=f"{code(url[0])} has two slashes, so that {code(url['host'])} is taken as a host and "
            f"{code(url['path'])} as the path",
            fixes=(
                guide(
                    "write-three-slashes",
                    "Write three slashes",
                    f"Write {code(right)} where the line has {code(url[0])}.",
                ),
            ),
        )
    return None


def _locked(found: re.Match[str], surroundings: Surroundings) -> str | None:
    """The path, or the folder that it was to be made in, where the user may not write to their own."""
    path = (found.groupdict().get("path") or "").strip().strip("'\"")
    while path and surroundings.kind(path) is PathKind.MISSING:
        path = path.rpartition("/")[0]
    for one in (path, path.rpartition("/")[0]):
        if one and surroundings.is_locked(one):
            return one
    return None


RULE = Rule("permission-denied", Category.PERMISSION, ("exception", "shell", "exit"), explain)
