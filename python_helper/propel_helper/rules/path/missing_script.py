"""missing-script: Python can't find the script that it was told to run.

## What happened
The interpreter started, and the script or module named after it is not there. Nothing of the
project ran.

## Why it happens
The name is misspelt, or the run started in another folder than the one that the command was
written for.

## What the fix changes
The script's path in the launch, when exactly one file in that folder has almost the same name, or
exactly one file of the project has that very name. `python train` becomes `python train.py`,
`python src.train` and `python -m src/train.py` become `python -m src.train`, where that file is there.
A shell script that was started from its own folder, and is written for one above, starts in that one (`cd`).
Otherwise nothing: a step says what to look at.

## Fix safety
Ask: the near name may be another script than the one that was meant. Safe for a file behind `-m`: its
module is that file.
"""

from __future__ import annotations

from propel_helper.facts.crash import Crash
from propel_helper.facts.finding import Category, Explanation, Fix, Safety
from propel_helper.facts.surroundings import PathKind, Surroundings
from propel_helper.facts.wording import Wording
from propel_helper.rules import Rule, launch_folder, modules, options, returns, texts
from propel_helper.rules.launch_text import launch_of
from propel_helper.rules.steps import guide
from propel_helper.rules.words import code

# CPython's Modules/main.c and Lib/runpy.py.
_WORDS = Wording(
    r"can't open file '(?P<file>.+?)'|can't find '__main__' module in '(?P<folder>.+?)'"
)


def explain(crash: Crash, surroundings: Surroundings) -> Explanation | None:
    """Claim scripts that Python can't open."""
    if returns.cause(crash, surroundings) is not None:
        return None
    file = modules.file_as_module(crash.message)
    if file is not None:
        return _as_module(file, crash, surroundings)
    found = _WORDS.search(crash.message)
    if found is None:
        return None
    script = found["file"] or found["folder"]
    named = surroundings.called(script.rpartition("/")[2])
    there = f", but there is {code(named[0])}" if len(named) == 1 else ""
    look = guide(
        "name-the-script",
        "Name the script that exists",
        f"There is no {code(script)}{there}: correct the script's name in the command, or start the run "
        "in the folder that it was written for.",
    )
    fix = _where_it_is(script, surroundings) or _respelt(script, crash, surroundings)
    return Explanation(
        "a script that is not there",
        f"Python was told to run {code(script)} and nothing is there",
        fixes=(fix or look,),
    )


def _as_module(file: str, crash: Crash, surroundings: Surroundings) -> Explanation:
    """A file where ``python -m`` takes a module: its dotted name, where the file is there."""
    dotted = file.removeprefix("./").removesuffix(".py").replace("/", ".")
    path = f"{file.removesuffix('.py')}.py"
    known = surroundings.kind(path) is PathKind.FILE and ".." not in dotted
    step = texts.replace_once(file, dotted, crash, surroundings) if known else None
    look = guide(
        "name-the-module",
        "Name the module",
        f"Behind `-m` stands a module by its dotted name ({code(dotted)}); a file is started without it.",
    )
    by = f"writing {code(dotted)} for {code(file)}, the name of the module in that file"
    fix = Fix("name-the-module", f"Run {dotted}", by, Safety.SAFE, (step,)) if step else None
    return Explanation(
        "a file where a module is asked for",
        f"`python -m` takes a module by its dotted name and was given the file {code(file)}",
        fixes=(fix or look,),
    )


def _by_another_way(written: str, surroundings: Surroundings) -> str | None:
    """``train`` of a file ``train.py``, and ``src.train``, which Python starts with ``-m``."""
    if surroundings.kind(f"{written}.py") is PathKind.FILE:
        return f"{written}.py"
    dotted = "." in written and "/" not in written and not written.endswith(".py")
    path = f"{written.replace('.', '/')}.py"
    return f"-m {written}" if dotted and surroundings.kind(path) is PathKind.FILE else None


def _where_it_is(script: str, surroundings: Surroundings) -> Fix | None:
    """The launch from the folder that has its script, where a ``cd`` had led to another one."""
    launch = launch_of(surroundings)
    written = launch.words[launch.script].value if launch else ""
    led = launch is not None and launch_folder.started_in(launch, surroundings) not in {None, "."}
    if not written or not script.endswith(f"/{written}"):
        return None
    if (fix := launch_folder.script_from_another(surroundings)) is not None:
        return fix
    if not led:
        return None
    return launch_folder.from_another(written, surroundings)


def _respelt(script: str, crash: Crash, surroundings: Surroundings) -> Fix | None:
    """The script respelt; Python prints it as an absolute path, the launch rarely has it so."""
    written_in = [surroundings.command or "", *options.scripts(surroundings).values()]
    parts = script.split("/")
    for length in range(len(parts), 0, -1):
        written = "/".join(parts[-length:])
        if written and any(written in text for text in written_in):
            right = (
                _by_another_way(written, surroundings)
                or texts.near_path(written, surroundings)
                or _elsewhere(script, surroundings)
            )
            step = texts.replace_once(written, right, crash, surroundings) if right else None
            if right is None or step is None or right == written:
                return None
            by = f"writing {code(right)} for {code(written)}"
            return Fix("respell-script", f"Run {right}", by, Safety.ASK, (step,))
    return None


def _elsewhere(script: str, surroundings: Surroundings) -> str | None:
    """The one file of the project that has the script's name."""
    found = surroundings.shown(script)
    return found if surroundings.kind(found) is PathKind.FILE else None


RULE = Rule("missing-script", Category.PATH, ("shell",), explain)
