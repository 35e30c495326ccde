"""Shell text as documents and scripts hold it: logical lines, simple commands, words.

Only what is needed to read a command, never to run one: POSIX shell grammar (Shell Command
Language, sections 2.2 quoting and 2.9.1 simple commands) without expansions.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

PROMPT = re.compile(
    r"^(?:\([\w.-]+\)\s*)?(?:\[[\w.@~/ -]+\]\s?|[\w.-]+@[\w.-]+[:\s][^\s$#]*\s?)?"
    r"(?:\$|%|>|!|❯|➜)\s*(?=[^\s=>])|^\([\w .-]+\)\s+(?=[\w./])"
)
"""What stands before a command in a document: ``$``, ``(env)[dir]$``, ``(on the cluster)``."""
_HEREDOC = re.compile(r"<<-?\s*(['\"]?)(\w+)\1")
_SPECIAL = re.compile(r"['\"`$\\&|;]")
_QUOTES = re.compile(r"['\"`$\\]")
_RUN = re.compile(r"\s\s|[^\S ]")
_OPTION = re.compile(r"--?[A-Za-z]")
_PLAIN = re.compile(r"[^\s'\"`$\\;|&#>]+")
_SEPARATORS = ("&&", "||", ";;", ";", "|&", "|", "&")


@dataclass(frozen=True)
class Line:
    """One logical line: continuations joined, prompt and trailing comment removed.

    Attributes:
        text: what is left, whitespace collapsed outside quotes.
        number: line of its first physical line, counted from 1 in the text that was split.
        comment: the comment that stands alone above it, or behind it; "" without one.
    """

    text: str
    number: int
    comment: str = ""


@dataclass(frozen=True)
class Simple:
    """One simple command: its words as written, and the operator behind it ("" at the end)."""

    words: tuple[str, ...]
    operator: str = ""

    @property
    def text(self) -> str:
        """The words joined by single spaces."""
        return " ".join(self.words)


def _skip_quoted(text: str, at: int) -> int:
    """End of the quoted part, ``$(...)``, ``${...}`` or backticks that begin at ``at``."""
    if text[at] in "'\"`":
        end = at + 1
        while end < len(text) and text[end] != text[at]:
            if text[end] == "\\" and text[at] != "'":
                end += 1
            elif text[at] == '"' and text.startswith("$(", end):
                end = _skip_quoted(text, end) - 1
            end += 1
        return min(end + 1, len(text))
    closing = ")" if text[at + 1] == "(" else "}"
    end, depth = at + 2, 1
    while end < len(text) and depth:
        if text[end] in "'\"`":
            end = _skip_quoted(text, end)
            continue
        if text[end] == text[at + 1]:
            depth += 1
        elif text[end] == closing:
            depth -= 1
        end += 1
    return end


def step(text: str, at: int) -> int:
    """End of the smallest piece at ``at`` that belongs together."""
    if text[at] == "\\":
        return min(at + 2, len(text))
    if text[at] in "'\"`":
        end = _skip_quoted(text, at)
        closed = end - at > 1 and text[end - 1] == text[at]
        # An apostrophe in prose never closes: it is a character of its word.
        return end if closed else at + 1
    if text.startswith(("$(", "${"), at):
        return _skip_quoted(text, at)
    plain = _PLAIN.match(text, at)
    return plain.end() if plain else at + 1


@lru_cache(1024)
def simple_commands(text: str) -> tuple[Simple, ...]:
    """The simple commands of one logical line, in order; redirections stay words."""
    if not _SPECIAL.search(text):
        return (Simple(tuple(text.split())),) if text.strip() else ()
    found: list[Simple] = []
    words: list[str] = []
    at = begin = 0

    def word(end: int) -> None:
        if end > begin:
            words.append(text[begin:end])

    while at < len(text):
        if text[at].isspace():
            word(at)
            at += 1
            begin = at
            continue
        mark = None
        if text[at] in ";|&":
            mark = next((mark for mark in _SEPARATORS if text.startswith(mark, at)), None)
        redirected = mark in ("&", "|", "&&") and (
            text[at - 1 : at] in (">", "<") or text.startswith("&>", at)
        )
        if mark and not redirected:
            word(at)
            at += len(mark)
            begin = at
            if words:
                found.append(Simple(tuple(words), mark))
                words = []
            continue
        at = step(text, at)
    word(len(text))
    if words:
        found.append(Simple(tuple(words)))
    return tuple(found)


def without_comment(text: str) -> tuple[str, str]:
    """``text`` before an unquoted ``#`` that begins a word, and the comment behind it."""
    if "#" not in text:
        return text.rstrip(), ""
    at = 0
    while at < len(text):
        if text[at] == "#" and (at == 0 or text[at - 1].isspace()):
            return text[:at].rstrip(), text[at:].lstrip("# \t").rstrip()
        at = step(text, at)
    return text.rstrip(), ""


def collapsed(text: str) -> str:
    """``text`` with runs of whitespace outside quotes made one space."""
    if not _QUOTES.search(text):
        return " ".join(text.split())
    if not _RUN.search(text):
        return text.strip()
    parts: list[str] = []
    at = 0
    while at < len(text):
        end = step(text, at)
        piece = text[at:end]
        if piece.isspace():
            if parts and parts[-1] != " ":
                parts.append(" ")
        else:
            parts.append(piece)
        at = end
    return "".join(parts).strip()


@lru_cache(4)
def logical_lines(text: str, *, prompts: bool = False) -> tuple[Line, ...]:
    """Split shell text into logical lines; here-documents and lone comments are left out.

    A line that begins with an option continues the one above, whether or not a backslash
    says so. ``prompts``: remove ``$``, ``>`` and the like, as documents show them.
    """
    found: list[Line] = []
    pending, start, comment, above = "", 0, "", ""
    heredoc: str | None = None
    for number, raw in enumerate(text.splitlines(), start=1):
        line = raw.strip()
        if heredoc is not None:
            heredoc = None if line == heredoc else heredoc
            continue
        if prompts and not pending:
            line = PROMPT.sub("", line)
        if not line and not pending:
            above = ""
            continue
        code, behind = without_comment(line)
        if not code and not pending:
            above = behind
            continue
        continues = code.endswith("\\") and not code.endswith("\\\\")
        code = code[:-1].rstrip() if continues else code
        if not pending and found and _OPTION.match(code):
            last = found.pop()
            pending, start, comment = last.text, last.number, last.comment
        if not pending:
            start, comment = number, above
        pending = f"{pending} {code}".strip()
        comment = comment or behind
        if continues:
            continue
        if pending:
            found.append(Line(collapsed(pending), start, comment))
        marker = _HEREDOC.search(pending)
        heredoc = marker.group(2) if marker and "<<<" not in pending else None
        pending, comment, above = "", "", ""
    if pending:
        found.append(Line(collapsed(pending), start, comment))
    return tuple(found)


_STATIC = re.compile(
    r"^[ \t]*(?:export[ \t]+|declare[ \t]+|local[ \t]+)?([A-Za-z_]\w*)=(\"[^\"\n]*\"|'[^'\n]*'|[^\s;&|#]*)",
    re.MULTILINE,
)
_USE = re.compile(r"\$(?:\{([A-Za-z_]\w*|[1-9])(?::?[-=]([^{}]*))?\}|([A-Za-z_]\w*|[1-9]))")


def expanded(text: str, handed: tuple[str, ...] = ()) -> str:
    """``text`` with the variables put in that it sets itself, and ``$1`` ... from ``handed``.

    What it can't know stays as written: expansions of commands, variables from outside.
    """
    known = {str(at): word for at, word in enumerate(handed, start=1)}

    def value(found: re.Match[str]) -> str:
        name = found.group(1) or found.group(3)
        default = found.group(2)
        if name in known:
            return known[name]
        return default.strip("\"'") if default else found.group(0)

    for name, written in _STATIC.findall(text):
        one = _USE.sub(value, written.strip("\"'"))
        if "$" not in one and "`" not in one and "(" not in one:
            known.setdefault(name, one)
    return _USE.sub(value, text) if known or ":-" in text else text


_BASH = re.compile(r"(?<!\S)bash (?=[\w./-]+\.(?:sh|bash)(?!\S))")
_HERE = re.compile(r"(?<!\S)\./(?=\w)")
_PYTHON3 = re.compile(r"(?<!\S)python3(?!\S)")


def plain_call(text: str) -> str:
    """The same text for the same call: ``bash x.sh`` and ``./x.sh``, ``python3`` and ``python``."""
    return _PYTHON3.sub("python", _HERE.sub("", _BASH.sub("", text)))
