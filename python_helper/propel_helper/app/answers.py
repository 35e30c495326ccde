"""What a person answered about a run, kept in the run's own record."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Any

from propel_helper.facts.shell import simple_commands
from propel_helper.runs.ledger import Ledger
from propel_helper.runs.record import Record

ANSWERED = "intake"
"""Event of the record: ``attempt`` and ``answers``, by the question's id; "" was skipped."""
_LOOKED_AT = 50
"""Runs that are searched for earlier answers, the newest first."""
_SHORT = 24
_CONFIG = (".yaml", ".yml", ".json", ".toml")
_TARGET = re.compile(
    r"\s*([\w/@. -]*?[\w/@])\s*(<=|>=|<|>|=|:)\s*([-+]?[\d.]+(?:[eE][-+]?\d+)?)\s*%?\s*$"
)


def answers(ledger: Ledger, run: str) -> dict[str, str]:
    """What a person answered for this run, by the question's id."""
    found: dict[str, str] = {}
    for event in ledger.events(run):
        given: Any = event.get("answers") if event.get("event") == ANSWERED else None
        if isinstance(given, dict):
            found |= {str(name): str(text) for name, text in given.items()}
    return found


def standing_answers(ledger: Ledger, record: Record) -> dict[str, str]:
    """What stands for this run: its own answers, else those of the last like it before it."""
    found: dict[str, str] = {}
    own_or_older = False
    for other in like(ledger, record.cwd, record.last.command):
        own_or_older = own_or_older or other.run == record.run
        if own_or_older:
            found = answers(ledger, other.run) | found
    return answers(ledger, record.run) | found


def like(ledger: Ledger, cwd: str, command: str) -> tuple[Record, ...]:
    """Runs of the same program with the same configs in the same folder, the newest first."""
    wanted = (cwd.rstrip("/"), trains(command))
    found = []
    for number, record in enumerate(ledger.records()):
        if number >= _LOOKED_AT:
            break
        if (record.cwd.rstrip("/"), trains(record.last.command)) == wanted:
            found.append(record)
    return tuple(found)


def trains(command: str) -> tuple[str, ...]:
    """What a command trains, whatever its numbers are: its scripts or modules, and its configs."""
    words = [word.value for one in simple_commands(command) for word in one.words]
    modules = [word for flag, word in pairwise(words) if flag in ("-m", "--module")]
    programs = [word for word in words if word.endswith((".py", ".sh"))] or modules
    configs = sorted(word for word in words if word.endswith(_CONFIG))
    return (*programs, *configs) if programs else (command,)


def short_name(command: str) -> str:
    """What a run is called where there is little room: its script, else its command's beginning."""
    name = trains(command)[0].rpartition("/")[2]
    return name if len(name) <= _SHORT else f"{name[: _SHORT - 1]}…"


def target(answer: str) -> tuple[str, str, float] | None:
    """Metric, ``<`` or ``>``, and value of an answer such as ``val_loss < 0.5``; None when unclear.

    Without a direction, a loss or an error is to be lower and anything else higher.
    """
    found = _TARGET.match(answer)
    if found is None:
        return None
    name = found[1].strip().replace(" ", "_")
    way = found[2][0] if found[2][0] in "<>" else ""
    if not way:
        lower = re.search(r"loss|err|ppl|perplexity|wer|cer|mae|mse|fid", name, re.IGNORECASE)
        way = "<" if lower else ">"
    return name, way, float(found[3])
