"""Numbers and durations as programs print them."""

from __future__ import annotations

import re

NUMBER = (
    r"[-+]?(?:(?:\d{1,3}(?:,\d{3})+(?![\d,])|\d+)(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?"
    r"|[-+]?(?:[nN][aA][nN]|[iI]nf(?:inity)?|INF)(?![A-Za-z])"
)
"""A pattern without groups: ``2.30``, ``1,234``, ``1.5E-05``, ``nan``, ``-inf``."""

COUNT = r"\d[\d,_]*(?:\.\d+)?[kKMGT]?"
"""A pattern without groups: a bar's position, ``1.20k`` with tqdm's ``unit_scale``."""

_SCALES = {"k": 1e3, "K": 1e3, "M": 1e6, "G": 1e9, "T": 1e12}
_CLOCK = re.compile(r"(?:(\d+) days?,? ?)?(?:(\d+):)?(\d+):(\d+(?:\.\d+)?)")
_SPOKEN = re.compile(r"(\d+(?:\.\d+)?) ?(ms|s|sec|seconds?|m|min|minutes?|h|hours?|d|days?)\b")
_SECONDS = {"ms": 0.001, "s": 1.0, "m": 60.0, "h": 3600.0, "d": 86400.0}

DURATION = r"(?:\d+ days?,? ?)?(?:\d+:)?\d+:\d+(?:\.\d+)?|\d+(?:\.\d+)?(?:ms|s|m|h|d)\b(?:\s?\d+(?:ms|s|m|h)\b)*"
"""A pattern without groups: ``1 day, 2:03:04``, ``01:54``, ``5s``, ``1h 20m``."""


def number(text: str) -> float:
    """The value of a text that ``NUMBER`` matched."""
    return float(text.replace(",", ""))


def count(text: str) -> float:
    """The value of a text that ``COUNT`` matched."""
    scale = _SCALES.get(text[-1], 1.0)
    digits = text[:-1] if scale != 1.0 else text
    return float(digits.replace(",", "").replace("_", "")) * scale


def seconds(text: str) -> float | None:
    """Seconds of a text that ``DURATION`` matched, None for anything else."""
    clock = _CLOCK.fullmatch(text.strip())
    if clock is not None:
        days, hours, minutes, rest = (float(part or 0) for part in clock.groups())
        return days * 86400 + hours * 3600 + minutes * 60 + rest
    parts = _SPOKEN.findall(text)
    if not parts:
        return None
    return sum(float(value) * _unit(unit) for value, unit in parts)


def _unit(unit: str) -> float:
    return _SECONDS["ms"] if unit == "ms" else _SECONDS[unit[0]]
