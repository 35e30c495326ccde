"""Options that a training script takes."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Option:
    """One option, as it may be added to the command's text.

    Attributes:
        name: as it is written: ``--lr``, ``trainer.max_epochs`` (key=value), ``DATA`` (positional).
        form: how a value is given: ``--name value``, ``name=value``, ``--name`` or ``value``.
        type: ``int``, ``float``, ``str``, ``bool``, ``path``, ``list``, or the type's own name;
            None when the script does not say.
        default: the default as text, None when there is none or it can't be read.
        choices: the only values it takes, empty when it takes any.
        help: what the script says about it, "" when nothing.
        takes_path: whether a value names a file or folder.
        required: whether the script can't start without it.
        values: files of the project that fit as a value: configs, checkpoints.
        file: the file that declares it, relative to the project.
        line: its line, from 1.
    """

    name: str
    form: str
    type: str | None = None
    default: str | None = None
    choices: tuple[str, ...] = ()
    help: str = ""
    takes_path: bool = False
    required: bool = False
    values: tuple[str, ...] = ()
    file: str = ""
    line: int | None = None
