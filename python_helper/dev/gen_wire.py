"""TypeScript of the wire: interfaces for the facts, one typed method value per request."""

from __future__ import annotations

import inspect
import types
from dataclasses import fields, is_dataclass
from enum import Enum
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from propel_helper import wire

HEADER = """\
// Generated from python_helper/propel_helper/wire.py by `npm run gen`. Do not edit.
import { NotificationType, RequestType } from "vscode-languageclient/node";
"""

SCALARS = {str: "string", int: "number", float: "number", bool: "boolean", type(None): "null"}


def camel(name: str) -> str:
    """``end_line`` -> ``endLine``."""
    head, *rest = name.lower().split("_")
    return head + "".join(part.title() for part in rest)


class Emitter:
    """Collects the named types that the methods reach, each once, dependencies first."""

    def __init__(self) -> None:
        self.blocks: dict[str, str] = {}

    def type_text(self, hint: Any) -> str:  # noqa: ANN401 - any type annotation
        """The TypeScript type for a Python type."""
        origin, args = get_origin(hint), get_args(hint)
        if hint in SCALARS:
            return SCALARS[hint]
        if origin in (Union, types.UnionType):
            return " | ".join(self.type_text(arg) for arg in args)
        if origin is Literal:
            return " | ".join(f'"{arg}"' for arg in args)
        if origin is tuple:
            inner = self.type_text(args[0])
            return f"readonly ({inner})[]" if "|" in inner else f"readonly {inner}[]"
        if origin is dict:
            return f"Readonly<Record<string, {self.type_text(args[1])}>>"
        if isinstance(hint, type) and issubclass(hint, Enum):
            return self.enum(hint)
        if isinstance(hint, type) and is_dataclass(hint):
            return self.interface(hint)
        raise TypeError(f"no TypeScript for {hint!r}")

    def enum(self, hint: type[Enum]) -> str:
        """A union of string literals."""
        values = " | ".join(f'"{item.value}"' for item in hint)
        self.blocks[hint.__name__] = f"{doc(hint)}export type {hint.__name__} = {values};\n"
        return hint.__name__

    def interface(self, hint: type) -> str:
        """A readonly interface; its fields' types come before it."""
        if hint.__name__ not in self.blocks:
            hints = get_type_hints(hint)
            lines = [
                f"  readonly {camel(item.name)}: {self.type_text(hints[item.name])};\n"
                for item in fields(hint)
            ]
            self.blocks[hint.__name__] = (
                f"{doc(hint)}export interface {hint.__name__} {{\n{''.join(lines)}}}\n"
            )
        return hint.__name__


def doc(hint: type) -> str:
    """The docstring as JSDoc."""
    text = inspect.getdoc(hint) or ""
    body = "".join(f" * {line}".rstrip() + "\n" for line in text.splitlines())
    return f"/**\n{body} */\n"


def typescript() -> str:
    """The whole module."""
    emitter, methods = Emitter(), []
    named = {id(value): name for name, value in vars(wire).items()}
    for request in wire.REQUESTS:
        params, result = emitter.type_text(request.params), emitter.type_text(request.result)
        methods.append(
            f"export const {camel(named[id(request)])} = "
            f'new RequestType<{params}, {result}, void>("{request.method}");\n'
        )
    for notification in wire.NOTIFICATIONS:
        params = emitter.type_text(notification.params)
        methods.append(
            f"export const {camel(named[id(notification)])} = "
            f'new NotificationType<{params}>("{notification.method}");\n'
        )
    return "\n".join([HEADER, *emitter.blocks.values(), "".join(methods)])
