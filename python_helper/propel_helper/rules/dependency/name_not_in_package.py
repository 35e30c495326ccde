"""name-not-in-package: the installed version of a package lacks the name that is asked for.

## What happened
An import or an attribute names something that the installed package does not have.

## Why it happens
The name was removed, moved or not yet added in the version that is installed: the code, or another
package, was written for another one.

## What the fix changes
Names that moved and mean the same elsewhere (`collections.Mapping` is `collections.abc.Mapping`) are
taken from where they are now, in the file that failed. Otherwise nothing: either the package's
version or the code has to change.

## Fix safety
Safe: only names of Propel's own table are replaced, each by the very same thing. Another version is
never installed: it changes the environment, and may change results.
"""

from __future__ import annotations

from propel_helper.facts.crash import Crash
from propel_helper.facts.finding import Category, Explanation
from propel_helper.facts.surroundings import Surroundings
from propel_helper.facts.wording import Wording
from propel_helper.rules import Rule, modules, moved_names
from propel_helper.rules.steps import guide
from propel_helper.rules.words import code

# CPython's module_getattro; the packages' own __getattr__ (NumPy, JAX, SciPy).
_ATTRIBUTE = Wording(
    r"^[Mm]odule ['\"](?P<module>[\w.]+)['\"] has no attribute ['\"](?P<name>\w+)['\"]"
)
_REMOVED = Wording(
    r"^(?P<name>\S+) (?:was|has been|is) (?:removed|deprecated and removed|no longer)"
    r"|deprecated since (?:version )?\S+ and (?:is|was) now removed\. `(?P<old>[\w.]+)`"
    r"|has been removed in (?:version )?v?\d|was removed in the \w+ \d|is no longer supported by"
)


def explain(crash: Crash, surroundings: Surroundings) -> Explanation | None:
    """Claim names that packages of others lack; the project's own names are its own matter."""
    missing = _missing(crash, surroundings)
    if missing is None:
        return None
    name, module = missing
    where = f"{code(module)} has no {code(name)}" if module else f"{code(name)} was removed"
    return Explanation(
        "a package of another version",
        f"the installed {where}, which the code was written for",
        fixes=(
            moved_names.corrected(crash, surroundings)
            or guide(
                "match-package-version",
                "Match code and package",
                f"Install the version of {code((module or name).partition('.')[0])} that the "
                "project's requirements name, or change the code to what the installed version "
                "calls it.",
            ),
        ),
    )


def _missing(crash: Crash, surroundings: Surroundings) -> tuple[str, str] | None:
    """The name that is missing, and the package that lacks it ("" when it is not told)."""
    module = modules.missing_module(crash)
    if module is not None:
        part = "." in module and modules.is_part(module, crash)
        if not part or modules.is_local(module, crash, surroundings):
            return None
        package, _, name = module.rpartition(".")
        return name, package
    imported = modules.imported_name(crash, surroundings)
    if imported is not None:
        return None if imported.own else (imported.name, imported.module)
    return _attribute(crash, surroundings) or _removed(crash, surroundings)


def _attribute(crash: Crash, surroundings: Surroundings) -> tuple[str, str] | None:
    found = _ATTRIBUTE.search(crash.message)
    if found is None or found["module"].startswith("torch._C"):
        return None
    dotted = f"{found['module']}.{found['name']}"
    if moved_names.is_moved(dotted) and "partially initialized" not in crash.message:
        return found["name"], found["module"]
    known = modules.is_gone(dotted)
    shadowed = "consider renaming" in crash.message or "partially initialized" in crash.message
    if known or shadowed or modules.has_numpy_page(crash.message):
        return None
    top = found["module"].partition(".")[0]
    own = modules.is_local(found["module"], crash, surroundings)
    if own or not modules.is_foreign(top, crash, surroundings):
        return None
    return found["name"], found["module"]


def _removed(crash: Crash, surroundings: Surroundings) -> tuple[str, str] | None:
    removed = _REMOVED.search(crash.message)
    in_package = bool(crash.frames) and not surroundings.is_own(crash.frames[-1].file)
    if removed is None or not in_package or modules.has_numpy_page(crash.message):
        return None
    name = removed["name"] or removed["old"] or crash.message.partition(" ")[0]
    return name.strip("`'\""), ""


RULE = Rule(
    "name-not-in-package",
    Category.DEPENDENCY,
    ("ImportError", "ModuleNotFoundError", "AttributeError", "RuntimeError", "NotImplementedError"),
    explain,
)
