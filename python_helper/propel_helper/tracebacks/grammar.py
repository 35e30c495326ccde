"""What single lines of a Python traceback look like.

Wordings: CPython's ``traceback.py`` and ``pythonrun.c``, 3.7 to 3.14.
"""

from __future__ import annotations

from propel_helper.facts.wording import Wording

HEADER = Wording(r"Traceback \(most recent call last\):?")
FRAME = Wording(r'File "(?P<file>[^"]+)", line (?P<line>\d+)(?:, in (?P<function>\S+)|$)')
TORN_FRAME = Wording(
    r'^\s*>?\s*File "[^"]*(?:"(?:,(?: l(?:i(?:n(?:e(?: \d*)?)?)?)?)?)?)?$'
    r'|^\s*>?\s*File "[^"]*", line \d+,(?: (?:i(?:n(?: (?:<\w*)?)?)?)?)?$'
)
LINK = Wording(
    r"^(?:During handling of the above exception, another exception occurred"
    r"|The above exception was the direct cause of the following exception):"
)
REPEATED = Wording(r"^\s*\[Previous line repeated (\d+) more times?\]")

_EXCEPTION = Wording(
    r"^(?P<type>(?:[A-Za-z_]\w*\.(?:<locals>\.)?)*[A-Za-z_]\w*(?:(?<=TaskError)\(\w+\))?)(?::(?: (?P<message>.*))?)?$"
)
_SURE = Wording(
    r"(?:Error|Exception|Exit|Interrupt|Warning|Fault|Timeout|TimeoutExpired|Traceback|Expired"
    r"|Iteration|Group|Mismatch|NotFound|Missing\w*|Invalid\w*|Unsupported\w*)(?:\(\w+\))?$"
)
_LOWER = ("error", "timeout", "herror", "gaierror")
_NO_EXCEPTION = Wording(
    r"^(?:INFO|WARN(?:ING)?|ERROR|DEBUG|CRITICAL|FATAL|Epochs?|Steps?|Iter\w*|Loading|Train\w*"
    r"|Test\w*|Val\w*|Download\w*|Map|Process\w*|Progress|Resum\w*|Sav\w*|Done|Finished|Exiting"
    r"|lambda|else|try|finally|except|return|with|class|def|if|for|while"
    r"|Node|Killed|Aborted|Terminated|Namespace|Args|Arguments|Config\w*|Device|Seed"
    r"|[a-z_]*(?:epochs?|steps?|iter\w*|loss|lr|acc\w*|batch\w*|time|eta|worker|rank|info|warn\w*"
    r"|debug|critical|device|seed|wandb|srun|slurmstepd|make|bash|sh|python3?))(?::|$)"
)

_MOST_AT_ONCE = 8


def exception(text: str, *, sure: bool = False) -> tuple[str, str] | None:
    """Type and message of an exception line, or None.

    ``sure`` asks for a name that is an exception's in any surroundings: other processes may
    print between a traceback's frames and its last line.
    """
    match = _EXCEPTION.match(text)
    if match is None:
        return None
    dotted = match["type"].partition("(")[0]
    last = dotted.rpartition(".")[2]
    named = bool(_SURE.search(match["type"])) or (last in _LOWER and "." in dotted)
    plausible = not _NO_EXCEPTION.match(text) and (
        last[0].isupper() or match["message"] is not None
    )
    if not named and (sure or not plausible):
        return None
    return _once(match["type"], match["message"] or "")


def _once(name: str, message: str) -> tuple[str, str]:
    """What processes raised that printed the same line through one another, once.

    Two of them print name, colon and message in turn: ``KeyErrorKeyError: : 'a''a'``.
    """
    for times in range(2, _MOST_AT_ONCE + 1):
        size, rest = divmod(len(name), times)
        told = message.removeprefix(": " * (times - 1))
        if rest or name[:size] * times != name or told == message:
            continue
        size, rest = divmod(len(told), times)
        same = not rest and told[:size] * times == told
        return name[: len(name) // times], told[:size] if same else told
    return name, message


def starts_frame(text: str) -> bool:
    """Whether a line is a frame of a stack from its first character on."""
    stripped = text.lstrip(" >")
    return stripped.startswith('File "') and bool(FRAME.match(stripped))


# Lines that never belong to an exception's message: logs, launchers, shells, progress.
FOREIGN = Wording(
    r"^\[?[IWEF]\d{4} \d\d:|^\[?(?:\d{4}[-/]\d\d[-/]\d\d|\d\d/\d\d/(?:\d{4}|\d\d) \d\d:\d\d)|^\[[IWEF]\d{0,4}[ :]|^(?:INFO|WARNING|ERROR|DEBUG"
    r"|CRITICAL|wandb|srun|slurmstepd|make|TRACE)\b\s*[:|-]|^\[(?:INFO|WARNING|ERROR|DEBUG|CRITICAL)\] |^exit (?:code|status)\b|^\"\"\"$|^\d{1,3}%\|"
    r"|^(?:\([\w.-]+\) ?)?[\w.-]+@[\w.-]+[: ].*[$#]|^\^C|^Exception ignored in|^Exception in thread"
    r"|^Error in (?:atexit|sys\.)|^Process \w*Process-\d|^terminate called|^Fatal Python error"
    r"|^-+ ?\w+ logging error|^--- Logging error|^(?:bash|sh|zsh|\S+\.sh): (?:line )?\d+:"
    r"|^(?:Killed|Terminated|Aborted|Segmentation fault|Bus error)\b|^Exception raised from "
    r"|^Set the environment variable HYDRA_FULL_ERROR|^Sending process|^ERROR conda|^Hint: Some lines were ellipsized"
)
# Beginnings of a further paragraph that frameworks put into one message.
FURTHER = Wording(
    r"^(?:\s|import torch|Check the|Detected at node|Please|You|Note|Hint|To |See |If |For |Available"
    r"|Original Traceback|-- Process|\(|\[\[|\{\{|Or |Alternatively|This |The |Set the environment"
    r"|Did you|\*|Use |Supported|Valid|Last error|nccl\w*:|OOM when|(?:in|from) user code:|Call arguments"
    r"|Arguments received|\d+ (?:root|derived) error|(?:Command|Output):$)"
)
