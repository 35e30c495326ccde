"""device-side-assert: an assertion inside a CUDA kernel failed.

## What happened
A kernel checked its input and stopped: most often a label, a token or an index that is out of
range. CUDA reports this late, and after it every CUDA call of the process fails.

## Why it happens
A label is not below the number of classes, a token is not in the vocabulary, or an index tensor
points outside the tensor that it indexes. The kernel's own words stand above the traceback, when
the log has them: `Assertion ... failed`.

## What the fix changes
Nothing in the code: which of the two is wrong, the value or the size, is part of the model and its
data. The run can be started once more with `CUDA_LAUNCH_BLOCKING=1` in front of the command, so
that the traceback ends in the call that got the wrong value. On the CPU the same call says it in
plain words.

## Fix safety
Ask: the second run is slower, and it will fail again, at the right line.
"""

from __future__ import annotations

import re

from propel_helper.facts.crash import Crash
from propel_helper.facts.finding import Category, Explanation
from propel_helper.facts.surroundings import Surroundings
from propel_helper.facts.wording import Wording
from propel_helper.rules import Rule, late_error
from propel_helper.rules.said import said
from propel_helper.rules.words import code

# cudart error 710, its name in the driver's interface, and XLA's.
_WORDS = Wording(r"device-side assert(?:ion)? triggered|CUDA_ERROR_ASSERT|cudaErrorAssert")
_ASSERTION = Wording(r"Assertion `(?P<said>.+?)` failed")
# What ATen's kernels check (native/cuda/Loss.cu, NLLLoss2d.cu, Indexing.cu, IndexKernel.cu,
# ScatterGatherKernel.cu, TensorCompare.cu, MultinomialKernel.cu), and what it means.
_MEANINGS = (
    (r"n_classes|cur_target|\bt >= 0", "a label is below 0 or not below the number of classes"),
    (
        r"srcIndex < srcSelectDimSize|index out of bounds|sizes\[i\]|idx_dim|indexValue|ind(?:ex)? <",
        "an index is outside the tensor that it indexes (a token outside the vocabulary, say)",
    ),
    (
        r"input_val|zero &&.*one",
        "a value for the binary cross entropy is not between 0 and 1, or is NaN",
    ),
    (
        r"probability tensor|cumdist|sum > 0|val >= zero",
        "the probabilities to draw from hold a negative value, an infinity or NaN",
    ),
)


def explain(crash: Crash, surroundings: Surroundings) -> Explanation | None:
    """Claim the wordings above; say what the assertion's own text means when the log has it."""
    found = said(crash, _WORDS)
    if found is None:
        return None
    return Explanation(
        error="a failed assertion in a CUDA kernel",
        because=f"{_reason(crash)}; {late_error.how_late(surroundings)}",
        fixes=late_error.to_see_it(
            surroundings,
            "Or run one step on the CPU, where the same call names the value. What to change is in "
            "the data or in a size of the model, and yours to decide.",
        ),
    )


def _reason(crash: Crash) -> str:
    for line in (*reversed(crash.above), *reversed(crash.message.split("\n"))):
        found = _ASSERTION.search(line)
        if found is not None:
            told = found["said"]
            meaning = next((text for words, text in _MEANINGS if re.search(words, told)), None)
            return f"the kernel's check {code(told)} failed" + (f": {meaning}" if meaning else "")
    return "a kernel got a value that is out of range, most often a label or an index"


RULE = Rule("device-side-assert", Category.CUDA, ("exception", "exit"), explain)
