"""number-read-as-text: a number of the config arrived as text.

## What happened
A number was expected, and what came is a text.

## Why it happens
YAML reads `1e-4` as text, because its numbers need a dot: `1.0e-4`. A value in quotes, from an
environment variable, or of an option that argparse knows no type of, is text as well. Python's
configparser gives every value of an INI file as text, and takes a comment behind a value as a part of it.

## What the fix changes
The value in the config file: `1e-4` becomes `1.0e-4`, or `"0.05"` becomes `0.05`, the same number,
when exactly one value that is written so is named by the message or the failing line (or held by a
name in it), or a setting is the only value of the configs that is; with it the other settings of that
file that YAML reads as text for want of a dot, which would stop the run next. In an INI file, a comment
behind the number gets a line of its own. An option is declared with `type=int` or `type=float`; the
one reading of a variable or of an INI file's setting gets `int(...)` or `float(...)` around it, where
the failing line is proven to work with it. Otherwise nothing.

## Fix safety
Safe: the value stays the same, and is read as the number that it is. Ask for the comment, which a part of
the value could be meant to be.
"""

from __future__ import annotations

import re

from propel_helper.facts.crash import Crash, Frame
from propel_helper.facts.finding import Category, Explanation, Fix, Safety
from propel_helper.facts.surroundings import Surroundings
from propel_helper.facts.wording import Wording
from propel_helper.rules import Rule, config_sections, ini_files, text_numbers, text_readings, texts
from propel_helper.rules.launch_text import launch_of
from propel_helper.rules.steps import guide
from propel_helper.rules.text_numbers import Value
from propel_helper.rules.words import code

# CPython's comparison and operator TypeErrors; torch/optim/*.py check `0.0 <= lr` first.
_WORDS = Wording(
    r"'(?:<|<=|>|>=)' not supported between instances of '(?:float|int)' and 'str'"
    r"|'(?:<|<=|>|>=)' not supported between instances of 'str' and '(?:float|int)'"
    r"|can't multiply sequence by non-int of type 'float'"
    r"|unsupported operand type\(s\) for [-+*/]{1,2}:? '(?:float|int)' and 'str'"
    r"|unsupported operand type\(s\) for [-+*/]{1,2}:? 'str' and '(?:float|int)'"
)
# What wants a whole number says so: CPython's operator.index and slices; torch/utils/data/sampler.py,
# which prints the text as if it were the number; torch/csrc/utils/python_arg_parser.cpp; torch/nn/modules/rnn.py;
# numpy/random/bit_generator.pyx; attr/validators.py, which quotes the text.
_WHOLE = Wording(
    r"'str' object cannot be interpreted as an integer"
    r"|slice indices must be integers or None or have an __index__ method"
    r"|^(?P<sampler>batch_size|num_samples) should be a positive integer value, but got \w+=[1-9]\d*$"
    r"|argument '(?P<whole>\w+)' \(position \d+\) must be (?:int|tuple of ints), (?:not str|but found element of type str)"
    r"|argument '\w+' failed to unpack the object at pos \d+ with error \"type must be tuple of ints,but got str\""
    r"|^(?P<size>\w+) should be of type int, got: str$|expects an int, but got str$"
    r"|^SeedSequence expects int or sequence of ints for entropy not \d+$"
    r"|can't multiply sequence by non-int of type 'str'"
    r"|'(?P<attrs>\w+)' must be <class 'int'> \(got '[-+]?\d+' that is a <class 'str'>\)"
)
# The same of any number: CPython's math and datetime, its operators with a tensor or array on one side.
_NUMBER = Wording(
    r"argument '(?P<number>\w+)' \(position \d+\) must be (?:float|Number|Tensor), not str"
    r"|^(?P<loss>\w+) must be a float or int, got: <class 'str'>"
    r"|must be real number, not str|unsupported type for timedelta (?P<time>\w+) component: str"
    r"|bad operand type for (?:unary [-+]|abs\(\)): 'str'"
    r"|unsupported operand type\(s\) for (?:[-+*/%]{1,2}=?|\*\* or pow\(\)|divmod\(\)): "
    r"(?:'(?:float|int|Tensor)' and 'str'|'str' and '(?:float|int|Tensor)')"
    r"|^ufunc '\w+' did not contain a loop with signature matching types .*dtype\('<U\d+'\)"
    r'|^can only concatenate str \(not "(?:int|float)"\) to str'
    r"|'(?P<attrs>\w+)' must be <class 'float'> \(got '[-+]?[\d.]+(?:[eE][-+]?\d+)?' that is a <class 'str'>\)"
)
_SETTING = Wording(
    r"\b(?:lr|learning_rate|weight_decay|momentum|eps|alpha|betas?|gamma|dropout|warmup\w*|epochs?"
    r"|batch_size|steps?|decay|tau|sigma|temperature|max_\w+|min_\w+|num_\w+)\b",
    re.IGNORECASE,
)
# What is meant to be text, whatever its signs.
_LABEL = re.compile(
    r"(?:^|_)(?:name|id|ids|tag|version|title|label|prefix|suffix|date|group|project|run|exp|experiment"
    r"|note|comment|key|code|user|host|commit|sha|hash)$",
    re.IGNORECASE,
)
_RATES = frozenset({"lr", "learning_rate"})
_STRING = re.compile(r"(?P<quote>[\"'])(?P<text>(?:[^\\\n]|\\.)*?)(?P=quote)")


# What configparser's getint, getfloat and getboolean raise, and people's own int() of its values.
_LITERAL = Wording(
    r"^(?:invalid literal for int\(\) with base \d+: |could not convert string to float: )"
    r"(?P<quote>['\"])(?P<value>.*)(?P=quote)$|^Not a boolean: (?P<truth>.*)$"
)


def explain(crash: Crash, surroundings: Surroundings) -> Explanation | None:
    """Claim texts where a number of a setting belongs."""
    of_ini = _commented(crash, surroundings)
    if of_ini is not None:
        return of_ini
    found = _WORDS.search(crash.message) is not None
    whole = _WHOLE.search(crash.message)
    number = whole or _NUMBER.search(crash.message)
    if not found and number is None:
        return None
    reading = text_readings.found(crash, surroundings, whole=whole is not None)
    if reading is not None:
        return Explanation("a number that was read as text", reading.because, None, (reading.fix,))
    every = [
        one
        for one in text_numbers.values(surroundings)
        if (one.whole or whole is None) and not _LABEL.search(one.name)
    ]
    named = next((name for name in number.groupdict().values() if name), None) if number else None
    value = _proven(named, every, crash, surroundings)
    setting = _is_setting(crash, surroundings)
    if value is None and setting and len(every) == 1 and _may_be(every[0], crash):
        value = every[0]
    if value is not None and _is_given(value, surroundings):
        return None
    if value is not None:
        fix = _fix(value, every, surroundings)
        return Explanation(
            "a number that was read as text",
            _because(value),
            texts.place_of(fix.steps[0]),
            (fix,),
        )
    checked = number is not None and number.groupdict().get("attrs")
    if not checked and not (found and setting):
        return None
    step = guide(
        "write-a-number",
        "Write it as a number",
        "Look at the value in the config: YAML reads `1e-4` as text and `1.0e-4` as a number; "
        "take away quotes around numbers.",
    )
    because = "a setting came as text where a number belongs"
    if checked:
        because = f"{code(checked)} came as text where a number belongs"
    return Explanation("a number that was read as text", because, None, (step,))


def _commented(crash: Crash, surroundings: Surroundings) -> Explanation | None:
    """A value of an INI file with what is meant as a comment behind it, or no number at all."""
    literal = _LITERAL.search(crash.message)
    if literal is None:
        return None
    written = literal["truth"] if literal["value"] is None else literal["value"]
    found = ini_files.commented(written, surroundings)
    if found is not None:
        key, fix = found
        return Explanation(
            "a comment that was read as a part of a value",
            f"{code(key.name)} is {code(written)}, and configparser takes a comment behind a value "
            "as a part of it",
            texts.place_of(fix.steps[0]),
            (fix,),
        )
    if not ini_files.is_raised(crash):
        return None
    step = guide(
        "correct-the-value",
        "Correct the value",
        "Write what the code reads it as into the INI file: a number, or `yes` or `no`. A comment belongs on "
        "a line of its own.",
    )
    return Explanation(
        "a setting that can't be read as the code reads it",
        f"the INI file has {code(written)} where a number, or yes or no, is read",
        texts.place_in_configs(written, surroundings),
        (step,),
    )


def _because(value: Value) -> str:
    setting = f"{code(value.name)} is written" if value.name else "a setting is written"
    if value.quoted:
        return f"{setting} {code(value.old)}, and a value in quotes is text"
    return f"{setting} {code(value.old)}, and YAML reads a number so written as text"


def _is_setting(crash: Crash, surroundings: Surroundings) -> bool:
    """Whether the value is an optimizer's or another setting, not the training's own data."""
    last = crash.frames[-1] if crash.frames else None
    if last is None:
        return False
    in_optimizer = "optim" in last.file.replace("\\", "/") and not surroundings.is_own(last.file)
    return in_optimizer or bool(last.code and _SETTING.search(last.code))


def _may_be(value: Value, crash: Crash) -> bool:
    """Whether a setting may be what the failing line works with, which names no other one."""
    line = crash.frames[-1].code or ""
    said = {found[0].lower() for found in _SETTING.finditer(line)}
    name = value.name.lower()
    alike = any(one in name or name in one for one in said) or (
        said & _RATES and any(rate in name for rate in _RATES)
    )
    return _SETTING.search(name) is not None and (not said or bool(alike))


def _proven(
    named: str | None, every: list[Value], crash: Crash, surroundings: Surroundings
) -> Value | None:
    """The one value that the message, or the deepest frame that leads to any, is about."""
    said = [one for one in every if one.name == named] if named else []
    if said:
        return said[0] if len(said) == 1 else None
    for at in reversed(range(len(crash.frames))):
        frame = crash.frames[at]
        of_line = [one for one in every if one.name and _names(frame, one.name, crash.message)]
        if not of_line and surroundings.is_own(frame.file):
            held = {".".join(path) for path in config_sections.held(at, crash, surroundings)}
            of_line = [one for one in every if one.path in held]
        if of_line:
            return of_line[0] if len(of_line) == 1 else _led_to(of_line, crash, surroundings)
    return None


def _led_to(alike: list[Value], crash: Crash, surroundings: Surroundings) -> Value | None:
    """The one of several of a name that stands below the part of a config which an own frame holds.

    Without one the first, where YAML takes all of them for text and all become numbers together.
    """
    for at in reversed(range(len(crash.frames))):
        if surroundings.is_own(crash.frames[at].file):
            held = {".".join(path) for path in config_sections.held(at, crash, surroundings)}
            below = [
                one for one in alike if any(f"{one.path}.".startswith(f"{path}.") for path in held)
            ]
            if len(below) == 1:
                return below[0]
    same = {(one.file, one.name) for one in alike}
    all_mended = all(not one.quoted and _SETTING.search(one.name) for one in alike)
    return alike[0] if len(same) == 1 and all_mended else None


def _names(frame: Frame, name: str, message: str) -> bool:
    """Whether the line speaks of ``name``: as a name, or as a whole string (``cfg["lr"]``).

    A sentence that a text is added to has words of its own.
    """
    line = frame.code or ""
    sentences = [text for text in _STRING.finditer(line) if not text["text"].isidentifier()]
    if sentences and "concatenate" in message:
        return False
    for text in reversed(sentences):
        line = line[: text.start()] + line[text.end() :]
    return re.search(rf"\b{re.escape(name)}\b", line) is not None


def _is_given(value: Value, surroundings: Surroundings) -> bool:
    """Whether the command has a value of that name itself: the config's is not the one in use."""
    launch = launch_of(surroundings)
    return bool(launch and value.name and launch.option(f"--{value.name}", value.name))


def _fix(value: Value, every: list[Value], surroundings: Surroundings) -> Fix:
    others = [] if value.quoted else [one for one in every if _alike(one, value)]
    text = surroundings.text(value.file) or ""
    edits = [texts.edit_at(one.file, text, one.start, one.old, one.new) for one in (value, *others)]
    more = " and the others alike" if others else ""
    same = "the same numbers" if others or value.new[0] == "[" else "the same number"
    by = f"writing {code(value.new)} for {code(value.old)}{more}, {same}"
    fix_id = "write-without-quotes" if value.quoted else "write-with-dot"
    return Fix(fix_id, f"Write {value.new}", by, Safety.SAFE, tuple(edits))


def _alike(other: Value, value: Value) -> bool:
    """Whether it is another setting of the file that YAML reads as text for the same reason."""
    elsewhere = other.file == value.file and other.start != value.start
    return elsewhere and not other.quoted and _SETTING.search(other.name) is not None


RULE = Rule(
    "number-read-as-text",
    Category.CONFIG,
    ("TypeError", "ValueError", "RuntimeError", "UFuncTypeError", "_UFuncNoLoopError"),
    explain,
)
