"""Whether a short run first would show what a long one would fail of."""

from __future__ import annotations

from propel_helper.coach.setup import Setup
from propel_helper.facts.prompt import Prompt

_SHORT = ("fast_dev_run", "smoke_test", "smoke", "dry_run", "debug", "max_steps", "max_iters", "max_train_steps",
          "limit_train_batches", "num_steps", "steps")  # fmt: skip


def prompt(setup: Setup) -> Prompt | None:
    """Asks unless the command is short already, or has trained here before."""
    if setup.trained_before or "smoke-test" in setup.answered or "smoke" in setup.values:
        return None
    plain = {name.lstrip("-").replace("-", "_"): name for name in setup.options}
    option = next((plain[name] for name in _SHORT if name in plain), None)
    with_it = f" The script has `{option}` for that." if option else ""
    return Prompt(
        "smoke-test",
        f"This command has not trained here yet. Do you want a smoke test of a few steps first?{with_it}",
        {"option": option} if option else {},
    )
