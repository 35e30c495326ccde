"""What a simple command starts."""

from __future__ import annotations

import pytest

from propel_helper.scan.invocation import How, parse
from propel_helper.scan.shell_text import simple_commands


@pytest.mark.parametrize(
    ("text", "how", "target"),
    [
        ("python train.py --lr 1", How.FILE, "train.py"),
        ("CUDA_VISIBLE_DEVICES=0 python3 -u train.py", How.FILE, "train.py"),
        ("python3.11 -W ignore train.py", How.FILE, "train.py"),
        ("$PYTHON train.py", How.FILE, "train.py"),
        ("python -m pkg.train --x", How.MODULE, "pkg.train"),
        ("torchrun --nproc_per_node 4 train.py x", How.FILE, "train.py"),
        ("torchrun --nproc_per_node 4 -m pkg.train -- --depth=1", How.MODULE, "pkg.train"),
        ("torchrun $(which fairseq-train) data", How.PROGRAM, "fairseq-train"),
        ("python -m torch.distributed.launch --nproc_per_node=8 main.py", How.FILE, "main.py"),
        ("python -m torch.distributed.run -m pkg.main", How.MODULE, "pkg.main"),
        ("accelerate launch --config_file a.yaml train.py", How.FILE, "train.py"),
        ("accelerate launch -m axolotl.cli.train c.yml", How.MODULE, "axolotl.cli.train"),
        ("deepspeed --num_gpus 2 train.py --deepspeed", How.FILE, "train.py"),
        ("srun --cpu_bind=v python -u src/main.py", How.FILE, "src/main.py"),
        ("mpiexec -n 8 python scripts/train.py", How.FILE, "scripts/train.py"),
        ("nohup python train.py", How.FILE, "train.py"),
        ("uv run python train.py", How.FILE, "train.py"),
        ("uv run --extra gpu train.py", How.FILE, "train.py"),
        ("conda run -n x python train.py", How.FILE, "train.py"),
        ("poetry run my-train --x", How.PROGRAM, "my-train"),
        ("./train_net.py --num-gpus 8", How.FILE, "./train_net.py"),
        ("bash scripts/train.sh 4", How.SHELL, "scripts/train.sh"),
        ("./train.sh 4", How.SHELL, "./train.sh"),
        ("bash -c 'cd x && python train.py'", How.FILE, "train.py"),
        ("sbatch --nodes 2 job.slurm", How.SHELL, "job.slurm"),
        ("make -C sub train LR=1", How.TASK, "train"),
        ("just train", How.TASK, "train"),
        ("pixi run train", How.TASK, "train"),
        ("fairseq-train data --lr 1", How.PROGRAM, "fairseq-train"),
        ("docker run --gpus all img bash train.sh", How.SHELL, "train.sh"),
        ("oumi distributed torchrun -m oumi train -c x.yaml", How.MODULE, "oumi"),
        ("my-queue submit accelerate launch train.py", How.FILE, "train.py"),
        ("pip install accelerate", How.PROGRAM, "pip"),
    ],
)
def test_what_is_started(text: str, how: How, target: str) -> None:
    found = parse(simple_commands(text)[0])
    assert found is not None
    assert (found.how, found.target) == (how, target)


@pytest.mark.parametrize(
    "text",
    ["python -c 'import x'", "python --version", "python", "FOO=1", "train.py --help",
     "uv run https://x.org/train.py", "make", "torchrun --help"],
)  # fmt: skip
def test_what_starts_nothing_of_the_project(text: str) -> None:
    assert parse(simple_commands(text)[0]) is None


def test_arguments_and_launchers_are_kept_apart() -> None:
    found = parse(simple_commands("srun -n 4 torchrun --nnodes 2 train.py --lr '1 2'")[0])
    assert found is not None
    assert found.launchers == ("srun", "torchrun")
    assert found.arguments == ("--lr", "1 2")
