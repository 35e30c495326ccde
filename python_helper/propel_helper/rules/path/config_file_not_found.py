"""config-file-not-found: a config file is not where it was looked for.

## What happened
The program's configuration library looked for a config file or folder and did not find it.

## Why it happens
The name is misspelt or has an ending too much, or the folder is taken from another place than
the one the run starts in.

## What the fix changes
The name of Hydra's primary config, in the command or in the decorator, when exactly one file of that
folder is called almost so. Otherwise nothing.

## Fix safety
Ask: the near name may be another config than the one that was meant.
"""

from __future__ import annotations

from propel_helper.facts.crash import Crash
from propel_helper.facts.finding import Category, Explanation, Fix, Place, Safety
from propel_helper.facts.surroundings import Surroundings
from propel_helper.facts.wording import Wording
from propel_helper.rules import (
    Rule,
    call_edits,
    hydra_configs,
    launch_changes,
    returns,
    slip_proofs,
    statements,
    texts,
)
from propel_helper.rules.launch_text import launch_of
from propel_helper.rules.said import line_of, said
from propel_helper.rules.steps import guide
from propel_helper.rules.words import code, first_line

# hydra/_internal/config_loader_impl.py and utils.py; accelerate/commands/config; detectron2, mmengine.
_WORDS = Wording(
    r"Primary config (?:directory|module) .*not found"
    r"|Cannot find primary config '"
    r"|The passed configuration file .* does not exist"
    r"|[Cc]onfig(?:uration)? file (?:['\"`]?\S+['\"`]? )?(?:does not exist|not found|doesn't exist)"
    r"|Cannot find config (?:file|group)"
    r"|Expected a string path to an existing deepspeed config"
)


_PRIMARY = Wording(r"Cannot find primary config '(?P<name>[^'\n]+)'")
_ENDS = (".yaml", ".yml")


def explain(crash: Crash, surroundings: Surroundings) -> Explanation | None:
    """Claim the wordings above."""
    if returns.cause(crash, surroundings) is not None:
        return None
    found = said(crash, _WORDS)
    if found is None:
        return None
    primary = said(crash, _PRIMARY)
    fix, at = _respelt(primary["name"], surroundings) if primary else (None, None)
    step = guide(
        "name-config-file",
        "Name the config file",
        "List the folder that the message names, and correct the config's name or folder in the command or in the decorator.",
    )
    return Explanation(
        "a config file that is not there",
        f"it stopped with {code(first_line(line_of(found)))}",
        at,
        (fix or step,),
    )


def _respelt(name: str, surroundings: Surroundings) -> tuple[Fix | None, Place | None]:
    """The primary config's name as that of the one file that is called almost so."""
    main, launch = hydra_configs.decorator(surroundings), launch_of(surroundings)
    if main is None or launch is None:
        return None, None
    ending = next((end for end in _ENDS if name.endswith(end)), "")
    files = [one for one in surroundings.names(main.folder) if one.endswith(_ENDS)]
    stems = tuple(dict.fromkeys(one.rpartition(".")[0] for one in files))
    near = slip_proofs.meant_value(name.removesuffix(ending), stems)
    if near is None:
        return None, None
    right = f"{near}{ending}"
    by = f"writing {code(right)} for {code(name)}, the one config there that is called almost so"
    option = launch.option("--config-name", "-cn")
    if option is not None:
        steps = launch_changes.steps(launch, [launch_changes.value(option, right)])
        fits = option.value == name
        return (
            Fix("respell-config-name", f"Write {right}", by, Safety.ASK, steps) if fits else None
        ), None
    if main.name is None or statements.constant_text(main.name) != name:
        return None, None
    start = call_edits.start_of(main.text, main.name)
    at = main.text.find(name, start, call_edits.end_of(main.text, main.name))
    edit = call_edits.between(main.script, main.text, at, at + len(name), right)
    return Fix("respell-config-name", f"Write {right}", by, Safety.ASK, (edit,)), texts.place_of(
        edit
    )


RULE = Rule("config-file-not-found", Category.PATH, ("exception", "usage"), explain)
