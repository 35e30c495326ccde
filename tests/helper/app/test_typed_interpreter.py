"""What reaches a script's Python is typed into a shell that is not the script's."""

from __future__ import annotations

import pytest

from propel_helper.app.interpreter import interpreter


@pytest.mark.parametrize(
    ("command", "script", "typed"),
    [
        ("./run.sh", 'cd "$(dirname "$0")"\nexport PYTHONPATH=src\npython -m a', "export PYTHONPATH=src\npython"),
        ("bash jobs/run.sh", 'cd "$(dirname "$0")" && python a.py', "cd jobs && python"),
        ("bash jobs/run.sh", 'cd "${0%/*}"; python a.py', "cd jobs; python"),
        ("bash a/run.sh", 'cd "$(dirname "${BASH_SOURCE[0]}")"\npython a.py', "cd a\npython"),
        ("bash run.sh x", "set -euo pipefail\nulimit -n 99\ncd work\npython a.py", "cd work\npython"),
        ("bash run.sh x", 'source "$1/bin/activate"\npython a.py', None),
        ("bash run.sh", "source env/bin/activate\ntorchrun a.py", "source env/bin/activate\npython"),
        ("bash run.sh", "echo nothing", None),
    ],
)  # fmt: skip
def test_only_what_means_the_same_when_it_is_typed(
    command: str, script: str, typed: str | None
) -> None:
    assert interpreter(command, lambda _name: script) == typed
