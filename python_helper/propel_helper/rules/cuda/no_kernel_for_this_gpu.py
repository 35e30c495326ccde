"""no-kernel-for-this-gpu: the program's CUDA code was not built for this GPU.

## What happened
A CUDA kernel was to run, and the framework or extension holds none for this GPU's architecture.

## Why it happens
The GPU is newer or older than the architectures that the build supports, or an extension was
compiled for another GPU.

## What the fix changes
Nothing by itself: another build is needed.

## Fix safety
There is nothing to apply: it is a large download, or a compilation.
"""

from __future__ import annotations

import re

from propel_helper.facts.crash import Crash
from propel_helper.facts.finding import Category, Explanation, Fix
from propel_helper.facts.surroundings import Surroundings
from propel_helper.facts.wording import Wording
from propel_helper.rules import Rule
from propel_helper.rules.said import said
from propel_helper.rules.steps import guide
from propel_helper.rules.words import code

# cudart errors 209 and 218; torch/cuda/__init__.py's capability warnings; flash-attn; triton; DeepSpeed's
# op_builder; the CUDA toolkit's ptxas and nvcc.
_WORDS = Wording(
    r"no kernel image is available for execution"
    r"|FlashAttention only supports Ampere GPUs or newer"
    r"|too old to be supported by the triton GPU compiler"
    r"|nvrtc: error: invalid value for --gpu-architecture"
    r"|(?:(?:CUDA|HIP) error|cuda runtime error \(\d+\) |Triton Error \[CUDA\]): (?:device kernel image is invalid|invalid device function)"
    r"|is not compatible with the current PyTorch installation"
    r"|Unable to load (?P<op>\w+) op due to no compute capabilities remaining after filtering"
    r"|ptxas fatal\s*: Value '(?P<unknown>sm_\w+)' is not defined for option 'gpu-name'"
    r"|nvcc fatal\s*: Unsupported gpu architecture '(?P<unsupported>\w+)'"
    r"|ptxas .{0,80}error\s*: Feature '(?P<feature>[^'\n]+)' requires \.target (?P<target>sm_\w+) or higher"
)

# The warning of torch/cuda/__init__.py _check_capability that stands above.
_GPU = Wording(r"(?P<name>[^\n:]+?) with CUDA capability (?P<arch>sm_\d+\w*) is not compatible")
_BUILT = Wording(
    r"install supports CUDA capabilities (?P<list>(?:sm_\w+|compute_\w+)(?: (?:sm_\w+|compute_\w+))*)"
)
_INSTALL = guide(
    "install-build-for-gpu",
    "Install a build for this GPU",
    "Install a build whose architectures include this GPU "
    '(`python -c "import torch; print(torch.cuda.get_arch_list())"` lists them), or compile the '
    "extension again with `TORCH_CUDA_ARCH_LIST` set to it.",
)
_COMPILER = guide(
    "use-compiler-for-gpu",
    "Use a compiler that knows this GPU",
    "Install a newer Triton or CUDA toolkit (an older one, where the GPU is old), or let `TRITON_PTXAS_PATH` or "
    "`CUDA_HOME` name one that knows this GPU; `TORCH_CUDA_ARCH_LIST` limits what an extension is built for.",
)
_OTHER_GPU = guide(
    "run-on-newer-gpu",
    "Run on a newer GPU",
    'Run where a newer GPU is (`python -c "import torch; print(torch.cuda.get_device_capability())"` tells this '
    "one's kind), or leave out, where the settings let you, what needs one.",
)


def explain(crash: Crash, _surroundings: Surroundings) -> Explanation | None:
    """Claim the wordings above; say which GPU and which build when a warning above names them."""
    found = said(crash, _WORDS)
    if found is None:
        return None
    return Explanation(
        error="a GPU that the build has no code for",
        because=_of_compiler(found) or _because(crash),
        fixes=(_step(found),),
    )


def _step(found: re.Match[str]) -> Fix:
    if found["unknown"] or found["unsupported"]:
        return _COMPILER
    return _OTHER_GPU if found["feature"] or found["op"] else _INSTALL


def _of_compiler(found: re.Match[str]) -> str:
    """What the CUDA compiler says of the architecture that it was given."""
    unknown = found["unknown"] or found["unsupported"]
    if unknown:
        return f"the CUDA compiler that was called does not know {code(unknown)}, which is newer than it, or no longer supported by it"
    if found["feature"]:
        return f"the kernel uses {code(found['feature'])}, which GPUs have from {code(found['target'])} on, and this one is older"
    if found["op"]:
        return f"the op {code(found['op'])} is made for no GPU of this kind"
    return ""


def _because(crash: Crash) -> str:
    text = "\n".join((*crash.above, crash.message))
    gpu = _GPU.search(text)
    if gpu is None:
        return "the framework, or an extension, was not compiled for this GPU's architecture"
    built = _BUILT.search(text)
    has = f", and this PyTorch has {built['list'].strip()}" if built else ""
    return f"{gpu['name'].strip()} needs code for {gpu['arch']}{has}"


RULE = Rule("no-kernel-for-this-gpu", Category.CUDA, ("exception",), explain)
