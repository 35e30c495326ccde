"""Python files that are started by their path: ``train*.py``, ``main*.py``, ``ppo.py``."""

from __future__ import annotations

import re

from propel_helper.scan.invocation import How, Invocation
from propel_helper.scan.python_text import traits
from propel_helper.scan.reading import Mention, Reading
from propel_helper.scan.shell_text import collapsed
from propel_helper.scan.sources import Source

_QUOTE = re.compile(r"^[A-Za-z0-9_@%+=:,./-]+$")


def quoted(path: str) -> str:
    """``path`` as one shell word."""
    return path if _QUOTE.match(path) else "'" + path.replace("'", "'\\''") + "'"


def _read(path: str, text: str) -> Reading:
    found = traits(text)
    command = collapsed(f"python {quoted(path)}")
    mention = Mention(command, Invocation(How.FILE, path), "script", path, base="")
    return Reading((mention,) if found.runnable else (), found)


SOURCE = Source("script", _read, frozenset((".py",)))
