"""Python tracebacks in the lines of one stream.

Handles chains ("During handling of ..."), stacks whose head is cut off, tracebacks that a worker
handed to its parent ("Original Traceback"), SyntaxError's form, lines that lost their line break
and two processes that print through one another.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from propel_helper.facts.crash import Raised
from propel_helper.facts.wording import Wording
from propel_helper.tracebacks import grammar
from propel_helper.tracebacks.background import IN_THREAD
from propel_helper.tracebacks.frames import Frames, in_message
from propel_helper.tracebacks.lines import Line
from propel_helper.tracebacks.progress import RETRIED, bar, is_done, is_progress
from propel_helper.tracebacks.wrapped import joined

# What runs a script, a module (runpy), a process (multiprocessing) and a thread (threading).
_FIRST = frozenset({"<module>", "_run_module_as_main", "_bootstrap", "_bootstrap_inner"})
_MOST_MESSAGE_LINES = 160
_MOST_NOISE = 5

_WORKER = Wording(
    r"Original Traceback \(most recent call last\)|^Traceback \(most recent call last\)"
)
_CAUGHT = Wording(
    r"Caught \w+ in (?:DataLoader worker|pin memory|replica)|^$|-- Process \d+ terminated|ray::|^ray_\w+:\w+\(\) \(pid="
    r"|^The actor with name \w+ failed to import on the worker"
)
# Ray puts the stack of a task below the message of its error, without a header (exceptions.py; "ray_" before 0.8).
_TASK = Wording(r"\bray::|^ray_\w+:\w+\(\) \(pid=")
_GRAPH_NODE = Wording(r"^\s*\[\[\{\{node ")
# torch/utils/data/dataloader.py tells the signal only in the cause of what it raises.
_WORKER_GONE = Wording(r"^DataLoader worker \(pid\(s\) [\d, ]+\) exited unexpectedly")
_WORKER_END = Wording(r"^DataLoader worker \(pid \d+\) is killed by signal: ")
# What stands above tracebacks that end no program.
_HARMLESS = Wording(
    r"Exception ignored in|Error in atexit|Error in sys\.excepthook|--- Logging error ---"
    r"|retries remaining, so the task will be retried"  # ray/core_worker/task_manager.cc
    r"|fits failed with the following error"  # sklearn/model_selection/_validation.py
    r"|exception was never retrieved|Exception in callback|downgrade to 'numpy<2'"
)
# A warning, by a logger or not: whoever warns of an exception has caught it and goes on.
_WARNED = Wording(
    r"\d\d:\d\d:\d\d.*\bWARN(?:ING)?\b|^\[?W[ \d]|^\W{0,2}(?:[Ww]arn|WARN)(?:ing|ING)?\b"
)
# A logger's record of trouble, with its time.
_RECORD = Wording(
    r"\d\d:\d\d:\d\d.*\b(?:ERROR|CRITICAL|WARNING)\b|^(?:ERROR|CRITICAL|WARNING):[\w.]+:"
    r"|^\[?(?:ERROR|CRITICAL|WARNING)\b\W{1,6}\d[\d/-]{4,9}[ T]\d\d:\d\d:\d\d"
    r"|^\[[WE] [\d-]+ \d\d:\d\d:\d\d"  # optuna/logging.py
)
# One that says that the program goes on without what failed.
_PASSED_OVER = Wording(
    r"\d\d:\d\d:\d\d.*\b(?:ERROR|CRITICAL|WARNING)\b.*"
    r"\b(?:[Ss]kip(?:ping|ped)|[Ii]gnor(?:ing|ed)|[Rr]etry(?:ing)?|[Cc]ontinuing|[Ff]alling back)\b"
)
# A message that has the tracebacks of several attempts in it, e.g. torchcodec/_internally_replaced_utils.py: "The
# following exceptions were raised as we tried to load".
_ANNOUNCED = Wording(
    r"\bfollowing (?:exceptions?|errors?|tracebacks?) (?:was|were|occurred|happened)\b"
    r"|\b(?:exceptions?|errors?|tracebacks?) (?:\w+ )?(?:below|as follows)\b"
)
_MOST_BETWEEN = 4


@dataclass(frozen=True)
class Traceback:
    """One traceback, its causes in ``chain``; ``end`` just past its message's last byte.

    ``said``: just past the message's first line, which output may follow that looks like more of it; -1
    where the stack's head was cut off.

    ``logged``: a logger printed it, so that somebody has caught the exception, ``passed_over``: in a
    record that says that the program goes on. ``thread``: it ended
    a thread beside the main one, not the program.
    """

    raised: Raised
    chain: tuple[Raised, ...]
    start: int
    end: int
    first: int
    last: int
    harmless: bool = False
    remote: bool = False
    native: bool = False
    logged: bool = False
    passed_over: bool = False
    thread: bool = False
    caught: bool = False
    said: int = -1

    @property
    def whole(self) -> bool:
        """Whether it goes back to the first line of a program, process or thread, caught by none."""
        first = self.raised.frames[0].function if self.raised.frames else ""
        return first in _FIRST and not self.caught


def tracebacks(lines: Sequence[Line]) -> Iterator[Traceback]:
    """Complete tracebacks in ``lines``; ``first`` and ``last`` index them (last exclusive)."""
    at = 0
    while at < len(lines):
        text = lines[at].text
        if grammar.HEADER.search(text) or grammar.starts_frame(text):
            found, after = _Reader(lines).chained(_outer(lines, at))
            at = max(after, at + 1)
            if found is not None:
                yield found
        else:
            at += 1


def _outer(lines: Sequence[Line], at: int) -> int:
    """Where a worker's re-raise without a header of its own begins, else ``at``."""
    said = _CAUGHT if _WORKER.search(lines[at].text) else _TASK
    for above in range(at - 1, max(at - 4, -1), -1):
        kind = grammar.exception(lines[above].text)
        if kind is not None and said.search(kind[1]):
            return above
    return at


class _Reader:
    def __init__(self, lines: Sequence[Line]) -> None:
        self.lines = lines

    def chained(self, at: int) -> tuple[Traceback | None, int]:
        """The traceback that starts at ``at`` with all that it is linked to, and where it ends."""
        chain: list[Raised] = []
        last: Traceback | None = None
        begin = at
        caused = False
        while True:
            found, after = self.single(at)
            if found is None:
                break
            if last is not None:
                chain.append(replace(last.raised, caused=caused))
            chain.extend(found.chain)
            last = _joined(last, found)
            at, caused = self._linked(after)
            if at == -1:
                break
        if last is None:
            return None, max(after, begin + 1)
        headed = grammar.HEADER.search(self.lines[begin].text) is not None
        whole = replace(last, chain=tuple(chain), first=begin, start=self.lines[begin].start)
        whole = whole if headed else replace(whole, said=-1)
        logged = self._above(begin, _RECORD, 1)
        thread = self._above(begin, IN_THREAD, 1)
        harmless = self._above(begin, _HARMLESS, 3)
        harmless = harmless or (not whole.whole and self._above(begin, _WARNED, 1))
        harmless = harmless or self._in_session(begin, whole)
        # Loguru marks the frame that caught it.
        shown = self.lines[begin : whole.last]
        caught = logged and any(line.text.startswith("> File ") for line in shown)
        found = replace(whole, harmless=harmless, logged=logged, thread=thread, caught=caught)
        return replace(found, passed_over=self._above(begin, _PASSED_OVER, 1)), after

    def _in_session(self, begin: int, traceback: Traceback) -> bool:
        """Whether it answers a line typed into an interpreter: a session shown, or text of a model."""
        typed = any(frame.file == "<stdin>" for frame in traceback.raised.frames)
        above = self.lines[begin - 1].text if begin else ""
        return typed and above.startswith((">>> ", "... "))

    def _linked(self, after: int) -> tuple[int, bool]:
        """Index of the stack that a link leads to, or -1; whether that was raised from this one."""
        for at in range(after, min(after + 4, len(self.lines))):
            text = self.lines[at].text
            if grammar.LINK.match(text):
                return at + 1, text.startswith("The above")
            if text and text != '"""':
                break
        return -1, False

    def _above(self, begin: int, said: Wording, most: int) -> bool:
        """Whether the line at ``begin``, or one of the ``most`` above it, says that."""
        return any(said.search(line.text) for line in self.lines[max(begin - most, 0) : begin + 1])

    def single(self, at: int) -> tuple[Traceback | None, int]:
        """One stack with its exception line and message, without what it is linked to."""
        stack = Frames()
        begin = at
        while at < len(self.lines):
            text = self.lines[at].text
            joined = self._joined_frame(at)
            if joined is not None:
                text, at = joined, at + 1
            ended = stack.take(text) or self._nameless(stack, at)
            if ended is not None:
                return self._finish(stack, ended, begin, at)
            if stack.noise > _MOST_NOISE:
                break
            at += 1
        return None, max(at, begin + 1)

    def _nameless(self, stack: Frames, at: int) -> tuple[None, str] | None:
        """TensorFlow's graph errors name their node below a message without an exception."""
        text = self.lines[at].text
        if not stack.frames or stack.noise == 0 or not text or text.startswith(("Node: ", " ")):
            return None
        below = self.lines[at + 1 : at + 3]
        return (None, text) if any(_GRAPH_NODE.match(line.text) for line in below) else None

    def _joined_frame(self, at: int) -> str | None:
        """A frame that the terminal broke over two lines, as one text."""
        if at + 1 < len(self.lines) and grammar.TORN_FRAME.match(self.lines[at].text):
            joined = self.lines[at].text + self.lines[at + 1].text
            if grammar.FRAME.search(joined):
                return joined
        return None

    def _finish(
        self, stack: Frames, ended: tuple[str | None, str], begin: int, at: int
    ) -> tuple[Traceback, int]:
        kind, message = ended
        inner_at = self._inner(at, message)
        if inner_at != -1:
            inner, after = self.chained(inner_at)
            if inner is not None:
                frames = stack.stack() + inner.raised.frames
                raised = replace(_handed_over(kind, message, inner.raised), frames=frames)
                found = replace(inner, raised=raised, first=begin, start=self.lines[begin].start)
                return found, after
        # Without a colon the exception has no message: what follows is something else's.
        bare = kind is not None and not message and not self.lines[at].text.endswith(":")
        after = at + 1 if bare else self._past_inside(at, self._message_end(at))
        rest = [line.text for line in self.lines[at + 1 : after]]
        text = "\n".join(self._told(begin, at, message, rest)).strip("\n")
        raised = Raised(kind, text, stack.stack() + in_message(message, rest))
        remote = after < len(self.lines) and self.lines[after].text == '"""'
        end = self.lines[after - 1].end
        found = Traceback(raised, (), self.lines[begin].start, end, begin, after, remote=remote)
        return replace(found, said=self.lines[at].end), after

    def _told(self, begin: int, at: int, message: str, rest: list[str]) -> list[str]:
        """The message's lines, put together where something broke them at its width."""
        said = self.lines[at].text
        if not said.endswith(message):
            return [message, *rest]
        first, *below = joined([said, *rest], [line.text for line in self.lines[begin:at]])
        return [first[len(said) - len(message) :], *below]

    def _inner(self, at: int, message: str) -> int:
        """Index of a traceback that is part of this message, or -1."""
        if grammar.HEADER.match(message):
            return at + 1
        if not _CAUGHT.search(message):
            return -1
        for below in range(at + 1, min(at + 8, len(self.lines))):
            text = self.lines[below].text
            if _WORKER.search(text) or (_TASK.search(message) and grammar.starts_frame(text)):
                return below
            if text and not text.startswith(("--", "ray::", " ")):
                break
        return -1

    def _past_inside(self, at: int, after: int) -> int:
        """``after``, or past the tracebacks that the message from ``at`` to there says are part of it.

        One that goes back to a program's first line is a program's own end.
        """
        if not any(_ANNOUNCED.search(line.text) for line in self.lines[at:after]):
            return after
        while True:
            header = self._header_near(after)
            found, behind = self.single(header) if header != -1 else (None, after)
            if found is None or found.whole:
                return after
            after = behind

    def _header_near(self, after: int) -> int:
        """Index of a header below ``after`` with nothing between but a heading, or -1."""
        for at in range(after, min(after + _MOST_BETWEEN, len(self.lines))):
            text = self.lines[at].text
            if grammar.HEADER.match(text.lstrip()):
                return at
            if text and not text.endswith(":"):
                break
        return -1

    def _message_end(self, at: int) -> int:
        """Index just past the message of the exception line at ``at``."""
        here = at + 1
        end = here
        while here < min(at + _MOST_MESSAGE_LINES, len(self.lines)):
            text = self.lines[here].text
            if not text:
                here += 1
                if here - end > 2:
                    break
                continue
            if _ends_message(text):
                break
            crosses = here > end
            above = self.lines[end - 1].text
            if crosses and not (above.endswith(":") or grammar.FURTHER.match(text)):
                break
            here += 1
            end = here
        return end


def _ends_message(text: str) -> bool:
    return bool(
        grammar.HEADER.search(text)
        or grammar.LINK.match(text)
        or grammar.FOREIGN.match(text)
        or bar(text)
        or is_progress(text)
        or RETRIED.match(text)
        or is_done(text)
    )


def _handed_over(kind: str | None, message: str, inner: Raised) -> Raised:
    """What a process raised and another one raised again, as one."""
    if kind is not None and _TASK.search(message):
        return Raised(kind, f"{message}\n{inner.exception}: {inner.message}")
    outer = "" if grammar.HEADER.match(message) else message
    return Raised(inner.exception, "\n".join(part for part in (outer, inner.message) if part))


def _joined(earlier: Traceback | None, later: Traceback) -> Traceback:
    """``later``; a stack that another process handed over goes below the parent's."""
    if earlier is None:
        return later
    if _WORKER_GONE.search(later.raised.message) and _WORKER_END.search(earlier.raised.message):
        text = f"{later.raised.message}\n{earlier.raised.message.strip()}"
        return replace(later, raised=replace(later.raised, message=text))
    if not earlier.remote:
        return later
    if earlier.raised.exception != later.raised.exception:
        return later
    frames = later.raised.frames + earlier.raised.frames
    return replace(later, raised=replace(later.raised, frames=frames))
