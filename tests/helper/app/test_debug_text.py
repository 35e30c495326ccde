"""The confirmed text under the debugger: one change, at the place where Python gets its program."""

from __future__ import annotations

import pytest

from propel_helper.app.debug_text import ConsoleScript, Debuggee, under_debugger
from propel_helper.facts.problem import Problem

DEBUGGEE = Debuggee("/ext tension/debugpy", "127.0.0.1", 5678)
WORDS = "'/ext tension/debugpy' --connect 127.0.0.1:5678 --wait-for-client"


def lookup(word: str) -> ConsoleScript | None:
    """A virtual environment with a few console scripts."""
    known = {"torchrun", "accelerate", "my-train", "./train.py"}
    return ConsoleScript("/v/bin/python", f"/v/bin/{word}") if word in known else None


def changed(text: str, *crashed_in: str) -> str:
    return under_debugger(text, DEBUGGEE, lookup, crashed_in)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("python train.py --lr 1", "python @ train.py --lr 1"),
        ("python3.11 -u -W ignore -X dev train.py", "python3.11 -u -W ignore -X dev @ train.py"),
        ("python -m pkg.train a", "python @ -m pkg.train a"),
        ("python -mpkg.train a", "python @ -m pkg.train a"),
        ("python -um pkg.train", "python -u @ -m pkg.train"),
        ("python -c 'import a; a.b()'", "python @ -c 'import a; a.b()'"),
        ('CUDA_VISIBLE_DEVICES=0 env A="b c" python t.py', 'CUDA_VISIBLE_DEVICES=0 env A="b c" python @ t.py'),
        ("cd 'a b' && python t.py 2>&1 | tee x.log", "cd 'a b' && python @ t.py 2>&1 | tee x.log"),
        ("(cd a && python t.py)", "(cd a && python @ t.py)"),
        ("uv run --with a python t.py", "uv run --with a python @ t.py"),
        ("conda run -n x torchrun t.py", "conda run -n x python @ -m torch.distributed.run t.py"),
        ("torchrun --nproc_per_node=2 t.py", "/v/bin/python @ /v/bin/torchrun --nproc_per_node=2 t.py"),
        ("python -m torch.distributed.run t.py", "python @ -m torch.distributed.run t.py"),
        ("accelerate launch --a b t.py", "/v/bin/python @ /v/bin/accelerate launch --a b t.py"),
        ("my-train --a b", "/v/bin/python @ /v/bin/my-train --a b"),
        ("python train.py \\\n  --lr 1  # note", "python @ train.py \\\n  --lr 1  # note"),
    ],
)  # fmt: skip
def test_the_program_is_started_by_debugpy(before: str, after: str) -> None:
    assert changed(before) == after.replace("@", WORDS)


def test_of_several_programs_the_one_that_crashed_is_debugged() -> None:
    text = "python prep.py && python train.py; python -m pkg.report"
    assert changed(text) == f"python prep.py && python train.py; python {WORDS} -m pkg.report"
    assert changed(text, "prep.py", "x.py") == text.replace("python prep", f"python {WORDS} prep")
    assert changed(text, "train.py") == text.replace("python train", f"python {WORDS} train")


@pytest.mark.parametrize(
    ("text", "cause"),
    [
        ("bash run.sh a", "`bash run.sh` runs a shell script"),
        ("./run.sh", "`./run.sh` runs a shell script"),
        ("make train", "which Python file `make` starts"),
        ("srun -N 2 python train.py", "which Python file `srun` starts"),
        ("docker run x python train.py", "which Python file `docker` starts"),
        ("for i in 1 2\ndo\n  python train.py\ndone", "in a loop"),
        ("while true; do python train.py; done", "in a loop"),
        ("python <<EOF\nimport x\nEOF", "from standard input"),
        ("python - < train.py", "from standard input"),
        ("python -m debugpy --listen 1 t.py", "starts debugpy already"),
        ("python /x/debugpy --listen 1 t.py", "starts debugpy already"),
        ("uv run train.py", "which Python file `train.py` starts"),
    ],
)
def test_what_can_not_be_debugged_is_told_with_a_way_out(text: str, cause: str) -> None:
    with pytest.raises(Problem) as told:
        changed(text)
    assert cause in told.value.cause
    assert told.value.next_step
