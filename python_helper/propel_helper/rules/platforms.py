"""The system that a crash happened on, as far as its paths tell: what a guide names has to be there."""

from __future__ import annotations

from propel_helper.facts.crash import Crash
from propel_helper.facts.wording import Wording

# A drive, or a relative path that only Windows writes so.
_FILE = Wording(r"^(?:[A-Za-z]:[\\/]|\\\\|[^/]*\\[^/]*$)")
_SAID = Wording(r"\[WinError \d+\]|['\"`( ][A-Za-z]:[\\/]{1,2}\w|\.(?:dll|exe|pyd)\b")


def is_windows(crash: Crash) -> bool:
    """Whether the paths of the stack, or else of the message, are those of Windows."""
    if crash.frames:
        return any(_FILE.search(frame.file) for frame in crash.frames)
    return _SAID.search(crash.message) is not None


def setting(name: str, value: str, crash: Crash) -> str:
    """How a person sets an environment variable for a command there."""
    if is_windows(crash):
        return f"Set `{name}={value}` first (`set {name}={value}`; PowerShell: `$env:{name}='{value}'`)."
    return f"Put `{name}={value}` before the command."


def shown(path: str) -> str:
    """A path that Python's ``repr`` printed, as a person writes it: its backslashes once."""
    pairs = path.count("\\\\")
    return path.replace("\\\\", "\\") if pairs and path.count("\\") == 2 * pairs else path
