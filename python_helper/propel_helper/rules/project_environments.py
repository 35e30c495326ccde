"""Virtual environments in the project's folder, which a launch has forgotten to use."""

from __future__ import annotations

from propel_helper.facts.finding import Fix, Safety
from propel_helper.facts.surroundings import PathKind, Surroundings
from propel_helper.rules import launch_changes, launch_folder
from propel_helper.rules.launch_text import launch_of
from propel_helper.rules.words import code

FOLDERS = (".venv", "venv", "env", ".env")
"""What Python's documentation (venv), uv and poetry call them."""


def with_module(module: str, surroundings: Surroundings) -> Fix | None:
    """The launch by the program of the one environment of the project that has ``module``."""
    launch = launch_of(surroundings)
    if launch is None or launch_folder.started_in(launch, surroundings) != ".":
        return None
    program = launch.words[launch.program]
    found = [folder for folder in FOLDERS if _has(folder, module, surroundings)]
    if len(found) != 1 or "/" in program.value or launch.text[program.start] in "\"'":
        return None
    own = f"{found[0]}/bin/{program.value}"
    if surroundings.kind(own) is not PathKind.FILE:
        return None
    steps = launch_changes.steps(launch, [(program.start, program.end, own)])
    by = f"starting it with {code(own)}: the environment {code(found[0])} of the project has {code(module)}"
    return Fix("use-project-environment", f"Start it with {own}", by, Safety.ASK, steps)


def _has(folder: str, module: str, surroundings: Surroundings) -> bool:
    top = module.partition(".")[0]
    return any(
        {top, f"{top}.py"} & set(surroundings.names(f"{folder}/lib/{python}/site-packages"))
        for python in surroundings.names(f"{folder}/lib")
        if python.startswith("python")
    )
