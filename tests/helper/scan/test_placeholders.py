"""What a person has to fill in before a command can work, and what only looks like it."""

from __future__ import annotations

import pytest

from propel_helper.scan.prominence import placeholders


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("python train.py --data <path> --out <path>", ("<path>",)),
        ("python train.py --data /path/to/images", ("/path/to",)),
        ("python train.py --data ${DATA} --lr 0.1", ()),
        ("python train.py <in.txt >out.txt", ()),
        ("python train.py", ()),
    ],
)
def test_placeholders(text: str, found: tuple[str, ...]) -> None:
    assert placeholders(text) == found
