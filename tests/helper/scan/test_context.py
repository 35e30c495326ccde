"""What the headings and sentences around a documented command say of it."""

from __future__ import annotations

import pytest

from tests.helper.scan.test_rank import TRAINS, commands

CALLS = "import argparse\nimport torch\ndef main():\n    net.train_it(1)\nmain()\n"


def told(heading: str, sentence: str, command: str, text: str = CALLS) -> bool:
    readme = f"# Net\n\n## {heading}\n\n{sentence}\n\n```bash\n{command}\n```\n"
    file = next(word for word in command.split() if word.endswith(".py"))
    return command in commands({file: text, "README.md": readme})


@pytest.mark.parametrize(
    ("heading", "sentence", "listed"),
    [
        ("Quick test", "Run this and wait for the training to finish:", True),
        ("Quick test", "Wait for the training to finish (needed only to test the set-up):", True),
        ("Quick test", "Run this:", False),
        ("Test", "Run this and wait for the training to finish:", False),
        ("2. Testing", "Run this and wait for the training to finish:", False),
        ("How to test the model", "After training, run:", False),
        ("Test on COCO", "After the training, run:", False),
        ("Evaluation", "Run this and wait for the training to finish:", False),
        ("Quick evaluation", "Run this and wait for the training to finish:", False),
    ],
)
def test_a_test_that_is_a_training(heading: str, sentence: str, listed: bool) -> None:
    assert told(heading, sentence, "python bin/net.py a.toml") is listed


@pytest.mark.parametrize(
    ("sentence", "listed"),
    [
        ("To evaluate an agent's performance:", False),
        ("It learns fast. To run inference, use", False),
        ("2. Run evaluation with", False),
        ("Evaluate a trained model:", False),
        ("After it finishes training, watch a video of the policy with", False),
        ("To train and evaluate an agent:", True),
        ("To visualize the training, set a port:", True),
        ("Start it on GPU 0. Evaluation takes a minute:", True),
        ("Generate features:", True),
        ("Sample command:", True),
        ("Validation loss goes down with", True),
        ("Prediction of the next word:", True),
        ("For prediction tasks:", True),
        ("Inference:", False),
        ("Then sample from it:", False),
        ("If you want to validate a checkpoint, run", False),
        ("It is done at the end. To run the test again using the trained model, do", False),
        ("To run test-time optimization, use", True),
        ("Start it:", True),
    ],
)
def test_the_sentence_right_above_outweighs_the_heading(sentence: str, listed: bool) -> None:
    assert told("Training", sentence, "python net.py --port 1", TRAINS) is listed


@pytest.mark.parametrize(
    ("heading", "arguments", "listed"),
    [
        ("Molecular property prediction", "--lr 1e-4 --max-epoch 3", True),
        ("Molecular property prediction", "--batch 1", False),
        ("Conformation generation", "--weight-decay 0.1", True),
        ("Evaluation of the prediction", "--lr 1e-4", False),
        ("Inference", "--lr 1e-4", False),
    ],
)
def test_a_heading_may_name_the_task(heading: str, arguments: str, listed: bool) -> None:
    command = f"net-train $data {arguments}"
    readme = f"# Net\n\n## {heading}\n\n```bash\n{command}\n```\n"
    assert (command in commands({"README.md": readme})) is listed


@pytest.mark.parametrize(
    ("heading", "sentence", "arguments", "listed"),
    [
        ("Reader inference", "As follows.", "out_file=p model_file=m", False),
        ("Evaluation", "", "--ckpt last.pt", False),
        ("Evaluation", "", "--lr 1e-4", True),
        ("Train and evaluate", "", "--ckpt last.pt", True),
        ("Test", "Training again:", "--ckpt last.pt", True),
        ("Quick test", "This trains a small one:", "--ckpt last.pt", True),
        ("Results", "", "--ckpt last.pt", True),
    ],
)
def test_what_has_a_heading_for_training_and_one_for_its_use(
    heading: str, sentence: str, arguments: str, listed: bool
) -> None:
    command = f"python train_reader.py {arguments}"
    use = f"## {heading}\n\n{sentence}\n\n```\n{command}\n```\n"
    readme = f"# Net\n\n## Reader training\n\n```\npython train_reader.py x=1\n```\n\n{use}"
    found = commands({"train_reader.py": TRAINS, "README.md": readme})
    assert (command in found) is listed
    assert "python train_reader.py x=1" in found


def test_a_file_that_is_named_for_training_is_listed_all_the_same() -> None:
    assert told("Use", "To evaluate every epoch:", "python train.py --every 1", TRAINS)
    assert told("Use", "Start it:", "python train.py --val", TRAINS)
