"""Commands in a block of shell text, one offer for each: what documents and scripts share."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from propel_helper.facts.wording import Wording
from propel_helper.scan.exports import Exports
from propel_helper.scan.invocation import How, Invocation, parse, unquoted
from propel_helper.scan.prose import is_prose
from propel_helper.scan.shell_text import Line, Simple, logical_lines, simple_commands

_KEYWORDS = frozenset("do then else time nohup if elif while until !".split())
_CHANGES_SHELL = frozenset("export source . set module conda mamba micromamba eval unset".split())
_EVERYDAY = frozenset(
    "git pip pip3 cd ls mkdir wget curl apt apt-get brew echo cat tar unzip zip rm cp mv ln chmod "
    "conda mamba micromamba uv poetry pdm rye hatch npm npx node yarn docker docker-compose gsutil "
    "aws gcloud kubectl tensorboard jupyter code vim nano ssh scp rsync sudo which nvidia-smi watch "
    "tail head less grep sed awk find touch export source set unset if fi for while done case esac "
    "read sleep exit return function module squeue scancel sinfo htop top kill ps df du test true "
    "false virtualenv pyenv nvcc cmake ninja gcc g++ pytest ruff black isort mypy flake8 pylint "
    "pre-commit tox huggingface-cli hf kaggle gdown md5sum sha256sum dvc mlflow wandb ollama "
    "import from print def class return local declare shift trap wait ulimit yum dnf pacman "
    "Set-Location New-Item the to this a".split()
)


@dataclass(frozen=True)
class Spoken:
    """A command in a block: its text and place, and where ``cd`` went before it."""

    text: str
    starts: Invocation
    line: int
    folders: tuple[str, ...]
    comment: str
    background: bool


_REMARK = Wording(r"(?<=[\w.])\s+\([A-Za-z][\w ,.-]*\)\s*$")
"""Words in brackets behind a command: the shell would take no bracket there."""
CLONED = "clone of "
"""Stands before the name of a clone among the folders gone to; it is not gone to yet."""
TOP = "//"
"""The project's own top, among the folders gone to."""


def _gone_to(folder: str, folders: list[str]) -> str:
    """``folder``, or ``TOP`` when a line above made it by cloning a repository."""
    head, _, rest = folder.strip("/").removeprefix("./").partition("/")
    return TOP + rest if CLONED + head in folders else folder


def _groups(commands: tuple[Simple, ...]) -> Iterator[tuple[Simple, ...]]:
    """Pipelines: simple commands that ``|`` holds together."""
    group: list[Simple] = []
    for command in commands:
        group.append(command)
        if command.operator not in ("|", "|&"):
            yield tuple(group)
            group = []
    if group:
        yield tuple(group)


def _useful(starts: Invocation | None, words: tuple[str, ...]) -> bool:
    if starts is None or starts.how is not How.PROGRAM:
        # A path alone is a listing, not a command.
        return starts is not None and (len(words) > 1 or words[0].startswith("."))
    assigns = bool(starts.arguments) and starts.arguments[0][:1] in ("=", ":", "(", "+")
    if starts.target in _EVERYDAY or "." in starts.target or assigns:
        return False
    return not is_prose(starts.target, starts.arguments)


def _alternatives(command: Simple) -> tuple[Simple, ...]:
    """``python a.py or sh b.sh``: the shell knows no "or", so this is prose about two commands."""
    for at, word in enumerate(command.words):
        if word != "or" or at == 0:
            continue
        rest = Simple(command.words[at + 1 :], command.operator)
        starts = parse(rest) if rest.words else None
        if starts is not None and starts.how is not How.PROGRAM:
            return Simple(command.words[:at]), rest
    return (command,)


def _of_line(line: Line, folders: list[str], kept: Exports | None) -> Iterator[Spoken]:
    if not line.text.isprintable():
        # Terminal codes have no place in a command that a person is to read and confirm.
        return
    prefix = ""
    for group in _groups(simple_commands(line.text)):
        words = list(group[0].words)
        while words and words[0] in _KEYWORDS:
            words.pop(0)
        if not words:
            continue
        if words[0].startswith("(") and len(words[0]) > 1:
            words[0] = words[0][1:]
        if words[0] in ("cd", "pushd", "%cd", "!cd") and len(words) > 1:
            folders.append(_gone_to(unquoted(words[1]), folders))
            continue
        if words[:2] == ["git", "clone"]:
            folders.append(CLONED + words[-1].rstrip("/").removesuffix(".git").rpartition("/")[2])
            continue
        first = Simple(tuple(words), group[0].operator)
        if words[0] in _CHANGES_SHELL and group[0].operator in ("&&", ";"):
            prefix += f"{first.text} && " if group[0].operator == "&&" else f"{first.text}; "
            continue
        if kept is not None and kept.takes(first):
            continue
        for one in (alternatives := _alternatives(first)):
            starts = parse(one)
            if starts is None or not _useful(starts, one.words):
                continue
            piped = group[1:] if one is alternatives[-1] else ()
            text = prefix + " | ".join([one.text, *(command.text for command in piped)])
            text = kept.before(text) if kept is not None else text
            background = group[-1].operator == "&"
            yield Spoken(text, starts, line.number, tuple(folders), line.comment, background)


def spoken(
    text: str,
    *,
    prompts: bool = False,
    folders: list[str] | None = None,
    exports: bool = False,
) -> tuple[Spoken, ...]:
    """Every command in ``text`` that starts a program, a file, a module or a task.

    ``folders`` is where ``cd`` went before the block; it is carried on in place. ``exports``: a
    command is shown with what the lines above it export, since each is started by itself.
    """
    went = folders if folders is not None else []
    kept = Exports() if exports else None
    lines = logical_lines(text, prompts=prompts)
    if prompts and ")" in text:
        lines = tuple(replace(line, text=_REMARK.sub("", line.text)) for line in lines)
    return tuple(one for line in lines for one in _of_line(line, went, kept))
