"""The table of a scan: complete, and nothing of a stranger's text read as Markdown."""

from __future__ import annotations

from markdown_it import MarkdownIt

from propel_helper.app.table import Links, markdown
from propel_helper.facts.command import (
    Environment,
    FrameworkFact,
    PythonFact,
    ScanReport,
    TrainingCommand,
)

HOSTILE = "`x` | <img src=x onerror=alert(1)> [go](command:evil) ](y) \x1b[31m"


def rendered(report: ScanReport) -> str:
    return str(MarkdownIt("gfm-like", {"html": True, "linkify": False}).render(markdown(report)))


def test_everything_stands_in_it() -> None:
    row = TrainingCommand("python train.py", "readme", "README.md", 12, "Documented", 3.0)
    environment = Environment(
        PythonFact(">=3.10", "pyproject.toml"),
        (FrameworkFact("torch", "2.4"),),
        trackers=("wandb",),
    )
    html = rendered(ScanReport((row,), ("configs/a.yaml",), environment))
    for wanted in (
        "<code>python train.py</code>",
        '<a href="README.md#L12">',
        '<a href="configs/a.yaml">',
        "<code>&gt;=3.10</code>",
        "<code>torch</code> <code>2.4</code>",
        "<code>wandb</code>",
    ):
        assert wanted in html


def test_lines_of_markdown_files_may_lead_elsewhere() -> None:
    rows = tuple(
        TrainingCommand("make train", "readme", file, 12, "", 3.0)
        for file in ("a b.MD", "Makefile")
    )
    report = ScanReport(rows, ("c.md",), Environment(PythonFact(None, None)))
    text = markdown(report, Links("/sub/", "line/"))
    assert "[`a b.MD:12`](<line/a%20b.MD%3A12>)" in text
    assert "[`Makefile:12`](</sub/Makefile#L12>)" in text
    assert "[`c.md`](</sub/c.md>)" in text


def test_an_empty_folder_says_what_to_do_next() -> None:
    html = rendered(ScanReport((), (), Environment(PythonFact(None, None))))
    assert "Propel: Launch Training" in html


def test_hostile_text_stays_text() -> None:
    row = TrainingCommand(HOSTILE, HOSTILE, HOSTILE, 1, HOSTILE, 0.0)
    environment = Environment(PythonFact(HOSTILE, HOSTILE), (FrameworkFact(HOSTILE, HOSTILE),))
    html = rendered(ScanReport((row,), (HOSTILE,), environment))
    assert "<img" not in html
    assert 'href="command' not in html
    assert "\x1b" not in html
    assert html.count("<table>") == 2
