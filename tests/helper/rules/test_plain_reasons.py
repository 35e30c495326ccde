"""What is said of exceptions whose own words tell what happened."""

from __future__ import annotations

import pytest

from propel_helper.app.diagnose import diagnose_log
from propel_helper.facts.finding import Finding, Scope

HEAD = """Traceback (most recent call last):
  File "/home/ana/tiny/train.py", line 9, in <module>
    main()
  File "/home/ana/tiny/train.py", line 5, in main
    {code}
"""
MODULE = """  File "/opt/v/lib/python3.11/site-packages/torch/nn/modules/module.py", line 1709, in __getattr__
    raise AttributeError(f"'{type(self).__name__}' object has no attribute '{name}'")
"""
LIBRARY = """  File "/opt/v/lib/python3.11/site-packages/toolkit/rows.py", line 7, in pick
    return rows[at]
"""


def finding(raised: str, code: str = "step(rows)", below: str = "") -> Finding:
    (found,) = diagnose_log(f"{HEAD.format(code=code)}{below}{raised}\n".encode())
    assert found.scope is Scope.LOGIC
    assert found.redirect
    assert not found.fixes
    return found


@pytest.mark.parametrize(
    ("raised", "said"),
    [
        ("NameError: name 'padd' is not defined. Did you mean: 'pad'?", "`pad` is"),
        ("NameError: name 'padd' is not defined", "`padd` is not defined where the line uses it"),
        (
            "UnboundLocalError: local variable 'loss' referenced before assignment",
            "`loss` has no value yet",
        ),
        (
            "UnboundLocalError: cannot access local variable 'loss' where it is not associated with a value",
            "`loss` has no value yet",
        ),
        (
            "TypeError: fit() missing 2 required positional arguments: 'rows' and 'k'",
            "the call leaves out `rows` and `k`, which `fit()` requires",
        ),
        (
            "TypeError: Net.forward() takes 2 positional arguments but 3 were given",
            "more arguments than it takes (3 for 2)",
        ),
        (
            "AttributeError: 'NoneType' object has no attribute 'shape'",
            "`shape` the line takes is None",
        ),
        (
            "AttributeError: 'list' object has no attribute 'split'",
            "Python's own type `list`, which has no `split`: the line expects a value of another type",
        ),
        (
            "AttributeError: 'str' object has no attribute 'splt'. Did you mean: 'split'?",
            "has no `splt` (`split` it has)",
        ),
        ("TypeError: 'NoneType' object is not subscriptable", "as one that is subscriptable"),
        ("ZeroDivisionError: division by zero", "the line divides by zero"),
        ("FloatingPointError: Loss became infinite or NaN at iteration=12!", "NaN or infinite"),
    ],
)
def test_the_words_are_taken_at_their_word(raised: str, said: str) -> None:
    assert said in finding(raised).because


def test_what_a_module_of_torch_is_asked_for_the_code_asked_for() -> None:
    told = finding("AttributeError: 'Net' object has no attribute 'attnetion'", below=MODULE)
    assert told.because.startswith("an object of the type `Net` has no `attnetion`")


def test_a_check_of_the_code_itself() -> None:
    line = "assert batch % parts == 0"
    assert f"`{line}`" in finding("AssertionError", line).because
    assert "a check of the code itself" in finding("AssertionError: 3 parts", line).because


def test_what_a_library_raised_stays_unclear() -> None:
    told = finding("ZeroDivisionError: division by zero", below=LIBRARY)
    assert "nobody can tell" in told.because
