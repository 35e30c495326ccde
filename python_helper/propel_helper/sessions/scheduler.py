"""What a backend has besides the port when it runs a window later, elsewhere, within limits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, runtime_checkable

from propel_helper.facts.end_mark import EndMark
from propel_helper.facts.run import RunState
from propel_helper.sessions.port import Held, Unavailable


@dataclass(frozen=True)
class Account:
    """What the scheduler tells of a window.

    Attributes:
        state: ``running`` also while the window waits for its turn.
        exit_status: None where the scheduler ended it or does not know.
        reason: one sentence, with the evidence.
        ended: seconds since the epoch, None while it runs or when nothing tells.
    """

    state: RunState
    exit_status: int | None
    reason: str
    ended: float | None


@runtime_checkable
class Scheduler(Protocol):
    """A backend that knows by itself how a window is and ended, from any host of its cluster."""

    def refuse(self, text: str, options: str) -> None:
        """Refuse what it could not run as one window. Raises ``Problem``."""

    def notes(self, text: str, options: str, environ: Mapping[str, str]) -> tuple[str, ...]:
        """What a person should know before saying yes."""

    def unreachable(self, held: Held) -> Unavailable | None:
        """Why it can't be asked about a window from this host, None when it can."""

    def account(self, held: Held, log: Path, finish: EndMark | None) -> Account | None:
        """How a window is; None when only the mark tells, or nothing does when there is none."""
