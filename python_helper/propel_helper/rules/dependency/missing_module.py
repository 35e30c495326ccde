"""missing-module: an import found no module of that name.

## What happened
Python looked for a module, in the interpreter that ran the training, and found none.

## Why it happens
The package was never installed in this environment, another environment is active, a package was
installed without one of its parts, or an extension of the project was never built.

## What the fix changes
When an environment in the project's folder (`.venv`, `venv`) has the module, the launch starts with the
Python of that one; when the launch or its script names the system's Python (`/usr/bin/python3`) while an
environment is active that has the module, `python` is written for it. When the project's own requirements name a package of exactly that name, or it is one of the known
packages that are published under their import's name, pip of the run's own interpreter installs it,
in the version that the project asks for; for `pkg_resources`, the last setuptools that has it. A module that the command starts by `-m` is respelt when one
of the project's has almost that name, and the imports of a file, when exactly one module beside the
script has almost that name and all that they take from it. Otherwise nothing: an import's name is never
turned into the name of a package by guessing, because anybody can publish under it.

## Fix safety
Ask: it downloads and installs a package into your environment (of a package that is not one of the known
ones the sentence says where from), or takes another module than was written.
"""

from __future__ import annotations

import difflib
import posixpath
import shlex

from propel_helper.facts.crash import Crash
from propel_helper.facts.finding import Category, CommandStep, Explanation, Fix, Safety
from propel_helper.facts.surroundings import Surroundings
from propel_helper.facts.wording import Wording
from propel_helper.rules import (
    Rule,
    activation,
    active_environment,
    distributions,
    local_modules,
    misspelt_imports,
    modules,
    own,
    project_environments,
)
from propel_helper.rules.steps import guide
from propel_helper.rules.words import code

_PART = Wording(r"(?:from|import)\s+(?P<module>\w+\.\w+)(?:\s|$|\.|,)")
# What projects call their own folders and files; no package of a name that people mean is called so.
_OWN_NAMES = frozenset(
    {"utils", "util", "src", "models", "model", "data", "dataset", "config", "configs", "common", "core", "helpers", "lib",
     "libs", "modules", "networks", "nets", "losses", "layers", "options", "tools", "trainer", "trainers", "engine",
     "scripts", "misc", "metrics", "loaders", "dataloader", "data_loader", "data_utils", "preprocessing", "transforms"}
)  # fmt: skip
_BUILT = Wording(r"pip-build-env|setuptools/build_meta\.py")


def explain(crash: Crash, surroundings: Surroundings) -> Explanation | None:
    """Claim modules that are missing whole; a part of an installed package is another page."""
    module = None if activation.failed(crash) else modules.missing_module(crash)
    if module is None or module in distributions.OTHER_NAMES or modules.is_gone(module):
        return None
    if "." in module and modules.is_part(module, crash):
        return None
    if modules.is_local(module, crash, surroundings):
        return None
    if module.partition(".")[0] in distributions.OLDER:
        return _left(module.partition(".")[0], crash, surroundings)
    is_beside = bool(surroundings.active_has(module.partition(".")[0]))
    brought = (
        local_modules.respelt_module(module, surroundings)
        or project_environments.with_module(module, surroundings)
        or active_environment.for_other(module, crash, surroundings)
    )
    if brought is None and not is_beside:
        brought = _install(module, surroundings) or _install_part(module, crash, surroundings)
    near = None if brought else misspelt_imports.near(module, crash, surroundings)
    if near is not None:
        return _misspelt(module, near)
    fix = brought or _provide(module, crash, surroundings, is_beside=is_beside)
    return Explanation(
        f"the missing module {code(module)}",
        "the Python that ran the training has no module of that name",
        fixes=(fix,),
    )


def _how(module: str) -> str:
    """Names of a project's own folders come from the project, others from a package."""
    top = module.partition(".")[0]
    alone = "A package that is called the same may be somebody else's, so don't install it by its name alone."
    if top in _OWN_NAMES:
        return (
            f"{code(top)} is most often a folder or file of the project itself: start the run from the folder that holds "
            f"it, or put that folder into `PYTHONPATH`. {alone}"
        )
    return (
        f"Find out what brings {code(module)}: the project's README or requirements name it. Install that in the "
        f"environment that the training runs in, or start the run from the folder that holds the module. {alone}"
    )


def _provide(module: str, crash: Crash, surroundings: Surroundings, *, is_beside: bool) -> Fix:
    """What a person can do; ``is_beside``: the environment that is active has the module."""
    text = (
        f"The environment that is active has {code(module)}, and the training ran with another Python: start it "
        "with the environment's (`python`)."
        if is_beside
        else f"{_beside(module, crash, surroundings)}{_how(module)}"
    )
    return guide("provide-the-module", f"Provide {module}", text)


def _misspelt(module: str, near: misspelt_imports.Near) -> Explanation:
    """A module that is called almost as one of the project's own."""
    step = guide(
        "name-the-own-module",
        f"Import from {near.name}",
        f"The project has {code(near.path)}: where that is meant, import from {code(near.name)}. Else find "
        f"out what brings {code(module)}; a package that is called the same may be somebody else's, so "
        "don't install it by its name alone.",
    )
    return Explanation(
        f"the missing module {code(module)}",
        "the Python that ran the training has no module of that name; the project's own "
        f"{code(near.path)} is called almost so",
        fixes=(near.fix or step,),
    )


def _beside(module: str, crash: Crash, surroundings: Surroundings) -> str:
    """The files beside the import whose names are near, in a sentence."""
    frame = own.deepest(crash, surroundings)
    folder = posixpath.dirname(surroundings.shown(frame.file)) if frame else ""
    stems = {
        name.removesuffix(".py"): name
        for name in surroundings.names(folder or ".")
        if name.endswith(".py")
    }
    near = difflib.get_close_matches(module, list(stems), n=2, cutoff=0.7)
    found = " and ".join(code(posixpath.join(folder, stems[one])) for one in near)
    return f"There is {found}, which may be meant or not. " if found else ""


def _left(module: str, crash: Crash, surroundings: Surroundings) -> Explanation:
    """A module that newer versions of what brought it have no longer."""
    name, since = distributions.OLDER[module]
    wanted = shlex.quote(f"{name}<{since}")
    # pip builds packages in an environment of its own, which an installation does not reach.
    building = any(_BUILT.search(frame.file) for frame in crash.frames)
    if surroundings.python is None or building:
        fix = guide(
            "install-older-version",
            f"Install {name} before {since}",
            f"Install {code(wanted)} where the module is imported, or a newer version of what imports "
            f"{code(module)}.",
        )
    else:
        step = CommandStep(f"{surroundings.python} -m pip install {wanted}")
        by = f"installing {code(wanted)} with the run's Python, the last that has the module"
        fix = Fix("install-older-version", f"Install {name}<{since}", by, Safety.ASK, (step,))
    return Explanation(
        f"the missing module {code(module)}",
        f"{name} has {code(module)} no longer since its version {since}, and the Python that ran the "
        "training has none",
        fixes=(fix,),
    )


def _install(module: str, surroundings: Surroundings) -> Fix | None:
    declared = distributions.declared(module, surroundings)
    wanted = declared or distributions.same_name(module, surroundings)
    python = surroundings.python
    if "." in module or wanted is None or python is None:
        return None
    is_known = distributions.is_known(module) or modules.is_well_known(module)
    return _installing(wanted, python, is_declared=declared is not None, is_known=is_known)


def _installing(wanted: str, python: str, *, is_declared: bool, is_known: bool) -> Fix:
    step = CommandStep(f"{python} -m pip install {shlex.quote(wanted)}")
    which = ", as the project's requirements name it," if is_declared else ""
    by = f"installing {code(wanted)}{which} with the run's Python"
    if not is_known:
        by += (
            ", from where pip looks (right only if the project takes it from there: a name that is free there "
            "anybody can take)"
        )
    return Fix("install-package", f"Install {wanted}", by, Safety.ASK, (step,))


def _install_part(module: str, crash: Crash, surroundings: Surroundings) -> Fix | None:
    """The distribution that is called as the part of ``module`` which the failing line imports.

    ``from ruamel.yaml import YAML`` says that ``ruamel`` is missing, a name that many share.
    """
    frame = own.deepest(crash, surroundings)
    found = _PART.match((frame.code or "").strip()) if frame else None
    if found is None or found["module"].partition(".")[0] != module or surroundings.python is None:
        return None
    declared = distributions.declared(found["module"], surroundings)
    if declared is None and found["module"] not in distributions.DOTTED:
        return None
    wanted = declared or distributions.requirement(found["module"], surroundings)
    is_known = found["module"] in distributions.DOTTED
    python = surroundings.python
    return _installing(wanted, python, is_declared=declared is not None, is_known=is_known)


RULE = Rule(
    "missing-module",
    Category.DEPENDENCY,
    ("ModuleNotFoundError", "ImportError", "RuntimeError", "shell"),
    explain,
)
