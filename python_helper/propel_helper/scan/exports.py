"""What the lines of a block export before a command, put into the text of that command.

``NAME=value command`` gives the command what ``export NAME=value`` above it would. Where the text
itself uses ``$NAME`` the line stays one of its own: a shell fills in the words of a command before
it assigns what stands in front of them (POSIX 2.9.1).
"""

from __future__ import annotations

from propel_helper.facts.wording import Wording
from propel_helper.scan.shell_text import Simple

_ASSIGNS = Wording(r"^[A-Za-z_]\w*=")
_USED = Wording(r"\$(?:\{([A-Za-z_]\w*)|([A-Za-z_]\w*))")


class Exports:
    """The exports of one block so far, as words ``NAME=value``; the last one of a name counts."""

    def __init__(self) -> None:
        self._words: list[str] = []

    def takes(self, command: Simple) -> bool:
        """Whether ``command`` only exports variables; they are kept."""
        if command.words[0] != "export" or command.operator:
            return False
        for word in command.words[1:]:
            # Without a value it is left to the reader: the note asks for it.
            if _ASSIGNS.match(word) and not word.endswith("="):
                adds = _name(word) in _used(word)
                self._words = [one for one in self._words if adds or _name(one) != _name(word)]
                self._words.append(word)
        return True

    def before(self, text: str) -> str:
        """``text`` with the exports in front of it, less those that it sets itself."""
        own = {_name(word) for word in text.split() if _ASSIGNS.match(word)}
        words = [word for word in self._words if _name(word) not in own]
        above: set[str] = set()
        for word in (*words, text):
            if not above.isdisjoint(_used(word)):
                return " && ".join((*(f"export {one}" for one in words), text))
            above.add(_name(word))
        return " ".join((*words, text))


def _name(word: str) -> str:
    return word.partition("=")[0]


def _used(text: str) -> set[str]:
    """Names of the variables that ``text`` uses."""
    return {one or other for one, other in _USED.groups(text)}
