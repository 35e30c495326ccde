"""Words of a shell text with their places.

A small reader: it runs and expands nothing. Quotes are taken off a word's value and its expansions
stay as written; redirections, comments and here-documents are left out.
"""

from __future__ import annotations

from dataclasses import dataclass

_OPERATORS = ("&&", "||", ";;", "|&", ";", "|", "&", "\n", "(", ")")
_REDIRECTIONS = ("<<<", "&>>", "<<-", "<<", ">>", ">&", ">|", "<&", "<>", "&>", ">", "<")


@dataclass(frozen=True)
class Word:
    """A shell word: its value without quotes (expansions as written) and its place in the text."""

    value: str
    start: int
    end: int


@dataclass(frozen=True)
class SimpleCommand:
    """Words up to an operator. ``operator`` is "" at the end of the text."""

    words: tuple[Word, ...]
    operator: str


def simple_commands(text: str) -> tuple[SimpleCommand, ...]:
    """The simple commands of a shell text in order, without redirections, comments and heredocs."""
    return tuple(_Reader(text).commands())


class _Reader:
    """Reads a shell text once from its start."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.heredocs: list[tuple[str, bool]] = []

    def commands(self) -> list[SimpleCommand]:
        found: list[SimpleCommand] = []
        words: list[Word] = []
        target = ""
        while self.at < len(self.text):
            if self._skipped():
                continue
            redirection = self._starting(_REDIRECTIONS)
            operator = "" if redirection else self._starting(_OPERATORS)
            if redirection:
                self.at += len(redirection)
                target = redirection
            elif operator:
                self.at += len(operator)
                found.append(SimpleCommand(tuple(words), operator))
                words = []
                if operator == "\n":
                    self._pass_heredocs()
            else:
                word = self._word()
                if target in {"<<", "<<-"}:
                    self.heredocs.append((word.value, target == "<<-"))
                elif not target and not (word.value.isdigit() and self._starting(_REDIRECTIONS)):
                    words.append(word)
                target = ""
        found.append(SimpleCommand(tuple(words), ""))
        return found

    def _skipped(self) -> bool:
        """Pass over blanks, a continued line, or a comment; whether there was one."""
        if self.text.startswith("\\\n", self.at):
            self.at += 2
        elif self.text[self.at] in " \t\r":
            self.at += 1
        elif self.text[self.at] == "#":
            end = self.text.find("\n", self.at)
            self.at = len(self.text) if end < 0 else end
        else:
            return False
        return True

    def _starting(self, tokens: tuple[str, ...]) -> str:
        return next((token for token in tokens if self.text.startswith(token, self.at)), "")

    def _word(self) -> Word:
        start, value = self.at, ""
        while self.at < len(self.text):
            char = self.text[self.at]
            if char in " \t\r\n;&|<>()":
                break
            if char == "\\":
                value += self.text[self.at + 1 : self.at + 2].replace("\n", "")
                self.at += 2
            elif char == "'":
                value += self._up_to("'")
            elif char == '"':
                value += self._double_quoted()
            elif self.text.startswith("$(", self.at) or char == "`":
                value += self._substitution()
            else:
                value += char
                self.at += 1
        self.at = min(self.at, len(self.text))
        return Word(value, start, self.at)

    def _up_to(self, quote: str) -> str:
        end = self.text.find(quote, self.at + 1)
        end = len(self.text) if end < 0 else end
        inside = self.text[self.at + 1 : end]
        self.at = end + 1
        return inside

    def _double_quoted(self) -> str:
        value = ""
        self.at += 1
        while self.at < len(self.text) and self.text[self.at] != '"':
            if self.text.startswith("$(", self.at) or self.text[self.at] == "`":
                value += self._substitution()
                continue
            if self.text[self.at] == "\\" and self.text[self.at + 1 : self.at + 2] in '$`"\\\n':
                self.at += 1
            value += self.text[self.at : self.at + 1]
            self.at += 1
        self.at += 1
        return value

    def _substitution(self) -> str:
        """Pass over ``$(...)`` or backticks; returns it as written."""
        start = self.at
        if self.text[self.at] == "`":
            self._up_to("`")
            return self.text[start : self.at]
        depth = 0
        while self.at < len(self.text):
            char = self.text[self.at]
            if char == "\\":
                self.at += 1
            elif char == "'":
                self._up_to("'")
                continue
            elif char in "()":
                depth += 1 if char == "(" else -1
            self.at += 1
            if depth == 0 and char == ")":
                break
        return self.text[start : self.at]

    def _pass_heredocs(self) -> None:
        for end_word, stripped in self.heredocs:
            while self.at < len(self.text):
                end = self.text.find("\n", self.at)
                line = self.text[self.at :] if end < 0 else self.text[self.at : end]
                self.at = len(self.text) if end < 0 else end + 1
                if (line.lstrip("\t") if stripped else line) == end_word:
                    break
        self.heredocs = []
