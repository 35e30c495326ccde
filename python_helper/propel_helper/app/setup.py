"""What a command, the config it names and the code it starts say of the training."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from propel_helper.app.arguments import options
from propel_helper.app.code_values import MEANING, code_values
from propel_helper.app.gpus import gpus
from propel_helper.app.placed import Placed, placed_words
from propel_helper.coach.setup import Setup, Value
from propel_helper.facts.option import Option
from propel_helper.facts.problem import Problem
from propel_helper.project.checkpoints import checkpoints
from propel_helper.project.read import read
from propel_helper.scan.yaml_text import leaves

_TOML = re.compile(r"^\s*([\w.-]+)\s*=\s*(\"[^\"]*\"|'[^']*'|[^#\n]+)", re.MULTILINE)
_TRAITS = {
    "warmup": re.compile(r"warm_?up|OneCycleLR", re.IGNORECASE),
    "grad_scaler": re.compile(r"GradScaler"),
    "adam": re.compile(r"\bAdam|adamw?_|\bAdafactor\b|TrainingArguments\("),
    "trainer": re.compile(r"\bTrainer\(|Accelerator\("),
    "early_stopping": re.compile(
        r"EarlyStopping|ReduceLROnPlateau|best_(?:loss|acc|metric|score|val)|monitor\s*="
    ),
    "tracker": re.compile(
        r"\b(?:wandb|SummaryWriter|TensorBoard\w*|mlflow|comet_ml|neptune|aim|clearml|swanlab|trackio)\b"
    ),
}
_CONFIG = re.compile(r"\.(?:ya?ml|json|toml)$")
_HYDRA = re.compile(r"hydra\.main\((?P<arguments>[^)]*)\)")
_NAMED = re.compile(r"config_(path|name)\s*=\s*['\"]([\w./-]+)['\"]")
_PROCESSES = ("nproc_per_node", "nproc-per-node", "num_processes", "num-processes", "num_gpus", "gpus", "devices",
              "trainer.devices", "trainer.gpus", "n_gpus", "ngpus")  # fmt: skip
_NODES = ("nnodes", "num_nodes", "num_machines", "trainer.num_nodes")
_LAUNCHERS = (
    "torchrun",
    "accelerate",
    "deepspeed",
    "torch.distributed",
    "mpirun",
    "lightning",
    "trainer.devices",
    "--devices",
    "--gpus",
)
_NUMBER = re.compile(r"\d+(?:[eE][-+]?\d+|\.\d*(?:[eE][-+]?\d+)?)?$")


def arguments_in(words: list[str]) -> Iterator[tuple[str, str]]:
    """Name and value of ``--name value``, ``--name=value``, ``--name`` and ``name=value``."""
    for index, word in enumerate(words):
        name, equals, value = word.partition("=")
        if word.startswith("-") and not _NUMBER.match(word.lstrip("-")):
            if equals:
                yield name, value
            else:
                after = words[index + 1] if index + 1 < len(words) else ""
                negative = after.startswith("-") and not _NUMBER.match(after[1:])
                yield name, "true" if not after or negative else after
        elif equals and re.fullmatch(r"\+{0,2}[A-Za-z_][\w.@/-]*", name):
            yield name.lstrip("+"), value


def setup_of(
    folder: str,
    command: str,
    cwd: str = "",
    *,
    trained_before: bool = False,
    answered: frozenset[str] = frozenset(),
) -> Setup:
    """All that is written down of what ``command`` would train; ``cwd`` is relative to ``folder``."""
    placed = placed_words(folder, command, cwd)
    lists = [one.words for one in placed]
    values: dict[str, Value] = {}
    for words in lists:
        for name, text in arguments_in(words):
            _put(values, Value(text, name, "command"))
    declared = _options(folder, command, cwd)
    scripts = _scripts(folder, placed, declared)
    for path in _configs(folder, placed, scripts):
        for value in config_values(folder, path):
            _put(values, value)
    for path, text in scripts.items():
        for value in code_values(path, text):
            _put(values, value)
    for option in declared:
        if option.default is not None:
            _put(values, Value(option.default, option.name, "code", option.file, option.line))
    for meaning in ("resume", "smoke", "tracker"):
        if meaning in values and not values[meaning].on:
            del values[meaning]
    code = "\n".join(scripts.values())
    return Setup(
        values=values,
        processes=_processes(lists, command),
        traits=frozenset(name for name, pattern in _TRAITS.items() if pattern.search(code)),
        checkpoints=checkpoints(folder, most=5),
        trained_before=trained_before,
        answered=answered,
        options={one.name: one.help for one in declared},
    )


def _put(values: dict[str, Value], value: Value) -> None:
    plain = value.name.lstrip("-").replace("-", "_").lower()
    meaning = MEANING.get(plain) or MEANING.get(plain.rpartition(".")[2])
    if meaning is None:
        return
    if meaning == "precision" and not value.on and meaning not in values:
        return
    if meaning not in values:
        values[meaning] = value


def _options(folder: str, command: str, cwd: str) -> tuple[Option, ...]:
    try:
        return options(folder, command, cwd)
    except Problem:
        return ()


def _scripts(folder: str, placed: list[Placed], declared: tuple[Option, ...]) -> dict[str, str]:
    """Texts of the Python files that the command names, by path relative to the folder."""
    paths: list[str] = []
    for one in placed:
        named = [word for word in one.words if word.endswith(".py")]
        for word, after in pairwise(one.words):
            if word == "-m" and not after.startswith("torch.distributed"):
                module = after.replace(".", "/")
                named += [f"{module}.py", f"{module}/__main__.py"]
        paths += [inside for word in named if (inside := one.inside(folder, word)) is not None]
    found: dict[str, str] = {}
    for path in dict.fromkeys([*paths, *(one.file for one in declared if one.file)]):
        text = read(folder, path)
        if text is not None:
            found[path] = text.text
    return found


def _configs(folder: str, placed: list[Placed], scripts: dict[str, str]) -> Iterator[str]:
    """Configs that the command names, then those that its script names for hydra."""
    for one in placed:
        for word in one.words:
            path = word.rpartition("=")[2]
            inside = one.inside(folder, path) if _CONFIG.search(path) else None
            if inside is not None:
                yield inside
    for script, text in scripts.items():
        hydra = _HYDRA.search(text)
        named = dict(_NAMED.findall(hydra["arguments"])) if hydra else {}
        if "name" in named:
            name = named["name"] if _CONFIG.search(named["name"]) else f"{named['name']}.yaml"
            yield str(Path(script).parent / named.get("path", ".") / name)


def config_values(folder: str, path: str) -> Iterator[Value]:
    """Every value of a config, its nested keys dotted."""
    text = read(folder, path)
    if text is None:
        return
    if path.endswith(".toml"):
        for found in _TOML.finditer(text.text):
            line = text.text.count("\n", 0, found.start(1)) + 1
            yield Value(found[2].strip().strip("'\""), found[1], "config", path, line)
        return
    for leaf in leaves(text.text):
        yield Value(leaf.value, leaf.key, "config", path, leaf.line)


def _processes(lists: list[list[str]], command: str) -> int | None:
    """Training processes that the command starts."""
    each, nodes = None, 1
    for words in lists:
        joined = " ".join(words)
        if not any(name in joined for name in _LAUNCHERS):
            continue
        for name, text in arguments_in(words):
            plain = name.lstrip("-")
            if plain in _PROCESSES:
                each = _count(text) if each is None else each
            elif plain in _NODES:
                nodes = int(text.partition(":")[0]) if text.partition(":")[0].isdigit() else nodes
        if each is None and any(name in joined for name in ("deepspeed", "accelerate")):
            each = _visible(command)
    return (each or 1) * nodes if each != 0 else None


def _count(text: str) -> int:
    """``4``, ``0,1``, ``[0,1]``, ``gpu`` and ``auto`` (as many as the host has; 0 when it has none)."""
    if text.isdigit():
        return int(text) or 1
    inner = text.strip("[]")
    if re.fullmatch(r"\d+(?:,\d+)+", inner):
        return inner.count(",") + 1
    return len(gpus().gpus) if text in ("gpu", "auto", "-1") else 1


def _visible(command: str) -> int:
    named = re.search(r"CUDA_VISIBLE_DEVICES=['\"]?([\d,]+)", command)
    return named[1].strip(",").count(",") + 1 if named else len(gpus().gpus) or 1
