"""What the coach says: a question or a hint, with what it rests on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Prompt:
    """A question or a hint.

    Attributes:
        id: names its kind (``plateau``); a person dismisses it by this name.
        text: what is said, one or two sentences, the numbers filled in.
        evidence: the numbers (seconds, steps, loss) and names it rests on, by name.
        file: the file it is about, relative to the project's folder, None without one.
        line: line in ``file``, from 1.
    """

    id: str
    text: str
    evidence: Mapping[str, float | str] = field(default_factory=dict)
    file: str | None = None
    line: int | None = None
