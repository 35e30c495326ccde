"""The person's own frames of a crash."""

from __future__ import annotations

from propel_helper.facts.crash import Crash, Frame
from propel_helper.facts.surroundings import Surroundings


def deepest(crash: Crash, surroundings: Surroundings) -> Frame | None:
    """The deepest frame in the person's own code, or None."""
    own = [frame for frame in crash.frames if surroundings.is_own(frame.file)]
    return own[-1] if own else None
