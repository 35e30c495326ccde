"""Whether systemd ends a person's sessions when they log out."""

from __future__ import annotations

import getpass
import os
import re
from collections.abc import Mapping
from pathlib import Path

_SETTING = re.compile(r"^\s*(KillUserProcesses|KillOnlyUsers|KillExcludeUsers)\s*=\s*(.*?)\s*$")
_FOLDERS = ("/etc/systemd", "/run/systemd", "/usr/local/lib/systemd", "/usr/lib/systemd")


def dies_at_logout(root: Path = Path("/")) -> bool:
    """Whether ``KillUserProcesses`` holds for this user and nothing (linger) keeps it away.

    logind.conf(5); drop-ins are read by name, the main file first. loginctl(1): enable-linger.
    """
    if not (root / "run/systemd/system").is_dir():
        return False
    user = _user()
    settings = _settings(root)
    if settings.get("KillUserProcesses", "no").lower() not in {"yes", "true", "1", "on"}:
        return False
    only = settings.get("KillOnlyUsers", "").split()
    excluded = settings.get("KillExcludeUsers", "root").split()
    if user in excluded or (only and user not in only):
        return False
    return not (root / "var/lib/systemd/linger" / user).exists()


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return str(os.getuid())


def _settings(root: Path) -> Mapping[str, str]:
    found: dict[str, str] = {}
    for path in _files(root):
        try:
            text = path.read_text(encoding="utf-8", errors="replace")
        except OSError:
            continue
        for line in text.splitlines():
            match = _SETTING.match(line)
            if match:
                found[match[1]] = match[2]
    return found


def _files(root: Path) -> list[Path]:
    folders = [root / folder.lstrip("/") for folder in _FOLDERS]
    main = [folder / "logind.conf" for folder in folders]
    first = next((path for path in main if path.is_file()), None)
    dropped: dict[str, Path] = {}
    for folder in reversed(folders):
        for path in (folder / "logind.conf.d").glob("*.conf"):
            dropped[path.name] = path
    return ([first] if first else []) + [dropped[name] for name in sorted(dropped)]
