"""Lines that no training prints: a reader that works on one for minutes fails by pytest's limit."""

from __future__ import annotations

import pytest

from propel_helper.metrics.lines import LONGEST
from propel_helper.metrics.reader import MetricsReader

BEGINNINGS = (
    b"",
    b"step 1/2 loss 0.5 ",
    b"1712/2000 [00:01<00:02]",
    b"Epoch 1/3 \xe2\x80\xa2 ",
    b"Epoch: [0][1/2] ",
    b'{"step": 1, "loss": ',
)
PADDING = (
    *(bytes([char]) for char in range(32, 127)),
    *(b"\t", b"1 ", b"0.", b"a: ", b"a=1 ", b"1/", b"1:", b"- ", b"a.", b", ", b"1e", b"(a "),
    *("━".encode(), "• ".encode(), "1/2 0 • ".encode(), "█|".encode()),
)


@pytest.mark.parametrize("beginning", BEGINNINGS)
def test_a_line_of_padding_is_read_at_once(beginning: bytes) -> None:
    for padding in PADDING:
        reader = MetricsReader()
        reader.feed(beginning + padding * (LONGEST // len(padding)) + b"\nstep 7 loss 0.25\n")
        reader.end()
        assert 0.25 in [value for one in reader.series() for value in one.values], padding
