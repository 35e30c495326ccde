"""The project and the run around a crash, as far as they can be seen from here."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Callable, Mapping
from functools import cached_property
from pathlib import Path

from propel_helper.app.active import active_environment
from propel_helper.app.interpreter import interpreter
from propel_helper.app.typed_path import typed
from propel_helper.facts.surroundings import PathKind
from propel_helper.facts.wording import Wording
from propel_helper.project.installed import has_module

LARGEST_TEXT = 2 * 1024 * 1024
"""Bytes; a larger file is no source or config that a rule could want."""
MOST_ENTRIES = 50_000
"""Files looked at when a path from another machine is searched by its tail."""
_SKIPPED = frozenset(
    {"site-packages", "dist-packages", "node_modules", "__pycache__", "venv", "env", "wandb"}
)

# Where interpreters keep what they and their packages are made of (sysconfig's schemes), code that a
# hub of models was asked for, names that are no file, and launchers installed beside an interpreter.
_FOREIGN = Wording(
    r"(?:^|/)(?:site-packages|dist-packages)/"
    r"|(?:^|/)lib(?:64)?/python[\d.]+/|/Python\.framework/"
    r"|(?:(?:[Aa]na|[Mm]ini)conda|(?:[Mm]ini|[Mm]amba)forge)3?/[Ll]ib/|/(?:envs/[^/]+|Python\d+(?:[_-](?:32|64))?|Programs/Python/[^/]+)/[Ll]ib/"
    r"|/pyenv/versions/|\.(?:pyx|pxi|pxd)$|/torchinductor_[^/]+/|__autograph_generated_file\w*\.py$|^python/ray/|(?:^|/)bazel-out/|\.egg/|/bin/[^/.]+$"
    r"|/\.cache/(?:huggingface/modules|torch/hub)/|/spark/python/(?:lib/)?py"
    r"|^<(?!ipython-input)|^\[|^/dev/fd|^/rustc/",
)


class LocalSurroundings:
    """What a rule may ask about a run in ``root``; without a root the answers are "not known".

    Args:
        root: the project's folder, absolute.
        cwd: folder that the command ran in, absolute; the root without it.
        command: the confirmed command text.
        environ: looks up the variables of the run's session; asked only when a rule wants one.
    """

    def __init__(
        self,
        root: Path | None = None,
        cwd: Path | None = None,
        command: str | None = None,
        environ: Callable[[], Mapping[str, str]] = dict,
    ) -> None:
        self.root = root
        self.cwd = cwd or root
        self._command = command
        self._environ = environ
        self._found: dict[str, Path | None] = {}

    @property
    def command(self) -> str | None:
        """The confirmed command text, or None when only a log is at hand."""
        return self._command

    @cached_property
    def python(self) -> str | None:
        """Command prefix that reaches the run's own interpreter, or None."""
        return interpreter(self._command, self.text) if self._command else None

    def active_has(self, module: str) -> bool | None:
        """Whether the environment that is active in the run's session has that top-level module."""
        return None if self._active is None else has_module(self._active, module)

    @cached_property
    def _active(self) -> Path | None:
        return active_environment(self._environ())

    @property
    def memory(self) -> int | None:
        """Bytes of this machine's memory, or None when only a log is at hand."""
        if self.root is None:
            return None
        try:
            return os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
        except (OSError, ValueError):
            return None

    def text(self, file: str) -> str | None:
        """Text of a project file, or None if it can't be read."""
        path = self.find(file)
        if path is None:
            return None
        try:
            if path.stat().st_size > LARGEST_TEXT:
                return None
            return path.read_bytes().decode("utf-8", "replace")
        except OSError:
            return None

    def kind(self, path: str) -> PathKind:
        """What stands at ``path``, relative paths taken from the run's folder."""
        if self.cwd is None:
            return PathKind.UNKNOWN
        try:
            full = self.cwd / typed(path)
            if full.is_dir():
                return PathKind.FOLDER
            return PathKind.FILE if full.exists() else PathKind.MISSING
        except (OSError, ValueError, RuntimeError):
            return PathKind.UNKNOWN

    def target(self, path: str) -> str:
        """The file that a link at ``path`` leads to in the end; ``path`` itself where it is no link."""
        if self.cwd is None:
            return path
        try:
            full = self.cwd / typed(path)
            if not full.is_symlink():
                return path
            real, here = full.resolve(strict=True), self.cwd.resolve()
        except (OSError, ValueError, RuntimeError):
            return path
        return real.relative_to(here).as_posix() if real.is_relative_to(here) else str(real)

    def is_own(self, file: str) -> bool:
        """Whether a frame's file is the person's own code."""
        if is_foreign(file):
            return False
        return self.root is None or self.find(file) is not None

    def is_locked(self, path: str) -> bool:
        """Whether ``path`` belongs to this user, whose own right to write to it was taken away."""
        if self.cwd is None:
            return False
        try:
            status = (self.cwd / Path(path).expanduser()).stat()
        except (OSError, ValueError, RuntimeError):
            return False
        return status.st_uid == os.getuid() and not status.st_mode & stat.S_IWUSR

    def dangling(self, path: str) -> tuple[str, str] | None:
        """The symbolic link on the way to ``path`` that leads to nothing, and where it leads."""
        if self.cwd is None:
            return None
        whole = Path(path)
        for one in (*reversed(whole.parents), whole):
            try:
                full = self.cwd / one
                if full.is_symlink() and not full.exists():
                    return one.as_posix(), str(full.readlink())
            except (OSError, ValueError):
                return None
        return None

    def names(self, folder: str) -> tuple[str, ...]:
        """Names in ``folder`` (relative to the run's folder), sorted; empty if unknown."""
        if self.cwd is None:
            return ()
        try:
            return tuple(sorted(os.listdir(self.cwd / folder)))  # noqa: PTH208 - names alone
        except (OSError, ValueError):
            return ()

    def called(self, name: str) -> tuple[str, ...]:
        """Every file of the project with that name, relative to the run's folder."""
        if self.root is None or self.cwd is None or self._is_large:
            return ()
        found = self._files.get(name, [])
        return tuple(sorted(Path(os.path.relpath(path, self.cwd)).as_posix() for path in found))

    def shown(self, file: str) -> str:
        """``file`` relative to the root when it lies under it, else as printed."""
        path = self.find(file)
        if path is None or self.root is None:
            return file
        return path.relative_to(self.root).as_posix()

    def find(self, file: str) -> Path | None:
        """The file below the root that ``file`` (as a log printed it) names, or None.

        A path from another machine is found by its tail when only one file has it.
        """
        if self.root is None:
            return None
        if file not in self._found:
            self._found[file] = self._located(file)
        return self._found[file]

    def _located(self, file: str) -> Path | None:
        assert self.root is not None
        for start in (self.cwd, self.root):
            if start is None:
                continue
            path = Path(os.path.normpath(start / file))
            if path.is_relative_to(self.root) and _is_file(path):
                return path
        real = Path(os.path.realpath(file))
        if Path(file).is_absolute() and real.is_relative_to(os.path.realpath(self.root)):
            inside = self.root / real.relative_to(os.path.realpath(self.root))
            if _is_file(inside):
                return inside
        return None if _is_file(Path(file)) else self._by_tail(file)

    def _by_tail(self, file: str) -> Path | None:
        parts = [part for part in re.split(r"[/\\]", file) if part not in ("", ".", "..")]
        if not parts:
            return None
        found = self._files.get(parts[-1], [])
        # Every package has such a file: it is known by its folder alone.
        shortest = 2 if parts[-1] in {"__init__.py", "__main__.py"} else 1
        for length in range(len(parts), shortest - 1, -1):
            tail = tuple(parts[-length:])
            same = [path for path in found if path.parts[-length:] == tail]
            if same:
                return same[0] if len(same) == 1 else None
        return None

    @property
    def _is_large(self) -> bool:
        """Whether not every file was looked at."""
        return sum(map(len, self._files.values())) > MOST_ENTRIES

    @cached_property
    def _files(self) -> dict[str, list[Path]]:
        """Files below the root by their name."""
        assert self.root is not None
        found: dict[str, list[Path]] = {}
        seen = 0
        for folder, folders, names in os.walk(self.root):
            folders[:] = [n for n in folders if n not in _SKIPPED and not n.startswith(".")]
            for name in names:
                found.setdefault(name, []).append(Path(folder) / name)
            seen += len(names)
            if seen > MOST_ENTRIES:
                break
        return found


def is_foreign(file: str) -> bool:
    """Whether a path's text alone says that it is an interpreter's or a package's file."""
    return bool(_FOREIGN.search(file.replace("\\", "/")))


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False
