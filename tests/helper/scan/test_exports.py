"""What a block exports before a command stays with it; what a recipe sends away is said."""

from __future__ import annotations

import pytest

from propel_helper.scan.spoken import spoken
from tests.helper.scan.test_wants import TRAINS, page, rows


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        (("export A=1 B='x y'", "train"), "A=1 B='x y' train"),
        (("export A=1", "export A=2", "train"), "A=2 train"),
        (("export A=1", "A=2 train"), "A=2 train"),
        (("export A=1 && train",), "export A=1 && train"),
        (("export PYTHONPATH=$PYTHONPATH:src", "train"), "PYTHONPATH=$PYTHONPATH:src train"),
        (("export A=1", "train --a $A"), "export A=1 && train --a $A"),
        (("export A=1", "export B=${A}/x", "train"), "export A=1 && export B=${A}/x && train"),
        (("export A=1", "export A=$A:2", "train"), "export A=1 && export A=$A:2 && train"),
        (("export A", "train"), "train"),
        (("export A= B=''", "train"), "B='' train"),
    ],
)
def test_exports_stand_before_the_command(lines: tuple[str, ...], found: str) -> None:
    (one,) = spoken(
        "\n".join(f"{line} --lr 1" if "train" in line else line for line in lines), exports=True
    )
    assert one.text == f"{found} --lr 1"
    assert one.starts.target == "train"


def test_a_block_ends_what_it_exports() -> None:
    readme = page("export A=1", "python train.py") + page("python train.py --lr 1")
    found = [row.command for row in rows({"train.py": TRAINS, "README.md": readme})]
    assert set(found) == {"A=1 python train.py", "python train.py --lr 1", "python train.py"}


def test_a_script_keeps_its_exports_to_itself() -> None:
    files = {"train.py": TRAINS, "run.sh": "export A=1\npython train.py --lr 1\n"}
    assert "python train.py --lr 1" in [row.command for row in rows(files)]


def test_a_recipe_that_sends_its_training_away_says_so() -> None:
    makefile = "train:\n\t@nohup python train.py > log.txt &\n"
    (row,) = (
        one for one in rows({"train.py": TRAINS, "Makefile": makefile}) if one.source == "makefile"
    )
    assert "starts 1 background job" in row.notes
