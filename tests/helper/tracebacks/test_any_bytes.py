"""Whatever the bytes are, and wherever they end: no exception, no hang, no crash out of thin air."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from propel_helper.app.diagnose import findings
from propel_helper.app.surroundings import LocalSurroundings
from propel_helper.tracebacks.reader import LogReader

LOGS = sorted((Path(__file__).parents[2] / "crashes").rglob("log.txt"))
PIECES = (
    "Traceback (most recent call last):\n",
    '  File "/home/ana/train.py", line 3, in main\n',
    '  File "/home/ana/train.py',
    "    loss.backward()\n",
    "    ~~~~^^^^\n",
    "ValueError: bad\n",
    "RuntimeError: Caught ValueError in DataLoader worker process 0.\n",
    "Original Traceback (most recent call last):\n",
    "During handling of the above exception, another exception occurred:\n",
    "\nThe above exception was the direct cause of the following exception:\n\n",
    "╭──── Traceback (most recent call last) ────╮\n",
    "│ /home/ana/train.py:3 in main │\n",
    "╰──────╯\n",
    "  + Exception Group Traceback (most recent call last):\n",
    "  | ExceptionGroup: many (2 sub-exceptions)\n",
    "  +-+---------------- 1 ----------------\n",
    "ValueError                                Traceback (most recent call last)\n",
    "----> 3 model(x)\n",
    "Fatal Python error: Segmentation fault\n",
    "Current thread 0x1 (most recent call first):\n",
    "terminate called after throwing an instance of 'c10::Error'\n  what():  oops\n",
    "[rank3]: ",
    "[default0]:",
    "(train pid=7) ",
    "\r 10%|# | 1/10 [00:01<00:09]",
    "step 3 loss 0.5\n",
    "usage: train.py [-h]\ntrain.py: error: no\n",
    "slurmstepd: error: *** JOB 1 ON n CANCELLED AT t DUE TO TIME LIMIT ***\n",
    "\x1b[31m",
    "\x1b]133;D;1;propel=n;time=1\x07",
    "\x00\x80",
    "Set the environment variable HYDRA_FULL_ERROR=1 for a complete stack trace.\n",
    '{"message": "no", "exc_info": "Traceback (most recent call last):\\n  File \\"a.py\\", line 3, in f\\nKeyError: 1"}\n',
    "ray.exceptions.RayTaskError(KeyError): ray::f() (pid=1)\n",
    "RuntimeError: DataLoader worker (pid 3) is killed by signal: Killed. \n",
    "RuntimeError: DataLoader worker (pid(s) 3) exited unexpectedly\n",
    "29948it [35:34,  7.00s/it]",
    "  rank      : 1 (local_rank: 1)\n  exitcode  : -9 (pid: 3)\n",
)


def read(data: bytes) -> None:
    reader = LogReader()
    half = len(data) // 2
    reader.feed(data[:half])
    reader.crashes()
    reader.feed(data[half:])
    for crash in reader.crashes(ended=True, exit_status=1):
        assert 0 <= crash.start <= crash.end <= len(data)
        assert len(findings((crash,), LocalSurroundings())) == 1


@given(st.binary(max_size=2000))
@settings(max_examples=100, deadline=None)
def test_bytes(data: bytes) -> None:
    read(data)


@given(st.lists(st.sampled_from(PIECES), max_size=40))
@settings(max_examples=400, deadline=None)
def test_pieces_of_logs_in_any_order(pieces: list[str]) -> None:
    read("".join(pieces).encode("utf-8", "surrogateescape"))


@pytest.mark.parametrize("log", LOGS, ids=lambda path: str(path.parent.name))
def test_a_log_cut_anywhere(log: Path) -> None:
    data = log.read_bytes()
    cuts = random.Random(len(data)).sample(range(len(data)), min(len(data), 6))
    for cut in cuts:
        read(data[:cut])
        read(data[cut:])


@pytest.mark.parametrize(
    "line", ["(" * 5000, "[rank1]:" * 900, "a." * 9000, "File " * 4000, "=" * 9000]
)
def test_one_long_line(line: str) -> None:
    read(f"Traceback (most recent call last):\n{line}\nE: {line}\n".encode())
