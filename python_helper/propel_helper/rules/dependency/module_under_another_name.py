"""module-under-another-name: a module is missing whose package has another name.

## What happened
An import found no module of that name in the interpreter that ran the training, and the package
that brings the module is called something else: `cv2` comes with `opencv-python`, `yaml` with
`PyYAML`.

## Why it happens
The package was never installed in this environment, another environment is active, or the
import's own name was installed instead, which is a different package or none at all.

## What the fix changes
When an environment in the project's folder (`.venv`, `venv`) has the module, the launch starts with the
Python of that one. Otherwise it runs pip of the very interpreter that the command uses, in the run's session, and installs the
package by its real name, in the version that the project's own files ask for when they name it.
No file changes.

## Fix safety
Ask: it downloads and installs a package into your environment. Only names in Propel's own table
are offered; an unknown import name is never turned into an install.
"""

from __future__ import annotations

import shlex

from propel_helper.facts.crash import Crash
from propel_helper.facts.finding import (
    Category,
    CommandStep,
    Explanation,
    Fix,
    GuideStep,
    Safety,
    Step,
)
from propel_helper.facts.surroundings import Surroundings
from propel_helper.rules import Rule, activation, distributions, modules, project_environments
from propel_helper.rules.words import code


def explain(crash: Crash, surroundings: Surroundings) -> Explanation | None:
    """Claim missing modules whose distribution is known to have another name."""
    module = None if activation.failed(crash) else modules.missing_module(crash)
    name = distributions.OTHER_NAMES.get(module or "")
    if module is None or name is None or modules.is_local(module, crash, surroundings):
        return None
    wanted = distributions.requirement(name, surroundings)
    return Explanation(
        error=f"the missing module {code(module)}",
        because=f"the package that brings it, {code(name)}, is not installed in the Python "
        "that ran the training",
        fixes=(
            project_environments.with_module(module, surroundings)
            or _install(wanted, surroundings.python),
        ),
    )


def _install(wanted: str, python: str | None) -> Fix:
    step: Step
    if python is None:
        step = GuideStep(f"In the environment that the training runs in: pip install {wanted}")
        by = f"having you install {code(wanted)} in the environment that the training runs in"
        return Fix("install-package-yourself", f"Install {wanted}", by, Safety.ASK, (step,))
    step = CommandStep(f"{python} -m pip install {shlex.quote(wanted)}")
    by = f"installing {code(wanted)} with the run's own Python"
    return Fix("install-package", f"Install {wanted}", by, Safety.ASK, (step,))


RULE = Rule(
    "module-under-another-name",
    Category.DEPENDENCY,
    ("ModuleNotFoundError", "ImportError"),
    explain,
)
