"""Use case: the questions before a launch, and their answers."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from propel_helper.app.answers import ANSWERED, answers, like, target
from propel_helper.app.placed import folder_of
from propel_helper.app.runs import find
from propel_helper.app.setup import setup_of
from propel_helper.app.typed_path import typed
from propel_helper.coach import before, pitfalls
from propel_helper.coach.setup import Setup
from propel_helper.facts.problem import Problem
from propel_helper.facts.prompt import Prompt
from propel_helper.facts.run import RunState
from propel_helper.runs.ledger import Ledger

SEEN = "pitfalls-seen"
"""Event of the record: ``attempt`` and ``texts`` of the pitfalls that were shown before it."""


def known(ledger: Ledger | None, folder: str, command: str, cwd: str = "") -> Setup:
    """What is known of a command that has not been launched, earlier runs of it included."""
    if ledger is None:
        return setup_of(folder, command, cwd)
    trained, answered = False, set[str]()
    place = str(folder_of(folder, cwd))
    for record in like(ledger, place, command):
        ending = record.last.ending
        well = ending is not None and ending.state is RunState.SUCCEEDED
        trained = trained or (well and record.last.command == command)
        answered |= answers(ledger, record.run).keys()
    return setup_of(folder, command, cwd, trained_before=trained, answered=frozenset(answered))


def questions(setup: Setup) -> tuple[Prompt, ...]:
    """What only a person can answer."""
    return before.prompts(setup)


def warnings(setup: Setup) -> tuple[Prompt, ...]:
    """Pitfalls of this command, their numbers filled in."""
    return pitfalls.prompts(setup)


def unseen(
    ledger: Ledger, folder: str, command: str, cwd: str, said: tuple[Prompt, ...]
) -> tuple[Prompt, ...]:
    """The pitfalls that were not shown, with these very numbers, before a launch like this one."""
    place = str(folder_of(folder, cwd))
    shown = {
        text
        for record in like(ledger, place, command)
        for event in ledger.events(record.run)
        if event.get("event") == SEEN and isinstance(event.get("texts"), list)
        for text in event["texts"]
        if isinstance(text, str)
    }
    return tuple(one for one in said if one.text not in shown)


def judged(question: str, answer: str, folder: str) -> str:
    """Why an answer can't be taken, "" when it can; ``folder``: where a path counts from."""
    if not answer.strip():
        return ""
    if question == "target-metric" and target(answer) is None:
        return "Name a metric and a value, for example val_loss < 0.5 or accuracy > 92."
    if question == "resume" and not (Path(folder) / typed(answer)).exists():
        return f"There is no checkpoint {answer}. Name one that exists, or start anew."
    return ""


def remember(
    ledger: Ledger, name: str, given: Mapping[str, str], folder: str | None = None
) -> None:
    """Keep the answers with their run. ``folder``: where a checkpoint's path counts from.

    Raises:
        Problem: there is no such run, or the checkpoint that it is to resume from is missing.
    """
    record = find(ledger, name)
    checkpoint = given.get("resume", "")
    if checkpoint and judged("resume", checkpoint, folder or record.cwd):
        raise Problem(
            f"There is no checkpoint {checkpoint}.", "Name one that exists, or start anew."
        )
    ledger.append(record.run, ANSWERED, attempt=record.last.number, answers=dict(given))


def note_seen(ledger: Ledger, name: str, texts: tuple[str, ...]) -> None:
    """Keep which pitfalls were shown before the run. Raises ``Problem`` when there is no such run."""
    record = find(ledger, name)
    ledger.append(record.run, SEEN, attempt=record.last.number, texts=texts)
