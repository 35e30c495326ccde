"""Use case: what a person is told of a run is told once on this host, by an editor that can show it.

Several editors may watch a run, and one whose connection is lost watches on for hours without anybody
to see it. So each hands on what is to be told and claims it right before it is shown.
"""

from __future__ import annotations

import re
from zlib import crc32

from propel_helper.facts.problem import Problem
from propel_helper.runs.ledger import Ledger

_NAME = re.compile(r"told-[0-9]{1,6}|target-told-[0-9a-f]{8}")


def end_of(attempt: int) -> str:
    """The name of an attempt's end among what is told of a run."""
    return f"told-{attempt}"


def target(wanted: object) -> str:
    """The name of a target that was reached."""
    return f"target-told-{crc32(repr(wanted).encode()):08x}"


def is_told(ledger: Ledger, run: str, name: str) -> bool:
    """Whether somebody on this host has claimed it."""
    return ledger.is_claimed(run, name)


def claim(ledger: Ledger, run: str, name: str) -> bool:
    """Whether the caller is the first on this host to tell a person of it.

    Raises:
        Problem: ``name`` is none of these.
    """
    if not _NAME.fullmatch(name):
        raise Problem(f"Nothing is told under the name {name!r}.", "Update Propel on both sides.")
    try:
        return ledger.claim(run, name)
    except Problem:
        # A disk that is full keeps nobody from being told, were it twice.
        return True
