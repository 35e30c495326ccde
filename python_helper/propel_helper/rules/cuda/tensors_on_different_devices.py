"""tensors-on-different-devices: tensors of two devices met in one operation.

## What happened
An operation got one tensor that is on a GPU and another that is on the CPU, or on another GPU.

## Why it happens
The model, the batch or a tensor made inside `forward` was not moved to the device that the rest is
on.

## What the fix changes
Where the line that failed uses one tensor that is made right there, on the CPU (`torch.arange`,
`torch.zeros` and their kin): that one call gets `device=...`, the device of a tensor beside it. For
random numbers the result is moved instead, so that the numbers stay the same. Otherwise nothing: the
tensor has to be moved where it comes from, and the message does not say where that is.

## Fix safety
Safe: where a tensor lies does not change its values.
"""

from __future__ import annotations

import re

from propel_helper.facts.crash import Crash
from propel_helper.facts.finding import Category, Explanation, Fix, Safety
from propel_helper.facts.surroundings import Surroundings
from propel_helper.facts.wording import Wording
from propel_helper.rules import Rule, own, statements, tensor_making
from propel_helper.rules.said import line_of, said
from propel_helper.rules.steps import guide
from propel_helper.rules.words import code, first_line

# ATen's check_same_device, TensorIterator and Convolution.cpp; nn/parallel/data_parallel.py;
# RNN.cpp; aten/src/ATen/cuda; 0.4 to 2.13; torch/_subclasses/fake_tensor.py, where code is compiled.
_WORDS = Wording(
    r"Expected all tensors to be on the same device"
    r"|Input type \(torch\.cuda\.\w+\) and weight type \(torch\.(?!cuda)\w+\)"
    r"|Input type \(torch\.(?!cuda)\w+\) and weight type \(torch\.cuda\.\w+\)"
    r"|Input type \(CUDA\w+Type\) and (?:weight|bias) type \((?:CPU\w+Type|torch\.(?!cuda)\w+)\)"
    r"|Input type \((?:CPU\w+Type|torch\.(?!cuda)\w+)\) and (?:weight|bias) type \(CUDA\w+Type\)"
    r"|Input type \((?:CPU\w+Type|torch\.(?!cuda)\w+)\) and bias type \(torch\.cuda\.\w+\)"
    r"|Input type \(torch\.cuda\.\w+\) and bias type \((?:CPU\w+Type|torch\.(?!cuda)\w+)\)"
    r"|module must have its parameters and buffers on device"
    r"|indices should be either on (?:cpu|.{0,20}same device)"
    r"|[Ee]xpected (?:object of )?device (?:type )?\S+ but got device"
    r"|[Tt]ensor for (?:argument )?\S+.* is on CPU, (?:but|[Tt]ensor)"
    r"|Input and (?:hidden|parameter) tensors are not at the same device"
    r"|Input, output and indices must be on the current device"
    r"|[Ee]xpected object of backend \w+ but got backend"
    r"|expected (?:self and \w+|all tensors|\w+ and \w+) to be on the same device"
    r"|is on cuda:\d, different from other tensors on cpu"
    r"|Unhandled FakeTensor Device Propagation for \S+, found two different devices"
    r"|found at least two devices|Attempted to set the storage of a tensor on device"
    r"|Placeholder storage has not been allocated on MPS device"
    r"|Expected a '\w+' device type for generator but found"
)
# Both wordings of c10's TORCH_CHECK on devices: check_device (2.9 and later) and TensorIterator's.
_TWO = Wording(
    r"found (?:at least two|two different) devices,? (?P<one>[\w:]+)(?: and|,) (?P<other>[\w:]+)"
)
_ONE = Wording(
    r"but got (?P<argument>\w+) is on (?P<one>[\w:]+), different from other tensors on (?P<other>[\w:]+)"
)
_WHERE = Wording(r"(?:argument (?P<argument>\w+) )?in method (?:wrapper_)?(?:CUDA_+)?(?P<op>\w+)\)")
_MOVE = guide(
    "move-the-tensor",
    "Move the tensor",
    "Move the tensor that the message names to the device of the others where it comes from "
    "(`.to(device)`), or the model right after it is built, before its optimizer.",
)


def explain(crash: Crash, surroundings: Surroundings) -> Explanation | None:
    """Claim the wordings above; edit only a call that provably makes the tensor."""
    found = said(crash, _WORDS)
    if found is None:
        return None
    devices = _TWO.search(found.string) or _ONE.search(found.string)
    fix = _edit(crash, surroundings) if devices is not None and _has_cpu(devices) else None
    return Explanation(
        error="tensors on different devices",
        because=_because(found, devices),
        fixes=(fix, _MOVE) if fix else (_MOVE,),
    )


def _has_cpu(devices: re.Match[str]) -> bool:
    """Whether a tensor on the CPU is what stands apart; a model on the CPU is no tensor made here."""
    if "argument" in devices.groupdict():
        return devices["one"] == "cpu"
    return "cpu" in (devices["one"], devices["other"]) and devices["one"] != devices["other"]


def _because(found: re.Match[str], devices: re.Match[str] | None) -> str:
    if devices is None:
        return f"one operation got tensors that are on two devices ({first_line(line_of(found))})"
    where = _WHERE.search(found.string)
    operation = f"one operation ({code(where['op'].strip('_'))})" if where else "one operation"
    if "argument" in devices.groupdict():
        return (
            f"{operation} got {code(devices['argument'])} on {devices['one']} and the rest on "
            f"{devices['other']}"
        )
    said_argument = where["argument"] if where else None
    what = f"; {code(said_argument)} differs from those before it" if said_argument else ""
    return f"{operation} got tensors on {devices['one']} and on {devices['other']}{what}"


def _edit(crash: Crash, surroundings: Surroundings) -> Fix | None:
    frame = own.deepest(crash, surroundings)
    text = surroundings.text(frame.file) if frame else None
    tree = statements.parse(text) if text else None
    statement = statements.statement_at(tree, frame.line) if tree and frame else None
    if frame is None or text is None or tree is None or statement is None:
        return None
    making = tensor_making.made_on_cpu(tree, statement)
    edit = making.edit(frame.file, text) if making else None
    if making is None or edit is None:
        return None
    by = f"making the tensor of {code(making.name)} on {code(making.device)}, where the others are"
    return Fix("make-it-there", "Make the tensor on that device", by, Safety.SAFE, (edit,))


RULE = Rule("tensors-on-different-devices", Category.CUDA, ("exception",), explain)
