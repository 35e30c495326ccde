"""Launch texts: what starts the training, its options, and the text with one of them changed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from propel_helper.app.surroundings import LocalSurroundings
from propel_helper.facts.finding import RerunStep
from propel_helper.rules import batch_size, free_port, launch_changes, torchrun, workers
from propel_helper.rules.launch_text import Launch, Option, launch_of


def around(command: str) -> LocalSurroundings:
    return LocalSurroundings(None, None, command)


def launch(command: str) -> Launch:
    found = launch_of(around(command))
    assert found is not None
    return found


def changed(launch: Launch, *changes: launch_changes.Change) -> str:
    (step,) = launch_changes.steps(launch, changes)
    assert isinstance(step, RerunStep)
    assert step.old == launch.text
    return step.new


@pytest.mark.parametrize(
    ("command", "launcher", "script"),
    [
        ("python train.py --lr 1", "python", "train.py"),
        (
            "cd x && A=1 python3.11 -u -X faulthandler -W ignore train.py | tee log",
            "python",
            "train.py",
        ),
        ("uv run python -m pkg.train", "python", "pkg.train"),
        ("torchrun --nproc_per_node 2 --rdzv-backend c10d train.py", "torchrun", "train.py"),
        ("torchrun --standalone -m pkg.train", "torchrun", "pkg.train"),
        ("python -m torch.distributed.run --nproc_per_node=2 t.py", "torchrun", "t.py"),
        ("python -m torch.distributed.launch --use_env --nproc_per_node=2 t.py", "launch", "t.py"),
        ("accelerate launch --num_processes 2 train.py --a 1", "accelerate", "train.py"),
        ("deepspeed --num_gpus=2 train.py", "deepspeed", "train.py"),
        ("srun -n 2 python t.py", "python", "t.py"),
    ],
)
def test_the_launch_is_found(command: str, launcher: str, script: str) -> None:
    found = launch(command)
    assert (found.launcher, found.words[found.script].value) == (launcher, script)


@pytest.mark.parametrize(
    "command",
    [
        "",
        "make train",
        "python -c 'import train'",
        "docker run image python train.py",
        "python a.py && python b.py",
        "echo python train.py",
        "python",
    ],
)
def test_where_it_can_not_be_told_there_is_none(command: str) -> None:
    assert launch_of(around(command)) is None


def value(option: Option | None) -> str | None:
    return option.value if option else None


def test_options_are_found_in_every_spelling() -> None:
    found = launch('python train.py --batch-size="8" --lr 0.1 model.width=64 --amp')
    assert value(found.option("--batch_size")) == "8"
    assert value(found.option("width")) == "64"
    assert found.option("--amp") is not None
    assert found.option("--lr", "--amp") is None  # not just one


def test_launcher_and_program_keep_their_own_options() -> None:
    found = launch("torchrun --master_port 1 train.py --master-port 2")
    assert value(found.launcher_option("--master-port")) == "1"
    assert value(found.option("--master-port")) == "2"


def test_variables_before_and_above() -> None:
    assert value(launch("A=1 B='2 3' python t.py").variable("B")) == "2 3"
    assert value(launch("export A=1; python t.py").variable("A")) == "1"
    assert launch("A=1 python t.py").variable("B") is None


@pytest.mark.parametrize(
    ("command", "new"),
    [
        ("python t.py --b 4 > log 2>&1", "python t.py --b 4 --device cpu > log 2>&1"),
        ("cd a; python t.py # best", "cd a; python t.py --device cpu # best"),
    ],
)
def test_arguments_go_behind_the_last_one(command: str, new: str) -> None:
    found = launch(command)
    assert changed(found, launch_changes.arguments(found, "--device cpu")) == new


@pytest.mark.parametrize(
    ("command", "new"),
    [
        ("python t.py", "V=1 python t.py"),
        ("cd a && python t.py | tee log", "cd a && V=1 python t.py | tee log"),
        ("V=0 python t.py", "V=1 python t.py"),
        ("export V=0; python t.py", "export V=1; python t.py"),
        ("bash run.sh", "V=1 bash run.sh"),
        ("docker run image python t.py", None),
        ("python a.py; python b.py", None),
        ("for i in 1 2; do python t.py; done", None),
    ],
)
def test_a_variable_is_set_for_what_is_started(command: str, new: str | None) -> None:
    step = launch_changes.with_variable(command, "V", "1")
    assert (step and step.new) == new


def test_a_setting_is_added_to_one_that_is_there() -> None:
    step = launch_changes.with_variable("C=a:1 python t.py", "C", "b:2", joint=",")
    assert step is not None
    assert step.new == "C=a:1,b:2 python t.py"


@pytest.mark.parametrize(
    ("command", "new"),
    [
        (
            "torchrun --nproc_per_node=2 --master_port=29500 t.py",
            "torchrun --nproc_per_node=2 --standalone t.py",
        ),
        ("torchrun --nproc_per_node 2 t.py", "torchrun --standalone --nproc_per_node 2 t.py"),
        (
            "torchrun --rdzv-backend=c10d --rdzv-endpoint=localhost:29500 t.py",
            "torchrun --rdzv-backend=c10d --rdzv-endpoint=localhost:0 t.py",
        ),
        ("accelerate launch t.py", "accelerate launch --main_process_port 0 t.py"),
        ("deepspeed --master_port 7 t.py", "deepspeed --master_port 8 t.py"),
        ("MASTER_PORT=29500 python t.py", "MASTER_PORT=29501 python t.py"),
        ("torchrun --nnodes=2 --master_port=29500 t.py", None),
        ("torchrun --rdzv-endpoint=node7:29500 t.py", None),
        ("MASTER_PORT=1234 python t.py", None),
        ("python t.py", None),
    ],
)
def test_another_port(command: str, new: str | None) -> None:
    found = free_port.elsewhere("29500", around(command))
    step = found.steps[0] if found else None
    assert (step.new if isinstance(step, RerunStep) else step) == new


@pytest.mark.parametrize(
    ("command", "new"),
    [
        (
            "A=1 .venv/bin/python -u t.py --x 1",
            "A=1 .venv/bin/python -u -m torch.distributed.run --standalone --nproc_per_node=1 t.py --x 1",
        ),
        (
            "python -m pkg.t",
            "python -m torch.distributed.run --standalone --nproc_per_node=1 -m pkg.t",
        ),
        ("srun -n 4 python t.py", None),
        ("torchrun t.py", None),
    ],
)
def test_under_torchrun(command: str, new: str | None) -> None:
    fixes = torchrun.instead_of_python(around(command))
    step = fixes[0].steps[0] if fixes else None
    assert (step.new if isinstance(step, RerunStep) else step) == new


@pytest.mark.parametrize(
    ("command", "new"),
    [
        ("python t.py --batch-size 9", "python t.py --batch-size 4"),
        ("python t.py data.batch_size=64", "python t.py data.batch_size=32"),
        ("python t.py --batch-size 1", None),
        ("python t.py --batch-size auto", None),
        ("python t.py --batch-size 8 --bs 8", None),
        ("python t.py", None),
    ],
)
def test_a_batch_is_halved_in_the_command_alone(command: str, new: str | None) -> None:
    fixes = batch_size.halved(around(command))
    step = fixes[0].steps[0] if fixes else None
    assert (step.new if isinstance(step, RerunStep) else step) == new


def test_workers_are_halved_down_to_none() -> None:
    for command, new in (("--num_workers 8", "4"), ("--workers=1", "0"), ("--workers 0", None)):
        fixes = workers.fewer(around(f"python t.py {command}"))
        step = fixes[0].steps[0] if fixes else None
        assert (step.new[-1] if isinstance(step, RerunStep) else None) == new


@given(st.text(alphabet="pythontrucn -='\"\\$(){};&|#<>\n./_0129", max_size=60))
def test_no_text_is_too_strange(command: str) -> None:
    launch_of(around(command))
    launch_changes.with_variable(command, "V", "1")
    free_port.elsewhere(None, around(command))
    torchrun.instead_of_python(around(command))
    batch_size.halved(around(command))


@pytest.mark.parametrize(
    ("command", "new"),
    [
        ("python t.py --cuda --lr 1", "python t.py --lr 1"),
        ("python t.py --lr 1  --cuda", "python t.py --lr 1"),
        ("python t.py --cuda=1 | tee log", "python t.py | tee log"),
        ("python t.py --cuda 1 --lr 2", "python t.py --lr 2"),
    ],
)
def test_an_option_is_left_out_with_its_blank(command: str, new: str) -> None:
    found = launch(command)
    option = found.option("--cuda")
    assert option is not None
    assert changed(found, launch_changes.without(found, option)) == new


def test_a_negative_number_is_a_value_and_not_an_option() -> None:
    found = launch("python train.py --gpu -1 --shift -.5 --fast -x")
    options = [found.option(name) for name in ("--gpu", "--shift", "--fast")]
    assert [option.value for option in options if option] == ["-1", "-.5", None]
