"""Required options that a class of the project adds to the parser of a script.

``Net.add_model_specific_args(parser)``, as Lightning and fairseq have it: which options there are
stands in the class's own file.
"""

from __future__ import annotations

import re

from propel_helper.facts.wording import Wording
from propel_helper.scan.required import decided_elsewhere, required

_HANDED = Wording(r"(?<![\w.])([A-Za-z_]\w*)\.add_\w*arg\w*\(\s*\w*pars\w*\s*\)")
_HANDS = Wording(r"\.add_\w*arg\w*\(\s*\w*pars")
_IMPORTED = Wording(
    r"^[ \t]*from[ \t]+([\w.]+)[ \t]+import[ \t]+(?:\(([^)]*)\)|([^\n#]*))", re.MULTILINE
)
_TOP = Wording(r"^(?:class[ \t]+(\w+)|def\b|if\b|@)", re.MULTILINE)
_ADDS = Wording(r"\bdef add_\w*arg\w*\(")


def handed_to(text: str) -> tuple[tuple[str, str], ...]:
    """(module, class) of each class that a script's text hands its parser to."""
    if ".add_" not in text or not _HANDS.search(text) or decided_elsewhere(text):
        return ()
    calls = _HANDED.finditer(text)
    classes = {
        one[1]: None
        for one in calls
        if "#" not in text[text.rfind("\n", 0, one.start()) + 1 : one.start()]
    }
    if not classes:
        return ()
    found = {}
    for module, inside, plain in _IMPORTED.groups(text):
        for name in (inside or plain).split(","):
            found[name.strip()] = module
    return tuple((found[name], name) for name in classes if name in found)


def adds(text: str) -> tuple[tuple[str, tuple[tuple[str, ...], ...]], ...]:
    """Each class of ``text`` with the options without which its part of a parser stops."""
    if "def add_" not in text or "required" not in text or not _ADDS.search(text):
        return ()
    tops = list(_TOP.finditer(text))
    ends = [one.start() for one in tops[1:]] + [len(text)]
    parts = ((top[1], text[top.start() : end]) for top, end in zip(tops, ends, strict=True))
    found = ((name, required(part)) for name, part in parts if name and _ADDS.search(part))
    return tuple((name, options) for name, options in found if options)
