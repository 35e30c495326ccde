"""A crash's line is found again after edits, or is gone."""

from __future__ import annotations

import pytest

from propel_helper.anchor import find_line

TEXT = "import os\n\ndef f():\n    g()\n    h()\n    g()\n"


@pytest.mark.parametrize(
    ("line", "code", "expected"),
    [
        (4, "g()", 4),
        (5, "g()", 4),
        (9, "g()", 6),
        (4, "h()", 5),
        (4, "k()", None),
        (4, None, 4),
        (2, None, None),
        (40, None, None),
        (0, None, None),
    ],
)
def test_find_line(line: int, code: str | None, expected: int | None) -> None:
    assert find_line(TEXT, line, code) == expected
