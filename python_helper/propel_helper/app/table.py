"""The report of a scan as one Markdown document: the table that a person sees first.

File names and commands come from strangers: they stand in code spans and percent-encoded link
targets only, so that nothing of them is read as Markdown or HTML.
"""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote

from propel_helper.facts.command import (
    Environment,
    FrameworkFact,
    PythonFact,
    ScanReport,
    TrainingCommand,
)
from propel_helper.facts.gpu import GpuFact

SHOWN = 50
"""Rows of commands and of configs; what is beyond them is counted."""

_MARKDOWN = (".md", ".markdown")

NOTHING = (
    "No training command was found. Run “Propel: Launch Training” to type one, or open the folder "
    "that holds the training script."
)


@dataclass(frozen=True)
class Links:
    """Where the links of a table lead.

    Attributes:
        files: what a link to a file of the folder starts with: "" beside the folder's own
            documents, a path that ends in ``/`` where relative links lead elsewhere.
        lines: what a link to a line of a Markdown file starts with, followed by ``FILE:LINE``; ""
            where ``FILE#LLINE`` will do.
    """

    files: str = ""
    lines: str = ""


_BESIDE = Links()


def markdown(report: ScanReport, links: Links = _BESIDE) -> str:
    """Commands with their source and notes, then configs, then the environment."""
    parts = ["# Training commands", *_commands(report.commands, links), "", "## Configs"]
    parts += [f"- {link(path, links=links)}" for path in report.configs[:SHOWN]] or ["None found."]
    parts += _more(len(report.configs))
    parts += ["", "## Environment", *_environment(report.environment, links), ""]
    return "\n".join(parts)


def _commands(rows: tuple[TrainingCommand, ...], links: Links) -> list[str]:
    if not rows:
        return [
            "",
            NOTHING,
        ]
    lines = ["", "| | Command | Source | Notes |", "|---|---|---|---|"]
    for number, row in enumerate(rows[:SHOWN], start=1):
        where = f"{link(row.file, row.line, links)} ({cell(row.source)})"
        lines.append(f"| {number} | {code(row.command)} | {where} | {cell(row.notes)} |")
    return [*lines, *_more(len(rows))]


def _more(count: int) -> list[str]:
    return [f"\n…and {count - SHOWN} more."] if count > SHOWN else []


def _environment(found: Environment, links: Links) -> list[str]:
    rows = {
        "Python": _python(found.python, links),
        "Frameworks": ", ".join(map(_framework, found.frameworks)) or "none declared",
        "CUDA": ", ".join(f"{cell(k)} {code(v)}" for k, v in (found.cuda or {}).items())
        or "not found",
        "GPUs": "; ".join(map(_gpu, found.gpus)) or "none seen",
        "Trackers": ", ".join(code(name) for name in found.trackers) or "none",
        "Precision": code(found.precision) if found.precision else "not declared",
    }
    lines = ["", "| | |", "|---|---|", *(f"| {name} | {value} |" for name, value in rows.items())]
    return [*lines, *(f"\n{cell(note)}" for note in found.notes)]


def _python(found: PythonFact, links: Links) -> str:
    asked = f"{code(found.version)} asked for" if found.version else "no version asked for"
    source = f" in {link(found.source, links=links)}" if found.source else ""
    if not found.interpreter:
        return asked + source
    version = f" {cell(found.found)}" if found.found else ""
    whose = "" if found.own else ", not an environment of this project"
    return f"{asked}{source}; the first command would get {code(found.interpreter)}{version}{whose}"


def _framework(found: FrameworkFact) -> str:
    declared = f" {code(found.version)}" if found.version else ""
    installed = f" (installed: {code(found.installed)})" if found.installed else ""
    return f"{code(found.name)}{declared}{installed}"


def _gpu(gpu: GpuFact) -> str:
    free = f"{gpu.free / 2**30:.1f} of {gpu.memory / 2**30:.1f} GiB free"
    holders = ", ".join(cell(f"{one.name} ({one.pid})") for one in gpu.processes)
    return f"{gpu.index}: {cell(gpu.name)}, {free}" + (f", held by {holders}" if holders else "")


def code(text: str) -> str:
    """``text`` as a code span inside a table cell (GitHub Flavored Markdown, sections 4.10, 6.3)."""
    line = "".join(c if c.isprintable() else " " for c in text).replace("|", "\\|")
    fence = "`"
    while fence in line:
        fence += "`"
    pad = " " if line.startswith("`") or line.endswith("`") else ""
    return f"{fence}{pad}{line}{pad}{fence}"


def cell(text: str) -> str:
    """``text`` as plain words inside a table cell: every mark of Markdown escaped."""
    line = "".join(c if c.isprintable() else " " for c in text)
    return "".join(f"\\{c}" if c in "\\`*_{}[]<>()#+!|~&" else c for c in line)


def link(file: str, line: int | None = None, links: Links = _BESIDE) -> str:
    """A link to a file of the scanned folder, at a line."""
    shown = file if line is None else f"{file}:{line}"
    target = quote(links.files + file) + ("" if line is None else f"#L{line}")
    if line is not None and links.lines and file.lower().endswith(_MARKDOWN):
        target = quote(f"{links.lines}{shown}")
    return f"[{code(shown)}](<{target}>)"
