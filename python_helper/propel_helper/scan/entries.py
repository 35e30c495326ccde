"""From a command's text to the Python file that it starts in the end, and what that is handed."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass

from propel_helper.scan.invocation import How, Invocation
from propel_helper.scan.modules import Files
from propel_helper.scan.reading import Mention, Reading
from propel_helper.scan.resolve import Place, Project, place
from propel_helper.scan.shell_text import expanded
from propel_helper.scan.sources import all_sources
from propel_helper.scan.spoken import Spoken, spoken
from propel_helper.scan.vocabulary import of_name

_MANIFESTS = ("pyproject.toml", "setup.py", "setup.cfg", "pixi.toml", "Makefile", "makefile",
              "justfile", "tasks.py", "mise.toml", "dvc.yaml", "Taskfile.yml")  # fmt: skip


@dataclass(frozen=True)
class Started:
    """The Python file in the end, the arguments it gets, and the folder it runs in."""

    file: str
    arguments: tuple[str, ...]
    cwd: str


def declared(files: Files) -> Project:
    """The console scripts and tasks that the top of the project declares."""
    readings: list[tuple[str, Reading]] = []
    for name in _MANIFESTS:
        text = files.text(name) if name in files.tree else None
        if text is not None:
            readings += [(name, one.read(name, text)) for one in all_sources() if one.wants(name)]
    plain = Project(files.tree, {}, {})
    programs: dict[str, str] = {}
    for name, reading in readings:
        for program, target in reading.programs.items():
            starts = Invocation(How.MODULE, target.partition(":")[0].strip())
            at = place(plain, Mention(program, starts, "console", name, base=""))
            if at is not None:
                programs[program] = at.entry
    tasks = {
        (one.starts.tool, one.base or "", one.starts.target): one
        for _, reading in readings
        for one in reading.mentions
        if one.starts.how is How.TASK
    }
    return Project(files.tree, programs, tasks)


def started(files: Files, command: str, cwd: str = "") -> Started | None:
    """What ``command`` starts in the end, through scripts and tasks; None when no Python file."""
    project = declared(files)
    for one in spoken(command):
        found = _followed(files, project, one, cwd, 4)
        if found is not None:
            return found
    return None


def _followed(files: Files, project: Project, one: Spoken, cwd: str, deep: int) -> Started | None:
    mention = Mention(one.text, one.starts, "given", "", folders=one.folders, base=cwd)
    at = place(project, mention)
    if at is None or not deep:
        return None
    if one.starts.how is How.SHELL:
        text = files.text(at.entry)
        inner = spoken(expanded(text, one.starts.arguments)) if text else ()
        return _first(files, project, inner, at.cwd, one.starts.arguments, deep)
    if at.task is not None:
        for starts in at.task.inner:
            found = _followed(
                files, project, Spoken("", starts, 1, (), "", False), at.cwd, deep - 1
            )
            if found is not None:
                return found
        return None
    if not at.entry.endswith(".py"):
        return None
    return Started(at.entry, _arguments(one.starts, at), at.cwd)


def _arguments(starts: Invocation, at: Place) -> tuple[str, ...]:
    """The arguments of the script in the end: a launcher script's own are left out."""
    for number, word in enumerate(starts.arguments[:3]):
        if posixpath.basename(word) == posixpath.basename(at.entry):
            return starts.arguments[number + 1 :]
    return starts.arguments


def _first(
    files: Files,
    project: Project,
    inner: tuple[Spoken, ...],
    cwd: str,
    handed: tuple[str, ...],
    deep: int,
) -> Started | None:
    """Of the Python files that a script starts, the first whose name says most that it trains.

    ``$@`` in it is what the script was handed.
    """
    best: Started | None = None
    for one in inner:
        found = _followed(files, project, one, cwd, deep - 1)
        if found is not None and (best is None or _named(found) > _named(best)):
            best = found
        if best is not None and _named(best) > _SURE:
            break
    if best is None:
        return None
    arguments: list[str] = []
    for word in best.arguments:
        arguments += handed if word in ("$@", "$*", "${@}") else (word,)
    return Started(best.file, tuple(arguments), best.cwd)


_SURE = 1.5
"""Evidence in a name that says plainly it trains."""


def _named(found: Started) -> float:
    return of_name(posixpath.basename(found.file).removesuffix(".py"))
