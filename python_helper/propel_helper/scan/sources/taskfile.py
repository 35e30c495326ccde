"""Tasks of a Taskfile (https://taskfile.dev/docs/reference/schema)."""

from __future__ import annotations

from propel_helper.scan.reading import Reading
from propel_helper.scan.recipes import Task, recipe
from propel_helper.scan.sources import Source
from propel_helper.scan.yaml_text import texts_at


def _read(path: str, text: str) -> Reading:
    found = []
    for (name, *rest), body, line in texts_at(text, "tasks"):
        if rest in ([], ["cmd"], ["cmds"]):
            found.append(recipe(Task("task", name, f"task {name}", body, line), path))
    return Reading(tuple(found))


NAMES = frozenset(("taskfile.yml", "taskfile.yaml", "taskfile.dist.yml", "taskfile.dist.yaml"))
SOURCE = Source("taskfile", _read, names=NAMES)
