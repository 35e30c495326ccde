"""A call of ``torch.cuda`` that asks for a GPU whether there is one or not, in code that runs without one."""

from __future__ import annotations

import ast
from dataclasses import dataclass

from propel_helper.facts.crash import Crash
from propel_helper.facts.finding import Edit, Fix, Safety
from propel_helper.facts.lines import lines_of
from propel_helper.facts.surroundings import Surroundings
from propel_helper.rules import own, statements
from propel_helper.rules.steps import guide
from propel_helper.rules.words import code

# torch/cuda/__init__.py, memory.py and random.py of torch 2.13: what is called for its effect on the GPU.
_EFFECTS = frozenset(
    {
        "synchronize", "set_device", "reset_peak_memory_stats", "reset_max_memory_allocated",
        "reset_max_memory_cached", "reset_accumulated_memory_stats", "empty_cache", "ipc_collect", "init",
        "set_per_process_memory_fraction", "manual_seed", "manual_seed_all", "set_stream",
    }
)  # fmt: skip
# What is called to be shown; nothing of the training hangs on it.
_SHOWN = frozenset(
    {
        "get_device_name", "get_device_capability", "get_device_properties", "current_device", "mem_get_info",
        "memory_summary", "utilization", "temperature", "power_draw", "clock_rate",
    }
)  # fmt: skip
_SHOWING = frozenset({"print", "info", "debug", "warning", "log"})


@dataclass(frozen=True)
class Lone:
    """Such a call, where the run stopped.

    Attributes:
        name: as it is written, ``torch.cuda.synchronize``.
        file: the person's file that has it.
        line: its line.
        fix: the statement made to depend on a GPU; None where something is done with its value.
    """

    name: str
    file: str
    line: int
    fix: Fix | None

    @property
    def told(self) -> Fix:
        """What to do about it, as a step."""
        return guide(
            "ask-for-the-gpu-first",
            "Ask whether there is a GPU",
            f"Line {self.line} of {code(self.file)} calls {code(self.name)} whether there is a GPU or not: let "
            "it do so only where `torch.cuda.is_available()`, and say what holds in its place without one.",
        )


def found(crash: Crash, surroundings: Surroundings) -> Lone | None:
    """The call of the person's own deepest line, where that is what PyTorch stopped at."""
    frame = own.deepest(crash, surroundings)
    text = surroundings.text(frame.file) if frame else None
    tree = statements.parse(text) if text else None
    statement = statements.statement_at(tree, frame.line) if frame and tree else None
    if frame is None or text is None or statement is None:
        return None
    calls = [
        call
        for call in statements.calls(statement)
        if statements.dotted(call.func).startswith("torch.cuda.")
        and statements.dotted(call.func).rpartition(".")[2] in _EFFECTS | _SHOWN
    ]
    if len(calls) != 1 or not _is_below(crash, statements.dotted(calls[0].func)):
        return None
    name = statements.dotted(calls[0].func)
    file = surroundings.shown(frame.file)
    edit = _guard(frame.file, text, statement, calls[0])
    fix = None
    if edit is not None:
        by = (
            f"calling {code(name)} only where there is a GPU (line {statement.lineno} of {code(file)}); where "
            "there is one nothing changes"
        )
        fix = Fix("guard-gpu-call", "Call it only with a GPU", by, Safety.ASK, (edit,))
    return Lone(name, file, statement.lineno, fix)


def _is_below(crash: Crash, name: str) -> bool:
    """Whether what stands below the person's line is that function of PyTorch's, or nothing does."""
    functions = [frame.function for frame in crash.frames if "/torch/cuda/" in frame.file]
    return not functions or functions[0] in {name.rpartition(".")[2], "_lazy_init"}


def _guard(file: str, text: str, statement: ast.stmt, call: ast.Call) -> Edit | None:
    """The edit that puts a statement of one line under the question; None where its value is used."""
    if not isinstance(statement, ast.Expr) or statement.lineno != statement.end_lineno:
        return None
    inner = statement.value
    shows = (
        isinstance(inner, ast.Call)
        and statements.dotted(inner.func).rpartition(".")[2] in _SHOWING
        and any(part is call for part in ast.walk(inner))
    )
    if inner is not call and not shows:
        return None
    row = lines_of(text)[statement.lineno - 1].rstrip("\r\n")
    lead = row[: len(row) - len(row.lstrip())]
    rest = row.encode()[statement.end_col_offset :].decode().strip()
    if statement.col_offset != len(lead) or (rest and not rest.startswith("#")):
        return None
    end = "\r\n" if "\r\n" in text else "\n"
    question = f"if torch.cuda.is_available():{end}{lead}{_deeper(text)}"
    return Edit(file, statement.lineno, len(lead), statement.lineno, len(lead), "", question)


def _deeper(text: str) -> str:
    """What the file's own blocks are indented by."""
    for row in lines_of(text):
        if row[:1] in {" ", "\t"} and row.strip():
            lead = row[: len(row) - len(row.lstrip())]
            return "\t" if lead[0] == "\t" else " " * min(len(lead), 4)
    return "    "
