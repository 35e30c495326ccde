"""Which file a command starts, and the folder that its row says it runs in."""

from __future__ import annotations

import pytest

from propel_helper.facts.command import TrainingCommand
from propel_helper.scan.rank import Ranking
from propel_helper.scan.sources import all_sources
from propel_helper.scan.tree import Tree

TRAINS = (
    "import torch\nimport argparse\ndef main():\n    loss.backward()\n    optimizer.step()\n"
    "if __name__ == '__main__':\n    main()\n"
)


def rows(files: dict[str, str], top: str = "/home/me/net") -> dict[str, TrainingCommand]:
    names: dict[str, list[str]] = {}
    for path in files:
        folder, _, name = path.rpartition("/")
        names.setdefault(folder, []).append(name)
    readings = {
        path: tuple(one.read(path, text) for one in all_sources() if one.wants(path))
        for path, text in files.items()
    }
    return {row.command: row for row in Ranking(Tree(names, top), readings).rows()}


def training(*lines: str, heading: str = "Training") -> str:
    return f"# Net\n\n## {heading}\n\n```bash\n" + "\n".join(lines) + "\n```\n"


@pytest.mark.parametrize(
    ("command", "cwd", "note"),
    [
        ("torchrun examples/doremi/train.py --lr 1", "../..", "runs in ../../, 2 folders up"),
        ("python doremi/train.py --lr 1", "..", "runs in ../, the folder above"),
        ("python ../doremi/train.py --lr 1", "", ""),
        ("python -m doremi.train --lr 1", "..", "runs in ../, the folder above"),
        ("bash examples/doremi/train.sh", "../..", "runs in ../../, 2 folders up"),
    ],
)
def test_a_path_written_from_a_folder_above_the_workspace(
    command: str, cwd: str, note: str
) -> None:
    files = {"train.py": TRAINS, "train.sh": "python train.py\n", "README.md": training(command)}
    row = rows(files, "/home/me/nanotron/examples/doremi")[command]
    assert row.cwd == cwd
    assert row.entry in ("train.py", "train.sh")
    assert note in row.notes
    assert "guess" not in row.notes


def test_a_folder_of_another_name_is_not_the_one_that_a_path_names() -> None:
    files = {"train.py": TRAINS, "README.md": training("python examples/gpt/train.py --lr 1")}
    row = rows(files, "/home/me/nanotron/examples/doremi")["python examples/gpt/train.py --lr 1"]
    assert not row.cwd


@pytest.mark.parametrize(
    ("folder", "path", "found"),
    [
        ("", "a/b.py", "a/b.py"),
        ("..", "net/b.py", "b.py"),
        ("../..", "me/net/b.py", "b.py"),
        ("..", "b.py", None),
        ("../../../..", "x/home/me/net/b.py", None),
        ("a", "../../net/b.py", "b.py"),
        ("", "/b.py", None),
    ],
)
def test_what_is_seen_from_a_folder_above(folder: str, path: str, found: str | None) -> None:
    assert Tree({"": ["b.py"]}, "/home/me/net").seen(folder, path) == found


RECIPES = {
    "recipes/ljspeech/glow_tts/train.py": TRAINS,
    "recipes/ljspeech/univnet/train.py": TRAINS,
    "recipes/vocoder/train.py": TRAINS,
}


def test_of_several_files_of_one_name_the_one_near_the_document_is_meant() -> None:
    page = training("python train.py --lr 1")
    assert rows({**RECIPES, "recipes/ljspeech/univnet/doc/USE.md": page})[
        "python train.py --lr 1"
    ].entry == ("recipes/ljspeech/univnet/train.py")


@pytest.mark.parametrize(
    ("page", "heading", "arguments"),
    [
        ("tutorial.md", "Training GlowTTS", "--lr 1"),
        ("tutorial.md", "Training Glow-TTS", "--lr 1"),
        ("tutorial.md", "Training a Glow TTS", "--lr 1"),
        ("glow_tts.md", "Training", "--lr 1"),
        ("tutorial.md", "Training", "--config runs/glow_tts/a.json"),
    ],
)
def test_of_several_files_of_one_name_the_one_in_a_folder_that_the_text_names_is_meant(
    page: str, heading: str, arguments: str
) -> None:
    command = f"python train.py {arguments}"
    row = rows({**RECIPES, f"docs/{page}": training(command, heading=heading)})[command]
    assert row.entry == "recipes/ljspeech/glow_tts/train.py"
    assert "the folder is a guess" in row.notes


def test_a_name_that_fits_several_files_stands_behind_all_others_and_says_how_many() -> None:
    found = rows({**RECIPES, "docs/tutorial.md": training("python train.py --lr 1")})
    assert list(found)[-1] == "python train.py --lr 1"
    assert found["python train.py --lr 1"].notes.endswith("3 files are called so")
    assert not any("documentation starts it" in row.notes for row in found.values())


def test_a_file_beside_folders_with_copies_of_it_is_meant() -> None:
    files = {"net/train.py": TRAINS, "net/ablation/train.py": TRAINS}
    found = rows({**files, "README.md": training("python train.py --lr 1")})
    assert next(iter(found)) == "python train.py --lr 1"
    assert found["python train.py --lr 1"].cwd == "net"


def test_a_path_that_leads_nowhere_is_not_said_to_run_in_some_folder() -> None:
    command = "bash script/multimodal/train.sh"
    files = {"scripts/multimodal/train.sh": "python train.py\n", "train.py": TRAINS}
    row = rows({**files, "scripts/multimodal/README.md": training(command)})[command]
    meant = "the path as written does not exist, scripts/multimodal/train.sh is probably meant"
    assert (row.cwd, row.entry) == ("", "scripts/multimodal/train.sh")
    assert meant in row.notes
    assert "runs in" not in row.notes


def test_a_stale_path_of_a_script_itself_is_told_as_well() -> None:
    script = f'"""Example:\n\n    python src/models/train_net.py --lr 1\n"""\n{TRAINS}'
    row = rows({"src/train/train_net.py": script})["python src/models/train_net.py --lr 1"]
    assert row.notes.endswith("does not exist, src/train/train_net.py is probably meant")


@pytest.mark.parametrize(
    "command",
    ["python $ROOT/tools/train.py", "python /opt/net/tools/train.py", "python ~/net/tools/train.py",
     "docker run image python app/tools/train.py"],
)  # fmt: skip
def test_of_a_path_that_is_not_this_projects_nothing_is_denied(command: str) -> None:
    row = rows({"tools/train.py": TRAINS, "README.md": training(command)})[command]
    assert not row.cwd
    assert "tools/train.py is probably meant" in row.notes
    assert "does not exist" not in row.notes


def test_what_leads_nowhere_as_written_stands_behind_what_runs() -> None:
    lines = ("python nett/train.py --lr 1", "python train.py --lr 1")
    found = rows({"train.py": TRAINS, "README.md": training(*lines)})
    assert list(found)[:2] == [*reversed(lines)]


def test_a_page_of_one_part_does_not_mean_a_file_of_the_same_name_in_another() -> None:
    command = "python speaker_encoder/train.py --lr 1"
    files = {"recipes/univnet/train.py": TRAINS, "tts/encoder/README.md": training(command)}
    assert command not in rows(files)
