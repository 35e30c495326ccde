"""One setting of a run, changed where it is given: option, config file, or an option more."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass

from propel_helper.facts.finding import Edit, Step
from propel_helper.facts.surroundings import Surroundings
from propel_helper.rules import launch_changes, project_files, statements, texts
from propel_helper.rules.launch_text import Launch

_FILE = re.compile(r"[\w./~-]+\.(?:ya?ml|json|toml)")


@dataclass(frozen=True)
class Setting:
    """A setting by the names it goes by.

    Attributes:
        options: options of programs, with ``--`` (``-`` and ``_`` are alike).
        keys: keys of config files.
        wrong: what its value is now; matched as a whole.
        right: what it is to be.
    """

    options: tuple[str, ...]
    keys: tuple[str, ...]
    wrong: re.Pattern[str]
    right: str


@dataclass(frozen=True)
class Change:
    """Steps that change a setting; ``words`` completes "by ..."."""

    words: str
    steps: tuple[Step, ...]


def in_command(launch: Launch, setting: Setting) -> Change | None:
    """The option of the launch, with the right value."""
    option = launch.option(*setting.options)
    if option is None or not setting.wrong.fullmatch(option.value or ""):
        return None
    steps = launch_changes.steps(launch, [launch_changes.value(option, setting.right)])
    return Change(f"starting it with `{option.with_value(setting.right)}`", steps)


def in_config(launch: Launch, setting: Setting, surroundings: Surroundings) -> Change | None:
    """The one place in a config file named by the launch that gives the setting, in braces or not."""
    keys = "|".join(re.escape(key) for key in setting.keys)
    pattern = re.compile(
        rf"""^(?:[^#\n]*[{{,])?\s*["']?(?:{keys})["']?\s*[:=]\s*["']?"""
        rf"""(?P<value>{setting.wrong.pattern})(?=["']?\s*(?:[,}}#]|$))""",
        re.MULTILINE | setting.wrong.flags,
    )
    for file in _configs(launch) or texts.config_files(surroundings):
        text = surroundings.text(file)
        found = list(pattern.finditer(text)) if text else []
        if text is not None and len(found) == 1:
            edit = _edit(file, text, found[0].start("value"), found[0]["value"], setting.right)
            return Change(f"setting it to {setting.right} in `{file}`", (edit,))
    return None


def as_option(launch: Launch, setting: Setting, surroundings: Surroundings) -> Change | None:
    """An option that the program declares, with a wrong default, and the launch does not give."""
    for names, call in declared(launch, surroundings):
        name = next((one for one in names if _plain(one) in _plains(setting.options)), None)
        default = statements.constant_text(statements.argument(call, -1, "default"))
        if name and setting.wrong.fullmatch(default or "") and launch.option(name) is None:
            return with_option(launch, f"{name} {setting.right}")
    return None


def with_option(launch: Launch, added: str) -> Change:
    """The launch with ``added`` behind its arguments."""
    steps = launch_changes.steps(launch, [launch_changes.arguments(launch, added)])
    return Change(f"starting it with `{added}`", steps)


def declared(launch: Launch, surroundings: Surroundings) -> list[tuple[tuple[str, ...], ast.Call]]:
    """Options that ``add_argument`` calls of the script declare: their names and the call.

    Of a script that declares none, those of the one file of the project that it imports its parser from.
    """
    found = project_files.parsers(launch, surroundings)
    if len(found) != 1:
        return []
    return [
        (tuple(statements.constant_text(argument) or "" for argument in call.args), call)
        for call in found[0].calls
    ]


def _configs(launch: Launch) -> list[str]:
    values = [word.value for word in launch.words]
    values += [value.partition("=")[2] for value in values if "=" in value]
    return list(dict.fromkeys(value for value in values if _FILE.fullmatch(value)))


def _edit(file: str, text: str, start: int, old: str, new: str) -> Edit:
    line = text.count("\n", 0, start) + 1
    column = start - (text.rfind("\n", 0, start) + 1)
    return Edit(file, line, column, line, column + len(old), old, new)


def _plain(name: str) -> str:
    return name.lstrip("-").replace("-", "_")


def _plains(names: tuple[str, ...]) -> set[str]:
    return {_plain(name) for name in names}
