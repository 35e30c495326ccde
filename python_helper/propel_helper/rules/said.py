"""What a crash says, in its own message or in the messages of what led to it."""

from __future__ import annotations

import re

from propel_helper.facts.crash import Crash
from propel_helper.facts.wording import Wording


def said(crash: Crash, pattern: re.Pattern[str] | Wording) -> re.Match[str] | None:
    """The first match in the message, else in those of the chain, the nearest cause first."""
    found = pattern.search(crash.message)
    if found is not None:
        return found
    for raised in reversed(crash.chain):
        found = pattern.search(raised.message)
        if found is not None:
            return found
    return None


_WHOLE = Wording(r"(?s).*")


def of_type(crash: Crash, *names: str) -> re.Match[str] | None:
    """The whole message of an exception of one of these types, in whatever language it is."""
    last = (crash.exception or "").rpartition(".")[2]
    return _WHOLE.match(crash.message) if last in names else None


def line_of(found: re.Match[str]) -> str:
    """The whole line that a match stands in."""
    text = found.string
    start = text.rfind("\n", 0, found.start()) + 1
    end = text.find("\n", found.end())
    return text[start : end if end != -1 else len(text)].strip()
