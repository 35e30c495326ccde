r"""Lines as Python and the editor count them: ended by ``\n``, ``\r\n`` or ``\r`` alone.

``str.splitlines`` also splits at form feeds and other separators, which shifts every number
below them.
"""

from __future__ import annotations

import io


def lines_of(text: str) -> list[str]:
    """The lines of ``text`` with their ends; line N (from 1) is ``lines_of(text)[N - 1]``."""
    return io.StringIO(text, newline="").readlines()
