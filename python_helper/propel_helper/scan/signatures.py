"""Options from declarations: a function's parameters, a dataclass's fields."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass

from propel_helper.facts.option import Option
from propel_helper.facts.wording import Wording
from propel_helper.scan.known_fields import known_fields
from propel_helper.scan.literals import called, keyword, text_of, texts_of
from propel_helper.scan.modules import Definition, Module, Modules

_PATH_NAME = Wording(
    r"(?:^|[-_.])(?:\w*path|\w*dir|directory|folder|\w*file|filename|config|cfg|ckpt|checkpoint|resume|weights"
    r"|root|pretrained|yaml|json|csv|data_root|model_name_or_path)s?(?:$|[-_.])",
    re.IGNORECASE,
)
_PLAIN = {"int": "int", "float": "float", "str": "str", "bool": "bool", "Path": "path",
          "pathlib.Path": "path", "list": "list", "List": "list", "tuple": "list", "Tuple": "list",
          "Sequence": "list", "dict": "dict", "Dict": "dict"}  # fmt: skip


@dataclass(frozen=True)
class Field:
    """A declared parameter: its name, type, default, choices, help, and whether it must be given."""

    name: str
    type: str | None
    default: str | None
    choices: tuple[str, ...]
    help: str
    required: bool
    line: int
    nested: str = ""
    """Name of the class that its type is, when the project may declare it."""


def long_option(name: str, field: Field, module: Module, form: str = "--name value") -> Option:
    """The option ``--name`` that a library makes of a declared parameter."""
    return Option(
        name="--" + name,
        form=form,
        type=field.type,
        default=field.default,
        choices=field.choices,
        help=field.help,
        takes_path=names_path(name, field.type),
        required=field.required,
        file=module.path,
        line=field.line,
    )


def names_path(name: str, kind: str | None = None) -> bool:
    """Whether an option of this name and type takes a file or folder."""
    if kind in ("int", "float", "bool"):
        return False
    return kind == "path" or bool(_PATH_NAME.search(name))


def annotation(node: ast.expr | None, module: Module) -> tuple[str | None, tuple[str, ...], str]:
    """Type, choices and class name of a type annotation."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        try:
            node = ast.parse(node.value, mode="eval").body
        except SyntaxError:
            return None, (), ""
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitOr):
        left = annotation(node.left, module)
        return left if left[0] not in (None, "None") else annotation(node.right, module)
    if isinstance(node, ast.Subscript):
        head = called(node.value).rpartition(".")[2]
        inner = node.slice
        first = inner.elts[0] if isinstance(inner, ast.Tuple) and inner.elts else inner
        if head == "Literal":
            values = texts_of(inner, module) if isinstance(inner, ast.Tuple) else ()
            return "str", values or tuple(filter(None, [text_of(inner, module)])), ""
        if head in ("Optional", "Annotated", "Final", "ClassVar", "Union"):
            return annotation(first, module)
        return _PLAIN.get(head, head or None), (), ""
    name = called(node) if node is not None else ""
    plain = _PLAIN.get(name)
    return plain or name.rpartition(".")[2] or None, (), "" if plain else name


def _enum_values(name: str, module: Module, modules: Modules) -> tuple[str, ...]:
    found = modules.find(name, module) if name else None
    if found is None or not isinstance(found[1], ast.ClassDef):
        return ()
    if not any("Enum" in called(base) for base in found[1].bases):
        return ()
    values = (
        text_of(node.value, found[0]) for node in found[1].body if isinstance(node, ast.Assign)
    )
    return tuple(value for value in values if value)


def _docs(definition: Definition) -> dict[str, str]:
    """What the docstring's ``Args:`` or ``:param x:`` lines say of each name."""
    text = ast.get_docstring(definition) or ""
    found = re.findall(
        r"^[ \t]*(?::param[ \t]+)?(\w+)[ \t]*(?:\([^)\n]*\))?[ \t]*:[ \t]+(\S.*)$",
        text,
        re.MULTILINE,
    )
    return dict(found)


def parameters(function: Definition, module: Module, modules: Modules) -> Iterator[Field]:
    """The parameters of a function, without ``self`` and variadic ones."""
    if isinstance(function, ast.ClassDef):
        return
    arguments = function.args
    plain = [*arguments.posonlyargs, *arguments.args]
    missing: list[ast.expr | None] = [None] * (len(plain) - len(arguments.defaults))
    defaults = [*missing, *arguments.defaults, *arguments.kw_defaults]
    docs = _docs(function)
    for one, default in zip([*plain, *arguments.kwonlyargs], defaults, strict=True):
        if one.arg in ("self", "cls"):
            continue
        kind, choices, nested = annotation(one.annotation, module)
        choices = choices or _enum_values(nested, module, modules)
        text = text_of(default, module)
        if kind is None and isinstance(default, ast.Constant):
            kind = _PLAIN.get(type(default.value).__name__)
        help_text = docs.get(one.arg, "")
        yield Field(one.arg, kind, text, choices, help_text, default is None, one.lineno, nested)


def fields(cls: ast.ClassDef, module: Module, modules: Modules) -> Iterator[Field]:
    """The fields of a dataclass (attrs, pydantic alike), those of its bases first.

    A field that is declared again keeps its place and takes the new default, as dataclasses do.
    """
    found: dict[str, Field] = {}
    for base in cls.bases:
        found |= {one.name: one for one in _base_fields(base, cls, module, modules)}
    found |= {one.name: one for one in _own_fields(cls, module, modules)}
    yield from found.values()


def _base_fields(
    base: ast.expr, cls: ast.ClassDef, module: Module, modules: Modules
) -> Iterator[Field]:
    name = called(base).rpartition(".")[2]
    found = modules.find(name, module)
    if found is None or found[1] is cls:
        yield from inherited(name, cls.lineno)
    elif isinstance(found[1], ast.ClassDef):
        yield from fields(found[1], found[0], modules)


def _own_fields(cls: ast.ClassDef, module: Module, modules: Modules) -> Iterator[Field]:
    docs = _docs(cls)
    body = cls.body
    for at, node in enumerate(body):
        if not isinstance(node, ast.AnnAssign) or not isinstance(node.target, ast.Name):
            continue
        if _is_set_later(node.value):
            continue
        kind, choices, nested = annotation(node.annotation, module)
        choices = choices or _enum_values(nested, module, modules)
        default, said, more = _field_value(node.value, module)
        after = body[at + 1] if at + 1 < len(body) else None
        if isinstance(after, ast.Expr) and isinstance(after.value, ast.Constant):
            said = said or " ".join(str(after.value.value).split())
        name = node.target.id
        said = said or docs.get(name, "") or comment_behind(module, node)
        required = node.value is None or _gives_no_default(node.value)
        yield Field(name, kind, default, more or choices, said, required, node.lineno, nested)


def comment_behind(module: Module, node: ast.stmt) -> str:
    """The comment on the line that ``node`` ends on, "" without one."""
    line = module.lines[(node.end_lineno or node.lineno) - 1].encode()
    behind = line[node.end_col_offset or 0 :].decode(errors="replace").strip()
    return behind.lstrip("# ") if behind.startswith("#") else ""


def inherited(name: str, line: int) -> Iterator[Field]:
    """The known fields of a class that no project declares, as if they stood on ``line``."""
    for one in known_fields(name):
        yield Field(one.name, one.type, one.default, one.choices, "", False, line)


def _is_set_later(node: ast.expr | None) -> bool:
    """Whether a value is ``field(init=False)``, which no caller can give."""
    given = keyword(node, "init") if isinstance(node, ast.Call) else None
    return isinstance(given, ast.Constant) and given.value is False


def _gives_no_default(node: ast.expr) -> bool:
    """Whether a value is ``field(...)`` without a default."""
    return (
        isinstance(node, ast.Call)
        and called(node).rpartition(".")[2] in ("field", "Field")
        and not node.args
        and keyword(node, "default", "default_factory", "factory") is None
    )


def _field_value(node: ast.expr | None, module: Module) -> tuple[str | None, str, tuple[str, ...]]:
    """Default, help and choices of a field's value, also inside ``field(...)``."""
    if not isinstance(node, ast.Call):
        return text_of(node, module), "", ()
    default = text_of(keyword(node, "default"), module)
    factory = keyword(node, "default_factory")
    if default is None and isinstance(factory, ast.Lambda):
        default = text_of(factory.body, module)
    said = text_of(keyword(node, "help", "description"), module) or ""
    choices: tuple[str, ...] = texts_of(keyword(node, "choices"), module)
    metadata = keyword(node, "metadata")
    if isinstance(metadata, ast.Dict):
        for key, value in zip(metadata.keys, metadata.values, strict=True):
            if text_of(key, module) == "help":
                said = " ".join((text_of(value, module) or "").split())
            elif text_of(key, module) == "choices":
                choices = texts_of(value, module)
    return default, said, choices
