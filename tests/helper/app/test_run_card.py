"""A run's card: what it holds, and what must never stand in it."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from propel_helper.app.intake import remember
from propel_helper.app.launch import launch
from propel_helper.app.run_card import run_card, without_secrets
from propel_helper.facts.run import Run
from propel_helper.runs.ledger import Ledger


@pytest.mark.parametrize(
    "text",
    [
        "WANDB_API_KEY=SECRET python train.py",
        "export HF_TOKEN='SECRET'; python train.py",
        "python train.py --hf-token SECRET --lr 0.1",
        "python train.py --password=SECRET",
        'api_key: "SECRET"',
        '{"access_token": "SECRET"}',
        "git clone https://SECRET@host.example/x.git",
        "s3://user:SECRET@bucket/x",
        "curl -H 'Authorization: Bearer SECRET12345' x",
        "AWS_SECRET_ACCESS_KEY=SECRET",
        "hf_SECRETSECRETSECRETSECRET",
        "ghp_SECRETSECRETSECRETSECRETSECRETSECRET",
    ],
)
def test_secrets_are_hidden(text: str) -> None:
    hidden = without_secrets(text)
    assert "SECRET" not in hidden.replace("SECRET_ACCESS", "")
    assert "***" in hidden


@pytest.mark.parametrize(
    "text",
    ["python train.py --tokenizer gpt2 --max_tokens 512 --pad_token x --lr 0.1", "tokens/s/device: 9423",
     "see https://example.com/a@b", "author: Someone"],
)  # fmt: skip
def test_what_is_no_secret_stays(text: str) -> None:
    assert without_secrets(text) == text


def test_the_card_of_a_run(
    ledger: Ledger, environ: dict[str, str], tmp_path: Path, ended: Callable[[Run], Run],
    propel: Callable[..., subprocess.CompletedProcess[str]],
) -> None:  # fmt: skip
    project = tmp_path / "project"
    project.mkdir()
    (project / "train.py").write_text(
        "for i in range(10): print(f'step {i} loss {1 - i / 10} val_loss {2 - i / 10}')\nopen('missing/data.csv')\n"
    )
    git = ["git", "-C", str(project), "-c", "user.name=n", "-c", "user.email=e"]
    for words in (["init", "-q"], ["add", "."], ["commit", "-qm", "first"]):
        subprocess.run([*git, *words], check=True, capture_output=True)
    with (project / "train.py").open("a") as file:
        file.write("# changed, API_KEY = 'SECRET'\n")
    command = f"HF_TOKEN=SECRET {sys.executable} train.py"
    run = ended(launch(ledger, command, str(project), "screen", environ))
    remember(ledger, run.run, {"target-metric": "val_loss < 0.5"})
    card = run_card(ledger, run.run)
    assert "SECRET" not in card
    assert "HF_TOKEN=***" in card
    for part in ("failed, exit status 1", "## Metrics", "| loss | 1 | 0.1 | 1 | 0.1 |", "## Crash", "train.py:2",
                 "+# changed", "Commit ", "val_loss < 0.5, best 1.1: not reached"):  # fmt: skip
        assert part in card, (part, card)
    assert propel("card", run.run).stdout.startswith(f"# Run {run.run}\n")
