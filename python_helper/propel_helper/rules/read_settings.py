"""The config's key or the code's name respelt, where the code reads a setting that is not there."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Container

from propel_helper.facts.crash import Crash
from propel_helper.facts.finding import Fix, Safety
from propel_helper.facts.surroundings import Surroundings
from propel_helper.rules import config_keys, own, setting_names
from propel_helper.rules.slip_proofs import is_proven
from propel_helper.rules.slips import differing
from propel_helper.rules.words import code

_MOST_NAMES = 3
_MOST_FILES = 60
"""Files of code that are searched for another reader of a name."""


def respelt(
    path: str,
    keys: tuple[config_keys.Key, ...],
    crash: Crash,
    surroundings: Surroundings,
    *,
    anywhere: bool,
    fix: str,
) -> Fix | None:
    """The fix, called ``fix``, for the setting ``path`` that the person's own deepest line reads; None without proof.

    A key that the code reads as well is another setting, and a name that is read beside it too.
    """
    frame = own.deepest(crash, surroundings)
    if frame is None:
        return None
    name = path.rpartition(".")[2]
    near = config_keys.near_key(path, keys, anywhere=anywhere, read=True)
    if near is None:
        near = _singular(path, keys, crash, surroundings, anywhere=anywhere)
    elif not is_proven(near.name, name):
        return setting_names.in_code(name, near.name, frame, surroundings)
    if near is None:
        return None
    others = {key.section for key in keys} - {near.section}
    if is_read(near.name, crash, surroundings, others):
        return None
    in_code = setting_names.in_code(name, near.name, frame, surroundings)
    if in_code is not None:
        return in_code
    edit, by = config_keys.renamed(near, name, surroundings)
    return Fix(fix, f"Write {name}", by, Safety.ASK, (edit,))


def beside(path: str, keys: tuple[config_keys.Key, ...], *, anywhere: bool) -> str:
    """Keys of almost that name, or with that word in them, as a sentence for a guide; "" without one."""
    near = config_keys.beside_key(path, keys, anywhere=anywhere)
    if near is not None:
        return f"The config has {code(near.name)}, which may be another setting. "
    parent, _, name = path.rpartition(".")
    word = re.compile(rf"(?:^|[_.-]){re.escape(name)}(?:[_.-]|$)")
    alike = [key.name for key in keys if key.parent == parent and word.search(key.name)]
    names = list(dict.fromkeys(alike))[:_MOST_NAMES]
    if not names or name in names:
        return ""
    return (
        f"The config has {' and '.join(map(code, names))}, each of which may be another setting. "
    )


def is_read(
    name: str, crash: Crash, surroundings: Surroundings, others: Container[str] = ()
) -> bool:
    """Whether the person's code, as far as it lies around the crash, reads a setting by ``name``.

    ``others``: sections of the config that a setting of that name is another one in.
    """
    text = rf"['\"]{re.escape(name)}['\"]"
    pattern = re.compile(
        rf"(?:(?P<holder>\w+)['\"\])]*)?(?:\.{re.escape(name)}\b|\[\s*{text}\s*\]"
        rf"|(?:\.get\w*|getattr|pop|setdefault)\([^()\n]*{text})"
    )
    return any(
        found["holder"] not in others
        for file in _code(crash, surroundings)
        for found in pattern.finditer(surroundings.text(file) or "")
    )


def _code(crash: Crash, surroundings: Surroundings) -> list[str]:
    own = [frame.file for frame in crash.frames if surroundings.is_own(frame.file)]
    folders = dict.fromkeys([".", *map(posixpath.dirname, own)])
    beside = [
        posixpath.join(folder, name)
        for folder in folders
        if folder
        for name in surroundings.names(folder)
        if name.endswith(".py")
    ]
    return list(dict.fromkeys([*own, *beside]))[:_MOST_FILES]


def _singular(
    path: str,
    keys: tuple[config_keys.Key, ...],
    crash: Crash,
    surroundings: Surroundings,
    *,
    anywhere: bool,
) -> config_keys.Key | None:
    """The one number written in the singular (``epoch: 3``) that the code reads in the plural.

    Only in a section that the code reads something else of. The other way round the code wants one
    of several (``layer`` of ``layers``).
    """
    name = path.rpartition(".")[2]
    near = config_keys.beside_key(path, keys, anywhere=anywhere)
    if near is None or not near.is_count:
        return None
    written, read = differing(near.name, name)
    others = [key for key in keys if key.parent == near.parent and key.file == near.file]
    if read != f"{written}s" or not any(
        is_read(key.name, crash, surroundings) for key in others if key != near
    ):
        return None
    return near
