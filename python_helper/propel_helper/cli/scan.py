"""``propel-helper scan``: the training commands, configs and environment of a folder."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from propel_helper.project.walk_ahead import WalkAhead

if TYPE_CHECKING:
    from propel_helper.facts.command import Environment, ScanReport, TrainingCommand

HELP = "find the training commands of a project"
_SHOWN = 20
_CONFIGS = 8


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Options of ``scan``."""
    parser.add_argument("folder", nargs="?", default=".", metavar="DIR", help="default: here")
    parser.add_argument("--json", action="store_true", help="print JSON")


def begin(args: argparse.Namespace) -> WalkAhead:
    """The walk: it takes as long as the imports of all that reads the files."""
    return WalkAhead(args.folder)


def run(args: argparse.Namespace) -> int:
    """Scan and print."""
    from propel_helper.app.scan import scan  # noqa: PLC0415
    from propel_helper.cli.output import print_json  # noqa: PLC0415

    report = scan(args.folder, args.begun)
    if args.json:
        print_json(report)
    else:
        print_table(report)
    return 0


def print_table(report: ScanReport) -> None:
    """The report as lines for people."""
    for number, row in enumerate(report.commands[:_SHOWN], start=1):
        print(_plain(f"{number:>3}  {row.command}"))
        print(_plain(f"     {_where(row)}. {row.notes}."))
    if len(report.commands) > _SHOWN:
        print(f"     and {len(report.commands) - _SHOWN} more (--json shows all)")
    if not report.commands:
        print(
            "No training command found. Launch one yourself: propel-helper launch -- COMMAND, "
            "or scan the folder that holds the training script."
        )
    print(f"\nConfigs: {len(report.configs) or 'none'}")
    for name in report.configs[:_CONFIGS]:
        print(_plain(f"     {name}"))
    if len(report.configs) > _CONFIGS:
        print(f"     and {len(report.configs) - _CONFIGS} more")
    for line in _environment(report.environment):
        print(_plain(line))
    for line in report.skipped[:_CONFIGS]:
        print(_plain(f"Left out: {line}"))
    if len(report.skipped) > _CONFIGS:
        print(f"     and {len(report.skipped) - _CONFIGS} more")


def _where(row: TrainingCommand) -> str:
    where = row.file if row.line is None else f"{row.file}:{row.line}"
    return f"{where} ({row.source})" + (f", in {row.cwd}/" if row.cwd else "")


def _environment(found: Environment) -> list[str]:
    python = found.python
    asked = f"{python.version} ({python.source})" if python.version else "not declared"
    got = f", {python.interpreter} is {python.found or 'unknown'}" if python.interpreter else ""
    frameworks = [
        one.name
        + (f" {one.version}" if one.version else "")
        + (f" (installed {one.installed})" if one.installed else "")
        for one in found.frameworks
    ]
    cuda = [f"{name.replace('_', ' ')} {version}" for name, version in (found.cuda or {}).items()]
    gpus = [f"{gpu.name} ({gpu.free / 2**30:.1f} GiB free)" for gpu in found.gpus]
    return [
        f"Python: {asked}{got}",
        f"Frameworks: {', '.join(frameworks) or 'none'}",
        f"CUDA: {', '.join(cuda) or 'none'}",
        f"GPUs: {', '.join(gpus) or 'none'}",
        f"Trackers: {', '.join(found.trackers) or 'none'}",
        f"Precision: {found.precision or 'not set by the project'}",
        *found.notes,
    ]


def _plain(text: str) -> str:
    """``text`` without anything that a terminal would act on."""
    return "".join(letter if letter.isprintable() else "?" for letter in text)
