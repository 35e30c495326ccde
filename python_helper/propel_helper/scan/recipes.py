"""Named tasks whose bodies are shell text: Makefile targets, just recipes, poe and pixi tasks."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass

from propel_helper.scan.invocation import How, Invocation
from propel_helper.scan.reading import Mention
from propel_helper.scan.side_effects import warnings
from propel_helper.scan.spoken import spoken


@dataclass(frozen=True)
class Task:
    """A named task: ``text`` starts it, ``body`` is the shell text it runs, ``said`` its help."""

    tool: str
    name: str
    text: str
    body: str
    line: int | None
    said: str = ""


def recipe(task: Task, file: str) -> Mention:
    """A task that ``file`` declares, as a mention."""
    return Mention(
        task.text,
        Invocation(How.TASK, task.name, tool=task.tool),
        "makefile" if task.tool == "make" else "task",
        file,
        task.line,
        said=task.said,
        inner=tuple(one.starts for one in spoken(task.body)),
        warnings=warnings(task.body),
        entry=file,
        base=posixpath.dirname(file),
    )
