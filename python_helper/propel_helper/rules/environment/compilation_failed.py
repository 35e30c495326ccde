r"""compilation-failed: a compiler that a library called could not do its work.

## What happened
A library compiled code for this machine while the program ran, and the compiler stopped with an error.

## Why it happens
`torch.compile`, Triton, DeepSpeed and CUDA extensions write code and compile it when it is first used. The
compiler is there, and something that it needs is not: headers (`Python.h`), a library (`-lcuda`), an option
that only newer versions of it know. Or the extension's own sources do not fit this version.

## What the fix changes
Nothing by itself: what the compiler lacks is in its own words.

## Fix safety
There is nothing to apply.
"""

from __future__ import annotations

from propel_helper.facts.crash import Crash
from propel_helper.facts.finding import Category, Explanation
from propel_helper.facts.surroundings import Surroundings
from propel_helper.facts.wording import Wording
from propel_helper.rules import Rule
from propel_helper.rules.cuda import no_kernel_for_this_gpu
from propel_helper.rules.said import said
from propel_helper.rules.steps import guide
from propel_helper.rules.words import code, first_line

# torch/utils/cpp_extension.py; torch/_inductor/exc.py; distutils' CompileError;
# tensorflow/core/kernels/mlir_generated, which has XLA call the compiler.
_WORDS = Wording(
    r"Error building extension '|Error compiling objects for extension|^C\+\+ compile error$"
    r"|\bCppCompileError: C\+\+ compile error|\bCUDACompileError: C\+\+ compile error"
    r"|^JIT compilation failed\b"
    r"|command '(?P<built>[^'\n]+)' failed with exit (?:code|status) \d"
)
# subprocess.CalledProcessError of a compiler: triton/runtime/build.py, torch/utils/cpp_extension.py.
_CALLED = Wording(
    r"Command '\[['\"](?P<path>[^'\"\n]*[/\\])?(?P<program>(?:[\w.]+-)*(?:gcc|g\+\+|cc|c\+\+|clang|clang\+\+|tcc|cl|icx"
    r"|nvcc|hipcc|ptxas|ninja)(?:-[\d.]+)?(?:\.(?:exe|EXE))?)['\"].*returned non-zero exit status"
)
_RUNNER = Wording(r"(?:^|[/\\])subprocess\.py$")
# What gcc, clang, ld, nvcc and MSVC call an error.
_ERROR = Wording(
    r"(?m)^.{0,300}?(?:(?:fatal )?error(?: [A-Z]{1,3}\d+)?\s*: |fatal\s*: |cannot find -l|undefined reference to ).+$"
)
_HEADER = Wording(
    r"(?P<file>[\w./+-]+\.(?:h|hpp|cuh))['\"]?: No such file|[Cc]annot open include file: '(?P<other>[^']+)'"
)
_LIBRARY = Wording(
    r"cannot find (?P<name>-l[\w+.-]+)|cannot open (?:input )?file '(?P<other>[^']+\.lib)'"
)
_MOST_ABOVE = 30


def explain(crash: Crash, surroundings: Surroundings) -> Explanation | None:
    """Claim compilers that a library called; one that the person's own line calls is its own matter."""
    called = said(crash, _CALLED)
    if called is not None and not _by_library(crash, surroundings):
        called = None
    found = called or said(crash, _WORDS)
    # A compiler that does not know the GPU is told with the GPU.
    if found is None or no_kernel_for_this_gpu.explain(crash, surroundings) is not None:
        return None
    words = _words(crash)
    program = (found.groupdict().get("program") or found.groupdict().get("built") or "").strip()
    who = code(program.replace("\\", "/").rpartition("/")[2]) if program else "the compiler"
    because = f"{who} was called to compile code for this machine, and stopped"
    return Explanation(
        error="code for this machine that could not be compiled",
        because=because + (f" with {code(first_line(words))}" if words else " with an error"),
        fixes=(
            guide(
                "give-the-compiler-what-it-lacks", "Give the compiler what it lacks", _step(words)
            ),
        ),
    )


def _by_library(crash: Crash, surroundings: Surroundings) -> bool:
    """Whether the line that runs the compiler is a package's, in the crash or in what led to it."""
    for frames in (crash.frames, *(raised.frames for raised in reversed(crash.chain))):
        runners = [at for at, frame in enumerate(frames) if _RUNNER.search(frame.file)]
        if runners:
            callers = [one for one in frames[: runners[-1]] if not _RUNNER.search(one.file)]
            return bool(callers) and not surroundings.is_own(callers[-1].file)
    return "inductor" in f"{crash.exception} {crash.message[:200]}"


def _words(crash: Crash) -> str:
    """The compiler's first complaint, in the message or in the lines above."""
    for text in (crash.message, "\n".join(crash.above[-_MOST_ABOVE:])):
        found = _ERROR.search(text)
        if found is not None:
            return found[0].strip()
    return ""


def _step(words: str) -> str:
    header, library = _HEADER.search(words), _LIBRARY.search(words)
    if header is not None:
        name = header["file"] or header["other"]
        whose = (
            "the development files of this Python (`python3-dev`, `python3-devel`, or a conda Python, which has them)"
            if name.endswith("Python.h")
            else "the development files of the library that it belongs to"
        )
        return f"The header {code(name)} is missing: install {whose}."
    if library is not None:
        name = library["name"] or library["other"]
        return (
            f"The linker finds no {code(name)}: install what brings it, or name its folder in `LIBRARY_PATH`"
            + (" (`libcuda.so` comes with the GPU's driver)." if name == "-lcuda" else ".")
        )
    if words:
        return (
            "Give the compiler what that line asks for: a header, a library, or another version of the compiler, "
            "of the CUDA toolkit or of the extension."
        )
    return (
        "Read what the compiler printed above the traceback (the first line with `error:`): most often a header "
        "(`Python.h`: `python3-dev`), a library or a version of the compiler is missing."
    )


RULE = Rule("compilation-failed", Category.ENVIRONMENT, ("exception",), explain)
