"""The questions before a launch as a person is asked them: with answers to pick.

An answer that asks for another command gives its text, to be edited and confirmed like any other;
nothing is added to a command that was confirmed.
"""

from __future__ import annotations

import os
import shlex
from collections.abc import Callable, Mapping
from pathlib import Path

from propel_helper.app.arguments import options
from propel_helper.app.placed import folder_of
from propel_helper.coach.setup import Setup
from propel_helper.facts.option import Option
from propel_helper.facts.problem import Problem
from propel_helper.facts.prompt import Prompt
from propel_helper.facts.shell import simple_commands
from propel_helper.wire import Choice, OptionsParams, Question

_OFFERED = 4
"""Checkpoints to pick from, the newest first."""


def asked(prompts: tuple[Prompt, ...], setup: Setup, params: OptionsParams) -> tuple[Question, ...]:
    """Each prompt of ``coach.before`` as a question."""
    ways: Mapping[str, Callable[[Prompt, Setup, OptionsParams], Question]] = {
        "target-metric": _target,
        "smoke-test": _smoke_test,
        "tracker": _tracker,
        "resume": _resume,
    }
    return tuple(ways.get(one.id, _plain)(one, setup, params) for one in prompts)


def _plain(prompt: Prompt, _setup: Setup, _params: OptionsParams) -> Question:
    return Question(prompt.id, prompt.text, "", ())


def _target(prompt: Prompt, _setup: Setup, _params: OptionsParams) -> Question:
    return Question(prompt.id, prompt.text, "val_loss < 0.5", ())


def _smoke_test(prompt: Prompt, _setup: Setup, params: OptionsParams) -> Question:
    option = _option(prompt, params)
    how = f"The script has `{option.name}` for that. " if option else ""
    changed = with_option(params.command, option, "<steps>") if option else None
    yes = Choice(
        "Yes, change the command first",
        f"{how}You confirm the text before it runs.",
        "yes",
        changed or params.command,
    )
    return Question(
        prompt.id,
        "This command has not trained here yet. A smoke test of a few steps first?",
        "",
        (Choice("No, launch it as it is", "", "no", None), yes),
    )


def _tracker(prompt: Prompt, _setup: Setup, params: OptionsParams) -> Question:
    no = Choice("No, change the command first", "", "change", params.command)
    return Question(
        prompt.id, prompt.text, "", (Choice("Yes, the log is enough", "", "log", None), no)
    )


def _resume(prompt: Prompt, setup: Setup, params: OptionsParams) -> Question:
    option = _option(prompt, params)
    choices = [Choice("Start anew", "", "", None)]
    for path in setup.checkpoints[:_OFFERED]:
        seen = os.path.relpath(Path(params.folder) / path, folder_of(params.folder, params.cwd))
        changed = with_option(params.command, option, seen) if option else None
        how = f"Adds `{option.name}` to the command" if changed and option else "Change the command"
        detail = f"{how}; you confirm the text before it runs."
        choices.append(Choice(path, detail, path, changed or params.command))
    return Question(prompt.id, "Resume from a checkpoint, or start anew?", "", tuple(choices))


def _option(prompt: Prompt, params: OptionsParams) -> Option | None:
    name = prompt.evidence.get("option")
    try:
        found = options(params.folder, params.command, params.cwd) if name else ()
    except Problem:
        return None
    return next((one for one in found if one.name == name), None)


def with_option(command: str, option: Option, value: str) -> str | None:
    """``command`` with an option behind its script's arguments; None where that can't be told.

    ``value`` is a path, or a gap that a person fills in (``<steps>``).
    """
    shown = value if value.startswith("<") else shlex.quote(value)
    if option.form == "--name":
        # A switch takes no checkpoint; which one it takes is the script's own affair.
        added = option.name
    elif option.form == "value":
        return None
    else:
        added = f"{option.name}{'=' if '=' in option.form else ' '}{shown}"
    for simple in simple_commands(command):
        if any(Path(word.value).suffix == ".py" or word.value == "-m" for word in simple.words):
            at = simple.words[-1].end
            return f"{command[:at]} {added}{command[at:]}"
    return None
