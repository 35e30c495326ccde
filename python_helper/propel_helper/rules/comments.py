"""Which characters of a file are a comment: what is written there is read by people alone."""

from __future__ import annotations

_HASHED = (".py", ".sh", ".bash", ".slurm", ".sbatch", ".yaml", ".yml", ".toml", ".ini", ".cfg")
_OTHERS = (".ini", ".cfg")


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
