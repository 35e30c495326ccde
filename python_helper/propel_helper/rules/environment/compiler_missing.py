"""compiler-missing: a compiler or a toolkit that is needed at run time is missing.

## What happened
A library wanted to compile code for this machine, and the tools for that are not there or don't
fit.

## Why it happens
`torch.compile`, Triton, DeepSpeed and CUDA extensions compile when they are first used: they
need a C compiler, ninja, or the CUDA toolkit (`nvcc`) of the framework's version.

## What the fix changes
Nothing by itself.

## Fix safety
There is nothing to apply.
"""

from __future__ import annotations

from propel_helper.facts.crash import Crash
from propel_helper.facts.finding import Category, Explanation
from propel_helper.facts.surroundings import Surroundings
from propel_helper.facts.wording import Wording
from propel_helper.rules import Rule
from propel_helper.rules.said import line_of, said
from propel_helper.rules.steps import guide
from propel_helper.rules.words import code, first_line

# torch/utils/cpp_extension.py; triton's build.py; torch/_inductor; deepspeed/ops/op_builder, which asks
# `$CUDA_HOME/bin/nvcc` for its version.
_WORDS = Wording(
    r"CUDA_HOME (?:environment variable is not set|does not exist)"
    r"|Command '\['which', '(?:c\+\+|g\+\+|gcc|cc|clang\+?\+?|nvcc|ninja)'\]' returned"
    r"|Failed to find C compiler|Cannot find (?:a )?(?:ptxas|nvdisasm|cuobjdump)\b"
    r"|Cannot find a working triton installation"
    r"|ninja (?:is required to load|not being installed)|Ninja is required"
    r"|Unable to JIT load the \w+ op"
    r"|InvalidCxxCompiler|No working C\+\+ compiler found"
    r"|nvcc (?:was )?not found|nvcc: not found"
    r"|command '[^'\n]*(?:gcc|g\+\+|cl\.exe|nvcc)' failed(?! with exit)"
    r"|No such file or directory: '[^'\n]*/(?P<program>nvcc|ptxas|gcc|g\+\+|ninja)'"
    r"|Microsoft Visual C\+\+ .* is required"
    r"|unable to execute '(?:gcc|g\+\+|c\+\+)'"
    r"|ROCM_HOME|libdevice not found|Couldn't find a suitable cuda|can't find libdevice"
)
# torch/_inductor/config.py takes it from CXX; what stands there without it is told apart.
_CXX = Wording(r"inductor\.config\.cpp\.cxx: \(None, '(?P<name>(?!(?:g\+\+|clang\+\+)')[^']+)'\)")


def explain(crash: Crash, _surroundings: Surroundings) -> Explanation | None:
    """Claim the wordings above."""
    found = said(crash, _WORDS)
    if found is None:
        return None
    named = said(crash, _CXX)
    if named is not None:
        return _other_compiler(named["name"])
    return Explanation(
        error="a missing compiler or toolkit",
        because=f"it stopped with {code(first_line(line_of(found)))}",
        fixes=(
            guide(
                "provide-compiler",
                "Provide the compiler",
                "Install or load what the message names (a C compiler, ninja, the CUDA toolkit of the framework's version with `CUDA_HOME` set), or a ready-made build of the extension.",
            ),
        ),
    )


def _other_compiler(name: str) -> Explanation:
    return Explanation(
        error="a compiler that is not there",
        because=f"PyTorch compiles with {code(name)}, the one that `CXX` or the code names, and finds none of that name",
        fixes=(
            guide(
                "name-the-compiler",
                "Name a compiler that is there",
                f"Look where {code(name)} is named (`echo $CXX`): name one that is there (`CXX=g++` before the "
                "command), or install it.",
            ),
        ),
    )


RULE = Rule("compiler-missing", Category.ENVIRONMENT, ("exception", "exit", "shell"), explain)
