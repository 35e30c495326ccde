"""How prominently a command is offered, and what its text asks of the person who picks it."""

from __future__ import annotations

import re
from functools import lru_cache

from propel_helper.scan.reading import Mention
from propel_helper.scan.resolve import Place
from propel_helper.scan.vocabulary import says_other, says_train

_PLAIN = {"console": 0.8, "makefile": 0.7, "task": 0.7, "vscode": 1.0, "docstring": 0.6,
          "inside": -0.8, "shell": 0.2, "script": 0.3}  # fmt: skip
_PAGES = frozenset("docs doc documentation hfdocs wiki".split())
_FOR_AUTHORS = frozenset("contributing changelog claude agents gemini history news testing".split())
_TRANSLATED = re.compile(
    r"^readme[._-](?:zh|cn|ja|jp|ko|kr|es|fr|de|pt|ru|it|tr|vi|id|uk|pl)(?:[_-]\w+)?\.",
    re.IGNORECASE,
)
_PLACEHOLDER = re.compile(
    r"<[^<>|&]+>|\[[A-Za-z][^\]=]*\]|\.\.\.|/path/to|path/to/|\bXXX+\b|\{[A-Za-z_ ]+\}"
)
_VARIABLE = re.compile(r"\$\{?[A-Za-z@*1-9]")
_CLUSTER = re.compile(
    r"--(?:nnodes|num_nodes|nodes|node_rank|num_machines)[= ](?!1\b)|\bsbatch\b|\bsrun\b|\bnode_rank="
)
_ELSEWHERE = frozenset("docker podman gcloud ray xpk runai singularity apptainer sky modal".split())


def of_place(mention: Mention) -> float:
    """Evidence in where it stands: the README first, then other pages, then bare files."""
    early = -0.04 * min(mention.order, 14)
    if mention.source not in ("readme", "docs"):
        return _PLAIN.get(mention.source, 0.3)
    depth = mention.file.count("/")
    if mention.file.rpartition("/")[2].partition(".")[0].lower() in _FOR_AUTHORS:
        return early + 0.6
    if depth == 0:
        own = 2.1 if _TRANSLATED.search(mention.file) else 2.4
        return early + (own if mention.source == "readme" else 2.1)
    if mention.file.partition("/")[0].lower() in _PAGES:
        return early + 1.3
    return early + 1.0 - 0.1 * depth


def _speaks(text: str, weight: float) -> float:
    trains, other = says_train(text), says_other(text)
    if trains:
        return weight * (0.4 if other else 1.0)
    return -weight if other else 0.0


def of_context(mention: Mention) -> float:
    """What the heading and the sentence above a documented command say of it."""
    nearest, above, *_ = (*mention.headings, "", "")
    title = _speaks(nearest, 0.8) or _speaks(above, 0.5)
    return title + _speaks(mention.said, 0.5 if not title else 0.3)


@lru_cache(8192)
def _of_text(text: str, inside: bool) -> float:
    score = 0.0
    if _PLACEHOLDER.search(text):
        score -= 0.15
    if _VARIABLE.search(text):
        score -= 0.5 if inside else 0.1
    return score - (0.6 if _CLUSTER.search(text) else 0.0)


def of_form(mention: Mention, at: Place) -> float:
    """What the text asks for: values to fill in, a cluster, another machine."""
    score = _of_text(mention.text, mention.source == "inside") - (0.0 if at.exact else 0.4)
    if any(launcher in _ELSEWHERE for launcher in mention.starts.launchers):
        score -= 1.0
    return score


def placeholders(text: str) -> tuple[str, ...]:
    """The parts of a command that a person has to fill in, as they stand there, each once.

    ``${NAME}`` is the shell's, and ``<in.txt >out.txt`` sends a file in and another out.
    """
    found = (
        match[0]
        for match in _PLACEHOLDER.finditer(text)
        if text[match.start() - 1 : match.start()] != "$" and not match[0].endswith(" >")
    )
    return tuple(dict.fromkeys(found))


def has_placeholder(text: str) -> bool:
    """Whether a person has to fill something in before the command can work."""
    return bool(_PLACEHOLDER.search(text))
