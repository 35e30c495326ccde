"""What one file says, before files are put together: mentions of commands, and traits."""

from __future__ import annotations

from dataclasses import dataclass, field

from propel_helper.scan.invocation import Invocation
from propel_helper.scan.whereabouts import NO_NEEDS, Needs

ANY_PACKAGE = "*"
"""Among the packages that a project installs: whatever packages it has."""
FOUND_PACKAGE = "?"
"""Among them: the ones that setuptools finds by itself, by their names."""


BATCH = "is a Slurm batch script"
"""Among a script's warnings: what its row says of it depends on what starts it."""


@dataclass(frozen=True)
class Mention:
    """A command as one file names it.

    Attributes:
        text: shell text, one line.
        starts: what it starts.
        source: kind of place, e.g. ``readme``, ``script``, ``makefile``.
        file: the file that names it, relative to the project.
        line: line in ``file``, from 1; None when the file as a whole is meant.
        folders: folders that ``cd`` lines before it go to, in order, as written.
        said: the sentence or comment above, a task's help, a configuration's name.
        headings: headings above it, nearest first, without the document's title.
        order: how many commands the same file names before it.
        entry: dotted ``module:function`` or file that a declaration says it starts; "" unknown.
        inner: what it starts in turn (a recipe, a task's body), for judging it.
        base: folder it is meant to be run from, relative to the project; None: not said.
        named: a sentence names it in passing, without arguments.
        warnings: side effects of a recipe that a person should know, as those of ``Traits``.
    """

    text: str
    starts: Invocation
    source: str
    file: str
    line: int | None = None
    folders: tuple[str, ...] = ()
    said: str = ""
    headings: tuple[str, ...] = ()
    order: int = 0
    entry: str = ""
    inner: tuple[Invocation, ...] = ()
    base: str | None = None
    named: bool = False
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True)
class Traits:
    """What a runnable file's own text shows.

    Attributes:
        runnable: it does something when started (guard, or statements at the top level).
        loop: it takes optimiser steps itself.
        fit: it calls what trains by its interface (``.fit(``, ``trainer.train()``).
        calls: it calls a function whose name says train.
        infers: it runs a model without gradients or shows it on a web page, and does none of
            these and speaks of no learning.
        framework: it imports a training framework.
        arguments: the argument library it imports, "" for none.
        imports: modules it imports, dotted.
        absolute: modules it imports by their full names; none when it changes where it looks.
        relative: the most leading dots among the modules that it imports when started.
        uses: frameworks and trackers it imports, by distribution name.
        precision: ``bf16``, ``fp16`` or ``amp`` when it asks for one by itself.
        warnings: side effects that a person should know, as sentences without a full stop.
        starts: what it starts in turn (shell scripts).
        needs: the relative paths it leans on; none when it goes where it wants.
        verbs: sub-commands it declares whose names say they train.
        config_folders: folders, seen from the file, where Hydra looks for its configs.
        positional: it needs arguments of its own (``$1``, required positionals).
        required: names of each option without which it stops at once.
        handed_to: (module, class) of what adds options to its parser.
        adds: its classes that do, each with the options that must be given then.
        defaults: configs that its options fall back on: (name of the option, path).
    """

    runnable: bool = True
    loop: bool = False
    fit: bool = False
    calls: bool = False
    infers: bool = False
    framework: bool = False
    arguments: str = ""
    imports: tuple[str, ...] = ()
    absolute: tuple[str, ...] = ()
    relative: int = 0
    uses: tuple[str, ...] = ()
    precision: str | None = None
    warnings: tuple[str, ...] = ()
    starts: tuple[Invocation, ...] = ()
    needs: Needs = NO_NEEDS
    verbs: tuple[str, ...] = ()
    config_folders: tuple[str, ...] = ()
    positional: bool = False
    required: tuple[tuple[str, ...], ...] = ()
    handed_to: tuple[tuple[str, str], ...] = ()
    adds: tuple[tuple[str, tuple[tuple[str, ...], ...]], ...] = ()
    defaults: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Reading:
    """All that one source makes of one file."""

    mentions: tuple[Mention, ...] = ()
    traits: Traits | None = None
    programs: dict[str, str] = field(default_factory=dict)
    """Console scripts that the file declares: name -> ``module:function``."""
    installs: tuple[str, ...] = ()
    """Names of packages that the file has installed, or ``ANY_PACKAGE``."""
    links: tuple[str, ...] = ()
    """Relative links of a document, in order."""
    folders: tuple[str, ...] = ()
    """Folders that a document at the top says hold scripts of the training."""
