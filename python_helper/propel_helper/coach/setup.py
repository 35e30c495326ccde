"""What a prompt may know of a command that has not run yet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Value:
    """A setting as it is written down.

    Attributes:
        text: its value, as written.
        name: its name, as written: ``--lr``, ``optim.lr``, ``learning_rate``.
        where: ``command``, ``config`` or ``code``.
        file: the file that holds it, relative to the project; None for the command.
        line: line in ``file``, from 1.
    """

    text: str
    name: str
    where: str
    file: str | None = None
    line: int | None = None

    @property
    def number(self) -> float | None:
        """The value as a number, None when it is none."""
        try:
            return float(self.text.replace("_", ""))
        except ValueError:
            return None

    @property
    def on(self) -> bool:
        """Whether a switch is on."""
        return self.text.lower() not in ("", "0", "false", "no", "none", "null", "off", "~")

    @property
    def shown(self) -> str:
        """Where a person finds it."""
        if self.file is None:
            return f"`{self.name}` in the command"
        return (
            f"`{self.name}` in {self.file}:{self.line}"
            if self.line
            else f"`{self.name}` in {self.file}"
        )


@dataclass(frozen=True)
class Setup:
    """A command with what its config and code say.

    Attributes:
        values: settings by what they mean: ``batch_size``, ``accumulation``, ``lr``, ``warmup``,
            ``precision``, ``target``, ``smoke``, ``tracker``, ``resume``, ``output``; the command
            wins over its config, and that over the code.
        processes: training processes that it starts, one per GPU; 1 without a launcher, None when
            it leaves the number to the host and that has no GPU.
        traits: what the code shows: ``warmup``, ``grad_scaler``, ``adam``, ``early_stopping``,
            ``tracker``, ``checkpoints``.
        checkpoints: checkpoints that stand in the project, newest first.
        trained_before: whether this very command has trained here before.
        answered: ids of the questions that a person has answered or skipped for this command.
        options: options that the script takes, by name, with their help.
    """

    values: Mapping[str, Value] = field(default_factory=dict)
    processes: int | None = 1
    traits: frozenset[str] = frozenset()
    checkpoints: tuple[str, ...] = ()
    trained_before: bool = False
    answered: frozenset[str] = frozenset()
    options: Mapping[str, str] = field(default_factory=dict)

    def number(self, name: str) -> float | None:
        """The number of a setting, None when it is not known."""
        value = self.values.get(name)
        return value.number if value is not None else None
