"""Shell scripts and Slurm batch files (sbatch: https://slurm.schedmd.com/sbatch.html)."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator

from propel_helper.facts.wording import Wording
from propel_helper.scan.invocation import SHELL_SUFFIXES, How, Invocation
from propel_helper.scan.reading import BATCH, Mention, Reading, Traits
from propel_helper.scan.shell_text import Simple, expanded, logical_lines, simple_commands
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
_KEYWORDS = frozenset("if elif while until ! then do else { sudo nohup time exec".split())
_SUBMITS = Wording(r"(?:^|\$\(|`)(?:sbatch|bsub|qsub)\s")
_INSTALLERS = frozenset("pip pip3 conda mamba apt apt-get uv".split())
_INSTALLS = frozenset("install sync create venv".split())
_BLOCK_ENDS = frozenset("} ) done fi".split())
_HINTS = ("rm ", "&", "delete", "sbatch", "bsub", "qsub", "install", "sync", "create", "venv", "-d")
_CODE = Wording(r"^[ \t]*[^\s#]", re.MULTILINE)
_INNER_LIMIT = 40


def _statements(text: str) -> Iterator[Simple]:
    """Every simple command, without the words of the shell's grammar before it."""
    for line in logical_lines(text):
        for command in simple_commands(line.text):
            words = list(command.words)
            while len(words) > 1 and words[0] in _KEYWORDS:
                words.pop(0)
            words[0] = words[0].lstrip("(") or words[0]
            yield Simple(tuple(words), command.operator)


def _removed(words: tuple[str, ...]) -> str:
    """What a command removes, as it says it; "" when it removes nothing."""
    if words[0] == "rm":
        return " ".join(("rm", *(word for word in words[1:] if not word.startswith("-"))))
    finds = words[0] == "find" and ("-delete" in words or "rm" in words)
    return "what it finds" if finds or (words[0] == "xargs" and "rm" in words) else ""


def _installs(words: tuple[str, ...]) -> bool:
    if words[0].startswith("python") and words[1:2] == ("-m",):
        words = words[2:]
    return bool(words) and words[0] in _INSTALLERS and not _INSTALLS.isdisjoint(words[1:3])


def _detached(words: tuple[str, ...]) -> bool:
    """Whether a terminal multiplexer is told to run something out of sight."""
    if words[0] == "tmux":
        return words[1:2] in (("new",), ("new-session",)) and "-d" in words
    return words[0] == "screen" and any(re.match(r"-\w*d\w*m", word) for word in words[1:3])


def _warnings(text: str) -> tuple[str, ...]:
    if not any(hint in text for hint in _HINTS):
        return ()
    removes, jobs, blocks, submits, installs = "", 0, False, False, False
    for one in _statements(text):
        removes = removes or _removed(one.words)
        if one.operator == "&" or _detached(one.words):
            jobs += 1
            blocks = blocks or one.words[0] in _BLOCK_ENDS
        submits = submits or bool(_SUBMITS.search(f"{one.text} "))
        installs = installs or _installs(one.words)
    # A block is often the body of a loop: how many jobs it makes is not written anywhere.
    count = "background jobs" if blocks else f"{jobs} background job{'s' if jobs > 1 else ''}"
    found = (
        f"deletes files ({removes[:60]})" if removes else "",
        f"starts {count}" if jobs else "",
        "submits cluster jobs" if submits else "",
        "installs packages" if installs else "",
    )
    return tuple(note for note in found if note)


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
    warnings = _warnings(text)
    if batch:
        warnings = (BATCH, *warnings)
    asked = _asked(text)
    found = Traits(
        warnings=warnings,
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
