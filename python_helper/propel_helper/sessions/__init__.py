"""Floor 2: the hands on screen, tmux and Slurm. One file per backend, found by its ``BACKEND``.

A new backend is one new file; nothing lists them.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Mapping
from functools import cache

from propel_helper.facts.problem import Problem
from propel_helper.sessions.install import how_to_install
from propel_helper.sessions.port import Backend


@cache
def backends() -> tuple[Backend, ...]:
    """Every backend below this package, the preferred one first."""
    found = []
    for item in pkgutil.iter_modules(__path__):
        module = importlib.import_module(f"{__name__}.{item.name}")
        if hasattr(module, "BACKEND"):
            found.append(module.BACKEND)
    return tuple(sorted(found, key=lambda backend: (backend.preference, backend.name)))


@cache
def named(name: str) -> Backend:
    """The backend called ``name``; its module has the same name, and no other is imported.

    Raises:
        Problem: there is none.
    """
    if name in {item.name for item in pkgutil.iter_modules(__path__)}:
        module = importlib.import_module(f"{__name__}.{name}")
        if hasattr(module, "BACKEND"):
            backend: Backend = module.BACKEND
            return backend
    raise Problem(
        f"Propel can't hold a run with {name} here.",
        f"Choose one of: {', '.join(backend.name for backend in backends())}.",
    )


def choose(name: str, environ: Mapping[str, str]) -> Backend:
    """The backend to launch with: ``name``, or for ``auto`` the first that works here.

    Raises:
        Problem: it does not work here, with what to do about it.
    """
    if name != "auto":
        backend = named(name)
        problem = backend.unavailable(environ)
        if problem is not None:
            raise problem
        return backend
    problems = []
    for backend in backends():
        if not backend.automatic:
            continue
        problem = backend.unavailable(environ)
        if problem is None:
            return backend
        problems.append(problem)
    if any(problem.present for problem in problems):
        raise next(problem for problem in problems if problem.present)
    raise Problem(
        "Neither screen nor tmux is installed, so that nothing could hold the run.",
        how_to_install("screen"),
    )
