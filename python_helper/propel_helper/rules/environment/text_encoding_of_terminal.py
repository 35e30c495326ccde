"""text-encoding-of-terminal: the session's encoding can't hold a character.

## What happened
A text with other characters than ASCII was printed, written or read, and the session's encoding is
plain ASCII.

## Why it happens
`PYTHONIOENCODING` names another encoding, or no locale is set where the run starts (`LANG` is empty or
`C`), as in many containers and batch jobs. Or the program asks for a locale that is not installed.

## What the fix changes
`PYTHONUTF8=1` in front of the launch command: Python then uses UTF-8 for its files and output. Where a
text could not be written, `PYTHONIOENCODING=utf-8` as well, which comes before it.

## Fix safety
Safe: it changes how text is written, not what is computed.
"""

from __future__ import annotations

import re

from propel_helper.facts.crash import Crash
from propel_helper.facts.finding import Category, Explanation, Fix, RerunStep, Safety
from propel_helper.facts.surroundings import Surroundings
from propel_helper.facts.wording import Wording
from propel_helper.rules import Rule, families, platforms
from propel_helper.rules.said import said
from propel_helper.rules.steps import guide
from propel_helper.rules.words import code

# CPython's UnicodeEncodeError and UnicodeDecodeError; click's check of the locale.
_WORDS = Wording(
    r"'(?P<narrow>ascii|latin-1|charmap|gbk|cp\d+)' codec can't encode character"
    r"|'(?P<read>ascii|charmap|gbk|cp\d+)' codec can't decode byte"
    r"|configured to use ASCII as encoding for the environment|unsupported locale setting"
)


_LOCALE = Wording(r"^unsupported locale setting")
_WRITES = Wording(r"can't encode character")
_NAMED = re.compile(r"\.(?:en|de)code\(|\bencoding\s*=")


def explain(crash: Crash, surroundings: Surroundings) -> Explanation | None:
    """Claim texts that the locale's encoding can't hold; a file that is no text is another thing."""
    found = said(crash, _WORDS)
    if found is None or _is_named(crash, surroundings):
        return None
    if said(crash, _LOCALE) is not None:
        return _locale()
    fixes = (_utf8(crash, surroundings) or _step(crash),)
    if found["read"]:
        read = _names(found["read"])
        return Explanation(
            "a text that is read in another encoding than its own",
            f"no encoding is named where the text is read, so Python takes that of the session, {read}, in which its "
            "bytes are no text",
            fixes=fixes,
        )
    narrow = _names(found["narrow"]) if found["narrow"] else "the session's encoding"
    return Explanation(
        "a session whose encoding is not UTF-8",
        f"a text holds a character that {narrow} does not have",
        fixes=fixes,
    )


def _names(codec: str) -> str:
    """The encoding as a person knows it; Python calls all of Windows' old ones ``charmap``."""
    return "Windows' own code page" if codec == "charmap" else code(codec)


def _step(crash: Crash) -> Fix:
    return guide("use-utf-8", "Use UTF-8", _how(crash))


def _how(crash: Crash) -> str:
    settings = _settings(crash)
    if platforms.is_windows(crash):
        how = "; ".join(f"`set {one}`" for one in settings)
        power = "; ".join("`$env:{}='{}'`".format(*one.split("=")) for one in settings)
        text = f"Set it first ({how}, or {power} in PowerShell)"
    else:
        text = f"Put `{' '.join(settings)}` before the command"
    return f"{text}, or name the encoding where the file is opened (`encoding='utf-8'`)."


def _is_named(crash: Crash, surroundings: Surroundings) -> bool:
    """Whether the code names the encoding itself, or it is that of HTTP's headers."""
    last = crash.frames[-1] if crash.frames else None
    named = last is not None and surroundings.is_own(last.file) and _NAMED.search(last.code or "")
    return bool(named) or families.raised_in(crash).startswith("http/")


def _locale() -> Explanation:
    return Explanation(
        "a locale that is not installed",
        "the program sets a locale that this machine does not have",
        fixes=(
            guide(
                "name-another-locale",
                "Name a locale that is there",
                "List the locales of this machine (`locale -a`), and put one of them before the command "
                "(`LC_ALL=C.UTF-8`), or into the line that sets one by its name.",
            ),
        ),
    )


def _settings(crash: Crash) -> tuple[str, ...]:
    """What makes UTF-8 of every file; and of the output, where PYTHONIOENCODING comes first."""
    writes = said(crash, _WRITES) is not None
    return ("PYTHONUTF8=1", "PYTHONIOENCODING=utf-8") if writes else ("PYTHONUTF8=1",)


def _utf8(crash: Crash, surroundings: Surroundings) -> Fix | None:
    command = surroundings.command
    settings = _settings(crash)
    if command is None or any(one.partition("=")[0] in command for one in settings):
        return None
    compound = re.search(r"[;&|\n]", command)
    joined = " ".join(settings)
    new = f"export {joined}; {command}" if compound else f"{joined} {command}"
    by = f"letting Python use UTF-8 (`{joined}`)"
    return Fix("use-utf-8", "Use UTF-8", by, Safety.SAFE, (RerunStep(command, new),))


RULE = Rule(
    "text-encoding-of-terminal",
    Category.ENVIRONMENT,
    ("UnicodeEncodeError", "UnicodeDecodeError", "RuntimeError", "Error"),
    explain,
)
