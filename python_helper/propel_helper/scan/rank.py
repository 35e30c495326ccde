"""Readings of all files -> training commands, best first, each with why it stands there.

The weights come from counting 60 public training projects: what separates entry files from their
neighbours, and where their commands are documented. They are sums of evidence, no probabilities.
"""

from __future__ import annotations

import posixpath
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace

from propel_helper.facts.command import TrainingCommand
from propel_helper.scan import lightning_cli
from propel_helper.scan.completeness import in_order
from propel_helper.scan.context import of_context
from propel_helper.scan.invocation import How, Invocation
from propel_helper.scan.judge import Evidence, Judge
from propel_helper.scan.notes import notes
from propel_helper.scan.package_form import PackageForm, package_form
from propel_helper.scan.project import Readings, mentions, project
from propel_helper.scan.prominence import of_form, of_place
from propel_helper.scan.reading import Mention
from propel_helper.scan.resolve import Place, place
from propel_helper.scan.same_call import Found, better, without_forms
from propel_helper.scan.settled import settled
from propel_helper.scan.shell_text import plain_call
from propel_helper.scan.sources.python_script import quoted
from propel_helper.scan.told import DOCUMENTED, Told
from propel_helper.scan.tree import Tree
from propel_helper.scan.wants import Wants

THRESHOLD = 0.5
"""Evidence below this is not listed as a training command."""
_UNSURE = 1.5
"""Evidence below this asks how the documents start the entry."""
REPEAT = 0.45
"""What every further command of the same entry loses."""
_ENOUGH = 10
"""Rows of one entry that are taken out of scripts, which are rows themselves."""
_ORDER = ("readme", "docs", "vscode", "console", "makefile", "task", "script", "docstring", "shell")


class Ranking:
    """One project's mentions, placed, judged and put in order.

    ``before`` is a ranking of the same project as it was: where its mentions lead is remembered
    for as long as no file name, console script or task changed.
    """

    def __init__(self, tree: Tree, readings: Readings, before: Ranking | None = None) -> None:
        self._readings = readings
        self._project = project(tree, readings)
        same = before is not None and before._project == self._project  # noqa: SLF001
        self._places: dict[tuple[int, int], tuple[Mention, Place | None]] = {}
        self._known = before._places if before is not None and same else {}  # noqa: SLF001
        self._forms: dict[str, PackageForm | None] = {}
        self._judge = Judge(self._project, readings)
        self._wants = Wants(self._project, self._judge)
        placed = ((one, self._place(one, one.starts)) for one in self._offered())
        self._placed = [settled(tree, one, at) for one, at in placed if at is not None]
        self._told = Told(self._placed, readings, self._judge)

    def _offered(self) -> Iterator[Mention]:
        """Every mention; a file that its path does not start is offered as a module.

        A script is offered from the folder in which what it starts or falls back on is found.
        """
        for one in mentions(self._readings):
            form = self._form(one.file) if one.source == "script" else None
            if form is None:
                yield self._from_its_folder(one) if one.source in ("shell", "script") else one
            else:
                starts = Invocation(How.MODULE, form.module)
                yield replace(one, text=f"python -m {form.module}", starts=starts, base=form.cwd)

    def _from_its_folder(self, mention: Mention) -> Mention:
        folder = self._judge.folder(mention.file)
        if not folder:
            return mention
        path = posixpath.relpath(mention.file, folder)
        text = mention.text.replace(quoted(mention.file), quoted(path), 1)
        starts = replace(mention.starts, target=path)
        return replace(mention, text=text, starts=starts, base=folder)

    def _form(self, file: str) -> PackageForm | None:
        if file not in self._forms:
            self._forms[file] = package_form(self._project.tree, self._readings, file)
        return self._forms[file]

    def _warned(self, mention: Mention, at: Place, evidence: Evidence) -> Evidence:
        """``evidence`` with what is wrong with starting the file by its path."""
        form = self._form(at.entry) if mention.starts.how is How.FILE else None
        if form is None or "PYTHONPATH" in mention.text:
            return evidence
        where = form.package or "what stands beside it"
        text = f"imports {where}, which it finds only as `python -m {form.module}`"
        text += f" in {form.cwd}/" if form.cwd != at.cwd and form.cwd else ""
        return replace(evidence, warnings=(*evidence.warnings, text))

    def _place(self, mention: Mention, starts: Invocation) -> Place | None:
        key = (id(mention), id(starts))
        known = self._known.get(key)
        # The mention is kept beside its place, so its id can't belong to another one.
        at = known[1] if known else place(self._project, mention, starts)
        self._places[key] = (mention, at)
        return at

    def unread(self) -> tuple[str, ...]:
        """Files that commands lead to and that were not read themselves."""
        found: dict[str, None] = {}
        for mention in mentions(self._readings):
            for starts in (mention.starts, *mention.inner):
                at = self._place(mention, starts)
                if at and at.entry not in self._readings and at.entry.endswith((".py", ".sh")):
                    found[at.entry] = None
        return tuple(found)

    def rows(self) -> tuple[TrainingCommand, ...]:
        """All rows, best first."""
        best: dict[tuple[str, str], Found] = {}
        for mention, at in self._placed:
            for one in self._with_verbs(mention, at):
                found = self._weighed(one, at)
                key = (plain_call(one.text), at.cwd)
                if found:
                    best[key] = better(best.get(key), found)
        return self._ordered(in_order(without_forms(best.values()), self._wants.filled))

    def _with_verbs(self, mention: Mention, at: Place) -> Iterator[Mention]:
        """``mention``; for a bare program also one mention for each sub-command that trains."""
        yield mention
        traits = self._judge.traits(at.entry) if mention.source == "console" else None
        for verb in traits.verbs if traits else ():
            starts = replace(mention.starts, arguments=(verb,))
            yield replace(mention, text=f"{mention.text} {verb}", starts=starts)
        if mention.source == "script" and "fit" in self._wants.lacks(mention.starts, at):
            yield from self._with_config(mention, at)

    def _with_config(self, mention: Mention, at: Place) -> Iterator[Mention]:
        """A script of LightningCLI as it is started with the project's own config."""
        path = lightning_cli.config(self._project.tree, at.cwd, at.entry)
        if path:
            more = ("fit", "--config", path)
            starts = replace(mention.starts, arguments=more)
            text = f"{mention.text} fit --config {quoted(path)}"
            yield replace(mention, text=text, starts=starts)

    def _weighed(self, mention: Mention, at: Place) -> Found | None:
        if mention.source == "inside" and not at.exact:
            # Cut out of its script, a path that leads nowhere by itself is no command.
            return None
        if self._told.is_use(mention, at):
            return None
        evidence = self._judge.command(mention.starts, at)
        if evidence.score < _UNSURE and at.entry in self._told.learn:
            reasons = (*evidence.reasons, "documented with options of a training")
            evidence = replace(evidence, score=evidence.score + 1.0, reasons=reasons)
        trains = evidence.score + of_context(mention)
        if trains < THRESHOLD:
            return None
        # What hardly trains is not worth more for standing in the README.
        likely = min(trains / _UNSURE, 1.0)
        score = _certain(trains) + likely * of_place(mention) + of_form(mention, at)
        score += self._told.weight(mention, at)
        if mention.starts.how is not How.PROGRAM:
            deep = 0.25 if mention.source == "readme" and "/" not in mention.file else 0.35
            score -= deep * at.entry.count("/")
        evidence = self._warned(mention, at, evidence)
        lacks = self._wants.lacks(mention.starts, at)
        missing = self._wants.missing(mention, at)
        if lacks and mention.source in (*DOCUMENTED, "console"):
            score -= 0.4
        if (
            mention.source == "console"
            and self._form(at.entry)
            and not self._told.says(mention, at)
        ):
            # It is there once the package is installed, the module it stands for at once.
            score -= 0.7
        return Found(mention, at, evidence, score, lacks, missing)

    def _ordered(self, found: Iterable[Found]) -> tuple[TrainingCommand, ...]:
        rows: list[TrainingCommand] = []
        seen: dict[str, int] = {}
        inside = Counter[str]()
        for one in sorted(found, key=_order):
            mention, entry = one.mention, one.place.entry or one.mention.starts.target
            times = seen.get(entry, 0)
            if mention.source == "inside":
                inside[entry] += 1
                if inside[entry] > _ENOUGH:
                    continue
            seen[entry] = times + 1
            rows.append(
                TrainingCommand(
                    command=mention.text,
                    source=mention.source,
                    file=mention.file,
                    line=mention.line,
                    notes=notes(one, self._told.says(mention, one.place)),
                    score=round(one.score - REPEAT * times, 2),
                    cwd=one.place.cwd,
                    entry=one.place.entry,
                )
            )
        return tuple(sorted(rows, key=lambda row: -row.score))


def _certain(evidence: float) -> float:
    """Evidence beyond certainty counts less: then it matters more where a command stands."""
    return evidence if evidence < 2.5 else 2.5 + (evidence - 2.5) * 0.4


def _order(one: Found) -> tuple[float, int, str, int]:
    source = one.mention.source
    at = _ORDER.index(source) if source in _ORDER else len(_ORDER)
    return (-one.score, at, one.mention.file, one.mention.order)
