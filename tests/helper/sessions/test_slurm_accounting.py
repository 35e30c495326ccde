"""What ``sacct -n -P -X`` prints, as its manual page documents it.

No accounting daemon runs beside the tests' Slurm, so the text stands here; the cluster's tests
ask the real program, which has nothing to tell there.
"""

from __future__ import annotations

import pytest

from propel_helper.sessions.slurm_accounting import parsed

NAME = "propel-train-20260102-030405"


@pytest.mark.parametrize(
    ("line", "state", "codes", "nodes"),
    [
        ("COMPLETED|0:0|2026-01-02T04:00:00|01:00:00|n1", "COMPLETED", (0, 0), "n1"),
        ("FAILED|3:0|2026-01-02T04:00:00|01:00:00|n[1-2]", "FAILED", (3, 0), "n[1-2]"),
        ("TIMEOUT|0:0|2026-01-02T04:00:00|00:01:00|n1", "TIMEOUT", (0, 0), "n1"),
        ("OUT_OF_MEMORY|0:125|2026-01-02T04:00:00|01:00:00|n1", "OUT_OF_MEMORY", (0, 125), "n1"),
        ("CANCELLED by 1000|0:15|2026-01-02T04:00:00|01:00:00|None assigned", "CANCELLED", (0, 15), ""),
        ("RUNNING|0:0|Unknown|UNLIMITED|n1", "RUNNING", (0, 0), "n1"),
    ],
)  # fmt: skip
def test_a_job(line: str, state: str, codes: tuple[int, int], nodes: str) -> None:
    job = parsed(f"{line}|{NAME}\n", NAME)
    assert job is not None
    assert (job.state, (job.exit_code, job.signal), job.nodes) == (state, codes, nodes)
    assert (job.end is None) == (state == "RUNNING")


def test_the_number_was_given_anew() -> None:
    first = f"FAILED|1:0|2024-01-02T04:00:00|1:00|n1|{NAME}\n"
    other = "COMPLETED|0:0|2026-01-02T04:00:00|1:00|n1|another|name\n"
    assert parsed(first + other, NAME) == parsed(first, NAME)
    assert parsed(other, NAME) is None


@pytest.mark.parametrize("text", ["", "Slurm accounting storage is disabled\n", "|||\n", "\n"])
def test_nothing_is_known(text: str) -> None:
    assert parsed(text, NAME) is None
