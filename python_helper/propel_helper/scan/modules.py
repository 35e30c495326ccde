"""A script and the project's own modules that it imports, as syntax trees; nothing is imported."""

from __future__ import annotations

import ast
import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

from propel_helper.scan.resolve import module_file
from propel_helper.scan.syntax import parsed
from propel_helper.scan.tree import Tree

Definition = ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef
_ARGUMENTS = re.compile(r"arg|opt|param|conf|pars|cli|flag", re.IGNORECASE)
_MOST = 80
"""Modules that are followed from one script."""


class Files(Protocol):
    """The project's files, as far as they may be read."""

    @property
    def tree(self) -> Tree:
        """Names of all files."""

    def text(self, path: str) -> str | None:
        """Text of a file, None if it can't be read."""


@dataclass(frozen=True)
class Module:
    """One module: its path (relative to the project), text and syntax tree."""

    path: str
    text: str
    tree: ast.Module

    @cached_property
    def lines(self) -> list[str]:
        """The text's lines, as the syntax tree counts them."""
        return re.split(r"\r\n|\r|\n", self.text)

    @cached_property
    def constants(self) -> dict[str, ast.expr]:
        """Values of names that are assigned once at the top level."""
        found: dict[str, ast.expr] = {}
        for node in self.tree.body:
            targets: list[ast.expr] = []
            if isinstance(node, ast.Assign):
                targets = node.targets if len(node.targets) == 1 else []
            elif isinstance(node, ast.AnnAssign) and node.value is not None:
                targets = [node.target]
            for target in targets:
                if isinstance(target, ast.Name) and isinstance(node, (ast.Assign, ast.AnnAssign)):
                    found[target.id] = node.value or ast.Constant(None)
        return found

    def assigned(self, name: str) -> ast.expr | None:
        """What ``name`` is assigned anywhere in the module, the last time."""
        found = self.constants.get(name)
        for node in ast.walk(self.tree):
            targets = node.targets if isinstance(node, ast.Assign) else []
            if any(isinstance(one, ast.Name) and one.id == name for one in targets):
                found = node.value if isinstance(node, ast.Assign) else found
        return found

    @cached_property
    def imported(self) -> dict[str, tuple[str, str]]:
        """Names that imports bind: name -> (dotted module with leading dots, name there or "")."""
        found: dict[str, tuple[str, str]] = {}
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                for one in node.names:
                    found[one.asname or one.name] = (one.name, "")
            elif isinstance(node, ast.ImportFrom):
                module = "." * node.level + (node.module or "")
                for one in node.names:
                    found[one.asname or one.name] = (module, one.name)
        return found


def _is_guard(node: ast.stmt) -> bool:
    """Whether ``node`` is ``if __name__ == "__main__":``."""
    return isinstance(node, ast.If) and ast.unparse(node.test) in (
        "__name__ == '__main__'",
        "'__main__' == __name__",
    )


class Modules:
    """The modules that belong to one entry, loaded when they are asked for."""

    def __init__(self, entry: str, files: Files) -> None:
        self.files = files
        self._entry = entry
        self._loaded: dict[str, Module | None] = {}

    @property
    def entry(self) -> Module | None:
        """The script itself, None when it can't be parsed."""
        return self.module(self._entry)

    def module(self, path: str) -> Module | None:
        """The module at ``path``, None when it can't be read or parsed."""
        if path not in self._loaded:
            text = self.files.text(path)
            tree = parsed(text) if text is not None else None
            if tree is not None and path != self._entry:
                # What stands under the guard runs only where the file is started itself.
                tree.body = [node for node in tree.body if not _is_guard(node)]
            self._loaded[path] = Module(path, text or "", tree) if tree is not None else None
        return self._loaded[path]

    def file_of(self, dotted: str, seen_from: str) -> str:
        """The project's file of a module as it is written in ``seen_from``, "" for a foreign one."""
        dots = len(dotted) - len(dotted.lstrip("."))
        name = dotted[dots:]
        beside = posixpath.dirname(seen_from)
        if dots:
            for _ in range(dots - 1):
                beside = posixpath.dirname(beside)
            path = posixpath.join(beside, name.replace(".", "/")) if name else beside
            tries = [f"{path}.py", f"{path}/__init__.py"]
            return next((one for one in tries if one in self.files.tree), "")
        bases = list(dict.fromkeys([posixpath.dirname(self._entry), beside, "", "src"]))
        found = module_file(self.files.tree, name, bases)
        if found:
            return found
        path = name.replace(".", "/") + "/__init__.py"
        tries = [posixpath.join(base, path) if base else path for base in bases]
        return next((one for one in tries if one in self.files.tree), "")

    def _inner(self, module: Module) -> Iterator[str]:
        for dotted, name in module.imported.values():
            if name:
                joint = "" if dotted.endswith(".") else "."
                below = self.file_of(f"{dotted}{joint}{name}", module.path)
                if below:
                    yield below
            found = self.file_of(dotted, module.path)
            if found:
                yield found

    def levels(self) -> Iterator[list[Module]]:
        """The entry; the modules of the project that it imports; those that they import; ..."""
        level, seen = [self._entry], {self._entry}
        while level:
            modules = [one for one in map(self.module, level) if one is not None]
            yield modules
            inner = dict.fromkeys(path for one in modules for path in self._inner(one))
            fresh = [path for path in inner if path not in seen]
            # Where there are too many, those named for arguments come first.
            fresh.sort(key=lambda path: not _ARGUMENTS.search(path.rpartition("/")[2]))
            level = fresh[: max(_MOST - len(seen), 0)]
            seen.update(level)

    def find(self, name: str, module: Module) -> tuple[Module, Definition] | None:
        """The class or function that ``name`` means in ``module``, followed through imports."""
        for _ in range(4):
            for node in module.tree.body:
                if isinstance(node, Definition) and node.name == name:
                    return module, node
            if name not in module.imported:
                return None
            dotted, own = module.imported[name]
            path = self.file_of(dotted, module.path)
            following = self.module(path) if path else None
            if following is None or not own:
                return None
            module, name = following, own
        return None
