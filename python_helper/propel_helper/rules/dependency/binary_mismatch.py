"""binary-mismatch: a compiled package was built for another version of what it rests on.

## What happened
A compiled library was loaded, and what it expects of Python, NumPy, PyTorch or the system is
not there; or it was asked for its CUDA half, and was built without one.

## Why it happens
The extension was built for another version: packages were upgraded apart from each other, or a
ready-made wheel was made for another PyTorch or CUDA.

## What the fix changes
Nothing by itself: the two have to be installed so that they fit.

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

# ld.so; numpy's _multiarray_umath; torchvision/_meta_registrations.py; deepspeed's op_builder; transformers;
# jax/_src/lib/__init__.py; xformers/ops/fmha/common.py; torch_scatter's and
# torch_sparse's csrc ("Not compiled with CUDA support"), detectron2's csrc ("Not compiled with GPU support"),
# OpenCV's private.cuda.hpp, mmcv's ("RoIAlign is not compiled with GPU support"), CTranslate2's; bitsandbytes, whose compiled half is None where it did not load.
_WORDS = Wording(
    r"compiled against version \S+ of .* not compatible with the installed version|"
    r"CUDA [Ss](?:ETUP|etup) (?:ERROR|failed)|No compatible CUDA binary found|"
    r"undefined symbol: "
    r"|symbol not found in flat namespace"
    r"|numpy\.dtype size changed"
    r"|numpy\.core\.multiarray failed to import"
    r"|numpy\._core\.multiarray failed to import"
    r"|_ARRAY_API not found"
    r"|compiled using NumPy 1\.x cannot be run"
    r"|operator torchvision::\w+ does not exist"
    r"|Couldn't load custom C\+\+ ops"
    r"|Numpy is not available"
    r"|PyTorch version mismatch! DeepSpeed"
    r"|CUDA version mismatch! DeepSpeed"
    r"|No such operator \w+::\w+"
    r"|Could not run '\w+::\w+' with arguments from the '\w+' backend.*torchvision"
    r"|incompatible (?:architecture|with this version of (?:Numpy|NumPy|numpy))"
    r"|PyTorch and torchaudio were compiled with different CUDA versions"
    r"|Detected that PyTorch and \w+ were compiled with different CUDA"
    r"|[Bb]inary incompatibility"
    r"|mach-o file, but is an incompatible architecture"
    r"|jaxlib version \S+ is newer than and incompatible with jax version|jaxlib is version \S+, but this version of jax"
    r"|xFormers wasn't build with CUDA support|Configured CUDA binary not found at "
    r"|'NoneType' object has no attribute 'c(?:quantize|dequantize|get|adam|lion|gemm|igemm)\w+'"
    r"|\b[Nn]ot (?:been )?compiled with (?:CUDA|GPU) support\b"
    r"|The library is compiled without CUDA support"
    r"|API version \S+ but this (?:version of|module was compiled against)"
)
# torch/utils/cpp_extension.py load(): its folder for what it builds, _get_build_directory().
_BUILT_HERE = Wording(r"/torch_extensions/")
_BUILT_FOR_CPU = Wording(r"compiled with(?:out)? (?:CUDA|GPU) support")
# ld.so and dyld name the library first.
_LIBRARY = Wording(r"^(?:dlopen\()?(?P<file>/[^:,]+\.(?:so[.\d]*|dylib|pyd))[:,]")

# What a program's own check says of PyTorch's build is none of a package's.
_TORCHS_OWN = Wording(r"[Tt]orch(?: was| is)? not compiled with CUDA support")
_PACKAGE = Wording(r"[/\\](?:site|dist)-packages[/\\](?P<name>\w+)[/\\]")


def explain(crash: Crash, surroundings: Surroundings) -> Explanation | None:
    """Claim the wordings above."""
    found = said(crash, _WORDS)
    if found is None or _TORCHS_OWN.search(line_of(found)):
        return None
    library = _LIBRARY.search(line_of(found))
    if library is not None and _BUILT_HERE.search(library["file"]):
        return _built_here(library["file"], first_line(line_of(found)))
    if library is not None and surroundings.text(library["file"]) is not None:
        return _own(surroundings.shown(library["file"]), first_line(line_of(found)))
    if _BUILT_FOR_CPU.search(found[0]):
        return _for_cpu(crash, line_of(found))
    return Explanation(
        error="a compiled package that does not fit",
        because=f"{_why(found[0])} ({first_line(line_of(found))})",
        fixes=(
            guide(
                "reinstall-together",
                "Install them so that they fit",
                "Install the compiled package again for the versions that are there now (pip's `--force-reinstall --no-deps`, or its own index for your PyTorch and CUDA), or install the version that it was built for.",
            ),
        ),
    )


def _why(words: str) -> str:
    if words.startswith("'NoneType'"):
        return "its compiled half was not loaded, as when that was built for another version of what it rests on"
    if "CUDA support" in words:
        return "it was built without CUDA, or for another PyTorch"
    return "it was built for another version of what it rests on"


def _for_cpu(crash: Crash, line: str) -> Explanation:
    """A package whose compiled half has no kernels for a GPU; torch's dispatcher stands between it and its caller."""
    packages = [
        found["name"]
        for frame in crash.frames
        if (found := _PACKAGE.search(frame.file)) is not None
    ]
    named = next((name for name in reversed(packages) if name != "torch"), None)
    package = code(named) if named else "the compiled package that the line calls"
    return Explanation(
        error="a compiled package without CUDA",
        because=f"{package} was built without CUDA and was given what lies on a GPU ({first_line(line)})",
        fixes=(
            guide(
                "install-its-cuda-build",
                "Install its CUDA build",
                f"Install a build of {package} with CUDA, for the PyTorch and CUDA that are there "
                "(`python -c 'import torch; print(torch.__version__, torch.version.cuda)'` shows both): a wheel from "
                "its own index, or built where `nvcc` is found.",
            ),
        ),
    )


def _built_here(file: str, line: str) -> Explanation:
    """An extension that PyTorch has built on this machine: no package is to be installed again."""
    folder = file.rpartition("/")[0]
    return Explanation(
        error="an extension that does not fit this PyTorch",
        because=f"{code(file)} was built on this machine, by a compiler with another C++ ABI than the installed PyTorch's, "
        f"or for another PyTorch ({line})",
        fixes=(
            guide(
                "build-the-extension-again",
                "Build the extension again",
                f"Move the folder {code(folder)} away, so that it is built again, by a compiler that fits this PyTorch "
                "(`python -c 'import torch; print(torch.compiled_with_cxx11_abi())'`: True needs a GCC whose standard "
                "library has the new ABI switched on; `CC` and `CXX` name the compiler).",
            ),
        ),
    )


def _own(file: str, line: str) -> Explanation:
    """An extension of the project itself: no package is to be installed again."""
    return Explanation(
        error="an extension of the project that does not fit",
        because=f"{code(file)} was built for another version of what it rests on, or without a part of its own ({line})",
        fixes=(
            guide(
                "build-it-again",
                "Build it again",
                f"Build {code(file)} again with the run's Python and the packages that are there now, as the project "
                "builds it (`python setup.py build_ext --inplace`, or `pip install -e . --no-build-isolation`).",
            ),
        ),
    )


RULE = Rule("binary-mismatch", Category.DEPENDENCY, ("exception", "exit"), explain)
