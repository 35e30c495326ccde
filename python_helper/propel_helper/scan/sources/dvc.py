"""Stages of a DVC pipeline (https://dvc.org/doc/user-guide/project-structure/dvcyaml-files)."""

from __future__ import annotations

from propel_helper.scan.reading import Reading
from propel_helper.scan.recipes import Task, recipe
from propel_helper.scan.sources import Source
from propel_helper.scan.yaml_text import Leaf, leaves


def _stages(text: str) -> dict[str, Leaf]:
    """Command of each stage; a stage of a ``foreach`` has no name of its own to start it by."""
    found = {}
    for leaf in leaves(text):
        top, _, rest = leaf.key.partition(".")
        name, _, key = rest.rpartition(".")
        if top == "stages" and key == "cmd" and name and "." not in name:
            found[name] = leaf
    return found


def _read(path: str, text: str) -> Reading:
    stages = _stages(text)
    if not stages:
        return Reading()
    bodies = "\n".join(leaf.value for leaf in stages.values())
    tasks = [Task("dvc", "", "dvc repro", bodies, None, "The whole pipeline")]
    for name, leaf in stages.items():
        tasks.append(Task("dvc", name, f"dvc repro {name}", leaf.value, leaf.line))
    return Reading(tuple(recipe(task, path) for task in tasks))


SOURCE = Source("dvc", _read, names=frozenset(("dvc.yaml",)))
