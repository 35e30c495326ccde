"""Markdown as a flat list of the pieces that may hold commands (CommonMark 0.31)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import Enum
from functools import cache
from html import unescape

from markdown_it import MarkdownIt
from markdown_it.token import Token

_ONE_LINE_FENCE = re.compile(r"^```+\s*(?:(?:bash|sh|shell|console)\s+)?([^`]+?)\s*```+$")
_CODE_TAG = re.compile(r"<(pre|code)[^>]*>(.*?)</\1>", re.DOTALL | re.IGNORECASE)
_TAG = re.compile(r"<[^>]+>")
_TITLE = re.compile(r"<(summary|h[1-6])[^>]*>(.*?)</\1>", re.DOTALL | re.IGNORECASE)
_LONGEST_HEADING = 120
_DETAILS = 7


class Kind(str, Enum):
    """What a piece of a document is."""

    HEADING = "heading"
    SENTENCE = "sentence"
    BLOCK = "block"
    INLINE = "inline"
    QUOTE = "quote"


@dataclass(frozen=True)
class Piece:
    """A piece of a document; ``line`` is where ``text`` begins, from 1.

    ``level`` is a heading's level; ``language`` the first word behind a fence.
    """

    kind: Kind
    text: str
    line: int
    level: int = 0
    language: str = ""


@cache
def _parser() -> MarkdownIt:
    rules = [
        "heading",
        "lheading",
        "fence",
        "code",
        "list",
        "blockquote",
        "html_block",
        "backticks",
    ]
    # Most paragraphs hold no code: looking inside them is left until one does.
    return MarkdownIt("zero", {"html": True}).enable(rules).disable("inline")


def _inside(text: str) -> list[Token]:
    """The pieces of a paragraph's text."""
    found: list[Token] = []
    _parser().inline.parse(text, _parser(), {}, found)
    return found


def _paragraph(token: Token, line: int, kind: Kind) -> Iterator[Piece]:
    whole = _ONE_LINE_FENCE.match(token.content.strip())
    if whole:
        yield Piece(Kind.BLOCK, whole.group(1), line)
        return
    yield Piece(kind, unescape(token.content.strip()), line)
    below = 0
    for child in _inside(token.content) if "`" in token.content else ():
        if child.type == "code_inline":
            yield Piece(Kind.INLINE, child.content, line + below)
        below += 1 if child.type in ("softbreak", "hardbreak") else child.content.count("\n")


def _html(text: str, line: int) -> Iterator[Piece]:
    code = list(_CODE_TAG.finditer(text))
    for found in code:
        inside = unescape(_TAG.sub("", found.group(2)))
        yield Piece(Kind.BLOCK, inside, line + text.count("\n", 0, found.start(2)))
    if not code and "```" in text:
        # No blank line behind the tag: strictly all of it is HTML, and people mean Markdown.
        for inner in pieces(_TAG.sub("", text)):
            yield replace(inner, line=inner.line + line - 1)
    elif not code:
        # A summary heads what its details hold, and no more than that.
        title = _TITLE.search(text)
        if title:
            heading = " ".join(_TAG.sub(" ", title.group(2)).split())
            yield Piece(Kind.HEADING, heading, line, _DETAILS)
        elif "</details" in text.lower():
            yield Piece(Kind.HEADING, "", line, _DETAILS)


def pieces(text: str) -> Iterator[Piece]:
    """The pieces of a Markdown document, in order. Any text is a document."""
    level = quotes = 0
    for token in _parser().parse(text):
        line = token.map[0] + 1 if token.map else 1
        if token.type == "heading_open":
            level = int(token.tag[1:])
        elif token.type == "heading_close":
            level = 0
        elif token.type in ("blockquote_open", "blockquote_close"):
            quotes += token.nesting
        elif token.type == "inline" and level:
            # A paragraph above a rule reads as a heading; no heading is that long.
            kind = Kind.HEADING if len(token.content) < _LONGEST_HEADING else Kind.SENTENCE
            yield Piece(kind, token.content, line, level)
        elif token.type == "inline":
            yield from _paragraph(token, line, Kind.QUOTE if quotes else Kind.SENTENCE)
        elif token.type == "fence":
            language = token.info.strip().split(" ")[0].strip("{}.=").lower()
            yield Piece(Kind.BLOCK, token.content, line + 1, language=language)
        elif token.type == "code_block":
            yield Piece(Kind.BLOCK, token.content, line)
        elif token.type == "html_block":
            yield from _html(token.content, line)
