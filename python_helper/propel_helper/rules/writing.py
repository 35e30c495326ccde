"""Calls that write a file, and which of their arguments is its path."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass

from propel_helper.facts.crash import Crash, Frame, Raised
from propel_helper.facts.surroundings import Surroundings
from propel_helper.facts.wording import Wording
from propel_helper.rules import statements

# name of the function or method -> position of the path; -1: only by keyword.
_FUNCTIONS = {
    "np.save": 0, "np.savez": 0, "np.savez_compressed": 0, "np.savetxt": 0,
    "numpy.save": 0, "numpy.savez": 0, "numpy.savez_compressed": 0, "numpy.savetxt": 0,
    "torch.save": 1, "torch.jit.save": 1, "joblib.dump": 1, "jnp.save": 0,
    "logging.FileHandler": 0, "FileHandler": 0, "RotatingFileHandler": 0,
    "TimedRotatingFileHandler": 0, "logging.handlers.RotatingFileHandler": 0,
    "logging.handlers.TimedRotatingFileHandler": 0, "logging.basicConfig": -1,
    "os.mkdir": 0, "imageio.imwrite": 0, "imageio.mimsave": 0, "soundfile.write": 0,
    "sf.write": 0, "save_image": 1, "torchvision.utils.save_image": 1, "pickle_dump": -1,
}  # fmt: skip
_METHODS = {
    "savefig": 0, "to_csv": 0, "to_json": 0, "to_parquet": 0, "to_pickle": 0, "to_excel": 0,
    "to_feather": 0, "to_hdf": 0, "to_html": 0, "write_csv": 0, "write_parquet": 0,
    "write_html": 0, "write_image": 0, "save_weights": 0, "save": 0,
}  # fmt: skip
_RECEIVERS = frozenset({"write_text", "write_bytes", "touch", "mkdir"})
"""Methods of the path itself."""
_OPENERS = {"open": 1, "io.open": 1, "codecs.open": 1, "gzip.open": 1, "bz2.open": 1}
_OPENERS |= {"lzma.open": 1, "h5py.File": 1, "wave.open": 1, "ZipFile": 1, "zipfile.ZipFile": 1}
_OPENERS |= {"tarfile.open": 1, "tf.io.gfile.GFile": 1}
_COPIES = frozenset({"shutil.copy", "shutil.copy2", "shutil.copyfile"})
# shutil.copyfile's line that opens the copy; the one before it opens what is copied.
_OPENS_COPY = re.compile(r"\bopen\(dst\b")
_ERRNO = Wording(r"\[Errno 2\] No such file or directory: (?P<quote>['\"])(?P<path>.+?)(?P=quote)$")
# FileHandler._open, for dictConfig, fileConfig and all that rotate: its mode is nowhere in sight.
_LOGGING = re.compile(r"(?:^|/)logging/(?:__init__|handlers)\.py$")
_KEYWORDS = ("file", "fname", "path", "f", "path_or_buf", "filename", "filepath", "name", "uri")


@dataclass(frozen=True)
class Write:
    """A call that writes: its name as written, its path, and itself when it makes a folder."""

    call: str
    path: ast.expr
    mkdir: ast.Call | None = None


def write_in(statement: ast.stmt, last: Frame) -> Write | None:
    """The one call of ``statement`` that writes a file, or None (none, several, or unsure).

    ``last``: the crash's deepest frame, which tells whether a copy failed at what it writes.
    """
    copies = _OPENS_COPY.search(last.code or "") is not None
    calls = statements.calls(statement)
    found = [write for call in calls if (write := _write(call, copies=copies)) is not None]
    return found[0] if len(found) == 1 else None


@dataclass(frozen=True)
class ForeignWrite:
    """A write that a library does where the person's code names no path: whose, and the path."""

    library: str
    path: str


def foreign_write(crash: Crash, surroundings: Surroundings) -> ForeignWrite | None:
    """The write of a library that found no folder, in the crash or what led to it."""
    own = Raised(crash.exception, crash.message, crash.frames)
    for raised in (own, *reversed(crash.chain)):
        missing = _ERRNO.search(raised.message.strip().partition("\n")[0])
        last = raised.frames[-1] if raised.frames else None
        if missing is None or last is None or surroundings.is_own(last.file):
            continue
        file = last.file.replace("\\", "/")
        if _LOGGING.search(file) and last.function == "_open":
            return ForeignWrite("logging", missing["path"])
        statement = statements.parse_line(last.code) if last.code else None
        if statement is not None and write_in(statement, last) is not None:
            library = re.search(r"-packages/(?P<name>\w+)/", file)
            return ForeignWrite(library["name"] if library else "", missing["path"])
    return None


def _write(call: ast.Call, *, copies: bool) -> Write | None:
    name = statements.dotted(call.func)
    method = name.rpartition(".")[2]
    if name in _OPENERS:
        path = statements.argument(call, 0, "file", "name", "filename")
        mode = statements.argument(call, _OPENERS[name], "mode")
        return Write(name, path) if path is not None and _writes(mode) else None
    if method == "open" and isinstance(call.func, ast.Attribute):
        mode = statements.argument(call, 0, "mode")
        return Write(f".{method}", call.func.value) if _writes(mode) else None
    if name == "os.mkdir":
        path = statements.argument(call, 0, "path")
        return Write(name, path, call) if path is not None else None
    if name in _COPIES and copies:
        path = statements.argument(call, 1, "dst")
        return Write(name, path) if path is not None else None
    if name in _FUNCTIONS:
        path = statements.argument(call, _FUNCTIONS[name], *_KEYWORDS)
        return Write(name, path) if path is not None else None
    if method in _RECEIVERS and isinstance(call.func, ast.Attribute):
        return Write(f".{method}", call.func.value, call if method == "mkdir" else None)
    if method in _METHODS and isinstance(call.func, ast.Attribute):
        path = statements.argument(call, _METHODS[method], *_KEYWORDS)
        return Write(f".{method}", path) if path is not None else None
    return None


def _writes(mode: ast.expr | None) -> bool:
    text = statements.constant_text(mode)
    return text is not None and bool(set(text) & set("wax"))
