"""missing-module: an import found no module of that name.

## What happened
Python looked for a module, in the interpreter that ran the training, and found none.

## Why it happens
The package was never installed in this environment, another environment is active, a package was
installed without one of its parts, or an extension of the project was never built.

## What the fix changes
When the project's own requirements name a package of exactly that name, or it is one of the known
packages that are published under their import's name, pip of the run's own interpreter installs it,
in the version that the project asks for. A module that the command starts by `-m` is respelt when one
of the project's has almost that name. Otherwise nothing: an import's name is never turned into the
name of a package by guessing, because anybody can publish under it.

## Fix safety
Ask: it downloads and installs a package into your environment.
"""

from __future__ import annotations

import shlex

from propel_helper.facts.crash import Crash
from propel_helper.facts.finding import Category, CommandStep, Explanation, Fix, Safety
from propel_helper.facts.surroundings import Surroundings
from propel_helper.rules import Rule, distributions, local_modules, modules
from propel_helper.rules.steps import guide
from propel_helper.rules.words import code


def explain(crash: Crash, surroundings: Surroundings) -> Explanation | None:
    """Claim modules that are missing whole; a part of an installed package is another page."""
    module = modules.missing_module(crash)
    if module is None or module in distributions.OTHER_NAMES or modules.is_gone(module):
        return None
    if "." in module and modules.is_part(module, crash):
        return None
    if modules.is_local(module, crash, surroundings):
        return None
    respelt = local_modules.respelt_module(module, surroundings)
    fix = (
        respelt
        or _install(module, surroundings)
        or guide(
            "provide-the-module",
            f"Provide {module}",
            f"Find out what brings {code(module)}: the project's README or requirements name it. "
            "Install that in the environment that the training runs in, or start the run from the "
            "folder that holds the module. Its own name may be another package's.",
        )
    )
    return Explanation(
        f"the missing module {code(module)}",
        "the Python that ran the training has no module of that name",
        fixes=(fix,),
    )


def _install(module: str, surroundings: Surroundings) -> Fix | None:
    declared = distributions.declared(module, surroundings)
    wanted = declared or distributions.same_name(module, surroundings)
    python = surroundings.python
    if "." in module or wanted is None or python is None:
        return None
    step = CommandStep(f"{python} -m pip install {shlex.quote(wanted)}")
    which = ", as the project's requirements name it," if declared else ""
    by = f"installing {code(wanted)}{which} with the run's Python"
    return Fix("install-package", f"Install {wanted}", by, Safety.ASK, (step,))


RULE = Rule(
    "missing-module",
    Category.DEPENDENCY,
    ("ModuleNotFoundError", "ImportError", "RuntimeError", "shell"),
    explain,
)
