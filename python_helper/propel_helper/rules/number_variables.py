"""Environment variables that the code reads as a number and that hold none."""

from __future__ import annotations

import ast
import re

from propel_helper.facts.crash import Crash
from propel_helper.facts.finding import Explanation
from propel_helper.facts.surroundings import Surroundings
from propel_helper.facts.wording import Wording
from propel_helper.rules import statements
from propel_helper.rules.steps import guide
from propel_helper.rules.words import code

# CPython's int() and float().
_LITERAL = Wording(
    r"^(?:invalid literal for int\(\) with base \d+|could not convert string to float): "
    r"(?P<quote>['\"])(?P<value>.*)(?P=quote)$"
)
_READS = re.compile(r"(?:os\.)?(?:environ\.get|getenv)")


def wrong(crash: Crash, surroundings: Surroundings) -> Explanation | None:
    """What the one variable of the failing line holds instead of a number."""
    found = _LITERAL.match(crash.message)
    last = crash.frames[-1] if crash.frames else None
    if found is None or last is None or not surroundings.is_own(last.file):
        return None
    statement = statements.parse_line(last.code or "")
    names = {
        name
        for node in (ast.walk(statement) if statement else ())
        if isinstance(node, ast.Call) and statements.dotted(node.func) in {"int", "float"}
        for name in [_variable(node.args[0] if node.args else None)]
        if name is not None
    }
    if len(names) != 1:
        return None
    (name,) = names
    holds = f"holds {code(found['value'])}" if found["value"] else "is set and empty"
    if "environ[" not in (last.code or ""):
        if found["value"]:
            return None  # it may be the default that the code itself has
        holds = "is empty or not set"
    return Explanation(
        f"an environment variable that is no number, {code(name)}",
        f"the code reads a number from {code(name)}, which {holds} where the run starts",
        fixes=(
            guide(
                "set-variable",
                f"Set {name}",
                f"Set {code(name)} to a number where the run starts, in the command, the script or the file that "
                "sets it; or unset it, where the code has a value of its own for that.",
            ),
        ),
    )


def _variable(node: ast.expr | None) -> str | None:
    """The variable that an expression reads, and nothing else."""
    if isinstance(node, ast.Subscript) and statements.dotted(node.value) in {
        "os.environ",
        "environ",
    }:
        return statements.constant_text(node.slice)
    if isinstance(node, ast.Call) and _READS.fullmatch(statements.dotted(node.func)):
        return statements.constant_text(node.args[0]) if node.args else None
    return None
