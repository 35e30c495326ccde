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

import re
import sys

from propel_helper.facts.crash import Crash
from propel_helper.facts.finding import Category, Explanation, Fix, Place
from propel_helper.facts.surroundings import Surroundings
from propel_helper.facts.wording import Wording
from propel_helper.rules import (
    Rule,
    distributions,
    mixed_packages,
    modules,
    moved_names,
    own,
    shadows,
    slips,
    texts,
)
from propel_helper.rules.steps import guide
from propel_helper.rules.words import code

# CPython's module_getattro and pickle; the packages' own __getattr__ (NumPy, JAX, SciPy).
_ATTRIBUTE = Wording(
    r"^[Mm]odule ['\"](?P<module>[\w.]+)['\"] has no attribute ['\"](?P<name>\w+)['\"]"
    r"|^Can't get attribute '(?P<pickled>\w+)' on <module '(?P<home>[\w.]+)'"
)
_GONE = Wording(r"^'(?P<type>\w+)' object has no attribute '(?P<name>\w+)'")
# From the packages' notes: pandas 1.0 and 2.0, NumPy 2.0, Pillow 10, Keras 2.6 and 3, scikit-learn 1.2, gym
# 0.26, NetworkX 2.4, transformers 3 and 5, Python 3.
_PANDAS = ("append", "iteritems", "ix", "as_matrix", "lookup", "mad", "get_value", "set_value")
_KERAS = (
    "fit_generator",
    "evaluate_generator",
    "predict_generator",
    "predict_classes",
    "predict_proba",
)
_FONT = ("getsize", "textsize", "getoffset", "getsize_multiline", "multiline_textsize")
_NAMES = ("get_feature_names",)
_METHODS = {
    **dict.fromkeys(("DataFrame", "Series", "Index"), _PANDAS),
    **dict.fromkeys(("Sequential", "Model", "Functional"), _KERAS),
    **dict.fromkeys(("FreeTypeFont", "ImageDraw", "ImageFont"), _FONT),
    **dict.fromkeys(("CountVectorizer", "TfidfVectorizer", "OneHotEncoder"), _NAMES),
    **dict.fromkeys(("TimeLimit", "OrderEnforcing", "PassiveEnvChecker"), ("seed",)),
    **dict.fromkeys(("Graph", "DiGraph"), ("node", "add_path", "nodes_iter", "edges_iter")),
    "ndarray": ("tostring", "itemset", "newbyteorder", "ptp"),
    "dict": ("iteritems", "itervalues", "iterkeys", "has_key"),
}
_HOMES = {
    **dict.fromkeys(("DataFrame", "Series", "Index"), "pandas"),
    **dict.fromkeys(("Sequential", "Model", "Functional"), "keras"),
    **dict.fromkeys(("FreeTypeFont", "ImageDraw", "ImageFont"), "Pillow"),
    **dict.fromkeys(("CountVectorizer", "TfidfVectorizer", "OneHotEncoder"), "scikit-learn"),
    **dict.fromkeys(("TimeLimit", "OrderEnforcing", "PassiveEnvChecker"), "gymnasium"),
    **dict.fromkeys(("Graph", "DiGraph"), "networkx"),
    "ndarray": "numpy",
}
"""What brings these types, by the name that it is installed by."""
_ATTRIBUTES = re.compile(r"\.([A-Za-z_]\w*)")
_REMOVED = Wording(
    r"^(?P<name>\S+) (?:was|has been|is) (?:removed|deprecated and removed|no longer)"
    r"|deprecated since (?:version )?\S+ and (?:is|was) now removed\. `(?P<old>[\w.]+)`"
    r"|has been removed in (?:version )?v?\d|was removed in the \w+ \d|is no longer supported by"
    r"|^[\w ]+ are no longer supported"
)

_PACKAGE = re.compile(r"/(?:site|dist)-packages/(?P<top>\w+)/")
_OTHER = "a package of another version"


def explain(crash: Crash, surroundings: Surroundings) -> Explanation | None:
    """Claim names that packages of others lack; the project's own names are its own matter."""
    missing = _missing(crash, surroundings)
    if missing is None or shadows.hiding(crash, surroundings) is not None:
        return None
    name, module = missing
    fix = moved_names.corrected(crash, surroundings)
    if module == "dict" or module.partition(".")[0] in sys.stdlib_module_names:
        return Explanation(
            "a name of another Python version",
            f"this Python's own {code(module)} has no {code(name)}, which the code was written for",
            fixes=(fix or _of_python(name),),
        )
    if not module:
        because = f"{code(name)} was removed, which the code was written for"
        return Explanation(_OTHER, because, fixes=(fix or _of_package(name.partition(".")[0]),))
    home = _HOMES.get(module)
    because = f"the installed {code(module)} has no {code(name)}"
    if home:
        because = f"the installed {code(home)} has no {code(f'{module}.{name}')}"
    mixed = None if fix else mixed_packages.of_one_package(name, module, crash, surroundings)
    if mixed is not None:
        top = code(distributions.name_of(mixed))
        because += (
            f", and the line that asks for it is one of {top}, too: one version has both or neither"
        )
        return Explanation(
            "a package whose files are of two versions",
            because,
            fixes=(mixed_packages.again(mixed),),
        )
    if fix or _is_sure(name, module, crash, surroundings):
        because += ", which the code was written for"
        return Explanation(_OTHER, because, fixes=(fix or _of_package(module),))
    if _is_slip(name, crash, surroundings):
        return None
    place = _of_config(name, crash, surroundings)
    where = f", the name in {place.file}:{place.line}" if place else ""
    return Explanation(
        "a name that the package does not have",
        f"{because}{where}: it is misspelt, or of another version or package",
        place,
        (_either(name, module),),
    )


def _is_sure(name: str, module: str, crash: Crash, surroundings: Surroundings) -> bool:
    """Whether the name is known to be of another version.

    Packages don't misspell each other's, what was pickled was there, and nobody makes up a private one.
    """
    return (
        name.startswith("_")
        or crash.message.startswith("Can't get attribute")
        or name in _METHODS.get(module, ())
        or _REMOVED.search(crash.message) is not None
        or _asked_by_package(name, crash, surroundings)
    )


def _is_slip(name: str, crash: Crash, surroundings: Surroundings) -> bool:
    """Whether the person's own line has the name right, too: it is misspelt code, of no version."""
    last = own.deepest(crash, surroundings)
    line = (last.code or "") if last else ""
    others = [other for other in _ATTRIBUTES.findall(line) if other != name]
    return f".{name}" in line and slips.slip_of(name, others) is not None


def _of_config(name: str, crash: Crash, surroundings: Surroundings) -> Place | None:
    """The config's line that has the name, where the code took it from there (``getattr``)."""
    line = crash.frames[-1].code if crash.frames else None
    if not line or "getattr" not in line or re.search(rf"\b{re.escape(name)}\b", line):
        return None
    return texts.place_in_configs(name, surroundings)


def _of_python(name: str) -> Fix:
    return guide(
        "match-python-version",
        "Match code and Python",
        f"Run it with the Python version that the project names, or take {code(name)} from where "
        "this Python has it.",
    )


def _of_package(module: str) -> Fix:
    top = module.partition(".")[0]
    package = _HOMES.get(module) or distributions.name_of(top)
    return guide(
        "match-package-version",
        "Match code and package",
        f"Install the version of {code(package)} that the project's "
        "requirements name, or change the code to what the installed version calls it.",
    )


def _either(name: str, module: str) -> Fix:
    top = module.partition(".")[0]
    return guide(
        "match-package-version",
        "Match name and package",
        f"Correct {code(name)} where it is written, if {code(module)} never had it; else install the version "
        f"of {code(distributions.name_of(top))} that the project's requirements name, or change the code to "
        "what the installed version calls it.",
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
    gone = _GONE.match(crash.message)
    if gone is not None and gone["name"] in _METHODS.get(gone["type"], ()):
        return gone["name"], gone["type"]
    found = _ATTRIBUTE.search(crash.message)
    if found is None or (found["module"] or "").startswith("torch._C"):
        return None
    module, name = found["module"] or found["home"], found["name"] or found["pickled"]
    dotted = f"{module}.{name}"
    if moved_names.is_moved(dotted) and "partially initialized" not in crash.message:
        return name, module
    known = modules.is_gone(dotted)
    shadowed = "consider renaming" in crash.message or "partially initialized" in crash.message
    if known or shadowed or modules.has_numpy_page(crash.message):
        return None
    top = module.partition(".")[0]
    own = modules.is_local(module, crash, surroundings)
    if own or not (
        modules.is_foreign(top, crash, surroundings) or _asked_by_package(name, crash, surroundings)
    ):
        return None
    return name, module


def _asked_by_package(name: str, crash: Crash, surroundings: Surroundings) -> bool:
    """Whether it is a package's own line that names it."""
    last = crash.frames[-1] if crash.frames else None
    return (
        last is not None and f".{name}" in (last.code or "") and not surroundings.is_own(last.file)
    )


def _removed(crash: Crash, surroundings: Surroundings) -> tuple[str, str] | None:
    removed = _REMOVED.search(crash.message)
    in_package = bool(crash.frames) and not surroundings.is_own(crash.frames[-1].file)
    # What is written in C has no frame.
    in_package = in_package or (removed is not None and (removed["old"] or "").startswith("torch."))
    if removed is None or not in_package or modules.has_numpy_page(crash.message):
        return None
    name = removed["name"] or removed["old"] or crash.message.strip().partition(" ")[0]
    name = name.strip("`'\"")
    # The package raises it in a file of its own.
    raised = crash.frames[-1].file.replace("\\", "/") if crash.frames else ""
    package = _PACKAGE.search(raised)
    return name, package["top"] if package and "." not in name else ""


RULE = Rule(
    "name-not-in-package",
    Category.DEPENDENCY,
    ("ImportError", "ModuleNotFoundError", "AttributeError", "RuntimeError", "NotImplementedError"),
    explain,
)
