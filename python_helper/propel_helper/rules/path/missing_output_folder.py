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
`import os` is added at its top. If the path's expression could do something when it is evaluated
twice, nothing is edited: the folder is created once, by `mkdir -p` in the run's session. Where its
name can't be told, or is made of the time, a step for you to take is shown.

## Fix safety
Safe. An existing folder is left as it is, and what training computes stays the same. A misspelt
path would be created as it is written, so look at the path that the sentence names.
"""

from __future__ import annotations

import ast
import posixpath
import shlex

from propel_helper.facts.crash import Crash, Frame
from propel_helper.facts.finding import (
    Category,
    CommandStep,
    Edit,
    Explanation,
    Fix,
    GuideStep,
    Safety,
)
from propel_helper.facts.surroundings import PathKind, Surroundings
from propel_helper.facts.wording import Wording
from propel_helper.rules import Rule, imports, launch_folder, own, returns, statements, writing
from propel_helper.rules.launch_text import launch_of
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
_UNNAMED = Wording(r"open file failed with strerror: No such file or directory")


def explain(crash: Crash, surroundings: Surroundings) -> Explanation | None:
    """Claim errors of writing; reading a missing file is another kind of crash."""
    if returns.cause(crash, surroundings) is not None:
        return None
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
        fix = _edit(frame, text, tree, statement, write)
    where = code(folder) if folder else "a folder"
    absent = "that folder does not exist" if folder else "the folder does not exist"
    return Explanation(
        error="a missing output folder",
        because=f"{_writer(write)} writes into {where} and {absent}",
        fixes=(fix or _make(folder, surroundings) or _guide(folder or "that the path names"),),
    )


def _parent(path: str) -> str:
    return path.rstrip("/\\").rpartition("/")[0] or path.rstrip("\\").rpartition("\\")[0]


def _writer(write: writing.Write | None) -> str:
    return code(write.call) if write else "the program"


def _make(folder: str | None, surroundings: Surroundings) -> Fix | None:
    """The folder itself, where no statement can make it; not one that is named after the time."""
    launch = launch_of(surroundings)
    here = launch_folder.started_in(launch, surroundings) if launch else None
    if folder is None or here is None or _TIME.search(folder):
        return None
    inside = not posixpath.isabs(folder) and not folder.startswith("..")
    command = f"mkdir -p {shlex.quote(posixpath.normpath(posixpath.join(here, folder)))}"
    by = f"creating the folder with {code(command)}"
    safety = Safety.SAFE if inside else Safety.ASK
    return Fix("make-folder", f"Create the folder {folder}", by, safety, (CommandStep(command),))


def _guide(folder: str) -> Fix:
    return Fix(
        "create-folder-yourself",
        f"Create the folder {folder}",
        f"having you create the folder {code(folder)}, from the folder that the run starts in",
        Safety.SAFE,
        (GuideStep(f"Create the folder {folder} (from the folder that the run starts in)."),),
    )


def _edit(
    frame: Frame, text: str, tree: ast.Module, statement: ast.stmt, write: writing.Write
) -> Fix | None:
    if write.mkdir is not None:
        return _makedirs(frame, text, write.mkdir)
    lines = text.split("\n")
    line = lines[statement.lineno - 1]
    indent = line[: len(line) - len(line.lstrip())]
    if line[: statement.col_offset].strip() or not _can_stand_before(statement, write.path):
        return None
    path = statements.source(text, write.path)
    at = statement.lineno
    edits: list[Edit] = []
    if imports.has_module(tree, "os", at):
        added = f"os.makedirs(os.path.dirname({path}), exist_ok=True)"
    elif imports.has_name(tree, "pathlib", "Path", at):
        added = f"Path({path}).parent.mkdir(parents=True, exist_ok=True)"
    else:
        added = f"os.makedirs(os.path.dirname({path}), exist_ok=True)"
        edits.append(imports.add_import(frame.file, tree, "import os"))
    edits.insert(0, Edit(frame.file, at, 0, at, 0, "", indent + added + "\n"))
    return Fix(
        "create-folder",
        "Create the folder before writing",
        f"creating the folder with {code(added)} on the line before",
        Safety.SAFE,
        tuple(edits),
    )


def _can_stand_before(statement: ast.stmt, path: ast.expr) -> bool:
    simple = (ast.Expr, ast.Assign, ast.AnnAssign, ast.AugAssign, ast.Return)
    if not isinstance(statement, (*simple, ast.With, ast.AsyncWith)):
        return False
    if isinstance(statement, (ast.With, ast.AsyncWith)):
        bound = [item.optional_vars for item in statement.items if item.optional_vars]
        if any(statements.names_in(name) & statements.names_in(path) for name in bound):
            return False
    return statements.free_of_effects(path)


def _makedirs(frame: Frame, text: str, mkdir: ast.Call) -> Fix | None:
    """``os.mkdir(p)`` -> ``os.makedirs(p)``; ``p.mkdir()`` -> ``p.mkdir(parents=True)``."""
    function = mkdir.func
    if not isinstance(function, ast.Attribute) or mkdir.end_lineno is None:
        return None
    line, end = function.end_lineno or 0, function.end_col_offset or 0
    if statements.dotted(function) == "os.mkdir":
        column = end - len("mkdir")
        old, new = "mkdir", "makedirs"
    else:
        line, column = mkdir.end_lineno, (mkdir.end_col_offset or 0) - 1
        old, new = "", ", parents=True" if mkdir.args or mkdir.keywords else "parents=True"
    row = text.split("\n")[line - 1]
    column = len(row.encode()[:column].decode("utf-8", "replace"))
    edit = Edit(frame.file, line, column, line, column + len(old), old, new)
    return Fix(
        "create-parents",
        "Create the folders above as well",
        f"creating the folders above as well ({code(new.removeprefix(', '))})",
        Safety.SAFE,
        (edit,),
    )


RULE = Rule(
    "missing-output-folder",
    Category.PATH,
    ("FileNotFoundError", "OSError", "RuntimeError"),
    explain,
)
