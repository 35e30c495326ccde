"""Use case: take a fix back. The files hold exactly the bytes that they held before it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from propel_helper.app.runs import find, look
from propel_helper.facts.problem import Problem
from propel_helper.facts.run import FixRecord, Run
from propel_helper.project.originals import content, digest, replace_content
from propel_helper.runs.ledger import Ledger


def keep(
    ledger: Ledger, run: str, number: int, originals: Mapping[str, bytes], first: int = 1
) -> list[dict[str, str]]:
    """Keep what the files of fix ``number`` held before, in the run's folder.

    ``originals``: absolute path -> bytes; ``first``: number of the first one. Returns the JSON of each ``FixedFile``.
    """
    kept = []
    for index, (file, data) in enumerate(originals.items(), start=first):
        before = ledger.write(run, f"fix-{number}-{index}.before", data)
        after = digest(content(Path(file)))
        kept.append({"file": file, "before": str(before), "after": after})
    return kept


def last_fix(run: Run) -> FixRecord:
    """The newest fix whose edits still stand.

    Raises:
        Problem: there is none.
    """
    for record in reversed(run.fixes):
        if record.files and not record.reverted:
            return record
    raise Problem("No fix of this run has edits that could be taken back.")


def revert(ledger: Ledger, name: str) -> Run:
    """Bring back what the files of the run's last fix held before it. Nothing is restarted.

    Raises:
        Problem: no such run or fix, or a file was changed since; then no file is touched.
    """
    run = find(ledger, name).run
    with ledger.alone(run):
        fix = last_fix(look(ledger, run))
        for one in fix.files:
            if digest(content(Path(one.file))) != one.after:
                raise Problem(
                    f"{one.file} has changed since the fix, so nothing was taken back.",
                    f"What it held before the fix is kept in {one.before}.",
                )
        for one in fix.files:
            replace_content(Path(one.file), content(Path(one.before)))
        ledger.append(run, "reverted", number=fix.number)
    return look(ledger, run)
