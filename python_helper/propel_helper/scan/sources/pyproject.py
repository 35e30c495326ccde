"""pyproject.toml and pixi.toml: console scripts, installed files, and tasks of poe, pixi, pdm and hatch.

Console scripts: https://packaging.python.org/en/latest/specifications/pyproject-toml/ ("scripts").
"""

from __future__ import annotations

from collections.abc import Iterator

from propel_helper.scan.packages import installed
from propel_helper.scan.programs import declared, installed_files
from propel_helper.scan.reading import Mention, Reading
from propel_helper.scan.recipes import Task, recipe
from propel_helper.scan.sources import Source
from propel_helper.scan.toml_text import line_of, subtable, table

_TASKS = (
    ("poe", ("tool", "poe", "tasks")),
    ("pixi run", ("tool", "pixi", "tasks")),
    ("pixi run", ("tasks",)),
    ("pdm run", ("tool", "pdm", "scripts")),
    ("hatch run", ("tool", "hatch", "envs", "default", "scripts")),
    ("task", ("tool", "taskipy", "tasks")),
)


def _body(task: object) -> str:
    """Shell text of a task: a text, ``cmd``/``shell``/``script`` of a table, or a list of these."""
    if isinstance(task, str):
        return task
    if isinstance(task, list):
        return "\n".join(_body(part) for part in task)
    if isinstance(task, dict):
        for key in ("cmd", "shell", "sequence", "composite"):
            if key in task:
                inner = task[key]
                if key == "cmd" and isinstance(inner, list):
                    return " ".join(str(word) for word in inner)
                return _body(inner)
    return ""


def _tasks(path: str, whole: dict[str, object], lines: list[str]) -> Iterator[Mention]:
    for tool, names in _TASKS:
        for name, task in subtable(whole, *names).items():
            said = str(task.get("help", "")) if isinstance(task, dict) else ""
            text = f"{tool} {name}"
            yield recipe(
                Task(tool.split()[0], name, text, _body(task), line_of(lines, name), said), path
            )


def _read(path: str, text: str) -> Reading:
    whole = table(text)
    if not whole:
        return Reading()
    lines = text.splitlines()
    scripts = {
        **subtable(whole, "tool", "poetry", "scripts"),
        **subtable(whole, "project", "scripts"),
    }
    found = {
        name: str(target.get("reference", "")) if isinstance(target, dict) else str(target)
        for name, target in scripts.items()
    }
    files = subtable(whole, "tool", "setuptools").get("script-files")
    given = [one for one in files if isinstance(one, str)] if isinstance(files, list) else []
    found = {**installed_files(given), **found}
    places = {name: line_of(lines, name) for name in found}
    mentions = (*declared(path, found, places), *_tasks(path, whole, lines))
    return Reading(mentions, programs=found, installs=installed(whole))


SOURCE = Source("pyproject", _read, names=frozenset(("pyproject.toml", "pixi.toml")))
