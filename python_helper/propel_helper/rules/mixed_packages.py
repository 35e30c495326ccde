"""Packages whose files are of two versions: one of them asks another for a name that it does not have."""

from __future__ import annotations

import re

from propel_helper.facts.crash import Crash
from propel_helper.facts.finding import Fix
from propel_helper.facts.surroundings import Surroundings
from propel_helper.rules import distributions
from propel_helper.rules.steps import guide
from propel_helper.rules.words import code

_PACKAGE = re.compile(r"/(?:site|dist)-packages/(?P<top>\w+)/")


def of_one_package(name: str, module: str, crash: Crash, surroundings: Surroundings) -> str | None:
    """The package whose own file asks another one of its files for the name: one version has both or none."""
    last = crash.frames[-1] if crash.frames else None
    if last is None or surroundings.is_own(last.file) or not last.code:
        return None
    # What answers for a module (PEP 562) stands in it, and the line that asks above it.
    asks = f".{name}" in last.code or last.code.startswith(("from ", "import "))
    if not asks or last.function == "__getattr__":
        return None
    asking = _PACKAGE.search(last.file.replace("\\", "/"))
    top = module.partition(".")[0]
    return top if asking is not None and asking["top"] == top else None


def again(module: str) -> Fix:
    """The step that makes one version of it."""
    package = distributions.name_of(module)
    return guide(
        "install-the-package-again",
        f"Install {package} again",
        f"Uninstall {code(package)} until pip says that it is not installed (a second copy may lie in another folder: "
        f'`python -c "import {module}; print({module}.__path__)"`), then install the version that the project\'s '
        "requirements name.",
    )
