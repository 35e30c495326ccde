"""Words that a script must be handed in their order: argparse's and click's, and ``sys.argv[1]``.

argparse asks for a positional argument unless ``nargs`` lets it be left out, whatever its default
(https://docs.python.org/3/library/argparse.html#nargs); click does unless it has a default or says
that it is not required (https://click.palletsprojects.com/en/stable/arguments/).
"""

from __future__ import annotations

import re

from propel_helper.facts.wording import Wording

_MAY_BE_LEFT_OUT = Wording(
    r"\bnargs\s*=\s*(?:['\"](?:[?*]|\.\.\.)['\"]|(?:\w+\.)*(?:REMAINDER|OPTIONAL|ZERO_OR_MORE)\b)"
)
_FIRST = Wording(r"\s*(?:#[^\n]*\n\s*)*['\"]([A-Za-z_][\w-]*)['\"]\s*(?:,|$)")
_CLICK_MAY = Wording(r"\brequired\s*=\s*False\b|\bdefault\s*=|\bnargs\s*=\s*-1\b")

_READ = Wording(r"\bsys\.argv\[([1-9])\](?!\s*=[^=])")
_COUNTED = "len(sys.argv)"
_CHECK = Wording(
    r"^([ \t]*)if[ \t]+len\(sys\.argv\)[ \t]*(!=|<=|<|==)[ \t]*(\d)[ \t]*:([^\n]*(?:\n(?:\1[ \t]+[^\n]*|[ \t]*(?=\n)))*)",
    re.MULTILINE,
)
_STOPS = Wording(r"\b(?:exit|raise|return|usage|print)\b")
_SETS = Wording(r"^[ \t]*[\w.\[\]]+[ \t]*=[^=]", re.MULTILINE)
_ASSERTED = Wording(r"\bassert[ \t]+len\(sys\.argv\)[ \t]*(==|>=|>)[ \t]*(\d)")
_NAMED = Wording(r"\b([A-Za-z_]\w*)[ \t]*=[ \t]*(?:[\w.]+\()*sys\.argv\[([1-9])\]")
_HANDED = Wording(r"\b([A-Za-z_]\w*)\(\s*sys\.argv\[1\]((?:\s*,\s*sys\.argv\[[2-9]\])*)\s*[,)]")
_COMMENT = Wording(r"^[ \t]*#.*$", re.MULTILINE)


def of_argparse(inside: str) -> str:
    """The name of the positional argument that ``add_argument(inside)`` asks for, "" for none."""
    found = _FIRST.match(inside)
    return found[1] if found and not _MAY_BE_LEFT_OUT.search(inside) else ""


def of_click(inside: str) -> str:
    """The name of the argument that ``click.argument(inside)`` asks for, "" for none."""
    found = _FIRST.match(inside)
    return found[1].upper() if found and not _CLICK_MAY.search(inside) else ""


def of_argv(text: str) -> tuple[str, ...]:
    """What a script takes out of ``sys.argv`` without looking whether it is there.

    A number that is looked at counts only where the script stops at any other.
    """
    if "sys.argv[" not in text or "IndexError" in text:
        return ()
    text = _COMMENT.sub("", text)
    count = max((int(one) for one in _READ.findall(text)), default=0)
    if _COUNTED in text:
        count = _checked(text)
    names = _names(text)
    return tuple(names.get(at, f"argument {at}") for at in range(1, count + 1))


def _checked(text: str) -> int:
    """How many arguments a script insists on; 0 when it does with fewer."""
    counts = []
    for found in _CHECK.finditer(text):
        _, sign, number, block = found.groups()
        if not _STOPS.search(block) or _SETS.search(block):
            return 0
        counts.append(int(number) - (sign not in ("<=", "==")))
    counts += [int(number) - (sign != ">") for sign, number in _ASSERTED.groups(text)]
    return max(counts, default=0) if len(counts) == text.count(_COUNTED) else 0


def _names(text: str) -> dict[int, str]:
    """What the arguments are called: by what they are assigned to, or by the function's head."""
    found = {int(at): name for name, at in _NAMED.groups(text)}
    for name, more in _HANDED.groups(text):
        head = re.search(rf"\bdef {name}\(([^)]*)\)", text)
        words = re.findall(r"(?:^|,)\s*(\w+)", head[1]) if head else []
        for at, word in enumerate(words[: 1 + more.count("argv")], start=1):
            found.setdefault(at, word)
    return found
