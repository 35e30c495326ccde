"""local-rank-option: the launcher passes an option that the script does not declare.

## What happened
`torch.distributed.launch` gave each process its local rank as an option, and the script's parser
does not know the option in that spelling.

## Why it happens
PyTorch 2.0 changed `--local_rank` to `--local-rank`; `torchrun` passes no option at all and sets
the variable LOCAL_RANK.

## What the fix changes
Where the script declares `--local_rank` once, as PyTorch's documentation shows: the other spelling is
added beside it, in the same `add_argument`. Where it declares neither, it is written for torchrun: the
launch command then starts `torch.distributed.run`, which passes no option. Otherwise nothing.

## Fix safety
Safe for the declaration: the value is the same, and argparse stores it under the same name. Ask for the
launcher: the script then has to take LOCAL_RANK from its environment.
"""

from __future__ import annotations

from propel_helper.facts.crash import Crash
from propel_helper.facts.finding import Category, Explanation, Fix, Safety
from propel_helper.facts.surroundings import Surroundings
from propel_helper.facts.wording import Wording
from propel_helper.rules import Rule, launch_changes, project_files, texts
from propel_helper.rules.launch_text import launch_of
from propel_helper.rules.steps import guide
from propel_helper.rules.words import code

# torch/distributed/launch.py, 2.0.
_WORDS = Wording(r"unrecognized arguments: .*(?P<option>--local[-_]rank)\b")
_PROGRAM = Wording(r"^(?P<file>[\w./-]+\.py): error:")
_SCRIPT = Wording(r"[\w./~-]+\.py\b")
_DECLARED = Wording(r"add_argument\(\s*(?P<option>(?P<quote>[\"'])--local[-_]rank(?P=quote))")

_ANY = Wording(r"--local[-_]rank\b")


def explain(crash: Crash, surroundings: Surroundings) -> Explanation | None:
    """Claim the launcher's option that the script's parser refuses."""
    found = _WORDS.search(crash.message.partition("\n")[0])
    if found is None:
        return None
    step = guide(
        "declare-local-rank",
        "Declare the option, or use torchrun",
        'Declare both spellings, `add_argument("--local-rank", "--local_rank", type=int)`, or start '
        "with `torchrun` and read LOCAL_RANK from the environment.",
    )
    fix = _declare(found["option"], crash, surroundings)
    return Explanation(
        f"the unknown option {code(found['option'])}",
        "the launcher passes it and the script's parser does not declare it in that spelling",
        texts.place_of(fix.steps[0]) if fix else None,
        (fix,) if fix else (*_as_torchrun(crash, surroundings), step),
    )


def _declare(option: str, crash: Crash, surroundings: Surroundings) -> Fix | None:
    named = [found["file"] for found in [_PROGRAM.match(crash.message)] if found]
    named += _SCRIPT.findall(surroundings.command or "")
    launch = launch_of(surroundings, "launch")
    parsers = project_files.parsers(launch, surroundings) if launch else []
    named += [parsers[0].file] if len(parsers) == 1 else []
    for file in dict.fromkeys(named):
        text = surroundings.text(file) or ""
        declared = list(_DECLARED.finditer(text))
        if len(declared) == 1:
            match = declared[0]
            quote = match["quote"]
            new = f"{quote}{option}{quote}, {match['option']}"
            edit = texts.edit_at(file, text, match.start("option"), match["option"], new)
            by = f"declaring {code(option)} as another spelling of the same option"
            return Fix("declare-local-rank", "Declare both spellings", by, Safety.SAFE, (edit,))
    return None


def _as_torchrun(crash: Crash, surroundings: Surroundings) -> tuple[Fix, ...]:
    """The launch without the option, for a script that knows it in no spelling."""
    launch = launch_of(surroundings, "launch")
    text = surroundings.text(launch.words[launch.script].value) if launch else None
    if launch is None or text is None or _ANY.search(text) or _ANY.search(_usage(crash)):
        return ()
    word = launch.words[launch.program]
    changes = [(word.start, word.end, "torch.distributed.run")]
    flag = launch.launcher_option("--use_env")
    if flag is not None:
        changes.append(launch_changes.without(launch, flag))
    by = "starting it with `torch.distributed.run`, which sets LOCAL_RANK and passes no option"
    steps = launch_changes.steps(launch, changes)
    return (Fix("start-with-torchrun", "Start it with torchrun", by, Safety.ASK, steps),)


def _usage(crash: Crash) -> str:
    """The program's own usage text, below the error."""
    return crash.message.partition("\n")[2]


RULE = Rule("local-rank-option", Category.DISTRIBUTED, ("usage",), explain)
