"""Shell scripts and Slurm batch files (sbatch: https://slurm.schedmd.com/sbatch.html)."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable

from propel_helper.facts.wording import Wording
from propel_helper.scan.invocation import SHELL_SUFFIXES, How, Invocation
from propel_helper.scan.reading import BATCH, Mention, Reading, Traits
from propel_helper.scan.shell_text import expanded
from propel_helper.scan.side_effects import warnings
from propel_helper.scan.sources import Source
from propel_helper.scan.sources.python_script import quoted
from propel_helper.scan.spoken import Spoken, spoken
from propel_helper.scan.whereabouts import Needs, paths

_POSITIONAL = Wording(r"(?<!\\)\$(?:([1-9])\b|\{([1-9])\})")
_NAMED = Wording(
    r"^[ \t]*(?:export[ \t]+|local[ \t]+)?(\w+)=[\"']?\$\{?([1-9])\}?[\"']?[ \t]*(?:#.*)?$",
    re.MULTILINE,
)
_OWN_FUNCTIONS = Wording(r"^\s*(?:function\s+)?\w+\s*\(\)|\bshift\b", re.MULTILINE)
_LITERAL = Wording(r"'[^']*'")
_QUOTING = Wording(r"\\.|\"(?:\\.|[^\"\\])*\"|'[^']*'|(?<!\S)#[^\n]*", re.DOTALL)
_SBATCH = Wording(r"^#SBATCH\s", re.MULTILINE)
_CODE = Wording(r"^[ \t]*[^\s#]", re.MULTILINE)
_INNER_LIMIT = 40


def _kept(found: re.Match[str]) -> str:
    if found[0][0] == '"' and ("`" in found[0] or "$(" in found[0]):
        return _LITERAL.sub("''", found[0])
    return found[0] if found[0][0] in '"\\' else ""


def _asked(text: str) -> tuple[str, ...]:
    """A placeholder for each ``$1``, ``$2``, ... that the script uses without a default.

    Between single quotes ``$`` is none of the shell's (POSIX 2.2.2): awk has fields of that name.
    """
    if not _POSITIONAL.search(text):
        return ()
    text = _QUOTING.sub(_kept, text)
    used = {int(one or other) for one, other in _POSITIONAL.groups(text)}
    if not used or _OWN_FUNCTIONS.search(text):
        return ()
    names = {int(at): name.lower() for name, at in _NAMED.groups(text)}
    return tuple(f"<{names.get(at, f'argument {at}')}>" for at in range(1, max(used) + 1))


def _gone_to(folders: tuple[str, ...]) -> str | None:
    """Where ``cd`` lines lead from the first folder; None when they do not depend on it."""
    now = ""
    for folder in folders:
        if not re.match(r"[\w.]", folder) or "$" in folder:
            return None
        now = posixpath.join(now, folder)
    return now


def _needs(starts: Iterable[Spoken]) -> Needs:
    started: list[str] = []
    handed: list[str] = []
    for one in starts:
        base = _gone_to(one.folders)
        if base is None:
            continue
        target = one.starts.target
        if one.starts.how is How.MODULE:
            started.append(posixpath.join(base, target.replace(".", "/")))
        elif one.starts.how in (How.FILE, How.SHELL) and not target.startswith(("/", "~", "$")):
            started.append(posixpath.join(base, target))
        handed += [posixpath.join(base, path) for path in paths(one.starts.arguments)]
    return Needs(tuple(started), tuple(handed))


def _read(path: str, text: str) -> Reading:
    commands = spoken(text)
    filled = expanded(text)
    starts = spoken(filled) if filled != text else commands
    batch = bool(_SBATCH.search(text))
    asked = _asked(text)
    found = Traits(
        warnings=((BATCH,) if batch else ()) + warnings(text),
        starts=tuple(one.starts for one in starts),
        needs=_needs(starts),
        positional=bool(asked),
    )
    starter = "sbatch" if batch else "bash"
    own = Mention(
        " ".join([starter, quoted(path), *asked]),
        Invocation(How.SHELL, path),
        "shell",
        path,
        base="",
    )
    inner = (
        Mention(
            one.text,
            one.starts,
            "inside",
            path,
            one.line,
            one.folders,
            one.comment,
            order=at,
        )
        for at, one in enumerate(commands[:_INNER_LIMIT])
        if one.starts.how is not How.PROGRAM
    )
    # A file of comments alone starts nothing, whatever it is called.
    return Reading((own, *inner) if _CODE.search(text) else (), found)


SOURCE = Source("shell", _read, frozenset(SHELL_SUFFIXES))
