"""missing-environment-variable: an environment variable is not set.

## What happened
The program, a config or a script reads an environment variable, and it has no value where the run
starts.

## Why it happens
It is set in another shell or on another machine, by a launcher that was not used, or it was to be
filled in before the run. Or it is set and empty, or to what is no number, where the code reads one.

## What the fix changes
For the variables of ranks (RANK, LOCAL_RANK, WORLD_SIZE and the others), the launch command: a script that
was started with `python` is started through torchrun of the same Python, as one process, or as many as
the project's own line for the same script says. A script that uses a misspelt variable uses the one that
it, or a file that it sources, sets. A misspelt one that the launch sets and nothing reads gets the name
that is asked for. Where the
README or the sample of an `.env` file gives it one path, and that is there, the launch sets it in front.
Otherwise nothing: the variable's value is yours to say. A script or a file of variables (`.env`) that sets
one of almost that name is named.

## Fix safety
Ask: the number of processes is part of the global batch. A secret is never written into a file.
"""

from __future__ import annotations

import re

from propel_helper.facts.crash import Crash
from propel_helper.facts.finding import Category, Explanation, Fix, Place, Safety
from propel_helper.facts.shell import simple_commands
from propel_helper.facts.surroundings import PathKind, Surroundings
from propel_helper.facts.wording import Wording
from propel_helper.rules import (
    Rule,
    launch_changes,
    number_variables,
    shell_variables,
    slips,
    torchrun,
)
from propel_helper.rules.launch_text import launch_of
from propel_helper.rules.said import said
from propel_helper.rules.slip_proofs import is_proven
from propel_helper.rules.steps import guide
from propel_helper.rules.words import code

# CPython's os._Environ; OmegaConf's oc.env; bash's set -u; people's own checks.
_WORDS = Wording(
    r"Environment variable '(?P<a>\w+)' not found|(?P<b>\w+): unbound variable"
    r"|(?P<f>\w+): parameter (?:null or )?not set"
    r"|(?P<g>[A-Z]\w+) is not (?:defined|set) in (?:the )?(?:os|environment|env)\b"
    r"|[Ee]nvironment variable [`'\"]?(?P<c>[A-Z]\w+)[`'\"]? (?:is |was |has |must |needs? |not )"
    r"|[`'\"]?\b(?P<d>[A-Z]\w+)[`'\"]? environment variable (?:is not|not|must|needs|was not|isn't)"
)
_DOCUMENT = Wording(r"^(?:\.?env(?:\.\w+)?|README\S*)$", re.IGNORECASE)
_VARIABLES = Wording(r"(?:^|\.)env(?:\.\w+)*$|^env\w*\.sh$|^\.envrc$")
_SET = re.compile(r"^[ \t]*(?:export[ \t]+)?(?P<name>[A-Za-z_]\w*)=", re.MULTILINE)
_ASSIGNED = Wording(r"[A-Za-z_]\w*=")
_KEY = Wording(r"^['\"](?P<name>\w+)['\"]")
_OTHERS = Wording(
    r"HYDRA_FULL_ERROR|CUDA_HOME|\bCC\b|env:// rendezvous|CUDA_VISIBLE_DEVICES|HF_HUB_OFFLINE"
    r"|KMP_DUPLICATE|TOKENIZERS_PARALLELISM|_PyTorch_|JAX_PLATFORMS|WANDB_MODE"
)
# A path that nothing was joined to: os.fspath's error, and what the log says right above it.
_NONE_PATH = Wording(r"expected str, bytes or os\.PathLike object, not NoneType")
_UNDEFINED = Wording(
    r"\b(?P<name>[A-Za-z]\w*_\w+|[A-Z_]{3,}) (?:is|was) not (?:defined|set)\b"
    r"|environment variable [`'\"]?(?P<named>\w+)[`'\"]? (?:is|was) not"
    r"|(?P<absent>\w+) (?:is|was) not in (?:your|the) environment"
)


def explain(crash: Crash, surroundings: Surroundings) -> Explanation | None:
    """Claim variables that os.environ, a config or the shell did not have."""
    wrong = number_variables.wrong(crash, surroundings)
    if wrong is not None:
        return wrong
    name = _name(crash)
    if name is None:
        return None
    step = guide("set-variable", f"Set {name}", _near(name, crash, surroundings) + _how(name))
    return Explanation(
        f"the missing environment variable {code(name)}",
        f"{code(name)} is read and not set where the run starts",
        _line(name, crash, surroundings),
        (
            *_by_launcher(name, surroundings),
            *_respelt(name, crash, surroundings),
            *_as_told(name, surroundings),
            step,
        ),
    )


def _how(name: str) -> str:
    """What gives the variable its value; those of a launcher are not for a person to write."""
    if name.startswith(("SLURM_", "OMPI_", "PMI_", "PMIX_")):
        by = "`srun`, inside a job" if name.startswith("SLURM_") else "`mpirun`"
        return (
            f"{code(name)} is set by {by}, for each process: start the script with that, or have the code read "
            "the variable of the launcher that it is started with (`RANK` and the others under `torchrun`)."
        )
    how = f"Set {code(name)} where the run starts (`export {name}=...`), or before the command."
    if "RANK" in name or name == "WORLD_SIZE":
        how += (
            " The variables of ranks (RANK, LOCAL_RANK, NODE_RANK, WORLD_SIZE) are set by the launcher: "
            "start the script with `torchrun`."
        )
    return how


def _line(name: str, crash: Crash, surroundings: Surroundings) -> Place | None:
    """The line of a shell script that the shell names, where it reads the variable."""
    found = re.search(
        shell_variables.LINE.pattern + re.escape(name) + r"\b", crash.message, re.MULTILINE
    )
    text = surroundings.text(found["file"]) if found else None
    if found is None or text is None:
        return None
    lines, number = text.splitlines(), int(found["line"])
    there = 0 < number <= len(lines) and name in lines[number - 1]
    return Place(surroundings.shown(found["file"]), number) if there else None


def _near(name: str, crash: Crash, surroundings: Surroundings) -> str:
    """Where one of almost that name is set, in a sentence; never its value."""
    here = shell_variables.near(name, crash, surroundings)
    if here is not None:
        return f"{here.file}:{here.line} sets {code(here.name)}, which is almost that name. "
    found = {
        match["name"]: f"{file}:{text.count(chr(10), 0, match.start('name')) + 1}"
        for file in surroundings.names(".")
        if _VARIABLES.search(file)
        for text in [surroundings.text(file) or ""]
        for match in _SET.finditer(text)
    }
    near = slips.slip_of(name, tuple(found)) if name not in found else None
    return f"{found[near]} sets {code(near)}, which is almost that name. " if near else ""


def _as_told(name: str, surroundings: Surroundings) -> tuple[Fix, ...]:
    """The path that the project's README or sample of its settings gives the variable, if it is there."""
    documents = [file for file in surroundings.names(".") if _DOCUMENT.match(file)]
    told = {
        (match["value"], file)
        for file in documents
        for match in re.finditer(
            rf"(?<![\w-])(?:export\s+|set\s+)?{name}=(?P<quote>[\"']?)(?P<value>[\w./~-]+)(?P=quote)(?=[\s`;]|$)",
            surroundings.text(file) or "",
        )
        if surroundings.kind(match["value"]) in (PathKind.FILE, PathKind.FOLDER)
    }
    values = {value for value, _ in told}
    value, file = min(told, default=("", ""))
    rerun = launch_changes.with_variable(surroundings.command, name, value)
    if len(values) != 1 or rerun is None:
        return ()
    by = f"setting it to {code(value)} for the launch, as {code(file)} says"
    return (Fix("set-variable-as-told", f"Set {name} to {value}", by, Safety.ASK, (rerun,)),)


def _respelt(name: str, crash: Crash, surroundings: Surroundings) -> tuple[Fix, ...]:
    """The misspelt use of a variable that is set; else the misspelt one that is set, where nothing reads it."""
    use = shell_variables.respelt_use(name, crash, surroundings)
    if use is not None:
        return (use,)
    launch = launch_of(surroundings)
    words = [
        word
        for command in simple_commands(launch.text if launch else "")
        for word in command.words
        if _ASSIGNED.match(word.value)
    ]
    names = tuple(dict.fromkeys(word.value.partition("=")[0] for word in words))
    near = slips.slip_of(name, names)
    given = [word for word in words if word.value.startswith(f"{near}=")]
    if launch is None or near is None or len(given) != 1 or not is_proven(near, name):
        return ()
    start, end = given[0].start, given[0].start + len(near)
    if launch.text[start:end] != near or shell_variables.is_read(near, launch.text, surroundings):
        return ()
    changed = launch_changes.steps(launch, [(start, end, name)])
    by = f"writing {code(name)} for {code(near)}, the one variable of almost that name"
    return (Fix("respell-variable", f"Set {name}", by, Safety.ASK, changed),)


def _by_launcher(name: str, surroundings: Surroundings) -> tuple[Fix, ...]:
    """The launch under torchrun, which sets the variables of ranks."""
    return torchrun.instead_of_python(surroundings) if name in torchrun.VARIABLES else ()


def _name(crash: Crash) -> str | None:
    last = crash.frames[-1] if crash.frames else None
    key = _KEY.match(crash.message)
    if (crash.exception or "").endswith("KeyError") and key is not None and last is not None:
        in_code = rf"environ\[['\"]{key['name']}['\"]\]"
        if any(re.search(in_code, frame.code or "") for frame in crash.frames[-2:]):
            return key["name"]
        from_environ = last.function == "__getitem__" and re.search(r"\bos(?:\.py|>)$", last.file)
        return key["name"] if from_environ or "environ[" in (last.code or "") else None
    found = said(crash, _WORDS)
    if found is not None and not _OTHERS.search(crash.message):
        return next(part for part in found.groups() if part)
    if _NONE_PATH.search(crash.message):
        named = [match for line in crash.above if (match := _UNDEFINED.search(line))]
        return next(part for part in named[0].groups() if part) if named else None
    return None


RULE = Rule(
    "missing-environment-variable", Category.ENVIRONMENT, ("exception", "shell", "usage"), explain
)
