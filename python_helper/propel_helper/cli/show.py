"""``show``: all that is known of one run."""

from __future__ import annotations

import argparse
import os
import shlex
import time

from propel_helper.app.show import AttemptStory, Story, show
from propel_helper.cli.output import plain, print_json, printable
from propel_helper.runs.ledger import Ledger

HELP = "show all that is known of a run: what was confirmed, what really runs, how it ended"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The run."""
    parser.add_argument("run_name", metavar="RUN", help="a run's id, or the path of its log")
    parser.add_argument("--json", action="store_true", help="print one JSON object")


def run(args: argparse.Namespace) -> int:
    """Exit status 0 when there is such a run."""
    story = show(Ledger.of(os.environ), args.run_name)
    if args.json:
        print_json({**plain(story.run), "host": story.host, "attempts": story.attempts})
        return 0
    for label, value in _lines(story):
        print(printable(f"{label:<11} {value}"))
    return 0


def _lines(story: Story) -> list[tuple[str, str]]:
    now = story.run
    lines = [("Run", now.run)]
    for one in story.attempts:
        if len(story.attempts) > 1:
            lines.append(("Attempt", str(one.attempt)))
        lines += _attempt(one)
    lines += [("Folder", now.cwd), ("Session", f"{now.session} ({now.backend} on {story.host})")]
    if now.options:
        lines.append(("Options", now.options))
    for fix in now.fixes:
        said = " (taken back)" if fix.reverted else ""
        lines.append(("Fix", f"{fix.fix}: {', '.join(fix.changes)}{said}"))
    words = (("Attach", now.attach), ("Detach", now.detach), ("List", now.list), ("Kill", now.kill))
    return lines + [(label, text) for label, text in words if text]


def _attempt(one: AttemptStory) -> list[tuple[str, str]]:
    status = "" if one.exit_status is None else f" ({one.exit_status})"
    lines = [("Confirmed", one.command.rstrip("\n").replace("\n", "\n            "))]
    if one.python:
        lines.append(("", f"with {one.python}"))
    seen = one.observed
    if seen is not None:
        lines += [
            ("Really runs" if one.state == "running" else "Really ran", shlex.join(seen.arguments)),
            ("", f"with {seen.python or seen.program or 'a program that the system hides'}"),
            ("", f"in {seen.cwd or 'a folder that the system hides'}, process {seen.pid}"),
        ]
        if seen.environment:
            lines.append(("", f"in the environment {seen.environment}"))
        lines += [("Differs", sentence) for sentence in seen.differs]
    lines.append(("State", f"{one.state}{status}" + (f". {one.reason}" if one.reason else "")))
    lines.append(("Started", _clock(one.started)))
    if one.ended is not None:
        # A clock that was set back meanwhile makes the time that passed unknown.
        passed = one.ended - one.started
        lines.append(
            ("Ended", _clock(one.ended) + (f", after {passed:.1f} s" if passed >= 0 else ""))
        )
    return [*lines, ("Log", one.log)]


def _clock(moment: float) -> str:
    return time.strftime("%Y-%m-%d %H:%M:%S", time.localtime(moment))
