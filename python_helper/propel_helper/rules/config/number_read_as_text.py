"""number-read-as-text: a number of the config arrived as text.

## What happened
A number was expected, and what came is a text.

## Why it happens
YAML reads `1e-4` as text, because its numbers need a dot: `1.0e-4`. A value in quotes, or from an
environment variable, is text as well.

## What the fix changes
The value in the config file: `1e-4` becomes `1.0e-4`, or `"0.05"` becomes `0.05`, the same number,
when exactly one value of the configs is written so, or exactly one of those that the failing line
names; with it the other settings of that file that YAML reads as text for want of a dot, which would
stop the run next. Otherwise nothing.

## Fix safety
Safe: the value stays the same, and is read as the number that it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from propel_helper.facts.crash import Crash
from propel_helper.facts.finding import Category, Explanation, Fix, Place, Safety
from propel_helper.facts.surroundings import Surroundings
from propel_helper.facts.wording import Wording
from propel_helper.rules import Rule, config_keys, texts
from propel_helper.rules.steps import guide
from propel_helper.rules.words import code

# CPython's comparison and operator TypeErrors; torch/optim/*.py check `0.0 <= lr` first.
_WORDS = Wording(
    r"'(?:<|<=|>|>=)' not supported between instances of '(?:float|int)' and 'str'"
    r"|'(?:<|<=|>|>=)' not supported between instances of 'str' and '(?:float|int)'"
    r"|can't multiply sequence by non-int of type 'float'"
    r"|unsupported operand type\(s\) for [-+*/]{1,2}:? '(?:float|int)' and 'str'"
    r"|unsupported operand type\(s\) for [-+*/]{1,2}:? 'str' and '(?:float|int)'"
)
# CPython's operator.index: what ``range`` and sizes say, of a text of any origin.
_INDEX = Wording(r"'str' object cannot be interpreted as an integer")
# PyYAML's resolver wants a dot in the mantissa and a sign in the exponent.
_TEXT = re.compile(r"-?(?:\d+[eE][-+]?\d+|\d*\.\d*[eE]\d+)")
_INSIDE = re.compile(
    r"(?:\b(?P<name>\w+):[ ]*)?(?<![\w.'\"-])(?P<number>\d+[eE][-+]?\d+)(?![\w.'\"])"
)
_QUOTED = re.compile(
    r"(?P<quote>[\"'])(?P<number>-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?)(?P=quote)"
)
_BECAUSE = (
    "a setting came as text where a number belongs; YAML reads `1e-4`, without a dot, so",
    "a setting came as text where a number belongs; a value in quotes is text",
)
_SETTING = Wording(
    r"\b(?:lr|learning_rate|weight_decay|momentum|eps|alpha|betas?|gamma|dropout|warmup\w*|epochs?"
    r"|batch_size|steps?|decay|tau|sigma|temperature|max_\w+|min_\w+|num_\w+)\b",
    re.IGNORECASE,
)


def explain(crash: Crash, surroundings: Surroundings) -> Explanation | None:
    """Claim texts where a number of a setting belongs."""
    index = _INDEX.search(crash.message) is not None
    known = index or _WORDS.search(crash.message) is not None
    if not known or not _is_setting(crash, surroundings):
        return None
    fix, at = _as_number(crash, surroundings)
    if index and fix is None:
        return None
    step = guide(
        "write-a-number",
        "Write it as a number",
        "Look at the value in the config: YAML reads `1e-4` as text and `1.0e-4` as a number; "
        "take away quotes around numbers.",
    )
    return Explanation(
        "a number that was read as text",
        _BECAUSE[bool(fix and fix.id == "write-without-quotes")],
        at,
        (fix or step,),
    )


def _is_setting(crash: Crash, surroundings: Surroundings) -> bool:
    """Whether the value is an optimizer's or another setting, not the training's own data."""
    last = crash.frames[-1] if crash.frames else None
    if last is None:
        return False
    in_optimizer = "optim" in last.file.replace("\\", "/") and not surroundings.is_own(last.file)
    return in_optimizer or bool(last.code and _SETTING.search(last.code))


@dataclass(frozen=True)
class _Value:
    """A value that a config's format reads as text, and the number that it is meant to be."""

    file: str
    name: str
    start: int
    old: str
    new: str


def _as_number(crash: Crash, surroundings: Surroundings) -> tuple[Fix | None, Place | None]:
    found = _values(surroundings)
    if len(found) != 1:
        lines = [frame.code or "" for frame in reversed(crash.frames)]
        named = [
            [one for one in found if one.name and re.search(rf"\b{re.escape(one.name)}\b", line)]
            for line in lines
        ]
        first = next((some for some in named if some), [])
    else:
        first = found
    if len(first) != 1:
        return None, None
    value = first[0]
    quoted = value.old[0] in "\"'"
    others = [] if quoted else [one for one in found if _alike(one, value)]
    text = surroundings.text(value.file) or ""
    edits = [texts.edit_at(one.file, text, one.start, one.old, one.new) for one in (value, *others)]
    more = " and the others alike" if others else ""
    same = "the same numbers" if others else "the same number"
    by = f"writing {code(value.new)} for {code(value.old)}{more}, {same}"
    fix_id = "write-without-quotes" if quoted else "write-with-dot"
    fix = Fix(fix_id, f"Write {value.new}", by, Safety.SAFE, tuple(edits))
    return fix, texts.place_of(edits[0])


def _alike(other: _Value, value: _Value) -> bool:
    """Whether it is another setting of the file that YAML reads as text for the same reason."""
    elsewhere = other.file == value.file and other.start != value.start
    return elsewhere and other.old[0] not in "\"'" and _SETTING.search(other.name) is not None


def _values(surroundings: Surroundings) -> list[_Value]:
    """Such values of the configs that the run reads: behind keys, and inside YAML's braces."""
    keys = config_keys.all_keys(surroundings)
    found = [
        _Value(key.file, key.name, key.value_start, key.value, new)
        for key in keys
        if (new := _number(key)) is not None
    ]
    files = dict.fromkeys(key.file for key in keys if _is_yaml(key))
    found += [one for file in files for one in _inside(file, surroundings.text(file) or "")]
    return list(dict.fromkeys(found))


def _inside(file: str, text: str) -> Iterator[_Value]:
    """Those behind a brace or bracket of the same line, no comment between."""
    for match in _INSIDE.finditer(text):
        start = match.start("number")
        before = text[text.rfind("\n", 0, start) + 1 : start]
        if "#" not in before and ("{" in before or "[" in before):
            old = match["number"]
            yield _Value(file, match["name"] or "", start, old, _yaml_number(old))


def _number(key: config_keys.Key) -> str | None:
    """The number that a value is meant to be, where the config's format reads it as text."""
    quoted = _QUOTED.fullmatch(key.value)
    if quoted is not None:
        return _yaml_number(quoted["number"]) if _is_yaml(key) else quoted["number"]
    if _is_yaml(key) and _TEXT.fullmatch(key.value):
        return _yaml_number(key.value)
    return None


def _is_yaml(key: config_keys.Key) -> bool:
    return key.file.endswith((".yaml", ".yml"))


def _yaml_number(written: str) -> str:
    """A number as PyYAML reads it: with a dot in the mantissa and a sign in the exponent."""
    mantissa, mark, exponent = written.replace("E", "e").partition("e")
    if not mark:
        return written
    mantissa = mantissa if "." in mantissa else f"{mantissa}.0"
    return f"{mantissa}{written[written.lower().index('e')]}{exponent if exponent[0] in '+-' else f'+{exponent}'}"


RULE = Rule("number-read-as-text", Category.CONFIG, ("TypeError",), explain)
