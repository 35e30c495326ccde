"""Where a line of a crash stands in a file that may have changed since. Pure.

A traceback prints the source line under each frame (traceback.print_tb, Python's library
reference), so the line can be found again by its text.
"""

from __future__ import annotations

from propel_helper.facts.lines import lines_of


def find_line(text: str, line: int, code: str | None) -> int | None:
    """Line (from 1) of ``text`` that holds ``code``, nearest to ``line``; None when it is gone.

    Without ``code`` (the log shows none) the number alone decides, as long as it exists and is
    not blank. A multi-line statement is shown by its first line, or by the part that failed; both
    are lines of the file, so comparing single stripped lines is enough.
    """
    lines = lines_of(text)
    if not code:
        return line if 0 < line <= len(lines) and lines[line - 1].strip() else None
    wanted = code.strip()
    here = [number for number, found in enumerate(lines, 1) if found.strip() == wanted]
    return min(here, key=lambda number: (abs(number - line), number)) if here else None
