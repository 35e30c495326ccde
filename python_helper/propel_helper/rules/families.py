"""What kind of thing an exception is about, by its type and by the package that raised it.

Tracebacks print a type with its module (``botocore.exceptions.ClientError``): the package says
what the exception is about, whatever its words.
"""

from __future__ import annotations

from propel_helper.facts.crash import Crash
from propel_helper.facts.wording import Wording

_INSTALLED = Wording(
    r"/(?:site-packages|dist-packages)/(?P<package>.+)$|/lib/python\d[\d.]*/(?P<standard>(?!(?:site|dist)-packages/).+)$"
)
_JSON = Wording(r"/lib/python\d[\d.]*/json/\w+\.py$")
_DATASETS = Wording(r"/(?:site-packages|dist-packages)/(?:.+/)?datasets?/(?:.+/)?\w+\.py$")


def type_name(crash: Crash) -> str:
    """Last component of the exception's type; of Ray's ``RayTaskError(X)`` the inner one."""
    return _inner(crash).rpartition(".")[2]


def package(crash: Crash) -> str:
    """Top-level package that defines the exception's type; "" for Python's own."""
    return _inner(crash).partition(".")[0] if "." in _inner(crash) else ""


def _inner(crash: Crash) -> str:
    outer, _, inner = (crash.exception or "").rstrip(")").partition("(")
    return inner or outer


def raised_in(crash: Crash) -> str:
    """Path below the folder of packages of the file that raised it; "" outside of packages."""
    if not crash.frames:
        return ""
    found = _INSTALLED.search(crash.frames[-1].file.replace("\\", "/"))
    return (found["package"] or found["standard"]) if found else ""


def is_json_of_dataset(crash: Crash) -> bool:
    """Whether JSON failed to parse that a package's own module of a dataset reads: data, no config."""
    if type_name(crash) != "JSONDecodeError":
        return False
    readers = [frame.file.replace("\\", "/") for frame in crash.frames]
    outside = [file for file in readers if not _JSON.search(file)]
    return bool(outside) and _DATASETS.search(outside[-1]) is not None
