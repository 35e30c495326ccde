"""Exact contents of files: read before a fix, recognised after it, brought back on a revert."""

from __future__ import annotations

import hashlib
import os
import tempfile
from pathlib import Path

from propel_helper.facts.problem import Problem


def content(path: Path) -> bytes:
    """The bytes of a file.

    Raises:
        Problem: it can't be read.
    """
    try:
        return path.read_bytes()
    except OSError as error:
        raise Problem(f"{path} can't be read: {error.strerror}.") from error


def digest(data: bytes) -> str:
    """SHA-256 in hex."""
    return hashlib.sha256(data).hexdigest()


def replace_content(path: Path, data: bytes) -> None:
    """Replace a file's bytes in one step: a power cut leaves the old or the new ones.

    A link stays a link, and the file keeps its mode.

    Raises:
        Problem: it can't be written.
    """
    target = path.resolve()
    scratch = ""
    try:
        handle, scratch = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        Path(scratch).chmod(target.stat().st_mode & 0o7777)
        Path(scratch).replace(target)
    except OSError as error:
        if scratch:
            Path(scratch).unlink(missing_ok=True)
        raise Problem(f"{path} can't be written: {error.strerror}.") from error
