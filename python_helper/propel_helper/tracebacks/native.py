"""Ends below Python: uncaught C++ exceptions, fatal signals with faulthandler's dump, glog's FATAL.

Wordings: libstdc++ (terminate called ...), CPython's faulthandler.c and pylifecycle.c, glog and
absl logging.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from propel_helper.facts.crash import Frame, Raised
from propel_helper.facts.wording import Wording
from propel_helper.tracebacks.lines import Line
from propel_helper.tracebacks.stacks import Traceback

_TERMINATE = Wording(r"terminate called after throwing an instance of '(?P<type>[^']+)'")
# A std::thread that was destroyed while it could still be joined: std::terminate, then abort.
_THREAD_LEFT = "terminate called without an active exception"
_WHAT = Wording(r"^\s*what\(\):\s+(?P<message>.*)$")
_NATIVE_FRAME = Wording(r"^(?:frame #\d+: |Exception raised from |#\d+ |\s+@\s+0x)")
_FATAL = Wording(r"Fatal Python error: (?P<message>.*)$")
_THREAD = Wording(r"^(?P<current>Current t|T)hread 0x[0-9a-f]+.*\(most recent call first\):")
_DUMPED = Wording(r'^\s*File "(?P<file>[^"]+)", line (?P<line>\d+) in (?P<function>\S+)')
# absl::log_internal and glog: severity, date, thread, file and line; TensorFlow: date first.
_GLOG = Wording(
    r"^(?:F\d{4,8} \d\d:\d\d:\d\d[.\d]*\s+\d+ |(?:\d{4}-\d\d-\d\d \d\d:\d\d:\d\d[.\d]*: )?F (?=\S+/))"
    r"(?P<file>[\w./-]+:\d+)\] (?P<message>.*)$"
)
# absl's failure signal handler.
_ABSL = Wording(r"\*\*\* (?P<signal>SIG(?:SEGV|ABRT|BUS|FPE|ILL)) received at time=")
_MOST_WHAT_LINES = 40


def native_ends(lines: Sequence[Line]) -> Iterator[Traceback]:
    """Every end below Python in ``lines``, as a traceback."""
    for index, line in enumerate(lines):
        text = line.text
        if "terminate called" in text:
            match = _TERMINATE.search(text)
            if match is not None:
                yield _terminated(lines, index, match["type"])
            elif _THREAD_LEFT in text:
                yield _end(lines, index, None, _THREAD_LEFT, ())
        elif "Fatal Python error" in text:
            match = _FATAL.search(text)
            if match is not None:
                yield _dumped(lines, index, match[0])
        elif "*** SIG" in text:
            match = _ABSL.search(text)
            if match is not None:
                yield _end(lines, index, None, match[0], ())
        elif text[:1] in "F12":
            match = _GLOG.match(text)
            if match is not None:
                message = _rest(lines, index, match["message"])
                yield _end(lines, index, None, message, ())


def _terminated(lines: Sequence[Line], index: int, kind: str) -> Traceback:
    for below in range(index + 1, min(index + 6, len(lines))):
        match = _WHAT.match(lines[below].text)
        if match is not None:
            return _end(lines, index, kind, _rest(lines, below, match["message"]), ())
    return _end(lines, index, kind, "", ())


def _rest(lines: Sequence[Line], index: int, first: str) -> str:
    """A message that goes on until the C++ frames, a blank line or another kind of line."""
    found = [first]
    for line in lines[index + 1 : index + _MOST_WHAT_LINES]:
        if not line.text or _NATIVE_FRAME.match(line.text) or line.text.startswith("*** "):
            break
        found.append(line.text)
    return "\n".join(found)


def _dumped(lines: Sequence[Line], index: int, message: str) -> Traceback:
    """faulthandler's dump: the current thread's stack, else the first one, innermost first."""
    stacks: list[tuple[bool, list[Frame]]] = []
    for line in lines[index + 1 :]:
        thread = _THREAD.match(line.text)
        frame = _DUMPED.match(line.text)
        if thread is not None:
            stacks.append((thread["current"].startswith("C"), []))
        elif frame is not None and stacks:
            stacks[-1][1].append(Frame(frame["file"], int(frame["line"]), frame["function"]))
        elif line.text and not line.text.startswith((" ", "<", "Python runtime state")):
            break
    current = next((frames for own, frames in stacks if own), stacks[0][1] if stacks else [])
    return _end(lines, index, None, message, tuple(reversed(current)))


def _end(
    lines: Sequence[Line], index: int, kind: str | None, message: str, frames: tuple[Frame, ...]
) -> Traceback:
    line = lines[index]
    raised = Raised(kind, message.strip(), frames)
    return Traceback(raised, (), line.start, line.end, index, index + 1, native=True)
