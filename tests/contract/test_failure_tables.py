"""The table of published failure reasons names rules that exist, and leaves no row without a word."""

from __future__ import annotations

import re
from pathlib import Path

from propel_helper.rules import all_rules

PAGE = Path(__file__).parents[2] / "extension" / "pages" / "failure-tables.md"


def rows() -> list[list[str]]:
    lines = PAGE.read_text("utf-8").splitlines()
    cells = [
        [cell.strip() for cell in line.strip("|").split("|")] for line in lines if line[:1] == "|"
    ]
    return [row for row in cells if row[0] != "reason" and not row[0].startswith("---")]


def test_every_reason_is_met_or_says_why_not() -> None:
    assert len(rows()) > 40
    assert [row[0] for row in rows() if not any(row[1:])] == []


def test_every_rule_that_it_names_exists() -> None:
    codes = {rule.code for rule in all_rules()}
    named = {name for row in rows() for name in re.findall(r"`([a-z0-9-]+)`", row[1])}
    assert named - codes == set()
