"""Tasks of mise (https://mise.jdx.dev/tasks/toml-tasks.html)."""

from __future__ import annotations

from collections.abc import Iterator

from propel_helper.scan.reading import Mention, Reading
from propel_helper.scan.recipes import Task, recipe
from propel_helper.scan.sources import Source
from propel_helper.scan.toml_text import line_of, subtable, table


def _body(task: object) -> str:
    """Shell text of a task: a text, a list of them, or the ``run`` of a table."""
    if isinstance(task, dict):
        return _body(task.get("run"))
    if isinstance(task, list):
        return "\n".join(one for one in task if isinstance(one, str))
    return task if isinstance(task, str) else ""


def _tasks(path: str, text: str) -> Iterator[Mention]:
    lines = text.splitlines()
    for name, task in subtable(table(text), "tasks").items():
        said = str(task.get("description", "")) if isinstance(task, dict) else ""
        line = line_of(lines, name)
        yield recipe(Task("mise", name, f"mise run {name}", _body(task), line, said), path)


def _read(path: str, text: str) -> Reading:
    return Reading(tuple(_tasks(path, text)))


SOURCE = Source("mise", _read, names=frozenset(("mise.toml", ".mise.toml")))
