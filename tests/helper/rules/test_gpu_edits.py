"""Edits of device placement, loading and process groups, and the arithmetic of full GPUs."""

from __future__ import annotations

import ast

import pytest

from propel_helper.facts.finding import Edit
from propel_helper.project.edits import edited
from propel_helper.rules import call_edits, device_code, memory, statements, tensor_making
from propel_helper.rules.memory import Fill


def first_call(text: str) -> ast.Call:
    tree = statements.parse(text)
    assert tree is not None
    return next(node for node in ast.walk(tree) if isinstance(node, ast.Call))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("f(a)", "f(a, k=1)"),
        ("f()", "f(k=1)"),
        ("f(a, b=2,)", "f(a, b=2, k=1,)"),
        ("f((a))", "f((a), k=1)"),
        ("f(\n    a,  # ) why\n)", "f(\n    a, k=1,  # ) why\n)"),
        ('f("é", x)', 'f("é", x, k=1)'),
        ("f(a, k=2)", None),
        ("f(**options)", None),
        ("f(x for x in y)", None),
    ],
)
def test_a_keyword_goes_behind_the_last_argument(before: str, after: str | None) -> None:
    edit = call_edits.with_keyword("a.py", before, first_call(before), "k", "1")
    assert (edited(before, [edit]) if edit else None) == after


def placed(text: str, line: int) -> str | None:
    tree = statements.parse(text)
    assert tree is not None
    near = statements.statement_at(tree, line)
    assert near is not None
    edits = device_code.edits("a.py", text, tree, near)
    return edited(text, edits) if edits else None


CHOICE = '"cuda" if torch.cuda.is_available() else "cpu"'


@pytest.mark.parametrize(
    ("text", "line", "after"),
    [
        ("import torch\nm = m.cuda()\n", 2, f"import torch\nm = m.to({CHOICE})\n"),
        (
            'import torch\ndevice = "cuda"\nm = m.to(device)\n',
            3,
            f"import torch\ndevice = {CHOICE}\nm = m.to(device)\n",
        ),
        (
            'import torch\ndef f(m, device="cuda"):\n    return m.to(device)\n',
            3,
            f"import torch\ndef f(m, device={CHOICE}):\n    return m.to(device)\n",
        ),
        (
            "from torch import nn\nm = nn.Linear(1, 1).cuda()\n",
            2,
            f"import torch\nfrom torch import nn\nm = nn.Linear(1, 1).to({CHOICE})\n",
        ),
        # Already a choice; a device of the options; a number; guarded.
        (f"import torch\ndevice = {CHOICE}\nm = m.to(device)\n", 3, None),
        ('import torch\nm = m.to(args.device)\nx = y.to("cuda")\n', 2, None),
        ("import torch\nm = m.cuda(3)\n", 2, None),
        ('import torch\nif torch.cuda.is_available():\n    m = m.to("cuda")\n', 3, None),
    ],
)
def test_literal_devices(text: str, line: int, after: str | None) -> None:
    assert placed(text, line) == after


def made(text: str, line: int) -> str | None:
    tree = statements.parse(text)
    assert tree is not None
    statement = statements.statement_at(tree, line)
    assert statement is not None
    making = tensor_making.made_on_cpu(tree, statement)
    edit = making.edit("a.py", text) if making else None
    return edited(text, [edit]) if isinstance(edit, Edit) else None


@pytest.mark.parametrize(
    ("text", "line", "after"),
    [
        (
            "def f(x):\n    p = torch.arange(x.size(1))\n    return x + p\n",
            3,
            "def f(x):\n    p = torch.arange(x.size(1), device=x.device)\n    return x + p\n",
        ),
        (
            "device = pick()\nx = y + torch.randn(3)\n",
            2,
            "device = pick()\nx = y + torch.randn(3).to(device)\n",
        ),
        # Nothing says whose device; made there already; two candidates; given twice; not made here.
        ("def f(x):\n    return x + torch.zeros(3)\n", 2, None),
        ("def f(x, device):\n    return x + torch.zeros(3, device=device)\n", 2, None),
        ("def f(x, device):\n    return torch.ones(3) + torch.zeros(3)\n", 2, None),
        ("def f(x, device):\n    p = torch.ones(3)\n    p = p[0]\n    return x + p\n", 4, None),
        ("def f(x, y, device):\n    return x + y\n", 2, None),
    ],
)
def test_only_what_is_made_here_is_made_elsewhere(text: str, line: int, after: str | None) -> None:
    assert made(text, line) == after


GPU = "GPU 0 has a total capacity of 40.00 GiB of which {free} is free. "
OWN = "Of the allocated memory {allocated} is allocated by PyTorch, and {unused} is reserved by PyTorch but unallocated."


@pytest.mark.parametrize(
    ("message", "fill"),
    [
        (f"{GPU}{OWN}", Fill.FULL),
        (f"{GPU}Process 1 has 38.90 GiB memory in use. {OWN}", Fill.FULL),
        (
            f"{GPU}Process 1 has 8.00 GiB memory in use. Including non-PyTorch memory, this process has 38.9 GiB memory in use. {OWN}",
            Fill.OTHERS,
        ),
        (
            f"{GPU}Process 1 has 8.00 GiB memory in use. Process 2 has 38.90 GiB memory in use. {OWN}",
            Fill.OTHERS,
        ),
    ],
)
def test_whose_memory_it_is(message: str, fill: Fill) -> None:
    text = "CUDA out of memory. Tried to allocate 2.00 GiB. " + message.format(
        free="1.00 GiB", allocated="38.00 GiB", unused="512.00 MiB"
    )
    assert memory.read(text).fill is fill


@pytest.mark.parametrize(
    ("asked", "free", "unused", "fill"),
    [
        ("2.00 GiB", "1.00 GiB", "2.10 GiB", Fill.FRAGMENTED),
        ("6.00 GiB", "1.00 GiB", "5.00 GiB", Fill.FRAGMENTED),
        ("2.00 GiB", "1.00 GiB", "1.90 GiB", Fill.FULL),
        ("50.00 GiB", "39.00 GiB", "0 bytes", Fill.TOO_LARGE),
    ],
)
def test_whether_it_lies_in_pieces(asked: str, free: str, unused: str, fill: Fill) -> None:
    text = f"Tried to allocate {asked}. {GPU}{OWN}".format(
        free=free, allocated="30.00 GiB", unused=unused
    )
    numbers = memory.read(text)
    assert numbers.fill is fill
    assert asked in numbers.because


def test_old_messages_have_their_numbers() -> None:
    numbers = memory.read(
        "CUDA out of memory. Tried to allocate 512.00 MiB (GPU 0; 7.79 GiB total capacity; 5.61 GiB already "
        "allocated; 388.94 MiB free; 6.87 GiB reserved in total by PyTorch)"
    )
    assert numbers.fill is Fill.FRAGMENTED
    assert "1.26 GiB that PyTorch holds lie unused" in numbers.because
    assert memory.size_of("879. TiB") == 879 * 2**40
    assert memory.size_of("a lot") is None


def test_a_torn_number_is_no_number() -> None:
    torn = "Tried to allocate 1.0.5 GiB. GPU 0 has a total capacity of 44.43.11 GiB of which 1 GiB is free."
    memory.read(torn)
