"""Programs that run what they are told by name, in place of a file of the project."""

from __future__ import annotations

from propel_helper.scan.vocabulary import of_name

RUNNERS = frozenset("dora guild".split())
"""Programs that start a project's training without naming a file of it."""


def of_runner(arguments: tuple[str, ...]) -> float:
    """Evidence in what a program is told to run: ``tune run lora_finetune``."""
    if arguments[:1] not in (("run",), ("launch",)):
        return 0.0
    plain = (word for word in arguments[1:6] if not word.startswith("-") and "=" not in word)
    return max((of_name(word.partition(".")[0]) for word in plain if "/" not in word), default=0.0)


def is_experiment(arguments: tuple[str, ...]) -> bool:
    """Whether a program is started as Sacred starts experiments: ``with model=a lr=0.1``.

    https://sacred.readthedocs.io/en/stable/command_line.html#configuration-updates
    """
    at = next((at for at, word in enumerate(arguments[:2]) if word == "with"), -1)
    return at >= 0 and any("=" in word for word in arguments[at + 1 :])
