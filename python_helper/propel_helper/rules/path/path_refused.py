"""path-refused: a file or folder can't be used as the program uses it.

## What happened
The program opened, made or listed a path, and what is there (or is not) does not allow it.

## Why it happens
The path is misspelt, leads to a file where a folder is meant (or the other way round), to something
that is there already, or to a folder that is empty; or a name made out of settings is too long.

## What the fix changes
Nothing by itself: which path is meant is yours to say.

## Fix safety
There is nothing to apply.
"""

from __future__ import annotations

from propel_helper.facts.crash import Crash
from propel_helper.facts.finding import Category, Explanation
from propel_helper.facts.surroundings import Surroundings
from propel_helper.facts.wording import Wording
from propel_helper.rules import Rule, asserted, database_files, families
from propel_helper.rules.steps import guide
from propel_helper.rules.words import code, first_line

# Python's own; datasets for what is there and empty.
_TYPES = (
    "FileNotFoundError",
    "NotADirectoryError",
    "IsADirectoryError",
    "FileExistsError",
    "EmptyDatasetError",
    "DataFilesNotFoundError",
)
# What reads files, and raises no type of its own.
_READERS = Wording(
    r"^(?:PIL|h5py|rasterio|nibabel|decord|torchaudio)/|^(?:soundfile|tarfile|zipfile|gzip|lzma)\.py$"
    r"|^numpy/lib/(?:_?npyio\w*|_?format\w*)\.py$"
)
# CPython's ENAMETOOLONG.
_TOO_LONG = Wording(r"^\[Errno \d+\] File name too long: (?P<quote>['\"])(?P<path>.+)(?P=quote)")
_LONGEST_NAME = 255
"""Bytes of one name (NAME_MAX) on nearly every file system."""
_DATABASE = "unable to open database file"


def explain(crash: Crash, surroundings: Surroundings) -> Explanation | None:
    """Claim types that speak of nothing but paths, and assertions that ask for one."""
    long = _TOO_LONG.search(crash.message)
    if long is not None:
        return _too_long(long["path"])
    if not _speaks_of_path(crash, surroundings):
        return None
    if _DATABASE in crash.message:
        database = database_files.without_folder(crash, surroundings)
        if database is not None:
            return database
    said = first_line(crash.message) or families.type_name(crash)
    return Explanation(
        error="a path that can't be used",
        because=f"it stopped with {code(said)}",
        fixes=(
            guide(
                "look-at-the-path",
                "Look at the path",
                "List that path from the folder that the run starts in, and correct it in the "
                "command, the config or the code.",
            ),
        ),
    )


def _too_long(path: str) -> Explanation:
    longest = max(len(part.encode()) for part in path.split("/"))
    because = "it has more bytes than the file system takes"
    if longest > _LONGEST_NAME:
        because = f"one of its names has {longest} bytes, and a file system takes {_LONGEST_NAME}"
    return Explanation(
        error="a path with a name that is too long",
        because=because,
        fixes=(
            guide(
                "shorten-the-name",
                "Shorten the name",
                "Give the run or file a shorter name, where the command or the config names it; where the code makes "
                "it out of settings, let it leave some out and write them into a file.",
            ),
        ),
    )


def _speaks_of_path(crash: Crash, surroundings: Surroundings) -> bool:
    name = families.type_name(crash)
    if name == "AssertionError":
        test = asserted.tested(crash, surroundings)
        return test is not None and asserted.of_path(test)
    if name == "OperationalError" and _DATABASE in crash.message:
        return True  # SQLite's SQLITE_CANTOPEN: the folder is missing, or the path is one
    read = name in ("OSError", "EOFError") or "allow_pickle=False" in crash.message
    return name in _TYPES or (read and bool(_READERS.search(families.raised_in(crash))))


RULE = Rule("path-refused", Category.PATH, ("exception",), explain, last=True)
