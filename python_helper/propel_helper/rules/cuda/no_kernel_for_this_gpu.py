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

from propel_helper.facts.crash import Crash
from propel_helper.facts.finding import Category, Explanation
from propel_helper.facts.surroundings import Surroundings
from propel_helper.facts.wording import Wording
from propel_helper.rules import Rule
from propel_helper.rules.said import said
from propel_helper.rules.steps import guide

# cudart errors 209 and 218; torch/cuda/__init__.py's capability warnings; flash-attn; triton.
_WORDS = Wording(
    r"no kernel image is available for execution"
    r"|FlashAttention only supports Ampere GPUs or newer"
    r"|too old to be supported by the triton GPU compiler"
    r"|nvrtc: error: invalid value for --gpu-architecture"
    r"|(?:(?:CUDA|HIP) error|cuda runtime error \(\d+\) |Triton Error \[CUDA\]): (?:device kernel image is invalid|invalid device function)"
    r"|is not compatible with the current PyTorch installation"
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


def explain(crash: Crash, _surroundings: Surroundings) -> Explanation | None:
    """Claim the wordings above; say which GPU and which build when a warning above names them."""
    if said(crash, _WORDS) is None:
        return None
    return Explanation(
        error="a GPU that the build has no code for",
        because=_because(crash),
        fixes=(_INSTALL,),
    )


def _because(crash: Crash) -> str:
    text = "\n".join((*crash.above, crash.message))
    gpu = _GPU.search(text)
    if gpu is None:
        return "the framework, or an extension, was not compiled for this GPU's architecture"
    built = _BUILT.search(text)
    has = f", and this PyTorch has {built['list'].strip()}" if built else ""
    return f"{gpu['name'].strip()} needs code for {gpu['arch']}{has}"


RULE = Rule("no-kernel-for-this-gpu", Category.CUDA, ("exception",), explain)
