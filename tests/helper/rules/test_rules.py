"""The contract of every rule, present and future, read from ``tests/crashes/<code>/``.

A fixture folder holds ``log.txt``, ``finding.json`` (rewritten by ``UPDATE_GOLDEN=1``), and where
they matter ``command.txt``, ``exit_status.txt``, ``active.txt`` (modules of an active environment), the project ``before/`` and ``after/`` its edits.
"""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import pytest
from typing_extensions import override

from propel_helper.app import diagnose
from propel_helper.app.surroundings import LocalSurroundings
from propel_helper.cli.output import plain
from propel_helper.facts.crash import Crash, CrashKind
from propel_helper.facts.finding import Category, Edit, Finding
from propel_helper.project.edits import edited
from propel_helper.rules import Rule, all_rules, rules_for
from propel_helper.tracebacks.reader import LogReader

CRASHES = Path(__file__).parents[2] / "crashes"
HEADINGS = ("What happened", "Why it happens", "What the fix changes", "Fix safety")
FIXTURES = sorted(path.parent for path in CRASHES.glob("*/log.txt"))
FIXTURES += sorted(path.parent for path in CRASHES.glob("*/*/log.txt"))


def _code(fixture: Path) -> str:
    return fixture.relative_to(CRASHES).parts[0]


def _name(fixture: Path) -> str:
    return fixture.relative_to(CRASHES).as_posix()


def _read(path: Path) -> str | None:
    return path.read_text("utf-8").strip() if path.exists() else None


def _crash(fixture: Path) -> Crash:
    reader = LogReader()
    reader.feed((fixture / "log.txt").read_bytes())
    status = _read(fixture / "exit_status.txt")
    crashes = reader.crashes(ended=True, exit_status=int(status) if status else None)
    assert len(crashes) == 1, crashes
    return crashes[0]


class _Activated(LocalSurroundings):
    """Surroundings of a run in whose session an environment is active."""

    def __init__(self, root: Path, command: str | None, modules: list[str]) -> None:
        super().__init__(root, root, command)
        self._modules = modules

    @override
    def active_has(self, module: str) -> bool | None:
        return module in self._modules


@pytest.fixture
def surroundings(request: pytest.FixtureRequest, tmp_path: Path) -> LocalSurroundings:
    fixture: Path = request.getfixturevalue("fixture")
    command = _read(fixture / "command.txt")
    if not (fixture / "before").is_dir():
        return LocalSurroundings(None, None, command)
    root = tmp_path / "project"
    shutil.copytree(fixture / "before", root)
    active = _read(fixture / "active.txt")
    if active is not None:
        return _Activated(root, command, active.split())
    return LocalSurroundings(root, root, command)


@pytest.mark.parametrize("rule", all_rules(), ids=lambda rule: rule.code)
def test_a_rule_documents_itself(rule: Rule) -> None:
    assert rule.page.startswith(f"{rule.code}: ")
    headings = [line[3:] for line in rule.page.splitlines() if line.startswith("## ")]
    assert tuple(headings) == HEADINGS
    assert (CRASHES / rule.code).is_dir(), "a rule needs a fixture"


@pytest.mark.parametrize("fixture", FIXTURES, ids=_name)
def test_its_crash_is_claimed_by_its_rule_alone(
    fixture: Path, surroundings: LocalSurroundings
) -> None:
    crash = _crash(fixture)
    claimed = [
        rule
        for rule in all_rules()
        if rule.looks_at(crash) and rule.explain(crash, surroundings) is not None
    ]
    first = [rule for rule in claimed if not rule.last] or claimed
    expected = [] if _code(fixture) == "unexplained" else [_code(fixture)]
    assert [rule.code for rule in first] == expected


@pytest.mark.parametrize("fixture", FIXTURES, ids=_name)
def test_the_finding_is_the_golden_one(fixture: Path, surroundings: LocalSurroundings) -> None:
    (finding,) = diagnose.findings((_crash(fixture),), surroundings)
    assert finding.rule == _code(fixture)
    if finding.category is Category.LOGIC:
        assert finding.fixes == ()
        assert finding.redirect
    golden = fixture / "finding.json"
    text = json.dumps(plain(diagnose.crash_json(finding)), indent=2, ensure_ascii=False) + "\n"
    if os.environ.get("UPDATE_GOLDEN"):
        golden.write_text(text, "utf-8")
    assert golden.read_text("utf-8") == text


@pytest.mark.parametrize(
    "fixture", [path for path in FIXTURES if (path / "before").is_dir()], ids=_name
)
def test_its_edits_turn_before_into_after(fixture: Path, surroundings: LocalSurroundings) -> None:
    (finding,) = diagnose.findings((_crash(fixture),), surroundings)
    after = _edited(finding, surroundings)
    folder = fixture / "after"
    if os.environ.get("UPDATE_GOLDEN") and after:
        for name, text in after.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(text, "utf-8")
    expected = {
        path.relative_to(folder).as_posix(): path.read_bytes().decode()
        for path in folder.rglob("*")
        if path.is_file()
    }
    assert after == expected


def _edited(finding: Finding, surroundings: LocalSurroundings) -> dict[str, str]:
    """Files that the first fix edits, with their new text."""
    edits: dict[str, list[Edit]] = {}
    for step in finding.fixes[0].steps if finding.fixes else ():
        if isinstance(step, Edit):
            edits.setdefault(step.file, []).append(step)
    texts = {file: surroundings.text(file) for file in edits}
    return {surroundings.shown(file): edited(texts[file] or "", edits[file]) for file in edits}


def test_no_rule_that_looks_at_a_crash_is_left_out() -> None:
    for exception in (
        None,
        *sorted({name for rule in all_rules() for name in rule.exceptions}),
    ):
        for kind in CrashKind:
            crash = Crash(kind, exception, "")
            asked = {rule.code for rule in rules_for(crash)}
            assert asked == {rule.code for rule in all_rules() if rule.looks_at(crash)}


def test_rules_that_go_by_the_type_alone_are_asked_at_the_end() -> None:
    crash = Crash(CrashKind.EXCEPTION, "requests.exceptions.SSLError", "a certificate is too old")
    turns = [rule.last for rule in rules_for(crash)]
    assert True in turns
    assert turns == sorted(turns)


def test_the_likeliest_rule_is_asked_before_most_others() -> None:
    crash = Crash(CrashKind.EXCEPTION, "OSError", "[Errno 24] Too many open files: 'a.bin'")
    codes = [rule.code for rule in rules_for(crash) if rule.category is not Category.LOGIC]
    assert codes.index("too-many-open-files") < 5
