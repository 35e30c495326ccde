"""How prominently a command is offered, and what its text asks of the person who picks it."""

from __future__ import annotations

import posixpath
import re
from functools import lru_cache

from propel_helper.facts.wording import Wording
from propel_helper.scan.placeholders import marked
from propel_helper.scan.reading import Mention
from propel_helper.scan.resolve import Place
from propel_helper.scan.variants import is_tried, of_heading, of_page

_PLAIN = {"console": 0.8, "makefile": 0.7, "task": 0.7, "vscode": 1.0, "docstring": 0.6,
          "inside": -0.8, "shell": 0.2, "script": 0.3}  # fmt: skip
_PAGES = frozenset("docs doc documentation hfdocs wiki".split())
_FOR_AUTHORS = frozenset("contributing claude agents gemini news testing".split())
_TRANSLATED = Wording(
    r"^readme[._-](?:zh|cn|ja|jp|ko|kr|es|fr|de|pt|ru|it|tr|vi|id|uk|pl)(?:[_-]\w+)?\.",
    re.IGNORECASE,
)
_IN_LANGUAGE = Wording(
    r"[._-](?:zh|cn|ja|jp|ko|kr|ru|es|fr|de)(?:[_-]\w+)?\.[a-z]+$", re.IGNORECASE
)
_VARIABLE = Wording(r"\$\{?[A-Za-z@*1-9]")
_USED = Wording(r"\$(?:\{([A-Za-z_]\w*)\}|([A-Za-z_]\w*))")
_SET = Wording(r"(?:^|[\s;])([A-Za-z_]\w*)=")
_QUOTED = Wording(r"'[^']*'")
_PRESENT = Wording(
    r"^(?:HOME|USER|LOGNAME|PWD|OLDPWD|SHELL|PATH|TMPDIR|HOSTNAME|LANG|PYTHON\w*|CONDA_\w+|RANDOM"
    r"|VIRTUAL_ENV|XDG_\w+|SLURM\w*|PBS_\w+|LSB_\w+)$"
)
"""Variables that a shell, a login or a batch system sets by itself."""
_CLUSTER = Wording(
    r"--(?:nnodes|num_nodes|nodes|node_rank|num_machines)[= ](?!1\b)|\bsbatch\b|\bsrun\b|\bnode_rank="
)
_ELSEWHERE = frozenset("docker podman gcloud ray xpk runai singularity apptainer sky modal".split())


def of_place(mention: Mention) -> float:
    """Evidence in where it stands: the README first, then other pages, then bare files."""
    early = -0.04 * min(mention.order, 14)
    if mention.source not in ("readme", "docs"):
        return _PLAIN.get(mention.source, 0.3)
    depth = mention.file.count("/")
    early += of_heading(mention.headings[0]) if mention.headings else 0.0
    early += of_page(mention.file) if depth else 0.0
    early -= 0.3 if depth and _IN_LANGUAGE.search(mention.file) else 0.0
    if mention.file.rpartition("/")[2].partition(".")[0].lower() in _FOR_AUTHORS:
        return early + 0.6
    if depth == 0:
        own = 2.1 if _TRANSLATED.search(mention.file) else 2.4
        return early + (own if mention.source == "readme" else 2.1)
    if mention.file.partition("/")[0].lower() in _PAGES:
        return early + 1.3
    return early + 1.0 - 0.1 * depth


@lru_cache(8192)
def _of_text(text: str, inside: bool) -> float:
    score = 0.0
    if marked(text):
        score -= 0.15
    if _VARIABLE.search(text):
        score -= 0.5 if inside else 0.1
        # Names in small letters are a script's own (POSIX 8.1): the line was cut out of one.
        if not inside and any(not name.isupper() for name in unset(text)):
            score -= 0.8
    return score - (0.6 if is_clustered(text) else 0.0)


def is_clustered(text: str) -> bool:
    """Whether the command asks for several machines, or for a batch system."""
    return _CLUSTER.search(text) is not None


def _guessed(mention: Mention, at: Place) -> float:
    """What a guess at the folder costs: more, the further it leads from the document."""
    if at.exact or not at.written:
        return 0.0 if at.exact else 0.8
    beside = posixpath.dirname(mention.file)
    beside = "" if beside.partition("/")[0].lower() in _PAGES else beside
    # Both below a common folder, so that the working folder of this process says nothing.
    steps = posixpath.relpath(f"/{at.cwd}", f"/{beside}").split("/")
    return 0.4 * min(len(steps), 4)


def of_form(mention: Mention, at: Place) -> float:
    """What the text asks for: values to fill in, a cluster, another machine."""
    score = _of_text(mention.text, mention.source == "inside") - _guessed(mention, at)
    if at.rivals:
        # What starts another model than the document means is worse than nothing.
        score -= 6.0
    if mention.named:
        # "Replace `python train.py` with ...": what is meant stands in a block elsewhere.
        score -= 0.6
    if is_elsewhere(mention):
        score -= 1.0
    if is_tried(mention.starts.arguments):
        score -= 1.0
    return score


def is_elsewhere(mention: Mention) -> bool:
    """Whether the command runs on another machine, or in a container with paths of its own."""
    return any(launcher in _ELSEWHERE for launcher in mention.starts.launchers)


def unset(text: str) -> tuple[str, ...]:
    """Shell variables that ``text`` uses and neither sets nor can count on, each once."""
    if "$" not in text:
        return ()
    known = set(_SET.findall(text))
    used = (one or other for one, other in _USED.groups(_QUOTED.sub("", text)))
    return tuple(
        dict.fromkeys(name for name in used if name not in known and not _PRESENT.match(name))
    )
