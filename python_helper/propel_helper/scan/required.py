"""Options without which a script stops at once, and those of them that a command lacks."""

from __future__ import annotations

from functools import lru_cache

from propel_helper.facts.wording import Wording

_CALL = Wording(r"\.add_argument\(")
_BRACKET = Wording(r"[()]")
_NAMES = Wording(r"\s*(?:#[^\n]*\n\s*)*((?:['\"]-{1,2}[\w.-]+['\"]\s*,\s*)+)")
_NAME = Wording(r"['\"](-{1,2}[\w.-]+)['\"]")
_REQUIRED = Wording(r"\brequired\s*=\s*True\b")
_OTHERWISE = ("add_parser(", "add_subparsers(", "set_defaults(", "configargparse", "parse_args([")
"""Where a script has these, its options depend on more than the command line."""
_UNKNOWN = Wording(r"^[\"']?[$@]|\.\.\.|^\[|^<")
"""Words that may stand for any options."""


def _call(text: str, at: int) -> str:
    """The call's arguments that begin at ``at``, up to the bracket that closes them."""
    depth = 1
    for found in _BRACKET.finditer(text, at, at + 1000):
        depth += 1 if found[0] == "(" else -1
        if not depth:
            inside = text[at : found.start()]
            # A bracket in a help text that nothing closes leads into the next call.
            return "" if _CALL.search(inside) else inside
    return ""


def required(text: str) -> tuple[tuple[str, ...], ...]:
    """The names of each option that argparse must be given, by the script's own text."""
    if "required" not in text or any(part in text for part in _OTHERWISE):
        return ()
    found = []
    for call in _CALL.finditer(text):
        inside = _call(text, call.end())
        names = _NAMES.match(inside) if _REQUIRED.search(inside) else None
        before = text[text.rfind("\n", 0, call.start()) + 1 : call.start()]
        if names and "#" not in before:
            found.append(tuple(_NAME.findall(names.group(1))))
    return tuple(found)


@lru_cache(8192)
def lacking(options: tuple[tuple[str, ...], ...], arguments: tuple[str, ...]) -> tuple[str, ...]:
    """The longest name of each of ``options`` that is not among ``arguments``.

    argparse takes ``--name=value``, ``-nvalue`` and beginnings of names too.
    """
    if any(_UNKNOWN.search(word) for word in arguments):
        return ()
    given = [word.partition("=")[0] for word in arguments if word.startswith("-")]
    return tuple(
        max(names, key=len)
        for names in options
        if not any(
            name.startswith(word) or (name[1] != "-" and word.startswith(name))
            for name in names
            for word in given
        )
    )
