"""Raw log bytes as clean lines: no colours, no carriage-return frames, no rank prefixes.

A line that carries the name of its process (``[rank3]: ``, ``[default0]:``, ``(pid=7)``, a
prefix that a collector put before every line) belongs to a stream of its own, so that ranks that
print at the same time don't cut each other's tracebacks.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

# ECMA-48 control sequences, OSC strings (title, hyperlinks, shell marks), charset switches.
_ESCAPES = re.compile(
    r"\x1b\[[0-?]*[ -/]*[@-~]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)?|\x1b[PX^_][^\x1b]*(?:\x1b\\)?"
    r"|\x1b[ -/]+[0-~]|\x1b[0-~]?"
)
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_BREAKS = re.compile(rb"\r*\n|\r")

# torch >= 2.2 prefixes its excepthook with [rankN]:, torchrun --tee with [ROLEn]:, Open MPI
# with [job,rank]<stderr>:, Ray with (task pid=..., ip=...).
_KNOWN = re.compile(
    r"\[rank(?P<rank>\d+)\]:\s?"
    r"|\[(?:default|trainer|worker|local_rank|gpu|node)_?(?P<role>\d+)\]:\s?"
    r"|\[\d+,(?P<mpi>\d+)\](?:<std(?:err|out|diag)>)?:\s?"
    r"|\((?=[^()]{0,200}\bpid=\d)[^()]*(?:\([^()]*\)[^()]*)?\)\s?"
)
# Docker's json-file driver, Kubernetes' and the clouds' collectors.
_PACKED = ("log", "message", "msg", "textPayload")
# Where loggers that write JSON put a traceback (python-json-logger, structlog, ECS).
_RAISED = ("exc_info", "exception", "stack_trace", "traceback", "error.stack_trace")
LONGEST = 4096
"""Bytes kept of a line's beginning and of its end; no message needs more of one line."""
LONGEST_WORD = 600
"""Characters; no name and hardly a path is longer, and expressions that look for one take a time
that grows with the square of this."""
_LONG_WORD = re.compile(rf"\S{{{LONGEST_WORD + 1},}}")
_HEADER = re.compile(r"Traceback \(most recent call last\)")
_NOTHING_BEFORE = re.compile(r"[A-Za-z_.]*Error:|Original |Exception Group |[╭┌+]|^[\s|]*\|\s*$")
_RANK_IN_PREFIX = re.compile(r"\brank[ :=_]?(\d+)|^\s?(\d{1,5}):\s", re.IGNORECASE)


@dataclass(frozen=True)
class Line:
    """One line of a log.

    Attributes:
        text: without escape codes, prefixes and trailing blanks.
        start: offset of its first byte.
        end: offset just past its last byte, without the line break.
        stream: the prefix it carried, as a key; "" without one.
        rank: the rank that the prefix names, or None.
    """

    text: str
    start: int
    end: int
    stream: str = ""
    rank: int | None = None


def clean(text: str) -> str:
    """``text`` without terminal codes and control characters."""
    if "\x1b" in text:
        text = _ESCAPES.sub("", text)
    return _CONTROLS.sub("", text).rstrip()


def split(data: bytes, base: int = 0) -> Iterator[Line]:
    """Lines of ``data``, cleaned but with their prefixes; ``base`` is added to offsets."""
    start = 0
    for found in _BREAKS.finditer(data):
        yield from map(_legible, _unpacked(_line(data, start, found.start(), base)))
        start = found.end()
    if start < len(data):
        yield from map(_legible, _unpacked(_line(data, start, len(data), base)))


def _legible(line: Line) -> Line:
    if len(line.text) <= LONGEST_WORD:
        return line
    return replace(line, text=_LONG_WORD.sub(_shortened, line.text))


def _shortened(word: re.Match[str]) -> str:
    half = LONGEST_WORD // 2
    return f"{word[0][:half]}...{word[0][-half:]}"


def _unpacked(line: Line) -> Iterator[Line]:
    """What a collector of logs packed into a JSON object, one line of it after the other."""
    if not (line.text.startswith('{"') and line.text.endswith("}")):
        yield line
        return
    try:
        packed = json.loads(line.text)
    except (ValueError, RecursionError):
        packed = {}
    said = next((packed[key] for key in _PACKED if isinstance(packed.get(key), str)), None)
    raised = next((packed[key] for key in _RAISED if isinstance(packed.get(key), str)), None)
    if said is None and raised is None:
        yield line
        return
    for whole in (said, raised):
        for text in whole.rstrip("\n").split("\n") if whole else ():
            yield replace(line, text=clean(text))


def _line(data: bytes, start: int, end: int, base: int) -> Line:
    raw = data[start:end]
    if len(raw) > 2 * LONGEST:
        raw = raw[:LONGEST] + b" ... " + raw[-LONGEST:]
    text = raw.decode("utf-8", "replace").replace("\t", "    ")
    return Line(clean(text), base + start, base + end)


def streams(lines: Iterable[Line]) -> dict[str, list[Line]]:
    """Lines by stream, prefixes taken off; streams in the order they first appear."""
    known = [bare(line) for line in lines]
    found: dict[str, list[Line]] = {}
    for line in _without_learned_prefixes(known):
        found.setdefault(line.stream, []).append(line)
    return found


def bare(line: Line) -> Line:
    """``line`` without the prefix by which a launcher names the process that printed it."""
    text, stream, rank = line.text, "", line.rank
    while text[:1] in ("[", "("):
        match = _KNOWN.match(text)
        if match is None:
            break
        named = next((value for value in match.groups() if value is not None), None)
        rank = int(named) if named is not None else rank
        stream += match[0].strip()
        text = text[match.end() :]
    if not stream:
        return line
    return replace(line, text=text, stream=line.stream + stream, rank=rank)


def _without_learned_prefixes(lines: list[Line]) -> list[Line]:
    """Take off what stands before a traceback's header and before its frames alike."""
    result = list(lines)
    for index, line in enumerate(lines):
        header = _HEADER.search(line.text)
        if header is None or header.start() == 0:
            continue
        prefix = line.text[: header.start()]
        if _NOTHING_BEFORE.search(prefix):
            continue
        pattern = re.compile(re.sub(r"\d+", r"\\d+", re.escape(prefix)))
        key = pattern.pattern if prefix.strip() else ""
        if _frames_follow(lines, index, pattern):
            _strip(result, index, pattern, line.stream + key)
    return result


def _frames_follow(lines: list[Line], index: int, pattern: re.Pattern[str]) -> bool:
    for line in lines[index + 1 : index + 4]:
        match = pattern.match(line.text)
        if match is not None and line.text[match.end() :].startswith('  File "'):
            return True
    return False


def _strip(lines: list[Line], index: int, pattern: re.Pattern[str], stream: str) -> None:
    own = lines[index].stream
    for at in range(index, len(lines)):
        line = lines[at]
        if line.stream != own:
            continue
        match = pattern.match(line.text)
        if match is None:
            if stream == own and line.text:
                return
            continue
        named = _RANK_IN_PREFIX.search(match[0])
        rank = int(next(value for value in named.groups() if value)) if named else line.rank
        lines[at] = replace(line, text=line.text[match.end() :], stream=stream, rank=rank)
