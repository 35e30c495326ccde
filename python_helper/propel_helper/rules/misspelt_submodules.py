"""An import from a package of the project whose module is called almost so, and has all that is imported."""

from __future__ import annotations

import ast
import posixpath
import re

from propel_helper.facts.crash import Crash
from propel_helper.facts.finding import Edit, Fix, Safety
from propel_helper.facts.surroundings import Surroundings
from propel_helper.rules import local_modules, misspelt_imports, own, slips, statements, texts
from propel_helper.rules.words import code


def respelt(module: str, crash: Crash, surroundings: Surroundings) -> Fix | None:
    """The person's imports of ``module`` (``a.b``), respelt; None without the proof of all their names."""
    frame = own.deepest(crash, surroundings)
    text = surroundings.text(frame.file) if frame else None
    tree = statements.parse(text) if text else None
    if frame is None or text is None or tree is None or frame != crash.frames[-1]:
        return None
    taken = [
        node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and _is(node, module)
    ]
    names = {alias.name for node in taken for alias in node.names}
    near = _having(module, names, crash, surroundings)
    if near is None or "*" in names or any(_imports(node, module) for node in ast.walk(tree)):
        return None
    edits = [_edit(frame.file, text, node, module.rpartition(".")[2], near) for node in taken]
    found = sorted(
        (edit for edit in edits if edit), key=lambda one: (one.line != frame.line, one.line)
    )
    if len(found) != len(taken) or not found or found[0].line != frame.line:
        return None
    right = f"{module.rpartition('.')[0]}.{near}"
    by = f"importing from {code(right)}, the one module of its package that has {_listed(names)}"
    return Fix("respell-import", f"Import from {right}", by, Safety.ASK, tuple(found))


def _is(node: ast.ImportFrom, module: str) -> bool:
    if not node.level:
        return node.module == module
    return node.module is not None and f".{module}".endswith(f".{node.module}")


def _imports(node: ast.AST, module: str) -> bool:
    """Whether a module is taken as a whole, so that what is read of it isn't known."""
    return isinstance(node, ast.Import) and any(
        f"{alias.name}.".startswith(f"{module}.") for alias in node.names
    )


def _having(module: str, names: set[str], crash: Crash, surroundings: Surroundings) -> str | None:
    """The one module beside ``module`` that defines all the names, if ``module`` is a slip of it."""
    package, _, name = module.rpartition(".")
    folders = local_modules.folders_of(package, crash, surroundings)
    if len(folders) != 1 or not names:
        return None
    found = []
    for file in surroundings.names(folders[0]):
        text = surroundings.text(posixpath.join(folders[0], file)) if file.endswith(".py") else None
        tree = statements.parse(text) if text else None
        if tree is not None and names <= misspelt_imports.defined(tree) and "__" not in file:
            found.append(file.removesuffix(".py"))
    return found[0] if len(found) == 1 and slips.is_slip(name, found[0]) else None


def _edit(file: str, text: str, node: ast.ImportFrom, name: str, near: str) -> Edit | None:
    starts = [match.start() for match in re.finditer(r"^", text, re.MULTILINE)]
    dotted = re.escape(node.module or "").replace(r"\.", r"\s*\.\s*")
    found = re.compile(rf"\s*from\s+\.*\s*{dotted}(?=\s+import\b)").match(
        text, starts[node.lineno - 1]
    )
    return texts.edit_at(file, text, found.end() - len(name), name, near) if found else None


def _listed(names: set[str]) -> str:
    one = sorted(names)
    return code(one[0]) if len(one) == 1 else f"all of {', '.join(map(code, one))}"
