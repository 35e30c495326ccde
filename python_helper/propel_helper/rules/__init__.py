"""Floor 1: crash -> explanation. One file per kind of crash, found without a registration list.

A rule module's docstring is its documentation page (see ``Rule``). Rules are pure: whatever they
need to know about the project comes through ``Surroundings``.
"""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from propel_helper.facts.crash import Crash
from propel_helper.facts.finding import Category, Explanation
from propel_helper.facts.surroundings import Surroundings


@dataclass(frozen=True)
class Rule:
    """One kind of crash.

    Attributes:
        code: name of what went wrong, never of the cure, e.g. ``missing-output-folder``. The
            module has the same name with underscores.
        category: where it belongs; ``Category.LOGIC`` makes it a redirect, whatever fixes say.
        exceptions: last components of the exception names it looks at (``FileNotFoundError``),
            or the kinds ``exception``, ``usage``, ``shell``, ``exit``; it is not asked about
            anything else. Ray's ``RayTaskError(KeyError)`` has both names.
        explain: says what happened, or None for "not mine". No two rules may claim one crash.
        page: the module's docstring, filled in by ``all_rules``.
        last: asked only about what no other rule claims: all it goes by is what the exception's
            type alone tells.
    """

    code: str
    category: Category
    exceptions: tuple[str, ...]
    explain: Callable[[Crash, Surroundings], Explanation | None]
    page: str = ""
    last: bool = False

    def looks_at(self, crash: Crash) -> bool:
        """Whether this rule is to be asked about ``crash``."""
        return not _names(crash).isdisjoint(self.exceptions)


def _names(crash: Crash) -> set[str]:
    outer, _, inner = (crash.exception or "").rstrip(")").partition("(")
    return {outer.rpartition(".")[2], inner, crash.kind.value}


@cache
def all_rules() -> tuple[Rule, ...]:
    """Every rule below this package, sorted by code, its page filled in."""
    found = []
    for module in pkgutil.walk_packages(__path__, f"{__name__}."):
        if module.ispkg:
            continue
        loaded = importlib.import_module(module.name)
        rule = getattr(loaded, "RULE", None)
        if isinstance(rule, Rule):
            found.append(
                Rule(
                    rule.code,
                    rule.category,
                    rule.exceptions,
                    rule.explain,
                    loaded.__doc__ or "",
                    rule.last,
                )
            )
    return tuple(sorted(found, key=lambda rule: rule.code))


_LOGIC = "Category.LOGIC"
_LAST = "last=True"
_LOOKS_AT = re.compile(r"^RULE = Rule\([^()]*\((?P<names>[^()]*)\)", re.MULTILINE)
_WORD = re.compile(r"[A-Za-z_]{4,}")
_MOST_WORDS = 60


def rules_for(crash: Crash) -> Iterator[Rule]:
    """The rules that look at ``crash``: logic first, then the likeliest, then the last.

    Each is imported when its turn comes: whoever stops at the first that claims the crash does
    not wait for the hundred others. The likeliest are those whose own text has the words of the
    message, rare ones before common ones.
    """
    names = {f'"{name}"' for name in _names(crash)}
    sources = {
        name: source
        for name, source in _sources().items()
        if not (found := _LOOKS_AT.search(source)) or any(one in found["names"] for one in names)
    }
    words = _WORD.findall(f"{crash.exception} {crash.message[:2000]}")[:_MOST_WORDS]
    scores = dict.fromkeys(sources, 0.0)
    for word in dict.fromkeys(words):
        having = [name for name, source in sources.items() if word in source]
        for name in having:
            scores[name] += 1 / len(having)
    for name in sorted(sources, key=lambda one: _turn(sources[one], scores[one], one)):
        rule = getattr(importlib.import_module(name), "RULE", None)
        if isinstance(rule, Rule) and rule.looks_at(crash):
            yield rule


def _turn(source: str, score: float, name: str) -> tuple[bool, bool, float, str]:
    return _LAST in source, _LOGIC not in source, -score, name


@cache
def _sources() -> dict[str, str]:
    """Text of every module in the folders of the categories, by its name; nothing is imported."""
    return {
        f"{__name__}.{file.parent.name}.{file.stem}": file.read_text("utf-8")
        for folder in __path__
        for file in Path(folder).glob("*/*.py")
        if file.stem != "__init__"
    }
