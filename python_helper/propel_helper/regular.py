"""Opening files that others may have replaced: what is no regular file is refused, not waited for.

A pipe without a writer blocks whoever opens it, a device may have no end.
"""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path
from typing import BinaryIO

_WHAT = (
    (stat.S_ISFIFO, "a named pipe"),
    (stat.S_ISDIR, "a folder"),
    (stat.S_ISSOCK, "a socket"),
)
_ANY_NAME = "no file can have this name"


def open_regular(path: str | Path, flags: int = os.O_RDONLY, mode: int = 0o600) -> int:
    """A file descriptor, as ``os.open`` gives it, of a regular file (a link to one is one).

    Raises:
        OSError: it can't be opened, or is something else; ``strerror`` says what.
    """
    try:
        handle = os.open(path, flags | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC, mode)
    except ValueError as error:
        raise OSError(errno.EINVAL, _ANY_NAME, str(path)) from error
    except OSError as error:
        # What opening a socket, or writing a folder, says.
        if error.errno in (errno.ENXIO, errno.EISDIR):
            refuse_irregular(path, os.stat(path).st_mode)  # noqa: PTH116 - a str does
        raise
    try:
        refuse_irregular(path, os.fstat(handle).st_mode)
    except OSError:
        os.close(handle)
        raise
    return handle


def refuse_irregular(path: str | Path, mode: int) -> None:
    """Raise ``OSError`` unless ``mode`` (stat(2)) is that of a regular file."""
    if not stat.S_ISREG(mode):
        what = next((name for is_it, name in _WHAT if is_it(mode)), "a device")
        raise OSError(errno.EINVAL, f"it is {what}, no regular file", str(path))


def stream(path: str | Path) -> BinaryIO:
    """The same for reading, unbuffered. Raises ``OSError``."""
    return os.fdopen(open_regular(path), "rb", buffering=0)


def read(path: str | Path, most: int) -> bytes:
    """The first ``most`` bytes of a regular file. Raises ``OSError``."""
    with os.fdopen(open_regular(path), "rb") as opened:
        return opened.read(most)
