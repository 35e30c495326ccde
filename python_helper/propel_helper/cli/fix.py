"""``propel-helper fix``: ask at the gate, apply the smallest fix, restart."""

from __future__ import annotations

import argparse
import os
import sys

from propel_helper.app.caution import caution
from propel_helper.app.repair import Approved, carry_out, chosen, edit_files
from propel_helper.cli.output import print_json
from propel_helper.facts.finding import CommandStep, Edit, Fix, GuideStep, RerunStep
from propel_helper.facts.problem import Problem
from propel_helper.gate import changed_things, changes, explained, gate
from propel_helper.runs.ledger import Ledger

HELP = "mend what a run crashed of, after asking"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The run, which fix, and the yes."""
    parser.add_argument("run_name", metavar="RUN", help="a run's id, or the path of its log")
    parser.add_argument("--choose", metavar="ID", help="which fix; the first without it")
    parser.add_argument("--yes", action="store_true", help="answer the question with yes")
    parser.add_argument("--restart", action="store_true", help="start the command again after it")
    parser.add_argument("--json", action="store_true", help="print one JSON object")


def run(args: argparse.Namespace) -> int:
    """Exit status 0 when the fix was applied, 1 when the answer was no."""
    ledger = Ledger.of(os.environ)
    watched, finding, fix = chosen(ledger, args.run_name, args.choose)
    question = gate(explained(finding), fix)
    guided = isinstance(fix.steps[0], GuideStep)
    files = [str(watched.root / place.file) for place in changes(fix)]
    warning = None if guided else caution(fix, files, ledger)
    yes = not guided and (args.yes or _asked(question, fix, warning, quiet=args.json))
    now = watched.run
    if yes:
        if warning is not None and args.yes and not args.json:
            print(warning, file=sys.stderr)
        originals = edit_files(watched, fix)
        again = args.restart or any(isinstance(step, RerunStep) for step in fix.steps)
        now = carry_out(
            ledger, now, Approved(finding, fix, originals), again=again, environ=os.environ
        )
    answer = {
        "run": now.run,
        "fix": fix.id,
        "kind": fix.kind,
        "gate": question,
        "warning": warning,
        "changes": changes(fix),
        "applied": yes,
        "attempt": now.attempt,
        "state": now.state,
    }
    if args.json:
        print_json(answer)
    elif guided:
        print(f"{question}\n\n{_shown(fix)}")
    elif yes:
        print(f"Done: {fix.title}. Changed: {', '.join(changed_things(fix))}.")
        if now.attempt != watched.run.attempt:
            print(f"Run {now.run} is up again (attempt {now.attempt}) in {now.session}.")
    else:
        print("Nothing was changed.")
    return 0 if yes or guided else 1


def _asked(question: str, fix: Fix, warning: str | None, *, quiet: bool) -> bool:
    if not sys.stdin.isatty():
        if quiet:
            return False
        raise Problem("\n".join(filter(None, (question, warning))), "Say yes with --yes.")
    print("\n\n".join(filter(None, (question, warning, _shown(fix)))), file=sys.stderr)
    return input("[y/N] ").strip().lower() in ("y", "yes")


def _shown(fix: Fix) -> str:
    """The very characters, commands and words of a fix."""
    lines = []
    for step in fix.steps:
        if isinstance(step, Edit):
            lines += [f"- {line}" for line in step.old_text.splitlines()]
            lines += [f"+ {line}" for line in step.new_text.splitlines()]
        elif isinstance(step, CommandStep):
            lines.append(f"$ {step.command}")
        elif isinstance(step, RerunStep):
            lines += [f"- {step.old}", f"+ {step.new}"]
        else:
            lines.append(step.text)
    return "\n".join(lines)
