"""unexplained: no rule of Propel knows this crash.

## What happened
The program raised an exception, or ended with an error, that matches no kind of crash that Propel
can tell apart with certainty.

## Why it happens
Most exceptions of a person's own code say something about that code alone. From the log nobody
can tell whether a value, a shape or a condition is wrong, or the line that uses it.

## What the fix changes
Nothing. A change to the code's own behaviour is a decision, not a repair.

## Fix safety
There is no fix: a wrong one costs more than none.
"""

from __future__ import annotations

from propel_helper.facts.crash import Crash, CrashKind
from propel_helper.facts.finding import Category, Explanation
from propel_helper.facts.surroundings import Surroundings
from propel_helper.facts.wording import Wording
from propel_helper.rules import Rule, plain_reasons
from propel_helper.rules.words import first_line

# torch/_utils.py ExceptionWrapper: the worker's own words stand below.
_WORKER = Wording(
    r"Caught \w+ in (?P<where>[\w ]+? \d+)\.\s*\n(?P<inner>(?!Original Traceback)\S.*)"
)

# torch/_dynamo/exc.py BackendCompilerFailed; tensorflow/python/autograph/impl/api.py, the error behind its frames.
_HANDED = Wording(r"backend='\w+' raised:\s*")
_RAISED = Wording(r"(?m)^ {4}(\w+(?:Error|Exception): .+)$")


def explain(crash: Crash, surroundings: Surroundings) -> Explanation:
    """Say honestly what is known: the exception and its message."""
    if crash.kind is CrashKind.EXIT and crash.exit_status is not None:
        return Explanation(
            error=f"exit status {crash.exit_status}",
            because="the program ended with it and its log names no cause that Propel knows",
        )
    worker = _WORKER.match(crash.message)
    name = (crash.exception or crash.kind.value).rpartition(".")[2]
    said = first_line(worker["inner"] if worker else _said(crash.message)).removeprefix(f"{name}: ")
    return Explanation(
        error=(f"{name}: {said}" if said else name) + (f" ({worker['where']})" if worker else ""),
        because=_because(crash, surroundings),
    )


def _said(message: str) -> str:
    """The message without what only says where it comes from."""
    handed = _HANDED.match(message)
    if handed is not None:
        return message[handed.end() :]
    if message.startswith("in user code:"):
        raised = _RAISED.findall(message)
        return raised[-1] if raised else message
    return message


def _because(crash: Crash, surroundings: Surroundings) -> str:
    if "\nfrom user code:\n" in crash.message:
        return "PyTorch stopped at this line while it compiled the code, and from the log alone nobody can tell whether the line or the compiler is wrong"
    known = plain_reasons.reason(crash, surroundings)
    if known is not None:
        return known
    unclear = "from the log alone nobody can tell whether what it was given or the line is wrong"
    if crash.frames and not surroundings.is_own(crash.frames[-1].file):
        return f"what the code calls raised it, and {unclear}"
    return f"the code itself raised it, and {unclear}"


# It looks at nothing by itself: it is asked when no other rule claims a crash.
RULE = Rule("unexplained", Category.LOGIC, (), explain)
