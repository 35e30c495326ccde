"""Messages that were broken at the width of what printed them."""

from __future__ import annotations

import textwrap

import pytest

from propel_helper.tracebacks.reader import LogReader
from propel_helper.tracebacks.wrapped import joined

STACK = [
    "Traceback (most recent call last):",
    '  File "/home/ana/train.py", line 9, in <module>',
    "    main()",
]
DEVICES = (
    "RuntimeError: Expected all tensors to be on the same device, but found at least two devices, cuda:0 and cpu! "
    "(when checking argument for argument mat1 in method wrapper_CUDA_addmm)"
)
PATH = (
    "FileNotFoundError: [Errno 2] No such file or directory: "
    "'/home/ana/projects/segmentation/data/annotations/instances_train2017_v2.json'"
)


@pytest.mark.parametrize("width", [61, 80, 100])
def test_between_words(width: int) -> None:
    assert joined(textwrap.wrap(DEVICES, width), STACK) == [DEVICES]


@pytest.mark.parametrize("text", [DEVICES, PATH])
@pytest.mark.parametrize("width", [60, 79])
def test_anywhere(text: str, width: int) -> None:
    broken = [text[at : at + width].rstrip() for at in range(0, len(text), width)]
    assert joined(broken, STACK) == [text]


@pytest.mark.parametrize(
    "lines",
    [
        [
            "RuntimeError: CUDA error: device-side assert triggered",
            "CUDA kernel errors might be asynchronously reported at some other API call, so the stacktrace below might be incorrect.",
            "For debugging consider passing CUDA_LAUNCH_BLOCKING=1.",
        ],
        [
            "RuntimeError: Error(s) in loading state_dict for ResNet:",
            "    size mismatch for fc.weight: copying a param with shape torch.Size([1000, 2048])",
        ],
        ["ValueError: expected the rows", "| a | b |", "| 1 | 2 |"],
        ["KeyError: 'a'", ""],
        [
            "torch.distributed.DistBackendError: NCCL error in: ProcessGroupNCCL.cpp:1331, unhandled system error",
            "ncclSystemError: System call (e.g. socket, malloc) or external library call failed",
        ],
    ],
)
def test_lines_that_are_lines(lines: list[str]) -> None:
    assert joined(lines, STACK) == lines


def test_the_crash_has_the_whole_message() -> None:
    text = "\n".join([*STACK, *textwrap.wrap(DEVICES, 80), ""])
    reader = LogReader()
    reader.feed(text.encode())
    (crash,) = reader.crashes(ended=True)
    assert f"{crash.exception}: {crash.message}" == DEVICES
    assert text.encode()[: crash.end].decode() == text.rstrip()
