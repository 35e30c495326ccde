"""Where the project's own modules lie, and launches that find them."""

from __future__ import annotations

import difflib
import posixpath
import re

from propel_helper.facts.crash import Crash
from propel_helper.facts.finding import Fix, Safety
from propel_helper.facts.surroundings import PathKind, Surroundings
from propel_helper.rules import launch_changes, launch_folder, texts
from propel_helper.rules.launch_text import Launch, launch_of
from propel_helper.rules.words import code

_SOURCES = ("src", "lib", "python")
_MODULE = frozenset({"-m", "--module"})
_NEAR = 0.7
"""How alike (difflib's ratio) a module's name must be to be told."""
_RELATIVE = re.compile(r"^\s*from\s+(?P<dots>\.+)")


def on_path(module: str, surroundings: Surroundings) -> Fix | None:
    """The launch with ``PYTHONPATH`` naming the nearest folder that holds ``module``."""
    launch = launch_of(surroundings)
    here = launch_folder.started_in(launch, surroundings) if launch else None
    if launch is None or here is None:
        return None
    top = module.partition(".")[0]
    folder = _holder(top, launch, here, surroundings)
    if folder is None or folder == _known(launch, here) or not _has(folder, module, surroundings):
        return None
    value = posixpath.relpath(folder, here)
    known = launch.variable("PYTHONPATH")
    if known is not None:
        if value in (known.value or "").split(":"):
            return None
        at = known.start + (launch.text[known.start : known.start + 1] in {'"', "'"})
        change = (at, at, f"{value}:")
    else:
        change = launch_changes.variable(launch, "PYTHONPATH", value)
    which = "the folder that the run starts in" if value == "." else code(value)
    by = f"letting Python look in {which}"
    steps = launch_changes.steps(launch, [change])
    return Fix("add-pythonpath", "Add the folder to PYTHONPATH", by, Safety.SAFE, steps)


def _known(launch: Launch, here: str) -> str:
    """The folder that Python looks in already: the script's, or the one that ``-m`` starts in."""
    if launch.words[launch.script - 1].value in _MODULE:
        return here
    folder = posixpath.dirname(launch.words[launch.script].value)
    return posixpath.normpath(posixpath.join(here, folder))


def _has(folder: str, module: str, surroundings: Surroundings) -> bool:
    path = posixpath.join(folder, *module.split("."))
    file = surroundings.kind(f"{path}.py") is PathKind.FILE
    return file or surroundings.kind(path) is PathKind.FOLDER


def respelt_module(module: str, surroundings: Surroundings) -> Fix | None:
    """The launch by ``-m`` with the one module of the project that its name is a slip of."""
    launch = launch_of(surroundings)
    here = launch_folder.started_in(launch, surroundings) if launch else None
    word = launch.words[launch.script] if launch else None
    if launch is None or here is None or word is None or word.value != module:
        return None
    path = module.replace(".", "/")
    for ending in (".py", ""):
        right = texts.near_path(
            posixpath.normpath(posixpath.join(here, f"{path}{ending}")), surroundings
        )
        if right is not None:
            name = posixpath.relpath(right, here).removesuffix(".py").replace("/", ".")
            steps = launch_changes.steps(launch, [(word.start, word.end, name)])
            by = f"writing {code(name)} for {code(module)}"
            return Fix("respell-module", f"Run {name}", by, Safety.ASK, steps)
    return None


def folders_of(package: str, crash: Crash, surroundings: Surroundings) -> tuple[str, ...]:
    """Folders of the project that can be the package: below the run's, and below those of the code."""
    around = [".", *_SOURCES]
    around += [
        posixpath.dirname(surroundings.shown(frame.file))
        for frame in crash.frames
        if surroundings.is_own(frame.file)
    ]
    launch = launch_of(surroundings)
    here = launch_folder.started_in(launch, surroundings) if launch else None
    if launch is not None and here is not None:
        around += launch_folder.ancestors(launch, here)
    path = package.replace(".", "/")
    found = dict.fromkeys(posixpath.normpath(posixpath.join(one, path)) for one in around)
    return tuple(one for one in found if surroundings.kind(one) is PathKind.FOLDER)


def near_modules(name: str, folder: str, surroundings: Surroundings) -> tuple[str, ...]:
    """Up to two modules of a package whose names are near, the nearest first."""
    stems = [
        one.removesuffix(".py")
        for one in surroundings.names(folder)
        if one.endswith(".py") or "." not in one
    ]
    others = [one for one in stems if not one.startswith("__")]
    return tuple(difflib.get_close_matches(name, others, n=2, cutoff=_NEAR))


def _holder(top: str, launch: Launch, here: str, surroundings: Surroundings) -> str | None:
    around = launch_folder.ancestors(launch, here)
    folders = [*around, *(posixpath.join(one, name) for one in around for name in _SOURCES)]
    for folder in dict.fromkeys(posixpath.normpath(one) for one in folders):
        names = surroundings.names(folder)
        if f"{top}.py" in names or (top in names and _has_code(folder, top, surroundings)):
            return folder
    return None


def _has_code(folder: str, top: str, surroundings: Surroundings) -> bool:
    """Whether a folder is a package: a folder of data may have a package's name."""
    return any(
        name.endswith(".py")
        or surroundings.kind(posixpath.join(folder, top, name, "__init__.py")) is PathKind.FILE
        for name in surroundings.names(posixpath.join(folder, top))
    )


def as_module(crash: Crash, surroundings: Surroundings) -> Fix | None:
    """The launch of a script that imports relatively, as the module of its package that it is."""
    launch = launch_of(surroundings)
    here = launch_folder.started_in(launch, surroundings) if launch else None
    if (
        launch is None
        or here is None
        or launch.launcher not in {"python", "torchrun", "accelerate"}
    ):
        return None
    word = launch.words[launch.script]
    if launch.words[launch.script - 1].value in _MODULE or not word.value.endswith(".py"):
        return None
    parts = posixpath.normpath(word.value)[: -len(".py")].split("/")
    levels = _levels(crash)
    if posixpath.isabs(word.value) or ".." in parts or len(parts) <= levels:
        return None
    top = len(parts) - 1 - levels
    while top > 0 and "__init__.py" in surroundings.names(posixpath.join(here, *parts[:top])):
        top -= 1
    if not all(part.isidentifier() for part in parts[top:]):
        return None
    changes = [(word.start, word.end, f"-m {'.'.join(parts[top:])}")]
    if top > 0:
        changes.insert(
            0, launch_changes.variable(launch, "PYTHONPATH", posixpath.join(*parts[:top]))
        )
    by = f"starting it as the module {code('.'.join(parts[top:]))}, so that it knows its package"
    steps = launch_changes.steps(launch, changes)
    return Fix("run-as-module", "Run it as a module", by, Safety.SAFE, steps)


def _levels(crash: Crash) -> int:
    """How many folders up the failing import goes: one for ``from .x``, two for ``from ..x``."""
    found = _RELATIVE.match(crash.frames[-1].code or "") if crash.frames else None
    return len(found["dots"]) if found else 1
