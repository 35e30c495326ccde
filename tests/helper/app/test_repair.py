"""What a failed command of a fix said is told as text."""

from __future__ import annotations

from pathlib import Path

from propel_helper.app import repair


def test_the_last_words_of_a_log_hold_nothing_for_a_terminal(tmp_path: Path) -> None:
    log = tmp_path / "step.log"
    log.write_bytes(
        b"\x1b[31mERROR: No matching distribution found\x1b[0m\r\n\x1b[31m\x1b[0m\r\n"
        b"10%\r20%\rdone\r\n\x1b]133;D;1;propel=ab;time=1.5\x07"
    )
    told = repair._last_words(log)
    assert told == "ERROR: No matching distribution found done"
