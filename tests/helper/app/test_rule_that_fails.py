"""One rule's slip costs neither the crash nor its line."""

from __future__ import annotations

import logging

import pytest

from propel_helper.app import diagnose
from propel_helper.facts.crash import Crash
from propel_helper.facts.finding import Category, Explanation
from propel_helper.facts.surroundings import Surroundings
from propel_helper.rules import Rule

LOG = b"""Traceback (most recent call last):
  File "train.py", line 3, in <module>
    main()
ValueError: something odd
"""


def slips(crash: Crash, surroundings: Surroundings) -> Explanation | None:
    raise KeyError("EiB")


def test_the_crash_is_told_all_the_same(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    rule = Rule("slipping", Category.OOM, ("ValueError",), slips)
    monkeypatch.setattr(diagnose, "rules_for", lambda _crash: (rule,))
    with caplog.at_level(logging.ERROR):
        (found,) = diagnose.diagnose_log(LOG)
    assert (found.rule, found.at and found.at.line) == ("unexplained", 3)
    assert "slipping" in caplog.text
