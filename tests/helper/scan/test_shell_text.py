"""Shell text: logical lines, simple commands, words, variables."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from propel_helper.scan.open_quotes import without_open_quotes
from propel_helper.scan.shell_text import (
    collapsed,
    expanded,
    logical_lines,
    simple_commands,
    without_comment,
)
from propel_helper.scan.spoken import spoken


def texts(text: str, *, prompts: bool = False) -> list[str]:
    return [line.text for line in logical_lines(text, prompts=prompts)]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("python a.py \\\n  --lr 1 \\\n  --x", ["python a.py --lr 1 --x"]),
        ("python a.py \\\n\npython b.py", ["python a.py", "python b.py"]),
        ("python a.py\n  --lr 1", ["python a.py --lr 1"]),
        ("# python a.py\npython b.py  # the small one", ["python b.py"]),
        ("python a.py --name 'x  #1'", ["python a.py --name 'x  #1'"]),
        (
            "cat > x <<EOF\npython a.py\nEOF\npython b.py",
            ["cat > x <<EOF", "python b.py"],
        ),
        ("python a.py   --lr    1", ["python a.py --lr 1"]),
        ("", []),
        ("\\", []),
        ("python it's.py", ["python it's.py"]),
    ],
)
def test_logical_lines(text: str, lines: list[str]) -> None:
    assert texts(text) == lines


@pytest.mark.parametrize(
    "line",
    ["$ python a.py", "> python a.py", "% python a.py", "(env) $ python a.py", "!python a.py",
     "me@host:~/x$ python a.py", "(env)[repo]$ python a.py", "[me@host repo]$ python a.py",
     "(slurm user) python a.py", "python a.py"],
)  # fmt: skip
def test_prompts_are_removed(line: str) -> None:
    assert texts(line, prompts=True) == ["python a.py"]


def test_a_comment_above_is_kept_for_its_command() -> None:
    (line,) = logical_lines("# train on one GPU\npython a.py")
    assert (line.number, line.comment) == (2, "train on one GPU")


@pytest.mark.parametrize(
    ("text", "commands"),
    [
        ("cd a && python b.py; c", ["cd a", "python b.py", "c"]),
        (
            'python a.py "x && y" $(date; echo 1)',
            ['python a.py "x && y" $(date; echo 1)'],
        ),
        ("python a.py 2>&1 | tee log", ["python a.py 2>&1", "tee log"]),
        ("python a.py &> log", ["python a.py &> log"]),
        ("a ${X:-b && c} `d | e`", ["a ${X:-b && c} `d | e`"]),
    ],
)
def test_simple_commands(text: str, commands: list[str]) -> None:
    assert [one.text for one in simple_commands(text)] == commands


def test_the_background_is_seen() -> None:
    assert [one.operator for one in simple_commands("a & b")] == ["&", ""]


def test_a_comment_needs_a_space_before_it() -> None:
    assert without_comment("a b#c # d") == ("a b#c", "d")


@given(st.text(alphabet="ab '\"$(){}`\\&|;#<>\n=-", max_size=60))
def test_no_text_is_too_odd(text: str) -> None:
    for line in logical_lines(text, prompts=True):
        simple_commands(line.text)
    collapsed(text)
    spoken(text)
    expanded(text)


@pytest.mark.parametrize(
    ("text", "handed", "filled"),
    [
        (
            "S=train.py\npython $S --x ${S}",
            (),
            "S=train.py\npython train.py --x train.py",
        ),
        ("python ${1:-a.py} $2", ("b.py",), "python b.py $2"),
        ("python ${1:-a.py}", (), "python a.py"),
        ('M=${M:-"x.y"}\npython -m ${M}', (), "M=x.y\npython -m x.y"),
        ("N=$(nproc)\npython a.py $N", (), "N=$(nproc)\npython a.py $N"),
    ],
)
def test_variables_that_the_script_sets(text: str, handed: tuple[str, ...], filled: str) -> None:
    assert expanded(text, handed) == filled


def test_commands_follow_cd_lines_and_clones() -> None:
    block = "git clone https://x.org/me/net.git\ncd net\ncd src && python train.py | tee log"
    (one,) = spoken(block)
    assert one.text == "python train.py | tee log"
    assert one.folders == ("clone of net", "//", "src")


def test_everyday_commands_listings_and_code_are_no_commands() -> None:
    block = "pip install -e .\nscripts/train.py\ntrain_loader = DataLoader(x)\nmodel.train(x)\nls a"
    assert spoken(block) == ()


def test_terminal_codes_make_no_command() -> None:
    assert spoken("python train.py \x1b[2J") == ()


@given(st.text(alphabet="ab'\"\\\n =#-$`", max_size=80))
def test_what_is_left_out_for_an_open_quote_leaves_its_lines_blank(text: str) -> None:
    left = without_open_quotes(text).split("\n")
    assert len(left) == len(text.split("\n"))
    assert all(new in ("", old) for new, old in zip(left, text.split("\n"), strict=True))
