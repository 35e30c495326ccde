"""Which file of the project a command starts, and from which folder that works."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from propel_helper.scan.invocation import How, Invocation
from propel_helper.scan.neighbourhood import is_around, meant_by
from propel_helper.scan.reading import Mention
from propel_helper.scan.spoken import CLONED, TOP
from propel_helper.scan.tree import Tree, joined
from propel_helper.scan.vocabulary import of_name
from propel_helper.scan.whereabouts import Needs, belongs, paths, upwards


@dataclass(frozen=True)
class Place:
    """Where a command leads.

    Attributes:
        entry: the file it starts, relative to the project; "" when no file of it.
        cwd: folder it works from, relative to the project; ``..`` and the like for one above.
        exact: the path is written as it must be from ``cwd``, nothing was guessed.
        written: the path as written leads to ``entry`` from ``cwd``, not just the end of it.
        rivals: how many files are called so, when nothing tells which of them is meant; else 0.
        task: the declaration of a task, None for anything else.
    """

    entry: str
    cwd: str
    exact: bool = True
    written: bool = True
    rivals: int = 0
    task: Mention | None = None


@dataclass(frozen=True)
class Project:
    """What commands are looked up in.

    Attributes:
        tree: the project's files.
        programs: console scripts it declares, name -> file.
        tasks: tasks it declares, (tool, folder, name) -> declaration.
    """

    tree: Tree
    programs: Mapping[str, str]
    tasks: Mapping[tuple[str, str, str], Mention]


def after_cd(tree: Tree, document: str, folders: tuple[str, ...]) -> str:
    """Folder of the project after the ``cd`` lines of ``document``; "" when they are unclear."""
    now = ""
    beside = posixpath.dirname(document)
    for written in folders:
        if written.startswith(CLONED):
            continue
        if written.startswith(TOP):
            now = joined("", written.removeprefix(TOP)) or ""
            now = now if now in tree.folders else ""
            continue
        folder = written.rstrip("/")
        tries = [joined(now, folder), joined(beside, folder), joined("", folder)]
        inside = next((one for one in tries if one is not None and one in tree.folders), None)
        if inside is None and "/" in folder:
            inside = next(
                (one for one in _shortened(folder) if one in tree.folders),
                None,
            )
        now = inside if inside is not None else ("" if folder in (".", "-") else now)
    return now


def _shortened(path: str) -> Iterator[str]:
    """``path`` without its first part, without its first two, ..."""
    while "/" in path:
        path = path.partition("/")[2]
        if path:
            yield path


def _bases(tree: Tree, mention: Mention) -> list[str]:
    beside = posixpath.dirname(mention.file)
    bases = []
    if mention.folders:
        bases.append(after_cd(tree, mention.file, mention.folders))
    if mention.base is not None:
        bases.append(mention.base)
    bases += [beside, "", "src"] if "readme" in mention.file.lower() else ["", beside, "src"]
    parent = posixpath.dirname(beside)
    return list(dict.fromkeys([*bases, parent]))


def _file(tree: Tree, path: str, bases: list[str], mention: Mention) -> Place | None:
    path = posixpath.normpath(path) if path else path
    # Beside a README its own paths are no guess, wherever the lines above went.
    own = posixpath.dirname(mention.file) if mention.source == "readme" else ""
    for at, base in enumerate(bases):
        found = joined(base, path) if base in tree.folders else None
        if found is not None and found in tree:
            return Place(found, base, exact=at == 0 or base in ("", own))
    above = tree.from_above(path)
    if above is not None:
        return Place(*above)
    return _guessed(tree, path, mention)


def _guessed(tree: Tree, path: str, mention: Mention) -> Place | None:
    """A file that ``path`` names from some folder, else one that only the end of it names."""
    for tail in [path, *_shortened(path)]:
        if tail.startswith(("..", "/")) or not tail:
            continue
        near = [file for file in tree.ending_with(tail) if not _aside(file)]
        if tail != path and "/" not in tail:
            near = [file for file in near if is_around(mention, file)]
        meant = meant_by(mention, near)
        if meant or (len(near) > 1 and near[0].count("/") < near[1].count("/")):
            entry, written = meant or near[0], tail == path
            cwd = entry[: -len(tail)].rstrip("/") if written else ""
            return Place(entry, cwd, False, written, 0 if meant else len(near))
    return None


_ASIDE = frozenset(
    "tests test docs doc third_party thirdparty vendor node_modules external".split()
)


def _aside(path: str) -> bool:
    return any(part in _ASIDE for part in path.split("/")[:-1])


def _module(tree: Tree, module: str, bases: list[str]) -> Place | None:
    path = module.replace(".", "/")
    names = (f"{path}.py", f"{path}/__main__.py")
    for base in bases:
        for name in names:
            found = joined(base, name)
            if found is not None and found in tree:
                return Place(found, "" if base == "src" else base)
    above = next((one for one in map(tree.from_above, names) if one is not None), None)
    if above is not None:
        return Place(*above)
    for name in names:
        named = [file for file in tree.ending_with(name) if not _aside(file)]
        if named:
            return Place(named[0], "", exact=False)
    return None


def module_file(tree: Tree, module: str, bases: list[str]) -> str:
    """The file of a dotted module, "" when the project has none."""
    place = _module(tree, module, bases)
    return place.entry if place else ""


def _handed_on(
    project: Project, mention: Mention, starts: Invocation, bases: list[str], at: Place
) -> Place:
    """A script that is handed another script starts that one: ``launch.py train.py config``."""
    first = next((word for word in starts.arguments[:3] if not word.startswith("-")), "")
    own = of_name(posixpath.basename(at.entry).partition(".")[0])
    named = of_name(posixpath.basename(first).partition(".")[0])
    if not first.endswith(".py") or own > 0.5 or named < 0.5:
        return at
    inner = _file(project.tree, first, [at.cwd, *bases], mention)
    return replace(at, entry=inner.entry) if inner and inner.exact else at


def place(project: Project, mention: Mention, starts: Invocation | None = None) -> Place | None:
    """Where ``mention`` (or ``starts``, which it runs in turn) leads, None when nowhere."""
    starts = starts or mention.starts
    bases = _bases(project.tree, mention)
    if starts.how in (How.FILE, How.SHELL):
        at = _file(project.tree, starts.target, bases, mention)
        return _handed_on(project, mention, starts, bases, at) if at else None
    if starts.how is How.MODULE:
        return _module(project.tree, starts.target, bases)
    if starts.how is How.TASK:
        for base in bases:
            folder = joined(base, starts.folder) if starts.folder else base
            task = project.tasks.get((starts.tool, folder or "", starts.target))
            if task is not None:
                return Place(task.file, base, task=task)
        return None
    base = _of_program(project, mention, starts)
    return Place(project.programs.get(starts.target, ""), base)


def _of_program(project: Project, mention: Mention, starts: Invocation) -> str:
    """The folder for a program, which is found from any: where the paths are that it is handed.

    The README of a part of the project speaks from that part. Where none of these has what is
    handed over and one folder of the project has it, that one is meant.
    """
    tree = project.tree
    beside = posixpath.dirname(mention.file) if mention.source == "readme" else ""
    went = after_cd(tree, mention.file, mention.folders) if mention.folders else ""
    handed = tuple(paths(starts.arguments))
    near = dict.fromkeys((went, "", *upwards(beside)))
    there = any(joined(base, path) in tree for base in near for path in handed)
    if starts.target in project.programs and not there:
        held = [found for found in map(tree.holding, handed) if len(found) == 1]
        near.update(dict.fromkeys(folder for found in held for folder in found))
    return belongs(tree, Needs(handed=handed), mention.file, near)
