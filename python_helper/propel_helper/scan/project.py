"""All that was read of a project's files, put together: what commands are looked up in."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping

from propel_helper.scan.invocation import How, Invocation
from propel_helper.scan.reading import Mention, Reading
from propel_helper.scan.resolve import Project, place
from propel_helper.scan.tree import Tree, joined

Readings = Mapping[str, tuple[Reading, ...]]


def mentions(readings: Readings) -> Iterator[Mention]:
    """Every command that a file names, as the files were read."""
    for parts in readings.values():
        for part in parts:
            yield from part.mentions


def _with_suffix(tree: Tree, file: str) -> str:
    """The module of the same name beside an installed file that starts it, else the file."""
    folder, slash, name = file.rpartition("/")
    module = f"{folder}{slash}{name.replace('-', '_')}.py"
    return module if module in tree else file


def project(tree: Tree, readings: Readings) -> Project:
    """The programs and tasks that the files declare, and the files by name."""
    programs: dict[str, str] = {}
    plain = Project(tree, {}, {})
    for file, parts in readings.items():
        for name, target in (pair for part in parts for pair in part.programs.items()):
            beside = posixpath.dirname(file)
            installed = joined(beside, target)
            if installed and installed in tree:
                programs[name] = _with_suffix(tree, installed)
                continue
            starts = Invocation(How.MODULE, target.partition(":")[0].strip())
            asked = Mention(name, starts, "console", file, base=beside)
            at = place(plain, asked)
            programs[name] = at.entry if at else file
    tasks = {
        (one.starts.tool, one.base or "", one.starts.target): one
        for one in mentions(readings)
        if one.starts.how is How.TASK and one.entry
    }
    return Project(tree, programs, tasks)
