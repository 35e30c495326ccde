"""missing-output-folder: a file is written into a folder that does not exist.

## What happened
The program opened a file for writing, and the folder that the file is to stand in is not there.
Python, NumPy, pandas, Matplotlib, `logging` and PyTorch create files, never the folders above.

## Why it happens
The folder is left out of the repository, has another name on this machine, or was cleaned away.
Training often runs for an epoch before it saves for the first time.

## What the fix changes
One statement before the one that writes: it creates the folder of that very path when it is
missing. `os.mkdir` becomes `os.makedirs` instead. If the file imports neither `os` nor `Path`,
`import os` is added at its top. Where the folder's name is a slip of the pen for one that is there, that
one is written first. If the path's expression could do something when it is evaluated
twice, or a library writes (the log file of a `logging` config), nothing is edited: the folder is
created once, by `mkdir -p` in the run's session. Where its name can't be told, or is made of the time,
a step for you to take is shown; so it is below `/mnt`, `/media` and their kin, where a folder that is not
there is a disk that is not mounted.

## Fix safety
Safe: an existing folder is left as it is, and what training computes stays the same. Ask where a folder of
almost that name is there (the sentence names it): the files may belong into it or not; or where the folder is outside the project.
"""

from __future__ import annotations

import posixpath
import shlex
from dataclasses import replace

from propel_helper.facts.crash import Crash
from propel_helper.facts.finding import (
    Category,
    CommandStep,
    Explanation,
    Fix,
    GuideStep,
    Place,
    Safety,
)
from propel_helper.facts.surroundings import PathKind, Surroundings
from propel_helper.facts.wording import Wording
from propel_helper.rules import (
    Rule,
    folder_edits,
    launch_folder,
    own,
    returns,
    statements,
    texts,
    writing,
)
from propel_helper.rules.launch_text import launch_of
from propel_helper.rules.steps import guide
from propel_helper.rules.words import code

# CPython's OSError.__str__; torch/serialization.py; pandas/io/common.py check_parent_directory;
# PyTorch's caffe2/serialize/inline_container.cc.
_ERRNO = Wording(r"\[Errno 2\] No such file or directory: (?P<quote>['\"])(?P<path>.+?)(?P=quote)$")
_FOLDER = Wording(
    r"^Parent directory (?P<torch>.+) does not exist\.?$"
    r"|^Cannot save file into a non-existent directory: ['\"](?P<pandas>.+)['\"]$"
)
# caffe2/serialize/inline_container.cc: torch.save's archive, whose path it does not print.
_TIME = Wording(r"\d{6,}|\d{4}[-_]\d\d[-_]\d\d|\d\d[-:]\d\d[-:]\d\d")
_MOUNTS = frozenset({"", "/mnt", "/media", "/net", "/nfs", "/srv", "/Volumes", "/scratch", "/data"})
"""Where disks and shares are mounted (Filesystem Hierarchy Standard 3.0, 3.11 and 3.12), and by habit."""
_UNNAMED = Wording(r"open file failed with strerror: No such file or directory")


def explain(crash: Crash, surroundings: Surroundings) -> Explanation | None:
    """Claim errors of writing; reading a missing file is another kind of crash."""
    if returns.cause(crash, surroundings) is not None:
        return None
    return _by_own_code(crash, surroundings) or _by_library(crash, surroundings)


def _by_library(crash: Crash, surroundings: Surroundings) -> Explanation | None:
    """A library's own write, as that of a log file that a logging config names."""
    write = writing.foreign_write(crash, surroundings)
    if write is None:
        return None
    path, at = _as_written(write.path, crash, surroundings)
    folder = _parent(path)
    if not folder or surroundings.kind(folder) not in (PathKind.MISSING, PathKind.UNKNOWN):
        return None
    writer = code(write.library) if write.library else "a library"
    return replace(_explained(writer, folder, None, crash, surroundings), at=at)


def _as_written(path: str, crash: Crash, surroundings: Surroundings) -> tuple[str, Place | None]:
    """The path from the run's folder, where that is known, and the line of a config that has it.

    Libraries print the absolute path of what they were given.
    """
    parts = path.split("/")
    tails = ["/".join(parts[index:]) for index in range(len(parts) - 1)]
    for tail in tails:
        at = texts.place_in_configs(tail, surroundings)
        if at is not None:
            return tail, at
    frame = own.deepest(crash, surroundings)
    shown = surroundings.shown(frame.file) if frame else ""
    root = frame.file.removesuffix(shown) if frame else ""
    started = root and surroundings.kind(shown) is PathKind.FILE
    return (path.removeprefix(root) if started else path), None


def _by_own_code(crash: Crash, surroundings: Surroundings) -> Explanation | None:
    frame = own.deepest(crash, surroundings)
    message = crash.message.strip().partition("\n")[0]
    named = _FOLDER.match(message)
    missing = _ERRNO.search(message)
    unnamed = _UNNAMED.search(message)
    if frame is None or not (named or missing or unnamed):
        return None
    text = surroundings.text(frame.file)
    tree = statements.parse(text) if text else None
    statement = statements.statement_at(tree, frame.line) if tree else None
    if statement is None and frame.code:
        statement = statements.parse_line(frame.code)
    write = writing.write_in(statement, crash.frames[-1]) if statement else None
    folder = None
    if named:
        folder = next(part for part in named.groups() if part)
    elif missing and write is not None:
        folder = _parent(missing["path"])
    elif not unnamed:
        return None
    known = folder and surroundings.kind(folder) in (PathKind.MISSING, PathKind.UNKNOWN)
    if not unnamed and not known:
        return None
    fix = None
    if text and tree and statement and write:
        fix = folder_edits.before(frame, text, tree, statement, write)
    writer = code(write.call) if write else "the program"
    return _explained(writer, folder, fix, crash, surroundings)


def _explained(
    writer: str, folder: str | None, fix: Fix | None, crash: Crash, surroundings: Surroundings
) -> Explanation:
    """What is said of ``writer`` and a folder that is not there; ``fix`` where the code can make it."""
    if folder is not None and (place := _unmounted(folder, surroundings)):
        return _not_mounted(folder, place, writer)
    fix = fix or _make(folder, surroundings)
    where = code(folder) if folder else "a folder"
    absent = "that folder does not exist" if folder else "the folder does not exist"
    above = _absent_above(folder, surroundings) if folder else None
    if above:
        absent += (
            f", nor does {code(above)} above it: look first whether a disk is to be mounted there"
        )
        fix = replace(fix, safety=Safety.ASK) if fix else None
    near = texts.near_path(folder, surroundings) if folder else None
    if near:
        absent += f" ({code(near)}, almost the same name, does)"
        fix = replace(fix, safety=Safety.ASK) if fix else None
    return Explanation(
        error="a missing output folder",
        because=f"{writer} writes into {where} and {absent}",
        fixes=(
            *(_into(near, folder, crash, surroundings) if near and folder else ()),
            fix or _guide(folder or "that the path names"),
        ),
    )


def _into(near: str, folder: str, crash: Crash, surroundings: Surroundings) -> tuple[Fix, ...]:
    """The folder that is there in the place of the misspelt one, where that is written once."""
    step = texts.replace_path(folder, near, crash, surroundings)
    if step is None or texts.is_named_beside(near, step, surroundings):
        return ()
    by = f"writing into {code(near)}, which is there, instead of {code(folder)}"
    return (Fix("respell-folder", f"Write into {near}", by, Safety.ASK, (step,)),)


def _unmounted(folder: str, surroundings: Surroundings) -> str | None:
    """The first folder of an absolute path that is not there, where other disks are mounted."""
    parts = folder.split("/")
    for index in range(2, len(parts) + 1):
        place = "/".join(parts[:index])
        if surroundings.kind(place) is PathKind.MISSING:
            return place if "/".join(parts[: index - 1]) in _MOUNTS else None
    return None


def _absent_above(folder: str, surroundings: Surroundings) -> str | None:
    """The uppermost of several folders of an absolute path that are not there."""
    parts = folder.rstrip("/").split("/")
    for index in range(2, len(parts)) if posixpath.isabs(folder) else ():
        place = "/".join(parts[:index])
        if surroundings.kind(place) is PathKind.MISSING:
            return place
    return None


def _not_mounted(folder: str, place: str, writer: str) -> Explanation:
    step = guide(
        "mount-the-disk",
        "Look whether the disk is mounted",
        f"Look with `findmnt` whether {code(place)} is to be a disk or a share, and have it mounted; or "
        "give the run another output folder.",
    )
    because = f"{writer} writes into {code(folder)}, and there is no {code(place)}"
    return Explanation("a missing output folder", because, fixes=(step,))


def _parent(path: str) -> str:
    return path.rstrip("/\\").rpartition("/")[0] or path.rstrip("\\").rpartition("\\")[0]


def _make(folder: str | None, surroundings: Surroundings) -> Fix | None:
    """The folder itself, where no statement can make it; not one that is named after the time."""
    launch = launch_of(surroundings)
    here = launch_folder.started_in(launch, surroundings) if launch else None
    if folder is None or here is None or _TIME.search(folder):
        return None
    inside = not posixpath.isabs(folder) and not folder.startswith("..")
    command = f"mkdir -p {shlex.quote(posixpath.normpath(posixpath.join(here, folder)))}"
    by = f"creating the folder {code(folder)}"
    safety = Safety.SAFE if inside else Safety.ASK
    step = CommandStep(command, f"the folder {code(folder)}, which it makes")
    return Fix("make-folder", f"Create the folder {folder}", by, safety, (step,))


def _guide(folder: str) -> Fix:
    return Fix(
        "create-folder-yourself",
        f"Create the folder {folder}",
        f"having you create the folder {code(folder)}, from the folder that the run starts in",
        Safety.SAFE,
        (GuideStep(f"Create the folder {folder} (from the folder that the run starts in)."),),
    )


RULE = Rule(
    "missing-output-folder",
    Category.PATH,
    ("FileNotFoundError", "OSError", "RuntimeError", "ValueError"),
    explain,
)
