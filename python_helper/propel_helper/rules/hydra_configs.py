"""Where a Hydra program's configs lie: the folder of its decorator, and the groups that it takes."""

from __future__ import annotations

import ast
import posixpath
import re
from dataclasses import dataclass

from propel_helper.facts.finding import Edit
from propel_helper.facts.surroundings import PathKind, Surroundings
from propel_helper.rules import statements, texts
from propel_helper.rules.launch_text import Launch, launch_of

_ENDS = (".yaml", ".yml")
_CHOICE = (
    r"(?m)^[ \t]*-[ \t]+(?:override[ \t]+)?/?{group}(?:@[\w.]+)?:[ \t]*[\"']?(?P<option>[\w./-]+)"
)


@dataclass(frozen=True)
class Decorator:
    """``@hydra.main(...)`` of the script that a launch starts.

    Attributes:
        script: the script's file.
        text: its text.
        folder: the folder of ``config_path``, from the run's folder.
        name: the literal ``config_name``, None without one.
    """

    script: str
    text: str
    folder: str
    name: ast.expr | None


def decorator(surroundings: Surroundings) -> Decorator | None:
    """The one ``hydra.main`` of the script of the launch; None where it is not in plain sight."""
    launch = launch_of(surroundings)
    script = _script(launch, surroundings) if launch else None
    text = surroundings.text(script) if script else None
    tree = statements.parse(text) if text else None
    found = [
        call
        for node in (ast.walk(tree) if tree else ())
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))
        for call in node.decorator_list
        if isinstance(call, ast.Call) and statements.dotted(call.func) in {"hydra.main", "main"}
    ]
    if script is None or text is None or len(found) != 1:
        return None
    path = statements.constant_text(statements.argument(found[0], 0, "config_path"))
    name = statements.argument(found[0], 1, "config_name")
    folder = posixpath.normpath(posixpath.join(posixpath.dirname(script), path or "."))
    return Decorator(script, text, folder, name) if path is not None else None


def _script(launch: Launch, surroundings: Surroundings) -> str | None:
    word = launch.words[launch.script].value
    if launch.words[launch.script - 1].value not in {"-m", "--module"}:
        return word
    path = word.replace(".", "/")
    tries = (f"{path}.py", f"{path}/__main__.py")
    return next((one for one in tries if surroundings.kind(one) is PathKind.FILE), None)


def files(surroundings: Surroundings) -> tuple[tuple[str, str], ...]:
    """Configs that the run composes: each file, and the dotted place that it is put at.

    The files at the folder's top, and of each group the option that the command or a list of
    defaults names, or the only one that there is.
    """
    main = decorator(surroundings)
    if main is None:
        return ()
    names = surroundings.names(main.folder)
    top = [posixpath.join(main.folder, name) for name in names if name.endswith(_ENDS)]
    known = "\n".join(surroundings.text(file) or "" for file in top)
    found = [(file, "") for file in top]
    for group in names:
        options = surroundings.names(posixpath.join(main.folder, group)) if "." not in group else ()
        chosen = _chosen(group, options, known, surroundings.command or "")
        if chosen is not None:
            found.append((posixpath.join(main.folder, group, chosen), group))
    return tuple(found)


def choice(group: str, option: str, config: str, surroundings: Surroundings) -> Edit | None:
    """The place in ``config``'s list of defaults that chooses ``option``, as an edit that changes nothing.

    ``config``: as Hydra names it, from the folder of the configs and without its ending.
    """
    main = decorator(surroundings)
    if main is None:
        return None
    for end in _ENDS:
        file = posixpath.join(main.folder, f"{config}{end}")
        text = surroundings.text(file)
        if text is None:
            continue
        # A list names groups from its own config's folder, or from the top with a slash.
        near = group.removeprefix(f"{posixpath.dirname(config)}/")
        groups = "|".join(re.escape(name) for name in dict.fromkeys((group, near)))
        pattern = _CHOICE.format(group=f"(?:{groups})")
        found = [one for one in re.finditer(pattern, text) if one["option"] == option]
        if len(found) == 1:
            return texts.edit_at(file, text, found[0].start("option"), option, option)
    return None


def _chosen(group: str, options: tuple[str, ...], known: str, command: str) -> str | None:
    files_there = [name for name in options if name.endswith(_ENDS)]
    said = re.findall(rf"(?:^|\s)\+{{0,2}}{re.escape(group)}=([\w./-]+)", command)
    said = said or re.findall(_CHOICE.format(group=re.escape(group)), known)
    if not said:
        return files_there[0] if len(files_there) == 1 else None
    wanted = {said[0], *(f"{said[0]}{end}" for end in _ENDS)}
    return next((name for name in files_there if name in wanted), None)
