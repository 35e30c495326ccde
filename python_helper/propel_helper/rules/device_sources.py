"""The literal GPU that the failing code got its device from: its own, or another module's."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from propel_helper.facts.crash import Crash, Frame
from propel_helper.facts.finding import Edit
from propel_helper.facts.surroundings import Surroundings
from propel_helper.rules import device_code, project_files, statements, variable_defaults
from propel_helper.rules.launch_settings import Change
from propel_helper.rules.launch_text import launch_of
from propel_helper.rules.words import code


def in_code(crash: Crash, surroundings: Surroundings) -> Change | None:
    """The literals that the deepest of the person's own frames got its device from."""
    own = [frame for frame in reversed(crash.frames) if surroundings.is_own(frame.file)]
    for look in (_in_frame, _in_imported):
        for frame in own:
            found = look(frame, surroundings)
            if found is not None:
                return found
    return None


def in_fields(crash: Crash, surroundings: Surroundings) -> Change | None:
    """The default of a settings class's field, where an own frame reads a device by the field's name.

    None where a second class has such a field, the code gives the field another value, or an option of
    the command line has its name.
    """
    given = variable_defaults.given_text(surroundings)
    files = project_files.of_crash(crash, surroundings)
    for frame in reversed(crash.frames):
        read = _read_fields(frame, surroundings) if surroundings.is_own(frame.file) else set()
        texts = [(file, surroundings.text(file) or "") for file in files]
        trees = [
            (file, tree)
            for file, text in texts
            if any(name in text for name in read)
            if (tree := statements.parse(text)) is not None
        ]
        having = [(file, tree) for file, tree in trees if read & device_code.fields(tree, given)]
        if having:
            file, tree = having[0]
            names = read & device_code.fields(tree, given)
            if len(having) > 1 or any(_is_set(name, trees) for name in names):
                return None
            if _is_option(names, surroundings):
                return None
            return _change(file, tree, None, surroundings)
    return None


def _is_set(name: str, trees: list[tuple[str, ast.Module]]) -> bool:
    """Whether code gives an attribute of that name a value: ``opts.device = ...``, ``Options(device=...)``."""
    nodes = [node for _, tree in trees for node in ast.walk(tree)]
    assigned = [
        target
        for node in nodes
        if isinstance(node, (ast.Assign, ast.AnnAssign))
        for target in (node.targets if isinstance(node, ast.Assign) else [node.target])
    ]
    if any(isinstance(one, ast.Attribute) and one.attr == name for one in assigned):
        return True
    return any(
        keyword.arg == name
        for node in nodes
        if isinstance(node, ast.Call) and _makes(statements.dotted(node.func))
        for keyword in node.keywords
    )


def _makes(call: str) -> bool:
    """Whether a call makes an object of settings, or a changed copy: not ``torch.Generator``."""
    name = call.rpartition(".")[2]
    return not call.startswith(("torch.", "nn.")) and (name[:1].isupper() or name == "replace")


def _is_option(names: set[str], surroundings: Surroundings) -> bool:
    launch = launch_of(surroundings)
    parsers = project_files.parsers(launch, surroundings) if launch else []
    words = {
        (statements.constant_text(one) or "").lstrip("-").replace("-", "_")
        for parser in parsers
        for call in parser.calls
        for one in call.args
    }
    return bool(names & words)


def _read_fields(frame: Frame, surroundings: Surroundings) -> set[str]:
    """Names like a device's that the frame's statement takes from some object."""
    tree = statements.parse(surroundings.text(frame.file) or "")
    statement = statements.statement_at(tree, frame.line) if tree else None
    return {
        node.attr
        for node in (ast.walk(statement) if statement else ())
        if isinstance(node, ast.Attribute)
        and device_code.is_device_name(node.attr)
        and statements.dotted(node) != "torch.device"
    }


def _in_imported(frame: Frame, surroundings: Surroundings) -> Change | None:
    """The literals of the one module of the project that the statement's device is imported from."""
    tree = statements.parse(surroundings.text(frame.file) or "")
    statement = statements.statement_at(tree, frame.line) if tree else None
    if tree is None or statement is None:
        return None
    given = variable_defaults.given_text(surroundings)
    for names, module, level in _imports(tree, statement):
        file = project_files.module_file(frame.file, module, level, surroundings)
        inner = statements.parse(surroundings.text(file) or "") if file else None
        if file is None or inner is None or not names & device_code.bound_names(inner, given):
            continue
        found = _change(file, inner, None, surroundings)
        if found is not None:
            return found
    return None


def _imports(tree: ast.Module, statement: ast.stmt) -> Iterator[tuple[set[str], str, int]]:
    """Names that a statement reads of imported modules: the names, the module, the dots before it."""
    read = statements.names_in(statement)
    taken = [
        statements.dotted(node).rpartition(".")
        for node in ast.walk(statement)
        if isinstance(node, ast.Attribute)
    ]
    for node in tree.body:
        if not isinstance(node, (ast.Import, ast.ImportFrom)):
            continue
        for alias in node.names:
            bound = alias.asname or alias.name
            inside = {name for holder, _, name in taken if holder == bound}
            if isinstance(node, ast.Import):
                yield inside, alias.name, 0
                continue
            if bound in read and node.module:
                yield {alias.name}, node.module, node.level
            whole = f"{node.module}.{alias.name}" if node.module else alias.name
            yield inside, whole, node.level


def _in_frame(frame: Frame, surroundings: Surroundings) -> Change | None:
    tree = statements.parse(surroundings.text(frame.file) or "")
    statement = statements.statement_at(tree, frame.line) if tree else None
    if tree is None or statement is None:
        return None
    return _change(frame.file, tree, statement, surroundings, frame.line)


def _change(
    file: str, tree: ast.Module, near: ast.stmt | None, surroundings: Surroundings, line: int = 0
) -> Change | None:
    """The literals of a file; the line that failed first: it is the one that a person looks at."""
    given = variable_defaults.given_text(surroundings)
    edits = device_code.edits(file, surroundings.text(file) or "", tree, near, given)
    at = next((edit.line for edit in edits if edit.old_text), None)
    if at is None:
        return None
    first = line or at
    ordered = sorted(edits, key=lambda edit: (edit.line != first, edit.line, edit.column))
    return Change(_which_lines(file, edits), tuple(ordered))


def _which_lines(file: str, edits: tuple[Edit, ...]) -> str:
    lines = sorted({edit.line for edit in edits if edit.old_text})
    where = ", ".join(str(line) for line in lines[:5]) + (", …" if len(lines) > 5 else "")
    many = f"lines {where}" if len(lines) > 1 else f"line {where}"
    return f"taking the CPU where there is no GPU ({many} of {code(file.rpartition('/')[2])})"
