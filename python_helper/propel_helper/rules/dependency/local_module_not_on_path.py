"""local-module-not-on-path: a module of the project itself was not found.

## What happened
An import names a module that is a file or folder of the project, and Python did not look there.

## Why it happens
Python looks in the folder of the script that is run, not in the folder that the run starts in: a
script in `tools/` does not see the packages beside `tools/`. Or one module of a package imports
its neighbour as if both were at the top. Where the name has a dot, Python found the package, and that
has no such module: the name is misspelt, the file is missing, or another package of that name came first.

## What the fix changes
The launch: it gets `PYTHONPATH` with the folder that holds the module in front (the folder that the
run starts in, one around the script, or its `src`). A module that the command starts by `-m` is respelt
when the package has one of almost that name; in an import, when that is the one module of its package which
defines all the names that are imported. A script that imports relatively is started as
the module that it is (`python -m package.script`). Otherwise nothing: a step says what to do.

## Fix safety
Safe: it adds a folder that Python looks in, after the script's own; a module runs the same code. Ask for
another module's name.
"""

from __future__ import annotations

import posixpath

from propel_helper.facts.crash import Crash
from propel_helper.facts.finding import Category, Explanation, Place
from propel_helper.facts.surroundings import Surroundings
from propel_helper.facts.wording import Wording
from propel_helper.rules import Rule, local_modules, misspelt_submodules, modules, texts
from propel_helper.rules.steps import guide
from propel_helper.rules.words import code

# CPython's importlib._bootstrap._sanity_check and _calc___package__; before 3.9 as ValueError.
_NO_PACKAGE = Wording(
    r"attempted relative import with no known parent package"
    r"|attempted relative import beyond top-level package"
    r"|No module named '?__main__\.\w+'?; '?__main__'? is not a package"
)


def explain(crash: Crash, surroundings: Surroundings) -> Explanation | None:
    """Claim missing modules that the project has, and relative imports of scripts."""
    if _NO_PACKAGE.search(crash.message):
        return _relative(crash, surroundings)
    module = modules.missing_module(crash)
    if module is None or not modules.is_local(module, crash, surroundings):
        return None
    if "." in module:
        return _submodule(module, crash, surroundings)
    top = module
    step = guide(
        "run-from-the-right-folder",
        "Run it as a module",
        f"Start the script as a module from the project's folder (`python -m package.script`), "
        f"set `PYTHONPATH` to the folder that holds {code(top)}, or install the project with "
        "`pip install -e .`.",
    )
    return Explanation(
        f"the project's own module {code(module)} not being found",
        f"Python does not look in the folder that {code(top)} lies in",
        fixes=(
            local_modules.on_path(module, surroundings)
            or local_modules.respelt_module(module, surroundings)
            or step,
        ),
    )


def _submodule(module: str, crash: Crash, surroundings: Surroundings) -> Explanation:
    """A dotted name: Python looks for its package first, and names that where it finds none."""
    package, _, name = module.rpartition(".")
    there = local_modules.folders_of(package, crash, surroundings)
    files = [posixpath.join(folder, f"{name}.py") for folder in there]
    other = next((file for file in files if surroundings.text(file) is not None), None)
    beside = [
        f"{package}.{near}"
        for folder in there
        for near in local_modules.near_modules(name, folder, surroundings)
    ]
    near = " and ".join(map(code, dict.fromkeys(beside)))
    if other is not None:
        has = f"; the project has {code(surroundings.shown(other))}, so another {code(package)} came first"
        text = (
            f"Let Python find the {code(package)} of the project first: set `PYTHONPATH` to the folder that "
            "holds it, or rename or uninstall the other one."
        )
    else:
        has = f"; the project has {near}" if near else ""
        text = f"Name a module that {code(package)} has"
        text += f" ({near} may be meant, or not)" if near else ""
        text += f", or add {code(name + '.py')} to its folder if the file is missing."
    return Explanation(
        f"the missing module {code(module)}",
        f"Python found {code(package)}, which has no module {code(name)}{has}",
        at=_written(module, crash, surroundings),
        fixes=(
            (local_modules.on_path(module, surroundings) if other else None)
            or local_modules.respelt_module(module, surroundings)
            or (None if other else misspelt_submodules.respelt(module, crash, surroundings))
            or guide("name-the-module", "Name a module that is there", text),
        ),
    )


def _written(module: str, crash: Crash, surroundings: Surroundings) -> Place | None:
    """The one line of the configs that names a module which the code imports by a text."""
    by_text = any("import_module(" in (one.code or "") for one in crash.frames)
    return texts.place_in_configs(module, surroundings) if by_text else None


def _relative(crash: Crash, surroundings: Surroundings) -> Explanation:
    step = guide(
        "run-as-module-yourself",
        "Run it as a module",
        "Start the script as a module of its package, from the folder that holds the package: "
        "`python -m package.script`.",
    )
    return Explanation(
        "a relative import in a script",
        "a file that is started by its path belongs to no package, so that `.` means nothing to it",
        fixes=(local_modules.as_module(crash, surroundings) or step,),
    )


RULE = Rule(
    "local-module-not-on-path",
    Category.DEPENDENCY,
    ("ModuleNotFoundError", "ImportError", "ValueError", "shell"),
    explain,
)
