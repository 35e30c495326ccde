"""What a rule says of a crash, and the fixes it offers."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import Literal


class Category(str, Enum):
    """Kind of crash. All but ``LOGIC`` stop training from running and may be fixed."""

    CUDA = "cuda"
    OOM = "oom"
    PATH = "path"
    DEPENDENCY = "dependency"
    CONFIG = "config"
    ENVIRONMENT = "environment"
    DISTRIBUTED = "distributed"
    PERMISSION = "permission"
    LOGIC = "logic"


class Scope(str, Enum):
    """Whether the crash stops training from running, or is about what training means."""

    RUNTIME = "runtime"
    LOGIC = "logic"


class Safety(str, Enum):
    """What applying a fix may do beyond mending the crash."""

    SAFE = "safe"
    """What training computes stays the same."""
    ASK = "ask"
    """Needs a person's decision: something of theirs is installed, exposed or given up."""


@dataclass(frozen=True)
class Place:
    """A line of a file (from 1); the file as printed, or relative to the root."""

    file: str
    line: int


@dataclass(frozen=True)
class Edit:
    """Replace the characters between two positions by ``new_text``.

    Lines from 1, columns from 0 in characters. ``old_text`` is what must stand there for the
    edit to apply; an edit that does not find it is refused.
    """

    file: str
    line: int
    column: int
    end_line: int
    end_column: int
    old_text: str
    new_text: str
    kind: Literal["edit"] = "edit"


@dataclass(frozen=True)
class CommandStep:
    """Run ``command`` (shell text) once in the run's session, before the restart.

    ``changes``: what it changes, as the gate names it. ``rewrites``: the file whose text that is,
    from the run's folder; a revert brings it back.
    """

    command: str
    changes: str = "the run's environment"
    rewrites: str | None = None
    kind: Literal["command"] = "command"


@dataclass(frozen=True)
class RerunStep:
    """Restart with changed text: ``old`` is what ran, ``new`` what would run."""

    old: str
    new: str
    kind: Literal["rerun"] = "rerun"


@dataclass(frozen=True)
class GuideStep:
    """Something only a person can do, in a sentence or two."""

    text: str
    kind: Literal["guide"] = "guide"


Step = Edit | CommandStep | RerunStep | GuideStep


@dataclass(frozen=True)
class Fix:
    """The smallest change that mends a finding.

    Attributes:
        id: stable name of this fix within its rule, e.g. ``create-folder``.
        title: what it does, as a menu entry.
        by: completes "I'll fix it by ...", a gerund phrase without the closing dot.
        safety: what else it may do.
        steps: what is done, in order; the first step names the fix's kind.
    """

    id: str
    title: str
    by: str
    safety: Safety
    steps: tuple[Step, ...]

    @property
    def kind(self) -> Literal["edit", "command", "rerun", "guide"]:
        """Kind of the first step."""
        return self.steps[0].kind


@dataclass(frozen=True)
class Explanation:
    """A rule's answer to a crash.

    Attributes:
        error: completes "The error is ...", without the closing dot.
        because: completes "because ...", a sentence that is true of this crash.
        at: the place of the cause where it is not the deepest frame of the person's own code.
        fixes: best first; empty when there is none.
    """

    error: str
    because: str
    at: Place | None = None
    fixes: tuple[Fix, ...] = ()


@dataclass(frozen=True)
class OwnedFrame:
    """A frame and whether it is the person's own code (``user``)."""

    file: str
    line: int
    function: str
    code: str | None
    user: bool


@dataclass(frozen=True)
class Finding:
    """What Propel says of one crash: all that the editor and the command line show.

    Attributes:
        rule: code of the rule that claimed it.
        at: the line that caused it, or None when no line of the person's did.
        redirect: the sentence for logic crashes, None for runtime ones.
    """

    scope: Scope
    category: Category
    rule: str
    exception: str | None
    message: str
    error: str
    because: str
    at: Place | None
    ranks: tuple[int, ...]
    frames: tuple[OwnedFrame, ...]
    fixes: tuple[Fix, ...] = field(default=())
    redirect: str | None = None
