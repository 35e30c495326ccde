"""Which characters of a file are a comment: what is written there is read by people alone."""

from __future__ import annotations

import re

_HASHED = (".py", ".sh", ".bash", ".slurm", ".sbatch", ".yaml", ".yml", ".toml", ".ini", ".cfg")
_OTHERS = (".ini", ".cfg")
_SIGN = re.compile("[#;]")
_END = re.compile(r"\r?\n")


def has(file: str, text: str, offset: int) -> bool:
    """Whether ``offset`` stands behind the sign that begins a comment of its line.

    False in doubt: a quote that is still open may go on from a line above.
    """
    if not file.endswith(_HASHED) and "akefile" not in file:
        return False
    start = text.rfind("\n", 0, offset) + 1
    before = text[start:offset]
    if file.endswith(_OTHERS):
        return before.lstrip().startswith(("#", ";"))
    quote = ""
    for at, char in enumerate(before):
        if char == quote:
            quote = ""
        elif not quote and char in "'\"":
            quote = char
        elif (
            not quote
            and char == "#"
            and (file.endswith(".py") or not before[:at].strip(" \t") or before[at - 1] in " \t")
        ):
            return True
    return False


def masked(file: str, text: str) -> str:
    """The text with blanks for its comments, every other character at its place."""
    made = list(text)
    for found in _SIGN.finditer(text):
        if has(file, text, found.end()) and not has(file, text, found.start()):
            end = _END.search(text, found.end())
            for at in range(found.start(), end.start() if end else len(text)):
                made[at] = " "
    return "".join(made)
