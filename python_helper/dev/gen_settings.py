"""The settings block of package.json, and its typed reader, from ``settings.py``."""

from __future__ import annotations

import json
from dataclasses import Field, fields
from typing import Any

from propel_helper.settings import Settings

HEADER = (
    "// Generated from python_helper/propel_helper/settings.py by `npm run gen`. Do not edit.\n"
)

KINDS = {str: "string", bool: "boolean", int: "integer", float: "number"}


def key(name: str) -> str:
    """``helper_python`` -> ``propel.helper.python``: each underscore is a level."""
    return "propel." + name.replace("_", ".")


def schema(item: Field[Any]) -> dict[str, Any]:
    """JSON Schema of one setting, as VS Code reads it."""
    extra = dict(item.metadata)
    description = extra.pop("description")
    block: dict[str, Any] = {"type": KINDS[type(item.default)], "default": item.default}
    block.update({name: list(v) if isinstance(v, tuple) else v for name, v in extra.items()})
    return {**block, "markdownDescription": description}


def manifest(text: str) -> str:
    """``text`` of package.json with the configuration block replaced."""
    document = json.loads(text)
    document.setdefault("contributes", {})["configuration"] = {
        "title": "Propel",
        "properties": {key(item.name): schema(item) for item in fields(Settings)},
    }
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


def typescript() -> str:
    """Keys and default values, for a reader that needs no strings of its own."""
    rows = "".join(
        f'  "{item.name.replace("_", ".")}": {json.dumps(item.default)},\n'
        for item in fields(Settings)
    )
    return f"{HEADER}\nexport const settingDefaults = {{\n{rows}}};\n"
