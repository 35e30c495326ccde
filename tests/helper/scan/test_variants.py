"""Of one program's commands the plain training stands first, not a trial or a later variant."""

from __future__ import annotations

import pytest

from propel_helper.scan.variants import is_tried, is_varied
from tests.helper.scan.test_wants import TRAINS, commands, page, rows


@pytest.mark.parametrize(
    "arguments",
    ["+trainer.fast_dev_run=True", "--trainer.fast_dev_run 2", "--dry-run", "--smoke_test", "--debug",
     "debug=default", "--max_steps 1", "trainer.max_steps=1", "--limit_train_batches 0.1"],
)  # fmt: skip
def test_what_only_tries_a_training_out(arguments: str) -> None:
    assert is_tried(tuple(arguments.split()))


@pytest.mark.parametrize(
    "arguments",
    ["--debug false", "debug=0", "--max_steps 1000", "--max_steps", "--fast_dev_run=False", "--lr 1",
     "--debugger pdb"],
)  # fmt: skip
def test_what_only_sounds_like_trying(arguments: str) -> None:
    assert not is_tried(tuple(arguments.split()))


def test_a_trial_stands_behind_the_training_and_says_what_it_is() -> None:
    readme = page("python train.py --fast_dev_run=true", "python train.py --lr 1")
    found = rows({"train.py": TRAINS, "README.md": readme})
    assert [row.command for row in found[:1]] == ["python train.py --lr 1"]
    (trial,) = (row for row in found if "fast_dev_run" in row.command)
    assert "only tries the training out" in trial.notes


@pytest.mark.parametrize(
    "arguments",
    ["--print-config", "--print_config > config.yaml", "--cfg job", "--list-models", "--show-config",
     "--task-compatibility", "--help-all", "--write-template", "--print_config=skip_null"],
)  # fmt: skip
def test_what_prints_or_writes_what_it_could_be_told_trains_nothing(arguments: str) -> None:
    line = f"python train.py {arguments}"
    assert line not in commands({"train.py": TRAINS, "README.md": page(line)})


@pytest.mark.parametrize(
    "arguments", ["--print-freq 10", "--cfg a.yaml", "--list_models a,b", "-c x"]
)
def test_what_prints_beside_the_training_is_kept(arguments: str) -> None:
    line = f"python train.py {arguments}"
    assert commands({"train.py": TRAINS, "README.md": page(line)})[0] == line


def test_the_first_complete_command_of_a_page_leads_its_later_variants() -> None:
    readme = page("python train.py", heading="Hardware") + page(
        "torchrun train.py --fp16", heading="Training with many GPUs"
    )
    assert commands({"train.py": TRAINS, "README.md": readme})[:2] == [
        "python train.py",
        "torchrun train.py --fp16",
    ]


@pytest.mark.parametrize(
    ("line", "heading"),
    [
        ("python train.py <data>", "Hardware"),
        ("python train.py --data $DATA", "Hardware"),
        ("python train.py --fast_dev_run", "Hardware"),
        ("torchrun --nnodes 2 train.py", "Hardware"),
        ("python train.py", "Tips"),
        ("python train.py", "Multi-node"),
    ],
)
def test_what_is_open_or_aside_leads_nothing(line: str, heading: str) -> None:
    readme = page(line, heading=heading) + page("python train.py --fp16")
    assert commands({"train.py": TRAINS, "README.md": readme})[0] == "python train.py --fp16"


@pytest.mark.parametrize(
    ("guide", "case"),
    [
        ("docs/how-to/train-models.md", "docs/competitions/a/readme.md"),
        ("docs/source/quickstart.md", "docs/source/examples/b.md"),
        ("docs/getting_started.md", "docs/legacy/a.md"),
    ],
)
def test_a_guide_stands_before_a_case(guide: str, case: str) -> None:
    files = {"pyproject.toml": "[project.scripts]\nnet_train = 'net.main:main'\n"}
    files |= {"net/main.py": TRAINS, guide: page("net_train -c a"), case: page("net_train -c b")}
    assert commands(files)[0] == "net_train -c a"


def test_making_features_is_no_training() -> None:
    readme = page("python main.py set.features=true", heading="Feature Extraction:")
    readme += page("python main.py set.train=true")
    found = commands({"main.py": TRAINS, "README.md": readme})
    assert found == ["python main.py set.train=true", "python main.py"]


@pytest.mark.parametrize(
    "arguments",
    ["--resume", "--resume_from ckpt.pt", "--continue_from a.pt", "--auto-resume", "trainer.resume=a",
     "--load-resume x", "--logger wandb", "--use_wandb", "--report_to=wandb"],
)  # fmt: skip
def test_what_varies_a_plain_training(arguments: str) -> None:
    assert is_varied(tuple(arguments.split()), "", "")


@pytest.mark.parametrize(
    "arguments",
    ["--resume false", "--continue_training_data x", "--wandb=none", "--logger csv", "--summary"],
)
def test_what_only_sounds_like_a_variant(arguments: str) -> None:
    assert not is_varied(tuple(arguments.split()), "Training", "Train the model:")


@pytest.mark.parametrize(
    ("heading", "variant"),
    [
        ("How to resume training?", "bash run.sh --continue_from <model-path>"),
        ("How to solve out of memory?", "bash run.sh --batch_size 1"),
        ("Troubleshooting the training", "bash run.sh --batch_size 1"),
        ("Train", "bash run.sh --num_machines 2 --rank 0"),
        ("Train with Weights & Biases", "bash run.sh --project a"),
    ],
)
def test_a_variant_stands_behind_the_plain_command(heading: str, variant: str) -> None:
    readme = page("bash run.sh", heading="Quick start") + page(variant, heading=heading)
    files = {"train.py": TRAINS, "run.sh": "python train.py $@", "README.md": readme}
    assert [row for row in commands(files) if "run.sh" in row] == ["bash run.sh", variant]
