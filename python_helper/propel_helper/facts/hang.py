"""Why a run is stuck: who waits where for what, and who does not."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from propel_helper.facts.finding import OwnedFrame, Place


class Wait(str, Enum):
    """What a thread is about."""

    COLLECTIVE = "collective"
    """A call that returns when every rank has made it."""
    MEETING = "meeting"
    """Ranks look for one another (``init_process_group``)."""
    BACKWARD = "backward"
    """The backward pass, which also averages gradients among the ranks."""
    DATA = "data"
    """The next batch of a data loader."""
    TYPING = "typing"
    """Someone at the terminal: a breakpoint, ``input()``."""
    STOPPED = "stopped"
    FILE = "file"
    NETWORK = "network"
    LOCK = "lock"
    CHILD = "child"
    GPU = "gpu"
    SLEEP = "sleep"
    BUILD = "build"
    """Compiles, or waits for a compiler."""
    IMPORT = "import"
    OTHER = "other"
    """Something that tells no more than its name."""
    COMPUTES = "computes"
    """It does not wait."""


@dataclass(frozen=True)
class WaitGroup:
    """Threads that stand at the same place of the code.

    Attributes:
        who: ``Ranks 0, 1, 2``, ``The main process``, ``2 data loader workers of rank 0``.
        text: what they do and where, one sentence.
        doing: what they do, as a gerund (``reading a file``).
        wait: the kind.
        call: name of what they wait in (``all_reduce``), "" without one.
        ranks: ranks in it, ascending; empty without ranks.
        pids: their processes.
        role: ``rank`` (or the one process of a run without ranks), ``worker`` (a data loader's),
            ``thread`` (a further thread), ``helper`` (any other process).
        is_odd: whether the others wait for it.
        moves: whether it was at another place a moment later.
        at: the innermost line of the person's own code, None without one.
        frames: the stack of the first of them, outermost first; files as they are to be shown.
    """

    who: str
    text: str
    doing: str
    wait: Wait
    call: str
    ranks: tuple[int, ...]
    pids: tuple[int, ...]
    role: str
    is_odd: bool
    moves: bool
    at: Place | None
    frames: tuple[OwnedFrame, ...]


@dataclass(frozen=True)
class Hang:
    """What a look at all processes of a run says.

    Attributes:
        run: id of the run.
        text: the answer, one or two sentences.
        groups: who stands where; the odd ones first.
        recorder: what the Flight Recorder's dumps say, one sentence each; empty without dumps.
        notes: what was not seen and why, one sentence each.
    """

    run: str
    text: str
    groups: tuple[WaitGroup, ...]
    recorder: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
