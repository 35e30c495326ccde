"""What a command still wants: options it leaves out, and configs that the project does not have."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator

from propel_helper.scan.invocation import How, Invocation
from propel_helper.scan.judge import Judge
from propel_helper.scan.named_files import is_config, is_mine, named, nowhere
from propel_helper.scan.reading import Mention
from propel_helper.scan.required import lacking
from propel_helper.scan.resolve import Place, Project, module_file, place
from propel_helper.scan.same_call import Found

_PYTHON = (How.FILE, How.MODULE, How.PROGRAM)
_HANDED_ON = frozenset(("$@", '"$@"', "$*", "${@}"))


class Wants:
    """Compares commands of one project with what their scripts ask for."""

    def __init__(self, project: Project, judge: Judge) -> None:
        self._project = project
        self._judge = judge

    def lacks(self, starts: Invocation, at: Place) -> tuple[str, ...]:
        """Options that the command leaves out and its script can't do without."""
        if starts.how not in _PYTHON:
            return ()
        options = self._required(at.entry)
        return lacking(options, starts.arguments) if options else ()

    def _required(self, entry: str) -> tuple[tuple[str, ...], ...]:
        """What the script asks for, and what classes of the project have it ask for."""
        traits = self._judge.traits(entry)
        if traits is None or not traits.handed_to:
            return traits.required if traits else ()
        found = dict.fromkeys(traits.required)
        bases = [posixpath.dirname(entry), "", "src"]
        for module, name in traits.handed_to:
            file = module_file(self._project.tree, module.lstrip("."), bases)
            adding = self._judge.traits(file)
            found.update(dict.fromkeys(dict(adding.adds if adding else ()).get(name, ())))
        return tuple(found)

    def missing(self, mention: Mention, at: Place) -> tuple[str, ...]:
        """What a note says of the configs that are not there."""
        if mention.starts.how is How.TASK:
            inner = at.task.inner if at.task else ()
            said = (self._missing(one, found) for one, found in self._inside(mention, inner))
            return tuple(dict.fromkeys(one for part in said for one in part))
        return tuple(self._missing(mention.starts, at))

    def _missing(self, starts: Invocation, at: Place) -> Iterator[str]:
        # What a program of an installed package is handed, that may bring along.
        if starts.how not in _PYTHON or not at.entry:
            return
        for path in nowhere(self._project.tree, named(starts.arguments), at.cwd, at.entry):
            if is_mine(path):
                yield "fill in the placeholders first"
            yield f"{path} is not there"
        traits = self._judge.traits(at.entry)
        options = (starts.arguments, traits.defaults if traits else ())
        for name, path in _fallen_back_on(*options):
            known = (path,) if is_config(name, path) else ()
            if nowhere(self._project.tree, known, at.cwd, at.entry):
                yield f"{name}'s default {path} is not there"

    def filled(self, found: Found) -> Iterable[str]:
        """The programs that a script or task starts with all that they ask for."""
        task = found.place.task
        if task is not None:
            inside = self._inside(found.mention, task.inner)
        elif found.mention.starts.how is How.SHELL:
            inside = self._judge.inside(found.place.entry)
        else:
            return
        for starts, at in inside:
            given = starts.arguments and _HANDED_ON.isdisjoint(starts.arguments)
            if given and not self.lacks(starts, at) and not any(self._missing(starts, at)):
                yield at.entry

    def _inside(
        self, mention: Mention, inner: tuple[Invocation, ...]
    ) -> Iterator[tuple[Invocation, Place]]:
        for starts in inner:
            at = place(self._project, mention, starts)
            if at is not None and at.entry:
                yield starts, at


def _fallen_back_on(
    arguments: tuple[str, ...], defaults: tuple[tuple[str, str], ...]
) -> Iterator[tuple[str, str]]:
    """Those of ``defaults`` that ``arguments`` leave as they are."""
    for name, path in defaults:
        if lacking(((name,),), arguments):
            yield name, path
