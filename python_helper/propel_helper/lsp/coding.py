"""Facts to JSON and back: camelCase keys, and no value bent into another type.

cattrs by itself turns ``"no"`` into ``True`` and ``5`` into ``"5"``; the hooks below refuse that.
"""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from typing import Any, TypeVar

from cattrs import ClassValidationError, Converter, transform_error
from cattrs.gen import make_dict_structure_fn, make_dict_unstructure_fn, override

T = TypeVar("T")


class BadParams(ValueError):
    """Parameters that do not have the declared shape; the text says which and why."""


def camel(name: str) -> str:
    """``end_line`` -> ``endLine``, as ``wire.gen.ts`` has it."""
    head, *rest = name.split("_")
    return head + "".join(part.title() for part in rest)


def exactly(kind: type) -> Any:  # noqa: ANN401 - a cattrs hook
    """A structure hook that takes a value of ``kind`` and nothing else."""

    def structure(value: Any, _: Any) -> Any:  # noqa: ANN401
        if type(value) is not kind:
            raise ValueError(f"{value!r} is not of type {kind.__name__}")
        return value

    return structure


def fact_converter() -> Converter:
    """A converter for the dataclasses of ``facts`` and ``wire``."""
    converter = Converter()
    for kind in (str, int, bool):
        converter.register_structure_hook(kind, exactly(kind))

    def renames(cls: type) -> dict[str, Any]:
        return {item.name: override(rename=camel(item.name)) for item in fields(cls)}

    converter.register_structure_hook_factory(
        is_dataclass, lambda cls: make_dict_structure_fn(cls, converter, **renames(cls))
    )
    converter.register_unstructure_hook_factory(
        is_dataclass, lambda cls: make_dict_unstructure_fn(cls, converter, **renames(cls))
    )
    return converter


def decode(converter: Converter, cls: type[T], data: Any) -> T:  # noqa: ANN401
    """``data`` (decoded JSON) as ``cls``.

    Raises:
        BadParams: a key is missing or a value has another type.
    """
    try:
        return converter.structure(data, cls)
    except ClassValidationError as error:
        raise BadParams("; ".join(transform_error(error))) from error
    except Exception as error:  # cattrs raises what the data's own type raises
        raise BadParams(str(error)) from error
