"""The floating-point precision that a script's own text asks for."""

from __future__ import annotations

import re

_PRECISION = (
    ("bf16", ("bfloat16", "bf16"), re.compile(r"dtype\s*[:=][^\n]*bfloat16|default\s*=\s*['\"]bf16")),
    ("fp16", ("fp16",), re.compile(r"fp16[^\n]{0,60}default\s*=\s*(?:True|utils\.bool_flag[^\n]*True)|fp16\s*=\s*True")),
    ("amp", ("autocast(", "GradScaler("), re.compile(r"\bautocast\(|GradScaler\(")),
)  # fmt: skip
_TOLD = re.compile(
    r"^[ \t]*(?:el)?if\b(?![^\n]*is_bf16_supported)[^\n]*(?:precision|dtype|bf16|args)"
)
_TOLD_INLINE = re.compile(r"\bif\b[^\n]*\b(?:\w*args|cfg|config|opt)\.")


def _is_told(text: str, at: int) -> bool:
    """Whether the line at ``at`` stands under a condition about what a person chose."""
    begin = text.rfind("\n", 0, at) + 1
    above = text[text.rfind("\n", 0, max(begin - 1, 0)) + 1 : begin]
    line = text[begin:].partition("\n")[0]
    return bool(_TOLD.match(above) or _TOLD_INLINE.search(line))


def shown_precision(text: str) -> str | None:
    """``bf16``, ``fp16`` or ``amp`` when a script asks for one whatever a person chose."""
    for name, hints, pattern in _PRECISION:
        if any(hint in text for hint in hints):
            shown = (found.start() for found in pattern.finditer(text))
            if any(name == "amp" or not _is_told(text, at) for at in shown):
                return name
    return None
