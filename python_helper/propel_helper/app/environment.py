"""What a project trains with: its declarations beside what this host really has."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from propel_helper.app.placed import folder_of
from propel_helper.app.python_of import python_of
from propel_helper.facts.command import Environment, FrameworkFact, PythonFact, TrainingCommand
from propel_helper.facts.gpu import GpuReport
from propel_helper.gpu import cuda_files
from propel_helper.project.installed import Installation, installation
from propel_helper.project.read import read
from propel_helper.scan.environment.doubts import doubts
from propel_helper.scan.environment.requirements import known_as

_OWN = (".venv", "venv", "env")
_RUNNERS = ("uv run", "poetry run", "pdm run", "hatch run", "pixi run", "rye run")


def with_host(
    declared: Environment,
    folder: str,
    best: TrainingCommand | None,
    report: GpuReport,
    environ: Mapping[str, str],
) -> Environment:
    """``declared`` with the interpreter, its packages, CUDA and GPUs of this host put in."""
    python = _interpreter(folder, best, environ)
    has = installation(_behind_shim(python, folder, environ)) if python else Installation(None, {})
    cuda = {
        "driver": report.driver or cuda_files.driver(),
        "driver_cuda": report.cuda,
        "toolkit": cuda_files.toolkit(environ),
        "framework": _built_for(has),
    }
    found = replace(
        declared,
        python=_python(declared.python, python, has, folder, environ),
        frameworks=tuple(_framework(one, has) for one in declared.frameworks),
        cuda={name: value for name, value in cuda.items() if value},
        gpus=report.gpus,
    )
    notes = (*doubts(found), *_unused(found.python, folder), *_logins(found, environ))
    return replace(found, notes=notes)


def _interpreter(
    folder: str, best: TrainingCommand | None, environ: Mapping[str, str]
) -> str | None:
    command = best.command if best else "python"
    cwd = str(folder_of(folder, best.cwd if best else ""))
    found = python_of(command, cwd, environ)
    if found is None and command.startswith(_RUNNERS):
        inner = Path(folder) / ".venv" / "bin" / "python"
        return str(inner) if inner.exists() else None
    # A script starts Python by itself: what the plain word means is what it will most likely get.
    return found or python_of("python", cwd, environ) or python_of("python3", cwd, environ)


def _behind_shim(python: str, folder: str, environ: Mapping[str, str]) -> str:
    """The interpreter that a pyenv shim hands over to (https://github.com/pyenv/pyenv#choose-the-python-version)."""
    path = Path(python)
    if path.parent.name != "shims":
        return python
    root = path.parent.parent
    named = (read(folder, ".python-version"), read(str(root), "version"))
    versions = [environ.get("PYENV_VERSION", ""), *(one.text for one in named if one)]
    for version in versions:
        first = version.split()[0].split(":")[0] if version.split() else ""
        inner = root / "versions" / first / "bin" / "python"
        if first and inner.exists():
            return str(inner)
    return python


def _python(
    asked: PythonFact,
    python: str | None,
    has: Installation,
    folder: str,
    environ: Mapping[str, str],
) -> PythonFact:
    # Not resolved: a virtual environment's python is a link that leads out of it.
    here = str(Path(folder).absolute())
    homes = [here, *(environ.get(name, "") for name in ("VIRTUAL_ENV", "CONDA_PREFIX"))]
    own = python is not None and any(
        home and Path(os.path.normpath(python)).is_relative_to(os.path.normpath(home))
        for home in homes
    )
    return replace(asked, interpreter=python, found=has.version, own=own)


def _framework(one: FrameworkFact, has: Installation) -> FrameworkFact:
    installed = {known_as(name): version for name, version in has.distributions.items()}
    return replace(one, installed=installed.get(one.name))


def _built_for(has: Installation) -> str | None:
    """CUDA version of torch's build; of jax's, from the plugin that it is installed with."""
    if has.cuda:
        return has.cuda
    plugins = [name for name in has.distributions if name.startswith("jax-cuda")]
    return f"{plugins[0].removeprefix('jax-cuda').partition('-')[0]}" if plugins else None


def _unused(python: PythonFact, folder: str) -> tuple[str, ...]:
    """A word when the project has an environment of its own that the command would not get."""
    for name in _OWN:
        if not python.own and (Path(folder) / name / "pyvenv.cfg").exists():
            other = python.interpreter or "another Python"
            text = (
                f"The project has an environment in {name}, and the command would get {other}: "
                f"switch it on first, or start the command with {name}/bin/python."
            )
            return (text,)
    return ()


def _logins(found: Environment, environ: Mapping[str, str]) -> tuple[str, ...]:
    """A word when wandb would stop and ask who you are."""
    if "wandb" not in found.trackers or environ.get("WANDB_API_KEY") or environ.get("WANDB_MODE"):
        return ()
    home = environ.get("HOME", "")
    known = read(home, ".netrc", 20_000) if home else None
    if known is not None and "api.wandb.ai" in known.text:
        return ()
    text = (
        "wandb is used and no login was found on this host: where the script switches it on it "
        "will ask. `wandb login`, or WANDB_MODE=offline in front of the command."
    )
    return (text,)
