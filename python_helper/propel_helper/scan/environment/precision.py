"""The floating-point precision that a project trains in by itself."""

from __future__ import annotations

import re
from collections.abc import Iterable

from propel_helper.facts.wording import Wording
from propel_helper.scan.reading import Traits

_SPOKEN = (
    ("bf16", Wording(r"--bf16\b(?![ =](?:false|0)\b)|(?:precision|dtype|amp_dtype)[ =]\S*bf(?:loat)?16|\bbf16=true", re.I)),
    ("fp16", Wording(r"--fp16\b(?![ =](?:false|0)\b)|(?:precision|dtype)[ =](?:\S*fp16|\S*float16|16\b)|\bfp16=true", re.I)),
    ("amp", Wording(r"--(?:use[_-])?amp\b(?![ =](?:false|0)\b)|--autocast\b", re.I)),
)  # fmt: skip
_CONFIGURED = (
    ("bf16", Wording(r"^\s*[\"']?(?:bf16\w*|bfloat16)[\"']?\s*:\s*(?:true|auto)|^\s*[\"']?\w*(?:precision|dtype)[\"']?\s*:\s*[\"']?bf(?:loat)?16", re.I | re.M)),
    ("fp16", Wording(r"^\s*[\"']?fp16\w*[\"']?\s*:\s*true|^\s*[\"']?\w*precision[\"']?\s*:\s*[\"']?(?:fp)?16\b", re.I | re.M)),
    ("amp", Wording(r"^\s*[\"']?(?:use_)?amp[\"']?\s*:\s*true", re.I | re.M)),
)  # fmt: skip


def precision(command: str, config: str, traits: Iterable[Traits]) -> str | None:
    """``bf16``, ``fp16``, ``amp``, or None: by the command, its config, else the script itself."""
    for patterns, text in ((_SPOKEN, command), (_CONFIGURED, config)):
        for name, pattern in patterns:
            if pattern.search(text):
                return name
    shown = {one.precision for one in traits}
    return next((name for name in ("bf16", "fp16", "amp") if name in shown), None)
