"""cuda-toolkit-of-another-version: the CUDA toolkit is not of the version that PyTorch was built with.

## What happened
An extension was to be compiled, and its builder refused: the compiler (`nvcc`) belongs to another CUDA
than PyTorch.

## Why it happens
PyTorch's wheels bring a CUDA of their own; the toolkit is the machine's, or a module's of the cluster.

## What the fix changes
Nothing by itself: which of the two is to change is yours to say.

## Fix safety
There is nothing to apply: another toolkit or another PyTorch changes the environment.
"""

from __future__ import annotations

from propel_helper.facts.crash import Crash
from propel_helper.facts.finding import Category, Explanation
from propel_helper.facts.surroundings import Surroundings
from propel_helper.facts.wording import Wording
from propel_helper.rules import Rule
from propel_helper.rules.said import said
from propel_helper.rules.steps import guide

# DeepSpeed's op_builder/builder.py; apex/setup.py; torch/utils/cpp_extension.py, where one version printed its template.
_WORDS = Wording(
    r"Installed CUDA version (?P<has>[\d.]+) does not match the version torch was compiled with (?P<built>[\d.]*\d)"
    r"|The detected CUDA version \((?P<found>[\d.]+)\) mismatches the version that was used to compile"
    r"(?:\s+PyTorch \((?P<used>[\d.]+)\))?"
    r"|The detected CUDA version \(%s\) mismatches[^\n]*?', '(?P<first>[\d.]+)', '(?P<second>[\d.]+)'"
    r"|version of Cuda that does not match the version used to compile Pytorch binaries"
    r"(?:\.\s+Pytorch binaries were compiled with Cuda (?P<apex>[\d.]*\d))?"
    r"|The detected CUDA version .* mismatches the version that was used to compile"
)


def explain(crash: Crash, _surroundings: Surroundings) -> Explanation | None:
    """Claim the wordings above."""
    found = said(crash, _WORDS)
    if found is None:
        return None
    toolkit = found["has"] or found["found"] or found["first"]
    built = found["built"] or found["used"] or found["second"] or found["apex"]
    has = (
        f"the toolkit here is of CUDA {toolkit}"
        if toolkit
        else "the toolkit here is of another CUDA"
    )
    because = f"{has} than PyTorch" if not toolkit else has
    if built:
        because = f"{has}, and PyTorch was built with {built}"
    wanted = f"CUDA {built}" if built else "PyTorch's CUDA"
    return Explanation(
        error="a CUDA toolkit of another version",
        because=because + ", so an extension is not compiled",
        fixes=(
            guide(
                "provide-the-toolkit-of-pytorch",
                "Provide the toolkit of PyTorch's version",
                f"Install or load a toolkit of {wanted} and let `CUDA_HOME` name it, or install a PyTorch that was "
                "built with the toolkit's version, or a ready-made build of the extension.",
            ),
        ),
    )


RULE = Rule(
    "cuda-toolkit-of-another-version", Category.ENVIRONMENT, ("exception", "exit", "shell"), explain
)
