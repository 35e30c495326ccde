"""What a person types to install a program on this system."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path


def how_to_install(program: str, release: Path = Path("/etc/os-release")) -> str:
    """A sentence with the install command of this system.

    ``release``: see os-release(5); ``ID`` and ``ID_LIKE`` name the family.
    """
    if sys.platform == "darwin":
        return f"Install it with `brew install {program}`."
    families = _families(release)
    if families & {"debian", "ubuntu"}:
        return f"Install it with `sudo apt install {program}`."
    if families & {"rhel", "fedora", "centos", "rocky", "almalinux", "amzn", "ol"}:
        return f"Install it with `sudo yum install {program}`."
    return (
        f"Install it with your system's package manager, e.g. `sudo apt install {program}` "
        f"or `sudo yum install {program}`."
    )


def _families(release: Path) -> set[str]:
    try:
        text = release.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return set()
    found: set[str] = set()
    for line in text.splitlines():
        key, _, value = line.partition("=")
        if key in {"ID", "ID_LIKE"}:
            try:
                found.update(word.lower() for part in shlex.split(value) for word in part.split())
            except ValueError:
                continue
    return found
