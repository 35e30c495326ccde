"""Floor 1: facts -> prompts. One file per prompt, found without a registration list.

``during`` holds what is said of a run that goes on, ``pitfalls`` what is said of a command before
it runs, ``before`` what is asked then. A module has ``prompt(facts)``; its docstring says when it
speaks and why. None of them knows a file, a clock or a machine, and none changes anything.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterator
from types import ModuleType
from typing import Any


def found(package: ModuleType) -> Iterator[Callable[..., Any]]:
    """``prompt`` of every module of ``package``, in the order of their names."""
    for module in pkgutil.iter_modules(package.__path__, f"{package.__name__}."):
        prompt = getattr(importlib.import_module(module.name), "prompt", None)
        if callable(prompt):
            yield prompt
