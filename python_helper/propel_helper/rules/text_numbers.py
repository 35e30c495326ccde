"""Values of configs that are numbers to a person and text to the config's format."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from propel_helper.facts.surroundings import Surroundings
from propel_helper.rules import config_keys

# PyYAML's resolver wants a dot in the mantissa and a sign in the exponent.
_TEXT = re.compile(r"-?(?:\d+[eE][-+]?\d+|\d*\.\d*[eE]\d+)")
_INSIDE = re.compile(
    r"(?:\b(?P<name>\w+):[ ]*)?(?<![\w.'\"-])(?P<number>\d+[eE][-+]?\d+)(?![\w.'\"])"
)
_QUOTED = re.compile(
    r"(?P<quote>[\"'])(?P<number>-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?)(?P=quote)"
)

_ITEM = r"(?:\"-?[\d.]+(?:[eE][-+]?\d+)?\"|'-?[\d.]+(?:[eE][-+]?\d+)?')"
_QUOTED_LIST = re.compile(rf"\[\s*{_ITEM}(?:\s*,\s*{_ITEM})*\s*,?\s*\]")


@dataclass(frozen=True)
class Value:
    """A value that a config's format reads as text.

    Attributes:
        file: the config file.
        path: dotted names that lead to it; "" inside a list.
        start: offset of its first character, a quote where it has one.
        old: the value as it is written.
        new: the same number as the format reads numbers.
    """

    file: str
    path: str
    start: int
    old: str
    new: str

    @property
    def name(self) -> str:
        """The last part of the path."""
        return self.path.rpartition(".")[2]

    @property
    def quoted(self) -> bool:
        """Whether quotes make it text."""
        return "'" in self.old or '"' in self.old

    @property
    def whole(self) -> bool:
        """Whether it is a whole number, as sizes and counts are, or a list of such."""
        return re.fullmatch(r"-?\d+|\[[-\d,\s]*\]", self.new) is not None


def values(surroundings: Surroundings) -> list[Value]:
    """Such values of the configs that the run reads: behind keys, and inside YAML's braces."""
    keys = config_keys.all_keys(surroundings)
    found = [
        Value(key.file, key.path, key.value_start, key.value, new)
        for key in keys
        if (new := _number(key)) is not None
    ]
    files = dict.fromkeys(key.file for key in keys if _is_yaml(key))
    starts = {(one.file, one.start) for one in found}
    for file in files:
        inside = _inside(file, surroundings.text(file) or "")
        found += [one for one in inside if (one.file, one.start) not in starts]
    return found


def _inside(file: str, text: str) -> Iterator[Value]:
    """Those behind a brace or bracket of the same line, no comment between."""
    for match in _INSIDE.finditer(text):
        start = match.start("number")
        before = text[text.rfind("\n", 0, start) + 1 : start]
        if "#" not in before and ("{" in before or "[" in before):
            old = match["number"]
            yield Value(file, match["name"] or "", start, old, _yaml_number(old))


def _number(key: config_keys.Key) -> str | None:
    """The number that a value is meant to be, where the config's format reads it as text."""
    quoted = _QUOTED.fullmatch(key.value)
    if _QUOTED_LIST.fullmatch(key.value):
        return _QUOTED.sub(lambda one: _plain(one["number"], key), key.value)
    if quoted is not None:
        return _plain(quoted["number"], key)
    if _is_yaml(key) and _TEXT.fullmatch(key.value):
        return _yaml_number(key.value)
    return None


def _plain(number: str, key: config_keys.Key) -> str:
    return _yaml_number(number) if _is_yaml(key) else number


def _is_yaml(key: config_keys.Key) -> bool:
    return key.file.endswith((".yaml", ".yml"))


def _yaml_number(written: str) -> str:
    """A number as PyYAML reads it: with a dot in the mantissa and a sign in the exponent."""
    mantissa, mark, exponent = written.replace("E", "e").partition("e")
    if not mark:
        return written
    mantissa = mantissa if "." in mantissa else f"{mantissa}.0"
    exponent = exponent if exponent[0] in "+-" else f"+{exponent}"
    return f"{mantissa}{written[written.lower().index('e')]}{exponent}"
