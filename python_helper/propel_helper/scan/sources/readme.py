"""Commands that Markdown documents show: README, docs pages, MDX and Quarto pages."""

from __future__ import annotations

import re

from propel_helper.scan.document import Document, tells_news
from propel_helper.scan.markdown import Kind, pieces
from propel_helper.scan.reading import Reading
from propel_helper.scan.sources import Source
from propel_helper.scan.vocabulary import says_other, says_train

_SUFFIXES = frozenset((".md", ".mdx", ".qmd", ".markdown"))
_HINT = re.compile(r"python|\.py\b|\.sh\b|run|accelerate|deepspeed|bash|make |train", re.IGNORECASE)
_PYTHON = frozenset(("py", "python", "python3"))
_SHELL = re.compile(
    r"^\s*(?:[$!%>]\s*)?(?:[A-Za-z_]\w*=\S*\s+)*(?:\./\S+|(?:cd|export|python\S*|\w*sh|torchrun|accelerate|deepspeed"
    r"|srun|sbatch|make|uv|poetry|conda|mpirun|mpiexec|nohup|[\w-]*train[\w-]*) +\S)",
    re.MULTILINE,
)
"""A line of shell in a block that says it is Python; most of those are Python indeed."""
_LINK = re.compile(
    r"\]\((?:https?://[^)\s]+/(?:blob|tree)/[^/)\s]+/|\./)?([\w][\w./-]*)(?:#[\w-]*)?\)"
)
_NAMED = re.compile(r"`(?:\./)?([\w][\w./-]*\.(?:py|sh))`")
_FOLDER = re.compile(
    r"\b(?:scripts?|train\w*)\b(?:[^\n`\"“]|\n(?!\s*\n)){0,250}?\b(?:in|under|at|see)\s+"
    r"(?:(?:the|our|directory|folder|scripts?|in)\s+)*[`\"“](?:\./)?(\w[\w/-]*)/?[`\"”]",
    re.IGNORECASE,
)
_EXPERIMENTS = re.compile(r"experiment|reproduc", re.IGNORECASE)


def _folders(text: str) -> tuple[str, ...]:
    """Folders of which a sentence says that scripts of the training are in there."""
    found: dict[str, None] = {}
    for one in _FOLDER.finditer(text) if "script" in text else ():
        said = one[0][: one.start(1) - one.start()]
        trains = says_train(said) or _EXPERIMENTS.search(said)
        if trains and "script" in one[0].lower() and not says_other(said):
            found[one[1].rstrip("/")] = None
    return tuple(found)


def _changed(text: str) -> str:
    """What a diff leaves: lines that it takes away are blank, the others without their marks."""
    lines = (line[1:] if line[:1] in ("+", " ") else line for line in text.split("\n"))
    return "\n".join("" if line.startswith(("-", "@@")) else line for line in lines)


def _read(path: str, text: str) -> Reading:
    if tells_news(path) or not _HINT.search(text):
        return Reading()
    document = Document(path)
    for piece in pieces(text):
        if piece.kind is Kind.HEADING:
            document.heading(piece.level, piece.text)
        elif piece.kind is Kind.SENTENCE:
            document.sentence(piece.text)
        elif piece.kind is Kind.QUOTE:
            document.quote(piece.text, piece.line)
        elif piece.kind is Kind.BLOCK:
            if piece.language not in _PYTHON or _SHELL.search(piece.text):
                shown = _changed(piece.text) if piece.language == "diff" else piece.text
                document.block(shown, piece.line)
        else:
            document.inline(piece.text, piece.line)
    links = dict.fromkeys(found.group(1) for found in _LINK.finditer(text))
    links.update(dict.fromkeys(found.group(1) for found in _NAMED.finditer(text)))
    folders = () if "/" in path else _folders(text)
    return Reading(document.mentions, links=tuple(links), folders=folders)


SOURCE = Source("readme", _read, _SUFFIXES, frozenset(("readme", "readme.txt")))
