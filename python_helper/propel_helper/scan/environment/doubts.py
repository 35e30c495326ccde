"""What in an environment does not fit together, as sentences for a person."""

from __future__ import annotations

from collections.abc import Iterator

from propel_helper.facts.command import Environment
from propel_helper.scan.environment.python_version import fits


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split(".")[:2] if part.isdigit())


def _python(found: Environment) -> Iterator[str]:
    python = found.python
    if python.version and python.found and not fits(python.version, python.found):
        yield (
            f"The project asks for Python {python.version} ({python.source}); "
            f"{python.interpreter} is {python.found}."
        )


def _cuda(found: Environment) -> Iterator[str]:
    cuda = found.cuda or {}
    built, runs = cuda.get("framework"), cuda.get("driver_cuda")
    name = found.frameworks[0].name if found.frameworks else "the framework"
    if built == "cpu" and (found.gpus or cuda.get("driver")):
        yield f"{name} is a CPU build here: it won't use the GPU."
    elif built and runs and built != "cpu" and _numbers(built)[:1] > _numbers(runs)[:1]:
        yield f"{name} is built for CUDA {built}; the driver runs CUDA up to {runs}: it needs a newer driver."
    elif built and built != "cpu" and not found.gpus and not cuda.get("driver"):
        yield f"{name} is built for CUDA {built}; no NVIDIA driver was found on this host."
    toolkit = cuda.get("toolkit")
    if toolkit and built and built != "cpu" and _numbers(toolkit)[:1] != _numbers(built)[:1]:
        yield (
            f"The CUDA toolkit is {toolkit}, {name} is built for {built}: extensions that are "
            "compiled at install won't build."
        )


def doubts(found: Environment) -> tuple[str, ...]:
    """All of them, the gravest first; empty when everything known fits."""
    missing = [
        f"{one.name} is needed and is not installed in {found.python.interpreter}."
        for one in found.frameworks[:3]
        if one.version is not None and one.installed is None and found.python.found
    ]
    return (*_python(found), *missing, *_cuda(found))
