"""missing-shared-library: a shared library of the system is missing or too old.

## What happened
A compiled package was loaded and a shared library that it needs is not on this machine, or is
older than it needs.

## Why it happens
The wheel was made for another CUDA or a newer system, a system package is not installed
(`libGL.so.1`), or an older library is found before the environment's own.

## What the fix changes
Nothing by itself.

## Fix safety
There is nothing to apply: it is the system's, or another build of the package.
"""

from __future__ import annotations

from propel_helper.facts.crash import Crash
from propel_helper.facts.finding import Category, Explanation
from propel_helper.facts.surroundings import Surroundings
from propel_helper.facts.wording import Wording
from propel_helper.rules import Rule, own
from propel_helper.rules.said import line_of, said
from propel_helper.rules.steps import guide
from propel_helper.rules.words import code, first_line

# ld.so; Windows' loader; libstdc++ and glibc version errors.
WORDS = Wording(
    r"(?P<so>(?<![\w.+-])(?!libcuda\.so\.1)[\w.+-]{1,200}?\.so(?:\.\w[\w.]{0,40})?): cannot open shared object file"
    r"|version `(?P<version>(?:GLIBC|GLIBCXX|CXXABI|GCC|OPENSSL|ZLIB)\w*[\d._]*)' not found"
    r"|DLL load failed|\[WinError (?:126|127|182|193|1114)\] "
    r"|Library not loaded: "
    r"|image not found"
    r"|OSError: .*(?:libsndfile|libespeak|sndfile library not found)"
    r"|sndfile library not found"
    r"|Could not load (?:library|dynamic library) '?\w*lib"
    r"|failed to find libmagic"
    r"|Unable to load any of \{libcudnn"
    r"|(?:Could not|Unable to) locate (?:cudnn|cublas)\w*\.dll"
)

# ld.so's words of a library that it did find: of several attempts that are told together, the one that says most.
_FOUND_ONE = Wording(r"\.so[.\d]*: undefined symbol: ")
# The standard library's ctypes, and cffi's dlopen: code that loads a library of the system by its name.
_LOADS = Wording(r"\b(?:CDLL|PyDLL|LoadLibrary|dlopen)\(")


def explain(crash: Crash, surroundings: Surroundings) -> Explanation | None:
    """Claim the wordings above."""
    found = said(crash, WORDS)
    if found is None or _FOUND_ONE.search(found.string):
        return None
    frame = own.deepest(crash, surroundings)
    if found["so"] and frame is not None and _LOADS.search(frame.code or ""):
        return Explanation(
            error="a missing system library",
            because=f"the code loads {code(found['so'])} by its name, and the system has no such library",
            fixes=(
                guide(
                    "provide-the-library",
                    "Provide the library",
                    f"Install the system's package that brings {code(found['so'])} (on Debian and Ubuntu "
                    f"{code('apt-file search ' + found['so'])} names it), or name the folder that has it in "
                    "`LD_LIBRARY_PATH`.",
                ),
            ),
        )
    return Explanation(
        error="a missing system library",
        because=f"a compiled package needs it and the system has it not, or not new enough ({first_line(line_of(found))})",
        fixes=(
            guide(
                "provide-the-library",
                "Provide the library",
                "Install the build of the package for this system and CUDA. For GLIBCXX in a conda environment, put its `lib` folder first in `LD_LIBRARY_PATH`; for `libGL.so.1`, `opencv-python-headless` needs none.",
            ),
        ),
    )


RULE = Rule("missing-shared-library", Category.DEPENDENCY, ("exception", "exit"), explain)
