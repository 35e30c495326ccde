"""The folder that a row runs in, told by the relative paths that its script or line leans on."""

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


def rows(files: dict[str, str]) -> list[TrainingCommand]:
    names: dict[str, list[str]] = {}
    for path in files:
        folder, _, name = path.rpartition("/")
        names.setdefault(folder, []).append(name)
    readings = {
        path: tuple(one.read(path, text) for one in all_sources() if one.wants(path))
        for path, text in files.items()
    }
    return list(Ranking(Tree(names), readings).rows())


def training(*lines: str) -> str:
    return "# Net\n\n## Training\n\n```bash\n" + "\n".join(lines) + "\n```\n"


@pytest.mark.parametrize(
    ("script", "cwd", "command"),
    [
        ("python main.py --lr 1\n", "part/fold", "bash train.sh"),
        ("torchrun $(which net-train) --user-dir ./model --lr 1\n", "part/fold", "bash train.sh"),
        ("conf=zero.json\ndeepspeed x.py --deepspeed ${conf}\n", "part/fold", "bash train.sh"),
        ("python -m model.fit --lr 1\n", "part/fold", "bash train.sh"),
        ("cd ..\npython fold/main.py\n", "part/fold", "bash train.sh"),
        # A folder up, and from the top.
        ("python fold/main.py\n", "part", "bash fold/train.sh"),
        ("python part/fold/main.py\n", "", "bash part/fold/train.sh"),
        ("python other.py --out part/fold\n", "", "bash part/fold/train.sh"),
        # It goes to its own folder by itself.
        ('cd "$(dirname "$0")"\npython main.py\n', "", "bash part/fold/train.sh"),
    ],
)
def test_a_script_is_started_where_what_it_starts_is_found(
    script: str, cwd: str, command: str
) -> None:
    found = rows(
        {
            "other.py": "",
            "part/fold/train.sh": script,
            "part/fold/zero.json": "{}",
            "part/fold/main.py": TRAINS,
            "part/fold/model/fit.py": TRAINS,
        }
    )
    assert [(row.cwd, row.command) for row in found if row.source == "shell"] == [(cwd, command)]


def test_a_documented_script_is_listed_once() -> None:
    files = {
        "part/train.sh": "python main.py\n",
        "part/main.py": TRAINS,
        "part/README.md": training("bash train.sh"),
    }
    found = [row for row in rows(files) if "train.sh" in row.command]
    assert [(row.cwd, row.command, row.source) for row in found] == [
        ("part", "bash train.sh", "readme")
    ]


@pytest.mark.parametrize(
    ("documented", "listed"),
    [("bash train.sh $data 3", False), ("bash train.sh d 3 4", False), ("bash train.sh d", True)],
)
def test_a_form_to_fill_in_is_not_listed_beside_the_documented_call(
    documented: str, listed: bool
) -> None:
    files = {
        "part/train.sh": "data=$1\nlr=$2\npython main.py $data $lr\n",
        "part/main.py": TRAINS,
        "part/README.md": training(documented),
    }
    found = [(row.cwd, row.command) for row in rows(files) if row.entry == "part/train.sh"]
    assert ("part", documented) in found
    assert (("part", "bash train.sh <data> <lr>") in found) is listed


def test_a_folder_that_holds_the_script_is_not_the_one_it_speaks_of() -> None:
    script = "torchrun $(which net-train) --user-dir ./net --lr 1\n"
    found = rows({"net/train.sh": script, "net/net/model.py": "import torch\n"})
    assert (found[0].cwd, found[0].command) == ("net", "bash train.sh")


@pytest.mark.parametrize(
    ("lines", "cwd"),
    [
        (("net-train fit $data --user-dir ./model --lr 1",), "part"),
        (("net-train fit --config conf.yaml",), "part"),
        (("net-train fit --config part/conf.yaml",), ""),
        (("net-train fit --out results/",), ""),
        (("cd elsewhere", "net-train fit --config conf.yaml"), "part"),
        (("cd part/model", "net-train fit --config fit.py"), "part/model"),
    ],
)
def test_a_program_runs_where_the_paths_are_that_it_is_handed(
    lines: tuple[str, ...], cwd: str
) -> None:
    found = rows(
        {"part/model/fit.py": "", "part/conf.yaml": "", "part/README.md": training(*lines)}
    )
    assert [(row.cwd, row.command) for row in found] == [(cwd, lines[-1])]


def test_beside_a_readme_its_own_paths_are_no_guess_wherever_it_went_before() -> None:
    lines = ("cd data", "bash get.sh", "```", "", "```", "bash train.sh --lr 1")
    files = {
        "part/train.sh": "python main.py\n",
        "part/main.py": TRAINS,
        "part/data/get.sh": "wget",
    }
    found = rows({**files, "part/README.md": training(*lines)})
    assert (found[0].cwd, found[0].command) == ("part", "bash train.sh --lr 1")
    assert "guess" not in found[0].notes
