"""``propel-helper gpus``: the GPUs of this host and who holds them."""

from __future__ import annotations

import argparse
import os

from propel_helper.app.gpus import gpus, with_owners
from propel_helper.cli.output import print_json, printable
from propel_helper.facts.gpu import GpuFact, GpuReport
from propel_helper.runs.ledger import Ledger

HELP = "show the GPUs of this host and who holds them"
_GIB = 1024**3


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Options of ``gpus``."""
    parser.add_argument("--json", action="store_true", help="print JSON")


def run(args: argparse.Namespace) -> int:
    """Ask the driver and print."""
    report = with_owners(gpus(), Ledger.of(os.environ).records())
    if args.json:
        print_json(report)
    else:
        print_table(report)
    return 0


def print_table(report: GpuReport) -> None:
    """The GPUs as lines for people."""
    for gpu in report.gpus:
        print(_line(gpu))
        for process in gpu.processes:
            held = "" if process.memory is None else f" {process.memory / _GIB:.1f} GiB"
            owner = f" of {process.user}" if process.user else ""
            run = f", run {process.run}" if process.run else ""
            print(printable(f"     {process.pid} {process.name}{owner}{held}{run}"))
    if report.reason:
        print(report.reason)
    elif report.driver:
        print(f"Driver {report.driver}, runs CUDA up to {report.cuda or 'an unknown version'}")


def _line(gpu: GpuFact) -> str:
    busy = "" if gpu.utilization is None else f", {gpu.utilization}% busy"
    return f"{gpu.index:>3}  {gpu.name}: {gpu.free / _GIB:.1f} of {gpu.memory / _GIB:.1f} GiB free{busy}"
