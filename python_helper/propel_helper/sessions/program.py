"""A backend's own program, run once and waited for."""

from __future__ import annotations

import subprocess
from collections.abc import Mapping


def run(
    argv: tuple[str, ...], environ: Mapping[str, str], seconds: float, cwd: str | None = None
) -> subprocess.CompletedProcess[str]:
    """What ``argv`` printed and its exit status, whatever that is.

    Raises:
        OSError: when it can't be started.
        subprocess.TimeoutExpired: when it takes more than ``seconds``.
    """
    return subprocess.run(
        argv,
        cwd=cwd,
        env=dict(environ),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        errors="replace",
        timeout=seconds,
        check=False,
    )


def said(answer: subprocess.CompletedProcess[str]) -> str:
    """What the program printed, on one line, for a message."""
    words = " ".join((answer.stderr + answer.stdout).split())
    return words or f"nothing (status {answer.returncode})"
