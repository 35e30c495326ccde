"""What an exception's own words say for certain where no rule knows more: wordings of CPython 3.7 to 3.14.

Nothing here says what is to change: that is the code's matter.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from propel_helper.facts.crash import Crash
from propel_helper.facts.surroundings import Surroundings
from propel_helper.facts.wording import Wording
from propel_helper.rules import families
from propel_helper.rules.words import code

# What only hands a question or a call on: torch's Module, functools and contextlib.
_MESSENGER = Wording(
    r"/torch/nn/modules/module\.py$|/torch/nn/parallel/\w+\.py$|/(?:functools|contextlib)\.py$|/torch/utils/_contextlib\.py$"
)
_NAMES = Wording(r"'(\w+)'")
_MEANT = Wording(r"Did you mean: '(?P<name>[\w.]+)'")
_NAN = Wording(
    r"\b(?:loss|losses|gradients?|grad_norm|values?|outputs?|logits|weights|parameters?|input|target|tensor|scores?)\b.{0,60}"
    r"\b(?:nan|inf(?:inity|inite)?)\b|\b(?:nan|inf(?:inity|inite)?)\b.{0,60}\b(?:loss|losses|gradients?|values?|outputs?|input)\b",
    re.IGNORECASE,
)


def reason(crash: Crash, surroundings: Surroundings) -> str | None:
    """The reason in a few words, for an exception of the person's own line; else None."""
    if _NAN.search(crash.message[:300]):
        return "values became NaN or infinite before this line, which only notices it"
    if not _is_of_own_line(crash, surroundings):
        return None
    if families.type_name(crash) == "AssertionError":
        return _of_assert(crash)
    for wording, say in _SAYINGS:
        found = wording.match(crash.message)
        if found is not None:
            return say(found)
    last = crash.frames[-1]
    if (last.code or "").startswith("raise"):
        return "the code raises it by itself, in the case that the message tells"
    return None


def _is_of_own_line(crash: Crash, surroundings: Surroundings) -> bool:
    frames = list(crash.frames)
    while frames and _MESSENGER.search(frames[-1].file.replace("\\", "/")):
        frames.pop()
    return bool(frames) and surroundings.is_own(frames[-1].file)


def _of_assert(crash: Crash) -> str:
    line = (crash.frames[-1].code or "").strip()
    if crash.message.strip():
        return "a check of the code itself did not hold, and the message is what it says of that"
    if line.startswith("assert ") and len(line) < 120:
        return f"a check of the code itself did not hold: {code(line)}"
    return "a check of the code itself did not hold"


def _undefined(found: re.Match[str]) -> str:
    meant = _MEANT.search(found.string)
    near = f"; {code(meant['name'])} is" if meant else ""
    return f"{code(found['name'])} is not defined where the line uses it{near}: it is misspelt, or what defines or imports it is missing"


def _unset(found: re.Match[str]) -> str:
    name = found["local"] or found["old"]
    return f"{code(name)} has no value yet on the way that the code took to this line: what assigns it stands below, or was skipped"


def _left_out(found: re.Match[str]) -> str:
    names = " and ".join(code(name) for name in _NAMES.findall(found["names"]))
    return f"the call leaves out {names}, which {code(found['callee'])} requires"


def _too_many(found: re.Match[str]) -> str:
    return f"the call gives {code(found['callee'])} more arguments than it takes ({found['given']} for {found['takes']})"


def _unexpected(found: re.Match[str]) -> str:
    return f"{code(found['callee'])} takes no argument {code(found['name'])}"


# Types of Python itself: nothing sets an attribute on their values.
_BUILT_IN = frozenset(
    {
        "list", "tuple", "dict", "set", "frozenset", "str", "bytes", "bytearray", "int", "float", "complex", "bool",
        "range", "generator", "builtin_function_or_method", "dict_keys", "dict_values", "dict_items", "map", "zip",
        "filter", "enumerate", "slice", "ellipsis",
    }
)  # fmt: skip


def _lacks(found: re.Match[str]) -> str:
    if found["type"] == "NoneType":
        return f"the value whose {code(found['name'])} the line takes is None"
    if found["type"] in _BUILT_IN:
        meant = _MEANT.search(found.string)
        near = f" ({code(meant['name'])} it has)" if meant else ""
        return (
            f"the value is of Python's own type {code(found['type'])}, which has no {code(found['name'])}{near}: the "
            "line expects a value of another type, or the name is misspelt"
        )
    return f"an object of the type {code(found['type'])} has no {code(found['name'])}: the name is misspelt, or nothing has set it yet"


def _cannot(found: re.Match[str]) -> str:
    return f"the line uses a value of the type {code(found['type'])} as one that is {found['use']}, which it is not"


_SAYINGS: tuple[tuple[Wording, Callable[[re.Match[str]], str]], ...] = (
    (Wording(r"^(?:global )?name '(?P<name>\w+)' is not defined"), _undefined),
    (
        Wording(
            r"^cannot access (?:local|free) variable '(?P<local>\w+)' where it is not associated with a value"
            r"|^(?:local|free) variable '(?P<old>\w+)' referenced before assignment"
        ),
        _unset,
    ),
    (
        Wording(
            r"^(?P<callee>[\w.<>]+\(\)) missing \d+ required (?:positional|keyword-only) arguments?: (?P<names>'.+)"
        ),
        _left_out,
    ),
    (
        Wording(
            r"^(?P<callee>[\w.<>]+\(\)) takes (?P<takes>(?:from \d+ to )?\d+) positional arguments? but (?P<given>\d+) (?:was|were) given"
        ),
        _too_many,
    ),
    (
        Wording(r"^(?P<callee>[\w.<>]+\(\)) got an unexpected keyword argument '(?P<name>\w+)'"),
        _unexpected,
    ),
    (Wording(r"^'(?P<type>[\w.]+)' object has no attribute '(?P<name>\w+)'"), _lacks),
    (
        Wording(
            r"^'(?P<type>[\w.]+)' object is not (?P<use>callable|subscriptable|iterable|an iterator)"
        ),
        _cannot,
    ),
    (
        Wording(
            r"^(?:float |integer )?(?:division|modulo)(?: or modulo)? by zero|^division by zero"
        ),
        lambda _: "the line divides by zero",
    ),
)
