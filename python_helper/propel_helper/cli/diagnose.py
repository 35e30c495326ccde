"""``propel-helper diagnose``: what crash a run or a log ends in, and what would mend it."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path
from typing import Any

from propel_helper.app import diagnose
from propel_helper.app.typed_path import is_file, is_there, typed
from propel_helper.cli.output import print_json
from propel_helper.facts.finding import Finding
from propel_helper.facts.problem import Problem

HELP = "explain the crash that a run or a log ends in"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """RUN or LOG, several of them, or ``-``."""
    parser.add_argument("logs", nargs="+", metavar="RUN|LOG", help="a run's id, log files, or -")
    parser.add_argument("--root", type=Path, help="the project's folder")
    parser.add_argument("--command", metavar="TEXT", help="the command that printed the log")
    parser.add_argument("--json", action="store_true", help="print JSON")


def run(args: argparse.Namespace) -> int:
    """Print what each log says. Returns 2 when one of them can't be read."""
    root = typed(str(args.root)).resolve() if args.root else None
    if root is not None and not root.is_dir():
        raise Problem(f"There is no folder {args.root}.", "Name the project's folder with --root.")
    status = 0
    for name in args.logs:
        try:
            found = _diagnose(name, root, args.command)
        except Problem as problem:
            print(f"propel-helper: {problem}", file=sys.stderr)
            status = 2
            continue
        _show(name, found, many=len(args.logs) > 1, as_json=args.json)
    return status


def _diagnose(name: str, root: Path | None, command: str | None) -> tuple[Finding, ...]:
    if name == "-":
        with open(sys.stdin.fileno(), "rb", buffering=0, closefd=False) as stream:
            return diagnose.diagnose_stream(stream, root, command)
    path = Path(name)
    if not is_file(path) or "/propel/runs/" in str(path.absolute()):
        # Imported only for runs: a log must be read within the time of a keystroke.
        from propel_helper.app import diagnose_run  # noqa: PLC0415

        found = diagnose_run.if_run(os.environ, name, root)
        if found is not None:
            return found
    if not is_there(path):
        raise Problem(
            f"There is no log and no run {name!r}.", "`propel-helper runs` lists the runs."
        )
    return diagnose.diagnose_log(path, root, command)


def _show(name: str, found: tuple[Finding, ...], *, many: bool, as_json: bool) -> None:
    if as_json or many:
        answer: dict[str, Any] = {"log": name} if many else {}
        answer["crashes"] = [diagnose.crash_json(finding) for finding in found]
        print_json(answer)
        return
    if not found:
        print("No crash in this log.")
    for finding in found:
        print(_text(finding))


def _text(finding: Finding) -> str:
    place = f"{finding.at.file}:{finding.at.line}: " if finding.at else ""
    ranks = f" (ranks {', '.join(map(str, finding.ranks))})" if finding.ranks else ""
    lines = [
        f"{place}{finding.category.value}/{finding.rule}{ranks}",
        f"  The error is {finding.error} because {finding.because}.",
    ]
    lines.extend(f"  Fix {fix.id}: {fix.title} ({fix.safety.value})" for fix in finding.fixes)
    if finding.redirect:
        lines.append(f"  {finding.redirect}")
    return "\n".join(lines)
