"""``npm run gym [NAME...]``: break, diagnose, fix and restart each project; a table at the end.

The exit status is 0 when every repairable project trained to the end after its first fix, no logic
bug was offered a fix, and no byte changed beyond what a fix had stated.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.gym.play import Outcome, Player
from tests.gym.project import Project, projects
from tests.gym.training import Training, own_copy, with_torch, without_torch


def main() -> int:
    """Play the chosen projects."""
    parser = argparse.ArgumentParser(prog="npm run gym --", description=__doc__)
    parser.add_argument("names", nargs="*", help="parts of projects' names (default: all)")
    parser.add_argument("--without-torch", action="store_true", help="only those that need none")
    parser.add_argument("--jobs", type=int, default=2, help="projects at the same time")
    args = parser.parse_args()
    chosen = [
        project
        for project in projects()
        if not (project.torch and args.without_torch)
        and (not args.names or any(name in project.name for name in args.names))
    ]
    if not chosen:
        print("No project has such a name.", file=sys.stderr)
        return 2
    outcomes = played(chosen, args.jobs)
    print(table(outcomes))
    return 1 if any(outcome.trouble for outcome in outcomes) else 0


def played(chosen: list[Project], jobs: int) -> list[Outcome]:
    """What came of each, told as it comes."""
    base = without_torch()
    torch = with_torch() if any(project.torch for project in chosen) else base

    def one(project: Project) -> Outcome:
        outcome = play(project, torch if project.torch else base)
        said = f"NOT AS EXPECTED: {outcome.trouble}" if outcome.trouble else "as expected"
        print(f"{project.name:<48} {outcome.seconds:5.1f} s  {said}", flush=True)
        return outcome

    with ThreadPoolExecutor(jobs) as pool:
        return list(pool.map(one, chosen))


def play(project: Project, training: Training) -> Outcome:
    """Play one project in a folder of its own; the name is short for the sessions' sockets."""
    folder = Path(tempfile.mkdtemp(prefix="pg"))
    try:
        own = own_copy(training, folder / "v") if project.installs else training
        return Player(project, own, folder).play()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def table(outcomes: Iterable[Outcome]) -> str:
    """Counts by category, and the sum."""
    rows: dict[str, list[Outcome]] = {}
    for outcome in outcomes:
        rows.setdefault(outcome.project.category, []).append(outcome)
    lines = [
        "",
        f"{'category':<14}{'projects':>9}{'repaired':>10}{'guided':>8}{'left alone':>12}  not as expected",
    ]
    lines += [_row(name, found) for name, found in rows.items()]
    return "\n".join([*lines, _row("all", [one for found in rows.values() for one in found])])


def _row(name: str, found: list[Outcome]) -> str:
    def count(expected: str) -> str:
        mine = [one for one in found if one.project.expected == expected]
        return f"{sum(not one.trouble for one in mine)}/{len(mine)}" if mine else "-"

    counts = f"{count('repaired'):>10}{count('guided'):>8}{count('logic'):>12}"
    return f"{name:<14}{len(found):>9}{counts}{sum(bool(one.trouble) for one in found):>17}"


if __name__ == "__main__":
    sys.exit(main())
