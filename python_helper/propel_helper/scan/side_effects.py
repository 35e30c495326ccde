"""What shell text does besides: deletes files, starts jobs out of sight, submits or installs."""

from __future__ import annotations

import re
from collections.abc import Iterator

from propel_helper.facts.wording import Wording
from propel_helper.scan.shell_text import Simple, logical_lines, simple_commands

_KEYWORDS = frozenset("if elif while until ! then do else { sudo nohup time exec".split())
_SUBMITS = Wording(r"(?:^|\$\(|`)(?:sbatch|bsub|qsub)\s")
_INSTALLERS = frozenset("pip pip3 conda mamba apt apt-get uv".split())
_INSTALLS = frozenset("install sync create venv".split())
_BLOCK_ENDS = frozenset("} ) done fi".split())
_HINTS = ("rm ", "&", "delete", "sbatch", "bsub", "qsub", "install", "sync", "create", "venv", "-d")


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


def warnings(text: str) -> tuple[str, ...]:
    """What a person should know of shell text, as sentences without a full stop."""
    if not any(hint in text for hint in _HINTS):
        return ()
    removes, jobs, blocks, submits, installs, loops = "", 0, False, False, False, 0
    for one in _statements(text):
        loops += (one.words[0] == "for") - (one.words[0] == "done")
        removes = removes or _removed(one.words)
        if one.operator == "&" or _detached(one.words):
            jobs += 1
            blocks = blocks or one.words[0] in _BLOCK_ENDS or loops > 0
        submits = submits or bool(_SUBMITS.search(f"{one.text} "))
        installs = installs or _installs(one.words)
    # How many jobs a loop makes is not written anywhere, and a block is often the body of one.
    count = "background jobs" if blocks else f"{jobs} background job{'s' if jobs > 1 else ''}"
    found = (
        f"deletes files ({removes[:60]})" if removes else "",
        f"starts {count}" if jobs else "",
        "submits cluster jobs" if submits else "",
        "installs packages" if installs else "",
    )
    return tuple(note for note in found if note)


def of_python(text: str) -> tuple[str, ...]:
    """What a Python file does beside its training, as sentences without a full stop."""
    found = []
    if "rmtree(" in text:
        found.append("deletes folders (shutil.rmtree)")
    if "submitit" in text and "xecutor(" in text:
        found.append("submits cluster jobs (submitit)")
    return tuple(found)
