"""Where a text of the log is written in the command, the configs or the code, and near names."""

from __future__ import annotations

import difflib
import posixpath
import re

from propel_helper.facts.crash import Crash
from propel_helper.facts.finding import Edit, Place, RerunStep, Step
from propel_helper.facts.surroundings import PathKind, Surroundings
from propel_helper.facts.wording import Wording
from propel_helper.rules import comments, makefiles, project_files, slip_proofs

_BESIDE = 0.7
"""How alike (difflib's ratio) a name must be to be told as one that is there instead."""
_FILE_WORD = Wording(r"[\w./~-]+\.(?:sh|bash|ya?ml|json|toml|cfg|ini|py)\b")
_CONFIG_FOLDERS = (".", "configs", "conf", "config")
_MOST_FOLDERS = 40
"""Folders of the root that are looked into for a config that the command names without its ending."""
_CONFIG_ENDS = (".yaml", ".yml", ".json", ".toml", ".ini")
_TOOLS = frozenset({"tox.ini", "pytest.ini", "mypy.ini", "desktop.ini", "alembic.ini"})
"""Files of that kind that belong to tools, never to a training."""


def near_path(path: str, surroundings: Surroundings) -> str | None:
    """``path`` with its first part that does not exist respelt, when it surely is one name that is there.

    A folder that is there in the plural (or singular) and has all that the path goes on with is the same,
    and so is a file that is the only one of its kind there.
    """
    parts = path.split("/")
    for index in range(len(parts)):
        here = "/".join(parts[: index + 1])
        if not here or surroundings.kind(here) is not PathKind.MISSING:
            continue
        names = surroundings.names("/".join(parts[:index]) or ("/" if path[0] == "/" else "."))
        near = slip_proofs.meant_value(parts[index], names)
        if near is None and (index < len(parts) - 1 or _is_alone(parts[index], names)):
            near = slip_proofs.plural_of(parts[index], names)
        if near is None:
            return None
        right = "/".join([*parts[:index], near, *parts[index + 1 :]])
        return right if surroundings.kind(right) in (PathKind.FILE, PathKind.FOLDER) else None
    return None


def _is_alone(name: str, names: tuple[str, ...]) -> bool:
    """Whether a folder has one file of the kind of ``name``."""
    ending = posixpath.splitext(name)[1]
    return bool(ending) and sum(other.endswith(ending) for other in names) == 1


def near_paths(path: str, surroundings: Surroundings) -> tuple[str, ...]:
    """Up to three paths that are there instead of ``path``'s first part that is not; the nearest first."""
    parts = path.split("/")
    for index in range(len(parts)):
        here = "/".join(parts[: index + 1])
        if not here or surroundings.kind(here) is not PathKind.MISSING:
            continue
        above = "/".join(parts[:index])
        names = surroundings.names(above or ("/" if path[0] == "/" else "."))
        near = difflib.get_close_matches(parts[index], names, n=3, cutoff=_BESIDE)
        return tuple("/".join([*parts[:index], name]) for name in near)
    return ()


def in_config_folder(path: str, surroundings: Surroundings) -> str | None:
    """A config's bare name as it lies in exactly one of the usual folders (``configs/base.yaml``)."""
    if "/" in path or not path.endswith(_CONFIG_ENDS):
        return None
    paths = [posixpath.join(folder, path) for folder in _CONFIG_FOLDERS if folder != "."]
    found = [one for one in paths if surroundings.kind(one) is PathKind.FILE]
    return found[0] if len(found) == 1 else None


def replace_once(old: str, new: str, crash: Crash, surroundings: Surroundings) -> Step | None:
    """The step that writes ``new`` for ``old`` where it stands: command, config, then code.

    None unless the text is found, and found once in the first of these that has it at all; comments don't
    count. Last come the modules that these files import, all of them together.
    """
    command = surroundings.command or ""
    if (count := len(_occurrences(command, old))) > 0:
        at = _occurrences(command, old)[0]
        changed = command[:at] + new + command[at + len(old) :]
        return RerunStep(command, changed) if count == 1 else None
    for file in files_of(crash, surroundings):
        text = read(file, surroundings)
        places = uncommented(file, text, _occurrences(text, old)) if text else []
        if text is not None and places:
            return edit_at(file, text, places[0], old, new) if len(places) == 1 else None
    return _imported_once(old, new, _whole(old), crash, surroundings)


def replace_path(old: str, new: str, crash: Crash, surroundings: Surroundings) -> Step | None:
    """As ``replace_once``; where the whole path is written nowhere, the part of it that differs.

    Code joins paths out of parts: the part has to be written once, as a string or inside one.
    """
    step = replace_once(old, new, crash, surroundings)
    parts, others = old.split("/"), new.split("/")
    differing = [pair for pair in zip(parts, others, strict=False) if pair[0] != pair[1]]
    if step is not None or len(parts) != len(others) or len(differing) != 1:
        return step
    part, right = differing[0]
    pattern = re.compile(rf"(?<![\w.-]){re.escape(part)}(?![\w-]|\.\w)")
    command = surroundings.command or ""
    found = list(pattern.finditer(command))
    if found:
        at = found[0].start()
        changed = command[:at] + right + command[at + len(part) :]
        return RerunStep(command, changed) if len(found) == 1 else None
    for file in files_of(crash, surroundings):
        text = read(file, surroundings)
        places = _written(file, text, pattern) if text else []
        if text is not None and places:
            return edit_at(file, text, places[0], part, right) if len(places) == 1 else None
    return _imported_once(part, right, pattern, crash, surroundings)


def _imported_once(
    old: str, new: str, pattern: re.Pattern[str], crash: Crash, surroundings: Surroundings
) -> Edit | None:
    """The edit of the one string that all the modules together have which the crash's files import.

    None for a crash of the shell: it read no module.
    """
    found = [
        (file, text, place)
        for file in (project_files.of_crash(crash, surroundings) if crash.frames else ())
        if (text := surroundings.text(file)) is not None
        for place in _written(file, text, pattern)
    ]
    return edit_at(*found[0], old, new) if len(found) == 1 else None


def _written(file: str, text: str, pattern: re.Pattern[str]) -> list[int]:
    """Where a file has ``pattern`` outside of comments; of code only within strings."""
    places = uncommented(file, text, [match.start() for match in pattern.finditer(text)])
    return [place for place in places if not file.endswith(".py") or _in_string(text, place)]


def uncommented(file: str, text: str, places: list[int]) -> list[int]:
    """The places of a file's text that stand in no comment."""
    return [place for place in places if not comments.has(file, text, place)]


def _in_string(text: str, offset: int) -> bool:
    """Whether the line's text before ``offset`` opens a string that it has not closed."""
    before = text[text.rfind("\n", 0, offset) + 1 : offset]
    quote = ""
    for char in before:
        if char == quote:
            quote = ""
        elif not quote and char in "'\"":
            quote = char
        elif not quote and char == "#":
            return False
    return bool(quote)


def config_files(surroundings: Surroundings) -> list[str]:
    """Config files: those that the command names, else those in the usual folders.

    With those of any other folder beside them whose name the command has without its ending
    (``--hparams base`` and ``hparams/base.json``).
    """
    named = [
        file
        for file in _FILE_WORD.findall(surroundings.command or "")
        if file.endswith(_CONFIG_ENDS) and surroundings.text(file) is not None
    ]
    if named:
        return named
    usual = [
        posixpath.join(folder, name) if folder != "." else name
        for folder in _CONFIG_FOLDERS
        for name in surroundings.names(folder)
        if name.endswith(_CONFIG_ENDS) and name not in _TOOLS
    ]
    return [*usual, *_by_stem(surroundings)]


def _by_stem(surroundings: Surroundings) -> list[str]:
    words = set(re.findall(r"[\w-]+", surroundings.command or ""))
    others = [
        name
        for name in surroundings.names(".")
        if name not in _CONFIG_FOLDERS and name[0] not in "._" and "." not in name
    ]
    return [
        posixpath.join(folder, name)
        for folder in others[:_MOST_FOLDERS]
        for name in surroundings.names(folder)
        if name.endswith(_CONFIG_ENDS) and posixpath.splitext(name)[0] in words
    ]


def edit_at(file: str, text: str, offset: int, old: str, new: str) -> Edit:
    """The edit of one line that replaces ``old`` at ``offset`` of ``text``."""
    line = text.count("\n", 0, offset) + 1
    column = offset - (text.rfind("\n", 0, offset) + 1)
    return Edit(file, line, column, line, column + len(old), old, new)


def is_named_beside(path: str, step: Step, surroundings: Surroundings) -> bool:
    """Whether the text that ``step`` changes names ``path`` already, for something else."""
    if isinstance(step, Edit):
        return bool(_occurrences(surroundings.text(step.file) or "", path))
    return isinstance(step, RerunStep) and bool(_occurrences(step.old, path))


def place_of(step: Step) -> Place | None:
    """The line that an edit changes."""
    return Place(step.file, step.line) if isinstance(step, Edit) else None


def _occurrences(text: str, part: str) -> list[int]:
    """Offsets at which ``part`` stands as a whole path, not as a piece of a longer one."""
    return [found.start() for found in _whole(part).finditer(text)]


def _whole(part: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w./~-]){re.escape(part)}(?![\w/-])(?!\.\w)")


def read(file: str, surroundings: Surroundings) -> str | None:
    """A file's text; of a Makefile only what the run's target needs, at its own place."""
    recipes = makefiles.recipes(surroundings)
    return recipes.text if recipes and recipes.file == file else surroundings.text(file)


def files_of(crash: Crash, surroundings: Surroundings) -> list[str]:
    """Files that may hold a setting: those the command names, configs, then frames' own code."""
    named = _FILE_WORD.findall(surroundings.command or "")
    if (recipes := makefiles.recipes(surroundings)) is not None:
        named = [recipes.file, *named]
    configs = config_files(surroundings)
    code = [frame.file for frame in reversed(crash.frames) if surroundings.is_own(frame.file)]
    return list(dict.fromkeys([*named, *configs, *code]))


def place_in_configs(text: str, surroundings: Surroundings) -> Place | None:
    """The one line of the configs that holds ``text`` as a whole word, else None."""
    found = []
    for file in config_files(surroundings):
        content = surroundings.text(file) or ""
        pattern = re.compile(rf"(?<![\w.-]){re.escape(text)}(?![\w-])")
        found += [
            (file, content.count("\n", 0, one.start()) + 1) for one in pattern.finditer(content)
        ]
    return Place(*found[0]) if len(found) == 1 else None
