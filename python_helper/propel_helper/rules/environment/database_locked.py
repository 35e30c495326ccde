"""database-locked: another process holds the database that was to be written.

## What happened
SQLite refused to work on a database file, because it could not get the lock on it in time.

## Why it happens
Several processes, or several ranks of one run, write into the same file; or it lies on a network
file system, whose locks do not work as SQLite needs them.

## What the fix changes
Nothing by itself.

## Fix safety
There is nothing to apply.
"""

from __future__ import annotations

from propel_helper.facts.crash import Crash
from propel_helper.facts.finding import Category, Explanation
from propel_helper.facts.surroundings import Surroundings
from propel_helper.facts.wording import Wording
from propel_helper.rules import Rule
from propel_helper.rules.said import said
from propel_helper.rules.steps import guide

# SQLite's SQLITE_BUSY and SQLITE_LOCKED, as sqlite3, peewee and SQLAlchemy hand them on.
_WORDS = Wording(r"database (?:table |schema )?is locked(?:$|[\n:)])")


def explain(crash: Crash, _surroundings: Surroundings) -> Explanation | None:
    """Claim SQLite's words for a lock that it did not get."""
    if said(crash, _WORDS) is None:
        return None
    return Explanation(
        error="a database that is locked",
        because="another process, or the file system that it lies on, holds the lock on its file",
        fixes=(
            guide(
                "one-writer",
                "Let one process write",
                "Let only the main rank open it, end what else uses the file, or give each run a "
                "file of its own on a local disk.",
            ),
        ),
    )


RULE = Rule("database-locked", Category.ENVIRONMENT, ("OperationalError",), explain)
