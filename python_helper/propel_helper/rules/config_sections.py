"""Which part of a loaded config an expression holds, followed through names, calls and keys.

JSON holds data as often as settings: what ``json`` loads counts where its file is proven to be a
config, by its name, its folder or the settings that it has (``setting_files``).
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from propel_helper.facts.crash import Crash, Frame
from propel_helper.facts.surroundings import Surroundings
from propel_helper.facts.wording import Wording
from propel_helper.rules import setting_files, settings_in_code, statements

_NAMED = Wording(rf"{settings_in_code.WORDS}s?$", re.IGNORECASE)
_LOADERS = Wording(
    r"^(?:yaml\.(?:safe_|full_|unsafe_)?load|toml(?:lib|i)?\.loads?|OmegaConf\.load)$"
    r"|^(?:configparser\.)?(?:Raw|Safe)?ConfigParser$"
    r"|(?:load|read|parse|get)_(?:\w+_)?(?:config|cfg|yaml|toml|settings|hparams|params)$"
)
_JSON_LOADERS = frozenset({"json.load", "json.loads"})
_CASTS = frozenset({"torch.device"})
"""Calls whose result stands for the setting that they are given."""
_DEEPEST = 8
"""Steps that are followed; a name that leads back to itself ends there."""

_Path = tuple[str, ...]


@dataclass(frozen=True)
class Section:
    """Where in a config something stands.

    Attributes:
        path: the keys that lead to it; empty for the config itself.
        file: the file that the config was loaded from, None where that can't be told.
    """

    path: _Path
    file: str | None


@dataclass(frozen=True)
class Origin:
    """An expression, and the index of the frame that it stands in."""

    node: ast.expr
    at: int


def section_of(key: str, crash: Crash, surroundings: Surroundings) -> Section | None:
    """The part of a config that was indexed with ``key`` and lacked it.

    None where what the last frame indexes is not plainly a config.
    """
    at = len(crash.frames) - 1
    frame = crash.frames[at]
    tree = _Scope(frame, surroundings).module
    ran = statements.statements_at(tree, frame.line) if tree else []
    if not ran and frame.code:
        line = statements.parse_line(frame.code)
        ran = [line] if line else []
    indexed = {
        id(node): node.value
        for statement in ran
        for node in ast.walk(statement)
        if isinstance(node, ast.Subscript) and statements.constant_text(node.slice) == key
    }
    trace = _Trace(crash, surroundings, key)
    found = {trace.follow(node, at, _DEEPEST) for node in indexed.values()}
    path = found.pop() if len(found) == 1 else None
    if path is None:
        return None
    return Section(path, trace.files.pop() if len(trace.files) == 1 else None)


def held(at: int, crash: Crash, surroundings: Surroundings) -> set[_Path]:
    """Keys that lead from a config to what the expressions of frame ``at``'s statement hold."""
    statement = _Scope(crash.frames[at], surroundings).statement
    if statement is None:
        return set()
    trace = _Trace(crash, surroundings)
    nodes = statements.expressions(statement)
    return {path for node in nodes if (path := trace.follow(node, at, _DEEPEST))}


def sections(at: int, crash: Crash, surroundings: Surroundings) -> set[Section]:
    """The parts of configs that the expressions of frame ``at``'s statements hold, with their files."""
    tree = _Scope(crash.frames[at], surroundings).module
    ran = statements.statements_at(tree, crash.frames[at].line) if tree else []
    found = set()
    for node in (one for statement in ran for one in statements.expressions(statement)):
        trace = _Trace(crash, surroundings)
        path = trace.follow(node, at, _DEEPEST)
        if path and len(trace.files) == 1:
            found.add(Section(path, trace.files.pop()))
    return found


def origins(at: int, crash: Crash, surroundings: Surroundings) -> list[Origin]:
    """Where what the expressions of frame ``at``'s statement hold comes from."""
    statement = _Scope(crash.frames[at], surroundings).statement
    if statement is None:
        return []
    trace = _Trace(crash, surroundings)
    return [trace.origin(node, at, _DEEPEST) for node in statements.expressions(statement)]


def keys_to(origin: Origin, crash: Crash, surroundings: Surroundings) -> tuple[str, ...] | None:
    """The keys that lead from a config to what an expression holds; None when it is none of one."""
    return _Trace(crash, surroundings).follow(origin.node, origin.at, _DEEPEST)


class _Scope:
    """The function (or module) that a frame runs in, where its file can be read."""

    def __init__(self, frame: Frame, surroundings: Surroundings) -> None:
        text = surroundings.text(frame.file)
        tree = statements.parse(text) if text else None
        self.statement = statements.statement_at(tree, frame.line) if tree else None
        self.module = tree
        around = [
            node
            for node in (ast.walk(tree) if tree else ())
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))
            and node.lineno <= frame.line <= (node.end_lineno or node.lineno)
        ]
        self.function = max(around, key=lambda node: node.lineno, default=None)

    @property
    def called(self) -> str:
        """The name that a caller calls the function by: a class's for its ``__init__``."""
        if self.function is None or self.function.name != "__init__":
            return self.function.name if self.function else ""
        holders = [
            node.name
            for node in (ast.walk(self.module) if self.module else ())
            if isinstance(node, ast.ClassDef) and self.function in node.body
        ]
        return holders[0] if holders else ""

    @property
    def parameters(self) -> list[str]:
        """Names of the function's arguments that may be given by position."""
        given = self.function.args if self.function else None
        return [one.arg for one in (*given.posonlyargs, *given.args)] if given else []

    def assigned(self, name: str, line: int) -> ast.expr | None:
        """The one value that a name (``o``, ``self.o``) was given; None without one, or with two.

        In the function above ``line``, else at the module's top level; an attribute anywhere.
        """
        inside = list(ast.walk(self.function)) if self.function else []
        values = [value for value in _values(name, inside) if value.lineno < line]
        if not values and name.startswith("self.") and self.module:
            values = _values(name, ast.walk(self.module))
        elif not values and name not in self.parameters and self.module:
            values = _values(name, _outside(self.module))
        same = {ast.dump(value) for value in values}
        return values[-1] if len(same) == 1 else None

    def opened(self, name: str, line: int) -> ast.expr | None:
        """What ``with ... as name`` around ``line`` entered."""
        found = [
            item.context_expr
            for node in (ast.walk(self.module) if self.module else ())
            if isinstance(node, ast.With) and node.lineno <= line <= (node.end_lineno or 0)
            for item in node.items
            if item.optional_vars is not None and statements.dotted(item.optional_vars) == name
        ]
        return found[-1] if found else None


def _values(name: str, nodes: Iterable[ast.AST]) -> list[ast.expr]:
    found: list[ast.expr] = []
    for node in nodes:
        if isinstance(node, ast.Assign):
            targets: list[ast.expr] = node.targets
        elif isinstance(node, ast.AnnAssign):
            targets = [node.target]
        else:
            continue
        if node.value is not None and name in map(statements.dotted, targets):
            found.append(node.value)
    return found


def _outside(module: ast.Module) -> Iterator[ast.AST]:
    """Everything of a module that is not in a function or class."""
    waiting: list[ast.AST] = [module]
    while waiting:
        node = waiting.pop()
        yield node
        if not isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            waiting.extend(ast.iter_child_nodes(node))


class _Trace:
    """Follows expressions; ``files`` are those that the configs at their ends were loaded from."""

    def __init__(self, crash: Crash, surroundings: Surroundings, asked: str = "") -> None:
        self._frames = crash.frames
        self._surroundings = surroundings
        self._asked = asked
        self.files: set[str] = set()

    def follow(self, node: ast.expr, at: int, left: int) -> _Path | None:
        """Keys from the config to what ``node`` holds in frame ``at``; None when it is no config."""
        if left == 0:
            return None
        if isinstance(node, ast.Subscript):
            return self._below(node.value, statements.constant_text(node.slice), at, left)
        if isinstance(node, ast.Call):
            name = statements.dotted(node.func)
            if isinstance(node.func, ast.Attribute) and node.func.attr == "get" and node.args:
                return self._below(
                    node.func.value, statements.constant_text(node.args[0]), at, left
                )
            if name in _CASTS and node.args:
                return self.follow(node.args[0], at, left - 1)
            return () if self._loads(node, name, at) else None
        name = statements.dotted(node)
        if not name:
            return None
        found = self._named(name, at, left)
        if found is None and _NAMED.search(name):
            return ()
        if found is None and isinstance(node, ast.Attribute):
            return self._below(node.value, node.attr, at, left)
        return found

    def _loads(self, call: ast.Call, name: str, at: int) -> bool:
        """Whether a call loads a config; a parser's file is kept, a helper's may read others too."""
        is_json = name in _JSON_LOADERS
        if not is_json and not _LOADERS.search(name):
            return False
        parses = is_json or name.startswith(("yaml.", "toml"))
        file = self._file(call.args[0], at, _DEEPEST) if parses and call.args else None
        if file is not None:
            self.files.add(file)
        return not is_json or (
            file is not None and setting_files.holds(file, self._asked, self._surroundings)
        )

    def _file(self, node: ast.expr, at: int, left: int) -> str | None:
        """The literal path of the file that an expression opens or reads."""
        text = statements.constant_text(node)
        if text is not None or left == 0 or at < 0:
            return text
        if isinstance(node, ast.Call):
            name = statements.dotted(node.func).rpartition(".")[2]
            if name in {"open", "Path"} and node.args:
                return self._file(node.args[0], at, left - 1)
            if isinstance(node.func, ast.Attribute) and name in {"open", "read", "read_text"}:
                return self._file(node.func.value, at, left - 1)
            return None
        scope = _Scope(self._frames[at], self._surroundings)
        name = statements.dotted(node)
        given = scope.assigned(name, self._frames[at].line) if name else None
        given = given or (scope.opened(name, node.lineno) if name else None)
        return None if given is None else self._file(given, at, left - 1)

    def _below(self, node: ast.expr, key: str | None, at: int, left: int) -> _Path | None:
        above = self.follow(node, at, left - 1) if key is not None else None
        return None if above is None or key is None else (*above, key)

    def origin(self, node: ast.expr, at: int, left: int) -> Origin:
        """Where what ``node`` names in frame ``at`` comes from: the expression that is no name of it."""
        name = statements.dotted(node)
        given = self._given(name, at) if name and left > 0 else None
        return Origin(node, at) if given is None else self.origin(given.node, given.at, left - 1)

    def _named(self, name: str, at: int, left: int) -> _Path | None:
        """The keys to what a name holds."""
        given = self._given(name, at)
        return None if given is None else self.follow(given.node, given.at, left - 1)

    def _given(self, name: str, at: int) -> Origin | None:
        """A name's value: what it was given here, else what the caller handed over for it."""
        if at < 0:
            return None
        frame = self._frames[at]
        scope = _Scope(frame, self._surroundings)
        value = scope.assigned(name, frame.line)
        if value is not None:
            return Origin(value, at)
        positions = scope.parameters
        call = self._call(at - 1, scope.called) if name in positions and at > 0 else None
        if call is None:
            return None
        method = positions[0] in {"self", "cls"}
        given = statements.argument(call, positions.index(name) - method, name)
        return None if given is None else Origin(given, at - 1)

    def _call(self, at: int, function: str) -> ast.Call | None:
        """The one call of ``function`` in a frame's statement."""
        statement = _Scope(self._frames[at], self._surroundings).statement
        if statement is None:
            return None
        found = [
            call
            for call in statements.calls(statement)
            if statements.dotted(call.func).rpartition(".")[2] == function
        ]
        return found[0] if len(found) == 1 else None
