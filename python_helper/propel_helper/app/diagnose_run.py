"""Use case: what the last attempt of a run crashed of, from its log and from how it ended."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from propel_helper.app.runs import Damaged, NoRun, find, is_log_of, run_of
from propel_helper.app.typed_path import is_file, typed
from propel_helper.app.watched import Watched, findings_of
from propel_helper.facts.finding import Finding
from propel_helper.runs.ledger import Ledger


def diagnose_run(ledger: Ledger, name: str, root: Path | None = None) -> tuple[Finding, ...]:
    """What the last attempt of ``name`` (a run's id or its log's path) says so far.

    Raises:
        Problem: there is no such run, or its log can't be read.
    """
    record = find(ledger, name)
    run = run_of(ledger, record)
    watched = Watched.fresh(run, record, root or Path(run.cwd))
    return findings_of(watched.read_whole(), lambda _: None).findings


def if_run(environ: Mapping[str, str], name: str, root: Path | None) -> tuple[Finding, ...] | None:
    """As ``diagnose_run`` when ``name`` is a run's id or its last attempt's log; else None."""
    ledger = Ledger.of(environ)
    try:
        record = find(ledger, name)
    except NoRun:
        return None
    except Damaged:
        # The log of a run without a record says what any log says.
        if is_file(typed(name)):
            return None
        raise
    path = typed(name).absolute()
    if name != record.run and not is_log_of(ledger, record, record.last, path):
        return None
    return diagnose_run(ledger, name, root)
