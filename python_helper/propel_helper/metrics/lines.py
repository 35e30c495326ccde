r"""Log bytes, as they come, cut into the texts that were once to be seen on one line of a terminal.

A progress bar draws itself over and over on one line, with ``\r``, or with as many ``\b`` as its
last drawing had letters (Keras 2); each drawing is a text of its own here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

# ECMA-48 control sequences and OSC strings.
_ESCAPES = re.compile(r"\x1b\[[0-?]*[ -/]*[@-~]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)?|\x1b.?")
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
# torch's excepthook, torchrun --tee, Open MPI, Ray: who printed the line.
_PREFIX = re.compile(
    r"\s*(?:\[(?:rank|default|trainer|worker|local_rank|gpu|node)_?(?P<rank>\d+)\]:"
    r"|\[\d+,(?P<mpi>\d+)\](?:<std(?:err|out|diag)>)?:"
    r"|\((?=[^()]{0,200}\bpid=(?P<pid>\d+))[^()]*\))\s?"
)
LONGEST = 4096
"""Bytes of one line that are looked at; what a run reports stands at its beginning."""
MOST_PENDING = 1 << 16
"""Bytes of an unfinished line that are kept."""


class LineCutter:
    """Cuts what it is fed into lines; keeps an unfinished one until its end comes."""

    def __init__(self) -> None:
        self._pending = b""

    def feed(self, data: bytes) -> Iterator[bytes]:
        """Raw lines that are complete now, without their ends; empty ones are left out."""
        data = self._pending + data
        if b"\r" in data:
            data = data.replace(b"\r", b"\n")
        if b"\x08" in data:
            data = data.replace(b"\x08", b"\n")
        *lines, self._pending = data.split(b"\n")
        self._pending = self._pending[:MOST_PENDING]
        return filter(None, lines)

    @property
    def pending(self) -> bytes:
        """The line whose end has not come yet."""
        return self._pending

    def end(self) -> bytes:
        """The unfinished line, which is given up."""
        pending, self._pending = self._pending, b""
        return pending


def text_of(raw: bytes) -> str:
    """One raw line as text without terminal codes."""
    text = raw[:LONGEST].decode("utf-8", "replace")
    if text.isprintable():
        return text
    if "\x1b" in text:
        text = _ESCAPES.sub("", text)
    return _CONTROLS.sub("", text.replace("\t", "    "))


def without_rank(text: str) -> tuple[str, str]:
    """A line without the names of the process that a launcher put before it, and those names."""
    who = ""
    while text.lstrip()[:1] in ("[", "("):
        match = _PREFIX.match(text)
        if match is None:
            break
        who += match[0].strip()
        text = text[match.end() :]
    return text, who
