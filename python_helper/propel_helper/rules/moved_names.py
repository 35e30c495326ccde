"""Names that moved to another module, or got another name, and mean there exactly the same."""

from __future__ import annotations

import ast
from collections.abc import Mapping

from propel_helper.facts.crash import Crash
from propel_helper.facts.finding import Edit, Fix, Safety
from propel_helper.facts.surroundings import Surroundings
from propel_helper.rules import call_edits, imports, moved_imports, numpy_names, own, statements
from propel_helper.rules.words import code

# "What's New" of Python 3.3, 3.8, 3.9 and 3.10; Pillow 10; SciPy 1.14; scikit-learn 0.23; JAX
# 0.4.26; torch 2.0; torchvision 0.12; lightning 2.0.
_ABC = (
    "Awaitable", "AsyncIterable", "AsyncIterator", "Callable", "Collection", "Container",
    "Coroutine", "Generator", "Hashable", "ItemsView", "Iterable", "Iterator", "KeysView",
    "Mapping", "MappingView", "MutableMapping", "MutableSequence", "MutableSet", "Reversible",
    "Sequence", "Set", "Sized", "ValuesView",
)  # fmt: skip
MOVED = {f"collections.{name}": f"collections.abc.{name}" for name in _ABC} | {
    "fractions.gcd": "math.gcd",
    "time.clock": "time.process_time",
    "PIL.Image.ANTIALIAS": "PIL.Image.LANCZOS",
    "scipy.integrate.cumtrapz": "scipy.integrate.cumulative_trapezoid",
    "scipy.integrate.simps": "scipy.integrate.simpson",
    "scipy.integrate.trapz": "scipy.integrate.trapezoid",
    "scipy.signal.hann": "scipy.signal.windows.hann",
    "scipy.signal.gaussian": "scipy.signal.windows.gaussian",
    "sklearn.externals.joblib": "joblib",
    "jax.tree_map": "jax.tree_util.tree_map",
    "jax.tree_leaves": "jax.tree_util.tree_leaves",
    "torch._six.inf": "math.inf",
    "torch._six.nan": "math.nan",
    "torchvision.models.utils.load_state_dict_from_url": "torch.hub.load_state_dict_from_url",
    "pytorch_lightning.utilities.distributed.rank_zero_only": (
        "pytorch_lightning.utilities.rank_zero.rank_zero_only"
    ),
}
_NUMPY = {f"numpy.{old}": f"numpy.{new}" for old, new in numpy_names.SAME.items()}
"""For ``from numpy import name``, and once such an import has failed: a NumPy before 2.0 has the old
names alone. Attributes of NumPy have a page of their own."""
_PARTLY = {"inspect.getargspec": "inspect.getfullargspec"}
"""The same only where one of ``_PARTS`` is taken at once: the tuple behind it is longer (Python 3.0)."""
_PARTS = frozenset({"args", "varargs", "defaults", 0, 1, 2, 3})


def corrected(crash: Crash, surroundings: Surroundings) -> Fix | None:
    """The fix that takes every such name of the failing file from where it is now; else None."""
    frame = own.deepest(crash, surroundings)
    text = surroundings.text(frame.file) if frame else None
    tree = statements.parse(text) if text else None
    if frame is None or text is None or tree is None or crash.frames[-1] != frame:
        return None
    table = MOVED | _PARTLY | (_NUMPY if "from 'numpy'" in crash.message else {})
    if not any(frame.line == line for line in _lines_with_moved(tree, table)):
        return None
    edits = _edits(frame.file, text, tree, table)
    if not edits:
        return None
    edits.sort(key=lambda edit: (edit.line != frame.line, edit.line, edit.column))
    names = ", ".join(
        code(new) for new in sorted({table[old] for _, old in _used(tree, table)})[:4]
    )
    by = f"taking it from where it is now ({names}), the same thing under its present name"
    return Fix("replace-name", "Use its present name", by, Safety.SAFE, tuple(edits))


def is_moved(dotted: str) -> bool:
    """Whether ``module.name`` is known to have moved, or ``dotted`` is a module that had such names."""
    return dotted in MOVED or any(old.rpartition(".")[0] == dotted for old in MOVED)


def _lines_with_moved(tree: ast.Module, table: Mapping[str, str]) -> set[int]:
    return {
        line
        for node, _ in _used(tree, table)
        for line in range(node.lineno, (node.end_lineno or node.lineno) + 1)
    }


def _used(tree: ast.Module, table: Mapping[str, str]) -> list[tuple[ast.stmt | ast.expr, str]]:
    """Imports and attributes of moved names, with the old dotted name; an import once a name."""
    known, parts = _bound(tree), _parts(tree)
    found: list[tuple[ast.stmt | ast.expr, str]] = []
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            names = [f"{node.module}.{alias.name}" for alias in node.names]
            found += [(node, name) for name in names if name in table and name not in _PARTLY]
        elif isinstance(node, ast.Attribute):
            first, _, rest = statements.dotted(node).partition(".")
            old = f"{known[first]}.{rest}" if first in known else ""
            if old in MOVED or (old in _PARTLY and id(node) in parts):
                found.append((node, old))
    return found


def _parts(tree: ast.Module) -> set[int]:
    """Functions of whose result one of ``_PARTS`` alone is taken: ``f(x).args``, ``f(x)[0]``."""
    found: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, (ast.Attribute, ast.Subscript)) and isinstance(node.value, ast.Call):
            part = node.attr if isinstance(node, ast.Attribute) else node.slice
            taken = part.value if isinstance(part, ast.Constant) else part
            if isinstance(taken, (str, int)) and taken in _PARTS:
                found.add(id(node.value.func))
    return found


def _bound(tree: ast.Module) -> dict[str, str]:
    """Names that imports bind, with the module that each is."""
    known: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                top = alias.name.partition(".")[0]
                known[alias.asname or top] = alias.name if alias.asname else top
        elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            for alias in node.names:
                known[alias.asname or alias.name] = f"{node.module}.{alias.name}"
    return known


def _edits(file: str, text: str, tree: ast.Module, table: Mapping[str, str]) -> list[Edit]:
    edits: list[Edit] = []
    wanted: set[str] = set()
    seen: set[int] = set()
    for node, old in _used(tree, table):
        if isinstance(node, ast.ImportFrom):
            if id(node) in seen:
                continue
            seen.add(id(node))
            made = moved_imports.edits(file, text, node, table)
            if not made:
                return []
            edits += made
        elif isinstance(node, ast.Attribute):
            module, _, name = old.rpartition(".")
            new = table[old]
            if new.startswith(f"{module}."):
                end = call_edits.end_of(text, node)
                edits.append(
                    call_edits.between(file, text, end - len(name), end, new[len(module) + 1 :])
                )
            else:
                edits.append(call_edits.replaced(file, text, node, new))
            # A submodule is an attribute of its package only once something has imported it.
            if new.rpartition(".")[0] != module:
                wanted.add(new.rpartition(".")[0])
    for module in sorted(wanted):
        if not _imports(tree, module):
            edits.append(imports.add_import(file, tree, f"import {module}"))
    return edits


def _imports(tree: ast.Module, module: str) -> bool:
    return any(
        isinstance(node, ast.Import) and any(alias.name == module for alias in node.names)
        for node in tree.body
    )
