"""The frames of one stack, as its lines are read."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from propel_helper.facts.crash import Frame
from propel_helper.tracebacks import grammar
from propel_helper.tracebacks.progress import bar

_USER_CODE = "in user code:"
_TRACED_CODE = "from user code:"
MOST_FRAMES = 400
"""Of a deeper stack both ends are kept: endless recursion repeats itself in between."""


class Frames:
    """Frames as they are read; knows when two processes print through one another."""

    def __init__(self) -> None:
        self.frames: list[Frame] = []
        self.headers = 0
        self.noise = 0

    def take(self, text: str) -> tuple[str, str] | None:
        """Read one line; type and message once it is the exception's."""
        if grammar.HEADER.search(text) and not grammar.exception(text):
            self.headers += 1
            return None
        found = list(grammar.FRAME.finditer(text))
        if found:
            self.add(text, found)
            self.noise = 0
            return None
        if not text:
            return None
        if text[0] == " ":
            self._code(text)
            return None
        ended = grammar.exception(text, sure=self.noise > 0)
        if ended is not None and bar(text) is None:
            return ended
        self.noise += 1
        return None

    def add(self, text: str, found: list[re.Match[str]]) -> None:
        """Take the frames of one line, and the code between them."""
        self._code(text[: found[0].start()])
        for index, match in enumerate(found):
            until = found[index + 1].start() if index + 1 < len(found) else len(text)
            function = match["function"] or "<module>"
            self.frames.append(Frame(match["file"], int(match["line"]), function))
            self._code(text[match.end() : until])

    def _code(self, text: str) -> None:
        code = text.strip(" >")
        if code and code.strip("^~ ") and self.frames and self.frames[-1].code is None:
            self.frames[-1] = replace(self.frames[-1], code=code)

    def stack(self) -> tuple[Frame, ...]:
        """Frames, outermost first; each once when several stacks came in together."""
        frames = self.frames
        if self.headers > 1:
            frames = _first_seen(frames)
        if len(frames) > MOST_FRAMES:
            half = MOST_FRAMES // 2
            frames = frames[:half] + frames[-half:]
        return tuple(frames)


def _first_seen(frames: list[Frame]) -> list[Frame]:
    kept: dict[tuple[str, int, str], Frame] = {}
    for frame in frames:
        kept.setdefault((frame.file, frame.line, frame.function), frame)
    return list(kept.values())


def in_message(message: str, rest: Sequence[str]) -> tuple[Frame, ...]:
    """Frames of code that was rewritten or traced, where the message tells them.

    TensorFlow's AutoGraph begins with them, torch/_dynamo/exc.py (augment_exc_message) ends with them.
    """
    begin = 0 if message.startswith(_USER_CODE) else len(rest)
    if _TRACED_CODE in rest:
        begin = rest.index(_TRACED_CODE)
    stack = Frames()
    for line in rest[begin:]:
        if found := list(grammar.FRAME.finditer(line)):
            stack.add(line, found)
    return stack.stack()
