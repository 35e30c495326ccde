"""Numbers that the code reads as the text that their source gives: options, variables, INI files.

argparse gives text unless an option has a ``type``
(https://docs.python.org/3/library/argparse.html#type), ``os.environ`` and configparser always.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass

from propel_helper.facts.crash import Crash
from propel_helper.facts.finding import Fix, Safety
from propel_helper.facts.surroundings import Surroundings
from propel_helper.rules import (
    call_edits,
    config_sections,
    ini_files,
    project_files,
    statements,
)
from propel_helper.rules.config_sections import Origin
from propel_helper.rules.launch_text import Launch, launch_of
from propel_helper.rules.words import code

_WHOLE = re.compile(r"[-+]?\d+")
_NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")
_VARIABLE = re.compile(r"(?:os\.)?(?:environ|getenv|environ\.get)")
# What an option's value becomes with these is not for a type alone to say.
_OTHERWISE = ("type", "action", "nargs", "choices", None)


@dataclass(frozen=True)
class Reading:
    """One place where a number is read as text.

    Attributes:
        because: why it is text, as the gate says it.
        fix: what makes the code read it as a number.
    """

    because: str
    fix: Fix


def found(crash: Crash, surroundings: Surroundings, *, whole: bool) -> Reading | None:
    """The one such reading that the deepest frame which leads to any works with.

    ``whole``: the number must be a whole one. None without one, or with two.
    """
    for at in reversed(range(len(crash.frames))):
        if not surroundings.is_own(crash.frames[at].file):
            continue
        readings = {
            reading
            for origin in config_sections.origins(at, crash, surroundings)
            if (reading := _reading(origin, crash, surroundings, whole=whole)) is not None
        }
        if readings:
            return readings.pop() if len(readings) == 1 else None
    return None


def _reading(
    origin: Origin, crash: Crash, surroundings: Surroundings, *, whole: bool
) -> Reading | None:
    node = origin.node
    if isinstance(node, ast.Attribute):
        return _option(origin, crash, surroundings, whole=whole)
    if not isinstance(node, (ast.Subscript, ast.Call)):
        return None
    return _variable(origin, crash, surroundings, whole=whole) or _ini(
        origin, crash, surroundings, whole=whole
    )


def _option(
    origin: Origin, crash: Crash, surroundings: Surroundings, *, whole: bool
) -> Reading | None:
    """``args.epochs`` of an option that is declared without a type."""
    assert isinstance(origin.node, ast.Attribute)
    if config_sections.keys_to(origin, crash, surroundings) != (origin.node.attr,):
        return None
    launch = launch_of(surroundings)
    found = {
        surroundings.shown(file): (file, call)
        for file in project_files.of_crash(crash, surroundings)
        for name, call in _declared(surroundings.text(file))
        if name == origin.node.attr
    }
    if len(found) != 1:
        return None
    ((file, call),) = found.values()
    kind = _type_of(origin.node.attr, call, launch, whole=whole)
    text = surroundings.text(file) or ""
    edit = call_edits.with_keyword(file, text, call, "type", kind) if kind else None
    if edit is None:
        return None
    # The other numbers of the command line would stop the run next.
    others = [
        more
        for name, one in _declared(text)
        if name != origin.node.attr and launch and launch.option(f"--{name}")
        if _is_number(statements.argument(one, -1, "default"))
        if (other := _type_of(name, one, launch, whole=False)) is not None
        if (more := call_edits.with_keyword(file, text, one, "type", other)) is not None
    ]
    option = code(f"--{origin.node.attr}")
    also = " and the other numbers of the command line theirs" if others else ""
    fix = Fix(
        "give-option-a-type",
        f"Read it with type={kind}",
        f"giving {option} {code(f'type={kind}')}{also}, so that it is read as the number that it is",
        Safety.SAFE,
        (edit, *others),
    )
    because = f"{option} is declared without a type, and argparse gives such an option as text"
    return Reading(because, fix)


def _type_of(name: str, call: ast.Call, launch: Launch | None, *, whole: bool) -> str | None:
    """The type that an option without one needs for the number that it gets."""
    if any(one.arg in _OTHERWISE for one in call.keywords):
        return None
    given = launch.option(f"--{name}") if launch else None
    default = statements.argument(call, -1, "default")
    if given is None and statements.constant_text(default) is None:
        # A default that is a number stays one: the text came from elsewhere.
        return None
    return _kind(given.value if given else None, default, whole=whole)


def _declared(text: str | None) -> Iterator[tuple[str, ast.Call]]:
    """The ``add_argument`` calls of long options, by the name that their value gets."""
    tree = statements.parse(text) if text and "add_argument" in text else None
    for node in ast.walk(tree) if tree else ():
        if isinstance(node, ast.Call) and statements.dotted(node.func).endswith(".add_argument"):
            names = [statements.constant_text(word) or "" for word in node.args]
            long = next((name for name in names if name.startswith("--")), None)
            dest = statements.constant_text(statements.argument(node, -1, "dest"))
            if long:
                yield dest or long[2:].replace("-", "_"), node


def _variable(
    origin: Origin, crash: Crash, surroundings: Surroundings, *, whole: bool
) -> Reading | None:
    """``os.environ["EPOCHS"]`` and its kin."""
    node = origin.node
    if isinstance(node, ast.Subscript):
        source, key, default = statements.dotted(node.value), node.slice, None
    else:
        assert isinstance(node, ast.Call)
        source = statements.dotted(node.func)
        key = statements.argument(node, 0, "key") or ast.Constant(None)
        default = statements.argument(node, 1, "default")
    name = statements.constant_text(key)
    if name is None or not _VARIABLE.fullmatch(source):
        return None
    launch = launch_of(surroundings)
    given = launch.variable(name) if launch else None
    kind = _kind(given.value if given else None, default, whole=whole)
    because = f"{code(name)} is an environment variable, whose value is text"
    return _wrapped(origin, crash, surroundings, kind, because) if kind else None


def _ini(
    origin: Origin, crash: Crash, surroundings: Surroundings, *, whole: bool
) -> Reading | None:
    """A setting of an INI file that is indexed, not read by ``getint`` or ``getfloat``."""
    keys = config_sections.keys_to(origin, crash, surroundings)
    key = ini_files.number(".".join(keys), surroundings) if keys else None
    kind = _kind(key.value, None, whole=whole) if key else None
    if key is None or kind is None:
        return None
    line = (surroundings.text(key.file) or "").count("\n", 0, key.start) + 1
    because = (
        f"{code(key.name)} ({key.file}:{line}) is read from an INI file, whose values are text until "
        "they are read as numbers"
    )
    return _wrapped(origin, crash, surroundings, kind, because)


def _kind(value: str | None, default: ast.expr | None, *, whole: bool) -> str | None:
    """``int`` or ``float``, as the value is written; by the default where that is not known."""
    usual = getattr(default, "value", None)
    if value is None and isinstance(usual, str):
        value = usual
    if value is not None:
        if _WHOLE.fullmatch(value):
            return "float" if isinstance(usual, float) and not whole else "int"
        return "float" if _NUMBER.fullmatch(value) and not whole else None
    if type(usual) not in (int, float):
        return None
    return "int" if isinstance(usual, int) else None if whole else "float"


def _is_number(node: ast.expr | None) -> bool:
    return isinstance(node, ast.Constant) and type(node.value) in (int, float)


def _wrapped(
    origin: Origin, crash: Crash, surroundings: Surroundings, kind: str, because: str
) -> Reading:
    """The reading within ``int(...)`` or ``float(...)``."""
    file = crash.frames[origin.at].file
    text = surroundings.text(file) or ""
    start, end = call_edits.start_of(text, origin.node), call_edits.end_of(text, origin.node)
    edit = call_edits.between(file, text, start, end, f"{kind}({text[start:end]})")
    read = code(statements.source(text, origin.node))
    fix = Fix(
        "read-as-a-number",
        f"Read it with {kind}()",
        f"reading {read} with {code(f'{kind}()')}, as the number that it is",
        Safety.SAFE,
        (edit,),
    )
    return Reading(because, fix)
