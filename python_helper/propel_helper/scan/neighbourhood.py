"""Which of several files of one name a document means: the one near it, or in a folder it names."""

from __future__ import annotations

import posixpath
import re
from itertools import pairwise

from propel_helper.scan.reading import Mention

_WORD = re.compile(r"[A-Za-z0-9]+(?:[_-][A-Za-z0-9]+)*")
_SAY_NOTHING = frozenset(
    "src source code train training scripts script tools bin main examples models model".split()
)
"""Names of folders that a text uses without meaning the folder."""


def is_around(mention: Mention, file: str) -> bool:
    """Whether a path that leads nowhere may mean ``file``, of which it has no more than the name.

    A page of a part of the project speaks of that part, often of what is to be cloned into it.
    """
    part = mention.file.partition("/")[0] if "/" in mention.file else ""
    outside = mention.starts.target.startswith(("/", "~", "$"))
    return part in ("", "docs", "doc") or outside or file.startswith(f"{part}/")


def meant_by(mention: Mention, files: list[str]) -> str:
    """The one of ``files``, all of the written name, that ``mention`` means; "" when unclear."""
    beside = posixpath.dirname(mention.file)
    below = [file for file in files if beside and file.startswith(f"{beside}/")]
    return _outermost(files) or _outermost(below) or _outermost(_named(mention, files))


def _outermost(files: list[str]) -> str:
    """The file whose folder holds all the others, "" when there is none."""
    first = files[0] if files else ""
    folder = posixpath.dirname(first)
    inside = not folder or all(file.startswith(f"{folder}/") for file in files)
    return first if inside and sum(posixpath.dirname(file) == folder for file in files) == 1 else ""


def _plain(word: str) -> str:
    return re.sub("[_-]", "", word).lower()


def _named(mention: Mention, files: list[str]) -> list[str]:
    """Those in the most folders that the document, its headings, its sentence or the command name."""
    title = posixpath.basename(mention.file).partition(".")[0]
    words = [
        _plain(word)
        for text in (title, *mention.headings, mention.said, *mention.starts.arguments)
        for word in _WORD.findall(text)
    ]
    said = {*words, *map("".join, pairwise(words))} - _SAY_NOTHING
    named = [sum(_plain(one) in said for one in file.split("/")[:-1]) for file in files]
    return [file for file, times in zip(files, named, strict=True) if times and times == max(named)]
