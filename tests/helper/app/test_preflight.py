"""What is said of a command before it runs: questions, pitfalls with their numbers, findings."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from propel_helper.app.answers import target
from propel_helper.app.flight import Check
from propel_helper.app.intake import known, questions, remember, warnings
from propel_helper.app.launch import launch
from propel_helper.app.preflight import preflight
from propel_helper.app.setup import setup_of
from propel_helper.facts.problem import Problem
from propel_helper.facts.prompt import Prompt
from propel_helper.facts.run import Run
from propel_helper.runs.ledger import Ledger

SCRIPT = """
import argparse
import torch_that_nobody_has
import json
from helpers_of_mine import thing
try:
    import optional_that_nobody_has
except ImportError:
    pass

parser = argparse.ArgumentParser()
parser.add_argument("--data", type=str)
parser.add_argument("--lr", type=float, default=1e-3)
parser.add_argument("--batch_size", type=int, default=8)
parser.add_argument("--max_steps", type=int, default=-1, help="stop after so many steps")
optimizer = Adam(lr=args.lr)
raise SystemExit("this must never run")
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    folder = tmp_path / "project"
    folder.mkdir()
    (folder / "train.py").write_text(SCRIPT)
    (folder / "helpers_of_mine.py").write_text("import another_that_nobody_has\n")
    (folder / "train.yaml").write_text(
        "data:\n  root: ./data/none\noptim:\n  lr: 3e-4\n  gradient_accumulation_steps: 4\n"
    )
    return folder


def said(found: tuple[Prompt, ...]) -> dict[str, Prompt]:
    return {one.id: one for one in found}


def looked(project: Path, command: str, **environ: str) -> list[Check]:
    setup = setup_of(str(project), command)
    return list(preflight(str(project), command, "", {**os.environ, **environ}, setup))


def bad(checks: list[Check], name: str) -> list[Check]:
    return [one for one in checks if one.id == name and one.ok is False]


def test_effective_batch_is_said_with_its_product(project: Path) -> None:
    command = "torchrun --nproc_per_node 2 train.py --batch_size 8 --config train.yaml"
    found = said(warnings(setup_of(str(project), command)))
    assert "8 x 4 x 2 = 64" in found["effective-batch"].text
    assert (found["effective-batch"].file, found["effective-batch"].line) == ("train.yaml", 5)
    scaled = found["gpus-and-learning-rate"]
    assert scaled.evidence["linear"] == pytest.approx(6e-4)
    assert (scaled.file, scaled.line) == ("train.yaml", 4)


def test_pitfalls_stay_quiet_without_a_reason(project: Path) -> None:
    (project / "train.py").write_text("import json\n")
    assert warnings(setup_of(str(project), "python train.py --batch_size 8 --lr 0.1")) == ()


@pytest.mark.parametrize(
    ("option", "kind"),
    [("--fp16", "fp16"), ("--bf16 true", "bf16"), ("--mixed_precision fp16", "fp16"), ("--precision 16-mixed", "fp16"),
     ("--dtype=bfloat16", "bf16"), ("--precision 32", None), ("--fp16 False", None)],
)  # fmt: skip
def test_half_precision(project: Path, option: str, kind: str | None) -> None:
    found = said(warnings(setup_of(str(project), f"python train.py {option}")))
    assert (found["half-precision"].evidence["precision"] if kind else None) == kind
    assert ("half-precision" in found) == (kind is not None)


def test_no_warmup_with_adam(project: Path) -> None:
    command = "python train.py"
    assert "0.001" in said(warnings(setup_of(str(project), command)))["no-warmup"].text
    assert "no-warmup" not in said(
        warnings(setup_of(str(project), f"{command} --warmup_steps 100"))
    )
    assert (
        "off"
        in said(warnings(setup_of(str(project), f"{command} --warmup_steps 0")))["no-warmup"].text
    )


def test_only_open_questions_are_asked(project: Path) -> None:
    open_ones = said(questions(setup_of(str(project), "python train.py")))
    assert set(open_ones) == {"target-metric", "smoke-test", "tracker"}
    assert "`--max_steps`" in open_ones["smoke-test"].text
    (project / "ckpt").mkdir()
    (project / "ckpt" / "last.pt").write_bytes(b"x")
    assert (
        "ckpt/last.pt" in said(questions(setup_of(str(project), "python train.py")))["resume"].text
    )
    answered = "python train.py --resume ckpt/last.pt --report_to wandb --fast_dev_run --metric_for_best_model f1"
    assert questions(setup_of(str(project), answered)) == ()
    (project / "train.py").write_text("import wandb\nstop = EarlyStopping(monitor='val_loss')\n")
    assert set(said(questions(setup_of(str(project), "python train.py")))) == {
        "smoke-test",
        "resume",
    }


def test_answers_are_remembered_for_the_command(
    project: Path, ledger: Ledger, environ: dict[str, str], ended: Callable[[Run], Run]
) -> None:
    command = "true train.py"
    assert "target-metric" in said(questions(known(ledger, str(project), command)))
    run = ended(launch(ledger, command, str(project), "screen", environ))
    remember(ledger, run.run, {"target-metric": "val_loss < 0.5", "tracker": ""})
    assert questions(known(ledger, str(project), command)) == ()
    with pytest.raises(Problem, match="no checkpoint"):
        remember(ledger, run.run, {"resume": "none.pt"})


@pytest.mark.parametrize(
    ("answer", "wanted"),
    [("val_loss < 0.5", ("val_loss", "<", 0.5)), ("accuracy >= 92", ("accuracy", ">", 92)),
     ("val loss: 1e-3", ("val_loss", "<", 1e-3)), ("mAP = .4", ("mAP", ">", 0.4)), ("the best", None)],
)  # fmt: skip
def test_targets(answer: str, wanted: tuple[str, str, float] | None) -> None:
    assert target(answer) == wanted


def test_missing_modules_are_named_with_their_lines(project: Path) -> None:
    checks = looked(project, f"{sys.executable} train.py")
    found = {(one.file, one.line): one.text for one in bad(checks, "imports")}
    assert set(found) == {("train.py", 3), ("helpers_of_mine.py", 1)}
    assert "torch_that_nobody_has" in found["train.py", 3]


def test_modules_that_are_there(project: Path) -> None:
    (project / "train.py").write_text("import os.path, pytest\nfrom concurrent import futures\n")
    checks = looked(project, f"{sys.executable} train.py")
    assert bad(checks, "imports") == []
    assert any(one.id == "imports" and one.ok for one in checks)


def test_no_such_interpreter_and_script(project: Path) -> None:
    checks = looked(project, "./none/bin/python trian.py")
    assert "./none/bin/python" in bad(checks, "interpreter")[0].text
    assert "trian.py" in bad(checks, "path")[0].text


def test_a_launcher_that_is_not_there(project: Path) -> None:
    assert (
        "./none/torchrun" in bad(looked(project, "./none/torchrun train.py"), "interpreter")[0].text
    )
    assert (
        bad(looked(project, "source x/activate && ./none/torchrun train.py"), "interpreter") == []
    )


def test_settings_that_stand_on_one_line_of_the_code(project: Path) -> None:
    (project / "train.py").write_text(
        "# batch_size=1\na = A(batch_size=4, gradient_accumulation_steps=2, lr=1e-3)\n"
    )
    found = said(warnings(setup_of(str(project), "torchrun --nproc_per_node=4 train.py")))
    assert "4 x 2 x 4 = 32" in found["effective-batch"].text


def test_what_sets_nothing_is_no_setting(project: Path) -> None:
    (project / "train.py").write_text(
        '"""Usage: torchrun train.py lr=0.1\n\nlr = 0.5\n"""\n'
        'print("lr=3")  # lr=4\nmask = numpy.zeros(3, dtype="float16")\n'
    )
    setup = setup_of(str(project), "torchrun --nproc_per_node=4 train.py")
    assert warnings(setup) == ()
    (project / "train.py").write_text('dtype = "float16"\n')
    assert set(said(warnings(setup_of(str(project), "python train.py")))) == {"half-precision"}


def test_paths_of_the_command_and_of_the_config(project: Path) -> None:
    checks = looked(
        project,
        "python train.py --config train.yaml --data ./none.csv --output_dir ./new --model_name org/model",
    )
    found = [(one.text, one.file, one.line) for one in bad(checks, "path")]
    assert any("./none.csv" in text for text, _, _ in found)
    assert ("train.yaml", 2) in [(file, line) for _, file, line in found]
    assert len(found) == 2
    (project / "data" / "none").mkdir(parents=True)
    (project / "none.csv").write_text("")
    assert (
        bad(looked(project, "python train.py --config train.yaml --data ./none.csv"), "path") == []
    )


@pytest.mark.parametrize(
    "command",
    [
        "cd sub && python train.py --config configs/a.yaml --data ../sub",
        "(cd sub; python train.py --config configs/a.yaml)",
        "cd sub && bash run.sh",
        'cd "$HOME/x" && python train.py --data ./x.csv',
        "bash scripts/train.sh",
        "docker run -v /a:/b img python train.py --data /b/x.csv",
        "ssh gpu1 python train.py --data ./x.csv",
    ],
)
def test_paths_are_looked_for_where_the_command_is(tmp_path: Path, command: str) -> None:
    (tmp_path / "sub" / "configs").mkdir(parents=True)
    (tmp_path / "scripts").mkdir()
    (tmp_path / "sub" / "train.py").write_text("print(1)\n")
    (tmp_path / "sub" / "run.sh").write_text("python train.py --config configs/a.yaml\n")
    (tmp_path / "sub" / "configs" / "a.yaml").write_text("accum_iter: 4\nbatch_size: 8\n")
    script = 'cd "$(dirname "$0")/../sub"\npython train.py --config configs/a.yaml\n'
    (tmp_path / "scripts" / "train.sh").write_text(script)
    assert bad(looked(tmp_path, command), "path") == []
    if "a.yaml" in command or "run.sh" in command:
        (found,) = warnings(setup_of(str(tmp_path), command))
        assert (found.file, found.line) == ("sub/configs/a.yaml", 1)
    missing = looked(tmp_path, "cd sub && python other.py")
    assert [one.text for one in bad(missing, "path")] == [
        f"There is no script other.py in {tmp_path / 'sub'}."
    ]


def test_output_that_is_a_file(project: Path) -> None:
    (project / "out").write_text("")
    assert (
        "is a file"
        in bad(looked(project, "python train.py --output_dir out/run"), "output")[0].text
    )
    assert bad(looked(project, "python train.py --output_dir new/run"), "output") == []
    assert not (project / "new").exists()


def test_a_port_that_is_taken(project: Path) -> None:
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        holder.listen()
        port = holder.getsockname()[1]
        command = f"torchrun --nproc_per_node 2 --master_port {port} train.py"
        assert str(port) in bad(looked(project, command), "port")[0].text
    assert bad(looked(project, command), "port") == []
    assert not any(one.id == "port" for one in looked(project, "python train.py"))


def test_the_command_line(
    project: Path, propel: Callable[..., subprocess.CompletedProcess[str]]
) -> None:
    answer = propel(
        "preflight", str(project), "--command", f"{sys.executable} train.py --fp16", "--json"
    )
    assert answer.returncode == 0, answer.stderr
    found: dict[str, Any] = json.loads(answer.stdout)
    assert found["ready"] is False
    assert {"interpreter", "imports", "output", "disk", "gpu", "logout"} <= {
        one["id"] for one in found["findings"]
    }
    assert all(one["fix"] for one in found["findings"] if one["ok"] is False)
    assert [one["id"] for one in found["questions"]] == ["smoke-test", "target-metric", "tracker"]
    assert "half-precision" in [one["id"] for one in found["pitfalls"]]
    assert (
        propel("preflight", str(project / "none"), "--command", "python train.py").returncode == 2
    )
