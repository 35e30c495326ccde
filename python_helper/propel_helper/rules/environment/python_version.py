"""python-version: the code was written for another version of Python.

## What happened
Python stopped at syntax, or at a part of its own library, that its version does not have.

## Why it happens
The interpreter that ran is older than the code needs, or so new that something was removed. Often
it is not the one that was meant: the environment is not active in this session.

## What the fix changes
Where Python has the same thing under another name (of `inspect.getargspec(f).args` that is
`inspect.getfullargspec(f).args`), the name in the file that failed. Otherwise nothing: another
interpreter has to be chosen, or the code changed.

## Fix safety
Safe: the present name stands for the very same value.
"""

from __future__ import annotations

import re

from propel_helper.facts.crash import Crash
from propel_helper.facts.finding import Category, Explanation
from propel_helper.facts.surroundings import Surroundings
from propel_helper.facts.wording import Wording
from propel_helper.rules import Rule, modules, moved_names, shadows
from propel_helper.rules.steps import guide
from propel_helper.rules.words import code

# "What's New" of Python 3.0 and 3.6 to 3.12: syntax that an older version can't parse.
_NEWER = (
    (Wording(r":="), "3.8"),
    (Wording(r"^\s*(?:match|case) [^=]*:\s*$"), "3.10"),
    (Wording(r"^\s*(?:async\s+)?def \w+\[|^\s*class \w+\[|^\s*type \w+\s*="), "3.12"),
    (Wording(r"\bexcept\*"), "3.11"),
    (Wording(r"(?<![\w\"'])[rRbB]?[fF][rRbB]?[\"']"), "3.6"),
    (Wording(r"^\s*\w+\s*:\s*[\w\[\], .|\"']+(?:=.*)?$"), "3.6"),
    (Wording(r"\bdef \w+\(.*(?:, |\()/[,)]"), "3.8"),
    (Wording(r"^\s*async (?:def|for|with) |\bawait "), "3.5"),
    (Wording(r"^\s*nonlocal |\byield from\b"), "3.3"),
    (Wording(r"\b\d+_\d+"), "3.6"),
    (Wording(r"\{\*\*|\[\*|\w\s*@\s*\w"), "3.5"),
    (Wording(r"\bdef \w+\(.*\)\s*->|\bdef \w+\(.*\w+\s*:\s*\w+"), "3.0"),
    (Wording(r"\bprint\(.*(?:file|end|sep|flush)\s*="), "3.0"),
    (Wording(r"\braise .+ from |\bsuper\(\)\."), "3.0"),
    (Wording(r"^\s*with \("), "3.10"),
)
# Python 2's own: no version of today parses it.
_PYTHON_2 = Wording(
    r"^\s*print\s+[\"'\w%]|^\s*exec\s+[\"']|\bexcept \w[\w.]*\s*,\s*\w+\s*:|<>|\b0\d+\b|\bur[\"']"
    r"|^\s*raise \w+\s*,|`\w+`"
)
_SAYS_PYTHON_2 = Wording(
    r"Missing parentheses in call to '(?:print|exec)'|leading zeros in decimal"
)
_TYPES = Wording(
    r"unsupported operand type\(s\) for \|: '(?:type|NoneType|ABCMeta|_GenericAlias|EnumMeta"
    r"|EnumType|function|str)' and '|unsupported operand type\(s\) for \|: '.*' and '(?:NoneType|type)'"
    r"|'(?:type|ABCMeta|builtin_function_or_method|function)' object is not subscriptable"
)
_STDLIB = Wording(
    r"^module '(?P<module>collections|inspect|time|fractions|asyncio|typing|pkgutil|ast|platform"
    r"|math|functools|itertools|random|string|os|sys|types|contextlib|dataclasses|enum|ssl)' "
    r"has no attribute '(?P<name>\w+)'"
    r"|cannot import name '(?P<imported>\w+)' from '(?P<source>collections|typing|inspect|functools"
    r"|importlib|fractions|dataclasses|contextlib|enum|types|itertools|asyncio|datetime|math)'"
)
_REQUIRES = Wording(
    r"[Pp]ython (?:version )?(?:>=|==|<=|<|>)? ?3\.\d+.{0,30}(?:is )?(?:required|needed|or (?:higher|newer|later))"
    r"|[Rr]equires (?:a )?(?:different )?Python|requires Python|only supports? Python"
)


def explain(crash: Crash, surroundings: Surroundings) -> Explanation | None:
    """Claim what another version of Python would take, in the person's own code or a package's."""
    because = _because(crash, surroundings)
    if because is None or shadows.hiding(crash, surroundings) is not None:
        return None
    return Explanation(
        "another version of Python",
        because,
        fixes=(
            moved_names.corrected(crash, surroundings)
            or guide(
                "choose-python",
                "Choose the Python that the code was written for",
                "Look at the version that the project asks for, and name that interpreter in the "
                "command, or activate the environment that has it (`python --version` shows which "
                "one is active).",
            ),
        ),
    )


def _because(crash: Crash, surroundings: Surroundings) -> str | None:
    name = (crash.exception or "").rpartition(".")[2]
    if name == "SyntaxError":
        return _syntax(crash)
    module = modules.missing_module(crash)
    if module is not None:
        gone = modules.is_gone(module) and not modules.is_local(module, crash, surroundings)
        return f"this Python has no {code(module)}; another version has" if gone else None
    found = _STDLIB.search(crash.message)
    if found is not None and "partially initialized" not in crash.message:
        if "consider renaming" in crash.message:
            return None
        part = f"{found['module'] or found['source']}.{found['name'] or found['imported']}"
        if moved_names.is_moved(part):
            return None
        return f"this Python has no {code(part)}; another version has"
    if _TYPES.search(crash.message) and _is_annotation(crash):
        return "the code's type annotations need a newer version than the one that ran"
    if name != "ModuleNotFoundError" and _REQUIRES.search(crash.message):
        return "the code asks for another version than the one that ran"
    return None


def _syntax(crash: Crash) -> str | None:
    line = (crash.frames[-1].code or "") if crash.frames else ""
    message = crash.message.partition("\n")[0]
    if _SAYS_PYTHON_2.search(message) or (_PYTHON_2.search(line) and "print" not in message[:0]):
        return "the file is written for Python 2, and Python 3 ran it"
    if not re.match(
        r"invalid syntax(?:$|\. (?!Maybe you meant|Perhaps))|f-string: |invalid character", message
    ):
        return None
    if message.startswith("f-string") and re.search(r"f\"[^\"]*\{[^}]*\"|f'[^']*\{[^}]*'", line):
        return "quotes inside an f-string's braces need Python 3.12"
    if message != "invalid syntax":
        return None
    for pattern, version in _NEWER:
        if pattern.search(line):
            return f"that line's syntax needs Python {version} and an older one ran it"
    return None


def _is_annotation(crash: Crash) -> bool:
    """Whether the failing line declares something: annotations are evaluated there."""
    line = (crash.frames[-1].code or "") if crash.frames else ""
    declares = re.search(
        r"^\s*(?:async )?def |^\s*class |^\s*\w+\s*:\s|^\w+ = \w+\[|->|^@|\w+\s*:\s*\w+", line
    )
    return declares is not None


RULE = Rule(
    "python-version",
    Category.ENVIRONMENT,
    (
        "SyntaxError",
        "ModuleNotFoundError",
        "ImportError",
        "AttributeError",
        "TypeError",
        "RuntimeError",
    ),
    explain,
)
