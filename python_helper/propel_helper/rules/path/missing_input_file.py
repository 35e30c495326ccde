"""missing-input-file: a file or folder that is read does not exist.

## What happened
The program opened, listed or loaded something that is not at that path.

## Why it happens
The path is misspelt, the data or checkpoint was not downloaded or lies elsewhere on this machine,
or a relative path is taken from another folder than the one it was written for. A symbolic link may lead
to what is gone, and a `~` in quotes is a name like any other.

## What the fix changes
When a relative path is right from exactly one folder around, the launch starts in that one (`cd`).
When it is exactly one name in the nearest folder that exists with a slip of the pen, the path is respelt
where it is written: in the launch command, the config file or the code. A config's bare name is led
into the one of the usual folders that has it. Where the project has one file of that very name and only
folders that say a kind of thing differ (`weights/`, `checkpoints/`), its path is written; never for what
trainers save under a number or as the best or last. Weights that were put into a folder below theirs that
is a date are the same ones. Where a run is to be continued (`--resume`) from a
checkpoint that was rotated away, the one that it saved last is taken, where the state itself or a file
beside it says so. `--data=~/x`, which no shell expands, becomes
`--data=$HOME/x`, `"~/x"` loses its quotes there, and code that reads `~/x` as it stands expands it, where that
is there. A blank at an end of a quoted path goes. Otherwise nothing: a step says what to look at.

## Fix safety
Ask: the near name may be another file than the one that was meant.
"""

from __future__ import annotations

import re

from propel_helper.facts.crash import Crash
from propel_helper.facts.finding import (
    Category,
    Edit,
    Explanation,
    Fix,
    Place,
    RerunStep,
    Safety,
    Step,
)
from propel_helper.facts.lines import lines_of
from propel_helper.facts.surroundings import PathKind, Surroundings
from propel_helper.facts.wording import Wording
from propel_helper.rules import (
    Rule,
    absent_paths,
    home_paths,
    launch_folder,
    moved_files,
    own,
    path_blanks,
    platforms,
    returns,
    rotated_checkpoints,
    run_first,
    statements,
    texts,
    writing,
)
from propel_helper.rules.said import line_of, said
from propel_helper.rules.words import code, first_line

# CPython's errno 2; TensorFlow's errors; soundfile, h5py, OpenCV, torchaudio, Lightning, mmengine, ultralytics;
# and the words that people's own checks use, where a path stands beside them.
_ERRNO = Wording(
    r"No such file or directory: (?P<quote>[\"'])(?P<path>.+?)(?P=quote)(?: -> .*)?(?:$|\n)"
)
_PATHLIKE = r"[\"'`]?(?P<path>[\w.~*$@{}=+-]*[/\\][^\s\"'`;,:]+|[\w-]+\.[A-Za-z]\w{1,5})[\"'`]?"
_WORDS = Wording(
    rf"{_PATHLIKE}[;:]? (?:No such file or directory|not found|does ?n[o']t exist|is not found"
    r"|does not exist|could not be found|is missing|is not a (?:valid )?(?:file|directory|path))"
    rf"|(?:[Ff]ile|[Cc]onfig|[Cc]heckpoint|[Ww]eights|[Dd]ata(?:set)?|[Ff]older|[Dd]irectory|[Pp]ath) not found: (?:filepath=)?{_PATHLIKE.replace('path', 'absent')}"
    r"|No such file or directory|Could not find directory|NOT_FOUND: .*;"
    r"|(?:[Cc]annot|[Cc]an't|[Cc]ould not|[Uu]nable to|[Ff]ailed to|Error) ?(?:find|open(?:ing)?|locate|read)"
    rf" (?:the )?(?:\w+ )?{_PATHLIKE.replace('path', 'opened')}"
    r"|[Nn]o (?:\w+ ){0,2}(?:runs?|checkpoints?|weights|folders|directories) (?:were |was )?(?:present|found|available|exist) (?:in|at|under)\b"
    r"|[(:'\"] ?(?P<holder>[\w.~*@{}=+-]*[/\\][^\s\"'`;,:()]+)[)'\"]? does(?: not|n't) contain (?:an?|any) "
    r"|Expected \d+ .{0,20}files? in .{1,200}found 0\b"
    r"|[Cc]ould not find (?:any |a |the )?(?:checkpoints?|weights|model|snapshot)s? (?:in|at|under) (?P<within>\S+)"
    r"|Unable to (?:synchronously )?open file .*errno = 2|Failed to find any matching files for"
    r"|cannot find the (?:path|file) specified"
    r"|images not found \S*, missing paths? "
    r"|\bnot found[.,!:] (?:Make sure (?:to|you)|Please|Did you|Have you|You (?:need|have) to|Run|First) (?:first )?(?:run|download|generate|create|prepare|build)\b"
)
# What people's own checks raise as what Python raises itself.
_OWN_WORDS = Wording(
    rf"(?:not found|does ?n[o']t exist|[Nn]o such (?:file|folder|path|config)|missing(?: file)?): {_PATHLIKE}[.!]?$",
    re.MULTILINE,
)
_KINDS = (
    "FileNotFoundError",
    "NotFoundError",
    "LibsndfileError",
    "NoBackendError",
    "DECORDError",
    "OSError",
    "IOError",
    "RuntimeError",
    "ValueError",
    "AssertionError",
    "FileIOException",
    "RasterioIOError",
    "SystemError",
    "Error",
)
_SURE = ("FileNotFoundError", "LibsndfileError")
# Other pages know more of these.
_OTHERS = Wording(
    r"Parent directory .* does not exist|non-existent directory|inline_container|GLIBC|\.so[.\d]*:"
    r"|is not a local folder|does not appear to have|Repo id must|module named|torch_shm_manager"
    r"|C compiler|CUDA_HOME|Found no valid file for|any class folder|Found 0 |adapter_config"
    r"|configuration file|[Cc]onfig file|registry|Can't load|shared memory|TPU|libcuda"
    r"|Checkpoint signature|no file named|libdevice|Unable to load weights|operator \w+::|is neither a `?Dataset"
)

# soundfile.py: libsndfile passes the system's error on without its words.
_UNSURE = Wording(r"^Error opening .+: System error\.?$")
# Names inside a program or a checkpoint have slashes too.
_NO_FILE = Wording(
    r"\b(?:[Kk]eys?|[Vv]ariables?|[Pp]arameters?|[Tt]ensors?|[Cc]olumns?|[Mm]etrics?|[Ll]ayers?|[Ff]ields?|[Nn]odes?"
    r"|[Aa]ttributes?|[Oo]perations?|[Ff]eatures?|[Ss]cope|[Mm]odules?) [`'\"]?\S+ (?:is |was )?"
    r"(?:not found|does ?n[o']t exist|does not exist|is not found|could not be found|missing)"
)

# Options, keys and variables that name what a run goes on from.
_CONTINUES = Wording(r"resum|restart|restor|continu|ckpt_path", re.IGNORECASE)


def explain(crash: Crash, surroundings: Surroundings) -> Explanation | None:
    """Claim reads of what is not there; writing, programs and models have their own pages."""
    if returns.cause(crash, surroundings) is not None:
        return None
    name = (crash.exception or "").rpartition(".")[2]
    found = said(crash, _ERRNO) or said(crash, _WORDS)
    found = found or (said(crash, _OWN_WORDS) if name in _SURE else None)
    if found is None and name not in _SURE:
        return None
    if _OTHERS.search(crash.message) or _NO_FILE.search(crash.message):
        return None
    if _is_other(crash, surroundings):
        return None
    named = found.groupdict() if found else {}
    path = (
        named.get("path") or named.get("opened") or (named.get("absent") or "").rstrip(".") or None
    )
    if path is not None and surroundings.kind(path) in (PathKind.FILE, PathKind.FOLDER):
        if name not in ("FileNotFoundError", "NotFoundError"):
            return None
        # The system's words were true when they were said; a program's own may be about something in it.
        path = path if said(crash, _ERRNO) else None
    said_words = first_line(line_of(found) if found else crash.message)
    asked = run_first.asked(crash.message) if path is None else None
    if asked is not None:
        return asked
    because = (
        f"the program looks for {code(platforms.shown(path))} and nothing is there"
        if path
        else said_words
    )
    if path and _UNSURE.search(crash.message):
        because = f"the library could not open {code(platforms.shown(path))} and does not say why; most often nothing is there"
    fix, at = _found(path, crash, surroundings) if path else (None, None)
    if path and fix is None:
        fix, at = home_paths.expanded(path, crash, surroundings)
    told = absent_paths.told(path, surroundings) if path and fix is None else None
    if path and told is not None:
        because, fix = f"the program looks for {code(path)}, and {told.because}", told.fix
    if fix is not None and fix.id == "start-in-folder":
        because += "; the path is right from another folder than the one that the run starts in"
    return Explanation(
        "a file that is not there",
        because or "a file was not found",
        at,
        (fix or absent_paths.look(path, surroundings),),
    )


def _is_other(crash: Crash, surroundings: Surroundings) -> bool:
    """Whether the statement writes, or a program (not a file) was looked for."""
    last = crash.frames[-1] if crash.frames else None
    if last is not None and "subprocess" in last.file:
        return True
    if writing.foreign_write(crash, surroundings) is not None:
        return True
    frame = own.deepest(crash, surroundings)
    if frame is None:
        return False
    text = surroundings.text(frame.file)
    tree = statements.parse(text) if text else None
    statement = statements.statement_at(tree, frame.line) if tree else None
    if statement is None and frame.code:
        statement = statements.parse_line(frame.code)
    return statement is not None and writing.write_in(statement, crash.frames[-1]) is not None


def _found(path: str, crash: Crash, surroundings: Surroundings) -> tuple[Fix | None, Place | None]:
    """The fix that leads to the file, and its line; from another folder first: the path is right then."""
    fix = launch_folder.from_another(path, surroundings) if "/" in path.strip("./") else None
    if fix is not None:
        return fix, None
    moved = _moved_on(path, crash, surroundings)
    if moved is not None or rotated_checkpoints.newest_alike(path, surroundings):
        return moved, texts.place_of(moved.steps[0]) if moved else None
    filed = texts.in_config_folder(path, surroundings)
    bare = path_blanks.without(path, surroundings)
    near = filed or bare or texts.near_path(path, surroundings)
    now = moved_files.now_at(path, surroundings) if near is None else None
    elsewhere = now if now and moved_files.is_moved(path, now, surroundings) else None
    right = near or elsewhere
    step = texts.replace_path(path, right, crash, surroundings) if right and not bare else None
    step = path_blanks.away(path, crash, surroundings) if bare else step
    if right is None or step is None:
        return None, None
    if not bare and texts.is_named_beside(right, step, surroundings):
        return None, None
    what = "the one name there that is almost the same"
    if filed:
        what = "the one folder of configs that has it"
    if bare:
        what = "which is there, without the blank"
    if elsewhere:
        what = "the one file of that name in the project"
    by = f"writing {code(right)} for {code(path)}, {what}"
    if isinstance(step, Edit) and step.old_text != path:
        by = f"writing {code(step.new_text)} for {code(step.old_text)}, so that it finds {code(right)}, {what}"
    fix = Fix("respell-path", f"Write {right}", by, Safety.ASK, (step,))
    return fix, texts.place_of(step)


def _moved_on(path: str, crash: Crash, surroundings: Surroundings) -> Fix | None:
    """The newest checkpoint for one that was rotated away, where a run is to be continued.

    Anywhere else (a teacher, weights to begin with, a comparison) another state is another training.
    """
    newer = rotated_checkpoints.newest_alike(path, surroundings)
    step = texts.replace_path(path, newer, crash, surroundings) if newer else None
    if newer is None or step is None or texts.is_named_beside(newer, step, surroundings):
        return None
    if not _CONTINUES.search(_before(step, path, surroundings)):
        return None
    if not rotated_checkpoints.is_last(newer, surroundings):
        return None
    by = (
        f"continuing from {code(newer)}, which the run saved last: {code(path)} is gone, and this is a "
        "later state of the model"
    )
    return Fix("continue-from-newest", f"Continue from {newer}", by, Safety.ASK, (step,))


def _before(step: Step, path: str, surroundings: Surroundings) -> str:
    """What stands before the path on its line, or since the option that takes it."""
    if isinstance(step, RerunStep):
        return step.old[: max(step.old.find(path), 0)].rstrip("= \"'").rpartition(" ")[2]
    if isinstance(step, Edit):
        lines = lines_of(surroundings.text(step.file) or "")
        return lines[step.line - 1][: step.column] if step.line <= len(lines) else ""
    return ""


RULE = Rule("missing-input-file", Category.PATH, _KINDS, explain)
