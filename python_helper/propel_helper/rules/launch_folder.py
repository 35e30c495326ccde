"""The folder that a launch runs in, and the same launch from another folder."""

from __future__ import annotations

import posixpath
import re
import shlex
from collections.abc import Iterator

from propel_helper.facts.finding import Fix, Safety, Step
from propel_helper.facts.shell import SimpleCommand, Word, simple_commands
from propel_helper.facts.surroundings import PathKind, Surroundings
from propel_helper.rules import launch_changes
from propel_helper.rules.launch_text import Launch, launch_of
from propel_helper.rules.words import code

# "$(dirname "$0")" and its kin: the folder of the script itself.
_OWN_FOLDER = re.compile(
    r"\$\(\s*dirname\s+(?:--\s+)?\"?\$\{?(?:0|BASH_SOURCE(?:\[0\])?)\}?\"?\s*\)"
)
_UNKNOWN = re.compile(r"[$`*?~]")
_THERE = (PathKind.FILE, PathKind.FOLDER)
_MODULE = frozenset({"-m", "--module"})


def started_in(launch: Launch, surroundings: Surroundings) -> str | None:
    """Folder that the launch runs in, relative to the run's; None where the text does not tell."""
    here = "."
    if launch.file is not None:
        outer = _after(simple_commands(surroundings.command or ""), here, None)
        if outer is None:
            return None
        here = outer
    return _after(_before(launch), here, launch.file)


def _before(launch: Launch) -> tuple[SimpleCommand, ...]:
    """Simple commands of the launch's text that come before it."""
    start = launch.words[0].start
    return tuple(
        command
        for command in simple_commands(launch.text)
        if command.words and command.words[-1].end <= start
    )


def _after(commands: tuple[SimpleCommand, ...], here: str, script: str | None) -> str | None:
    for command in commands:
        values = [word.value for word in command.words]
        if values[:1] == ["pushd"]:
            return None
        if values[:1] == ["cd"]:
            if len(values) != 2:
                return None
            target = values[1]
            if script is not None and _OWN_FOLDER.fullmatch(target):
                here = posixpath.dirname(script) or "."
                continue
            if _UNKNOWN.search(target):
                return None
            here = posixpath.normpath(posixpath.join(here, target))
    return here


def ancestors(launch: Launch, here: str) -> tuple[str, ...]:
    """Folders that a launch's paths may be meant from, the likeliest first; relative to the run's.

    Those around the script, from its own up to where the launch runs, then two above.
    """
    found = []
    if launch.words[launch.script - 1].value not in _MODULE:
        folder = posixpath.dirname(launch.words[launch.script].value)
        while folder not in {"", ".", "/"}:
            found.append(posixpath.join(here, folder))
            folder = posixpath.dirname(folder)
    found += [here, posixpath.join(here, ".."), posixpath.join(here, "../..")]
    return tuple(dict.fromkeys(posixpath.normpath(folder) for folder in found))


def moved(launch: Launch, here: str, there: str, surroundings: Surroundings) -> tuple[Step, ...]:
    """The same launch from the folder ``there``: a ``cd``, and its paths taken from there.

    Both folders are relative to the run's. Empty where a path can't be told, or where it starts a
    module, which is found by its folder.
    """
    if launch.words[launch.script - 1].value in _MODULE or not _moves(launch):
        return ()
    above = there.startswith("..")
    if above and here != ".":
        return ()
    changes = list(_into(launch, here, there))
    for word in launch.words[launch.program :]:
        head, equals, path = (
            word.value.rpartition("=") if "=" in word.value else ("", "", word.value)
        )
        is_script = word is launch.words[launch.script]
        if not path or posixpath.isabs(path) or (path in {".", ".."} and not is_script):
            continue
        if surroundings.kind(posixpath.join(here, path)) not in _THERE:
            continue
        if _UNKNOWN.search(word.value):
            return ()
        if above:
            # The name of the run's own folder is not in the text; the shell keeps it.
            changes.append((word.start, word.end, f'{head}{equals}"$OLDPWD"/{shlex.quote(path)}'))
            continue
        new = posixpath.relpath(posixpath.join(here, path), there)
        if word is launch.words[launch.program] and "/" not in new:
            new = f"./{new}"
        changes.append((word.start, word.end, f"{head}{equals}{shlex.quote(new)}"))
    return launch_changes.steps(launch, changes)


def from_another(path: str, surroundings: Surroundings) -> Fix | None:
    """The launch from the one folder around that ``path``, relative, is found from."""
    launch = launch_of(surroundings)
    here = started_in(launch, surroundings) if launch else None
    if launch is None or here is None or posixpath.isabs(path):
        return None
    there = [
        folder
        for folder in ancestors(launch, here)
        if surroundings.kind(posixpath.join(folder, path)) in _THERE
    ]
    steps = moved(launch, here, there[0], surroundings) if len(there) == 1 else ()
    if not steps or there[0] == here:
        return None
    where = posixpath.relpath(there[0], here)
    by = f"starting it in {code(where)}, the one folder around from where {code(path)} is found"
    return Fix("start-in-folder", f"Start it in {_title(where)}", by, Safety.ASK, steps)


def script_from_another(surroundings: Surroundings) -> Fix | None:
    """The shell script of the launch from the one folder around that its own launch is found from.

    None where the script goes elsewhere itself, or has another path that is right where it is.
    """
    launch = launch_of(surroundings)
    outer = _of_script(launch.file, surroundings) if launch and launch.file else None
    here = started_in(launch, surroundings) if launch else None
    if launch is None or outer is None or here is None or _goes_elsewhere(launch):
        return None
    path = launch.words[launch.script].value
    if launch.words[launch.script - 1].value in _MODULE or posixpath.isabs(path):
        return None
    around = (posixpath.normpath(posixpath.join(here, up)) for up in (".", "..", "../.."))
    there = [one for one in around if surroundings.kind(posixpath.join(one, path)) in _THERE]
    if len(there) != 1 or there[0] == here:
        return None
    written = {word.value for command in simple_commands(launch.text) for word in command.words}
    named = {one.rpartition("=")[2] for one in written} - {"", ".", ".."}
    if any(surroundings.kind(posixpath.join(here, one)) in _THERE for one in named):
        return None
    steps = moved(outer, here, there[0], surroundings)
    where = posixpath.relpath(there[0], here)
    by = f"starting it in {code(where)}, the one folder around from where {code(path)} is found"
    return (
        Fix("start-in-folder", f"Start it in {_title(where)}", by, Safety.ASK, steps)
        if steps
        else None
    )


def _of_script(script: str, surroundings: Surroundings) -> Launch | None:
    """The simple command of the confirmed text that runs a shell script, as a launch of that."""
    command = surroundings.command or ""
    found = [
        Launch(command, None, simple.words, "", 0, index)
        for simple in simple_commands(command)
        for index, word in enumerate(simple.words)
        if word.value == script
    ]
    return found[0] if len(found) == 1 else None


def _title(where: str) -> str:
    """A folder as a menu entry ends with it: dots alone read like the end of a sentence."""
    return "the folder above" if where == ".." else where.rstrip("/")


def _goes_elsewhere(launch: Launch) -> bool:
    """Whether the launch's text changes its folder, also in a way that is not plainly seen."""
    return re.search(r"\b(?:cd|pushd)\b", launch.text) is not None


def _moves(launch: Launch) -> bool:
    """Whether at most one ``cd`` comes before the launch."""
    return sum(command.words[0].value == "cd" for command in _before(launch)) <= 1


def _into(launch: Launch, here: str, there: str) -> Iterator[launch_changes.Change]:
    """The change that makes the launch run in ``there``."""
    entered = [command for command in _before(launch) if command.words[0].value == "cd"]
    if not entered:
        at = _first(launch).start
        yield at, at, f"cd {shlex.quote(posixpath.relpath(there, here))} && "
        return
    target = entered[0].words[1]
    if _OWN_FOLDER.fullmatch(target.value):
        written = launch.text[target.start : target.end]
        inside = written.removesuffix('"')
        yield (
            target.start,
            target.end,
            f"{inside}/{posixpath.relpath(there, here)}{written[len(inside) :]}",
        )
        return
    start = posixpath.normpath(posixpath.join(here, _back(target.value)))
    new = posixpath.relpath(there, start)
    behind = re.compile(r"[ \t]*(?:&&|;|\n)[ \t]*").match(launch.text, target.end)
    if new == "." and behind is not None:
        yield entered[0].words[0].start, behind.end(), ""
    else:
        yield target.start, target.end, shlex.quote(new)


def _back(folder: str) -> str:
    """From ``folder`` back to where ``cd folder`` was said."""
    return posixpath.relpath(".", folder)


def _first(launch: Launch) -> Word:
    return launch.words[0]
