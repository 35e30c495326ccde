"""The settings tree, fully defaulted. The settings block of package.json is generated from it.

Each field's description stands in its metadata; a value of the wrong type costs a message and
falls back to the default.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


def setting(default: Any, description: str, **schema: Any) -> Any:  # noqa: ANN401
    """A settings field: ``schema`` holds further JSON Schema keys (``enum``, ``scope``)."""
    return field(default=default, metadata={"description": description, **schema})


@dataclass(frozen=True)
class Settings:
    """Everything a person can set, keyed as in ``propel.<field with dots>``."""

    helper_python: str = setting(
        "",
        "Python (3.10 or newer) that starts Propel's helper. Empty: the first that fits on PATH. "
        "It need not be the one that trains.",
        scope="machine-overridable",
    )
    session_backend: str = setting(
        "auto",
        "What holds a run: `auto` takes screen, else tmux. With `slurm` each start is a job; "
        "`#SBATCH` lines at the top of the command say what it asks for.",
        enum=("auto", "screen", "tmux", "slurm"),
        scope="window",
    )
    launch_questions: bool = setting(
        True,
        "Ask before a launch what the command, the code and the last run leave open: target metric, "
        "smoke test, tracker, checkpoint. What would stop the command is shown either way.",
        scope="window",
    )
    notify_success: bool = setting(
        True,
        "Show a notification when a run ends well. A crash is always shown.",
        scope="window",
    )
