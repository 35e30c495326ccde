"""What a shell text says about its Python."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from propel_helper.interpreter import (
    ends_in_background,
    ends_in_sink,
    python_word,
    run_prefix,
    simple_commands,
)

PREFIXES = {
    "python train.py": "python",
    "python3.11 -u train.py --lr 1e-3": "python3.11",
    "  python train.py # comment": "python",
    "/opt/my\\ env/bin/python train.py": "/opt/my\\ env/bin/python",
    "'/opt/my env/bin/python' train.py": "'/opt/my env/bin/python'",
    "CUDA_VISIBLE_DEVICES=0,1 python -u train.py": "CUDA_VISIBLE_DEVICES=0,1 python",
    "A=1 B='x y' python t.py": "A=1 B='x y' python",
    "source venv/bin/activate && python train.py": "source venv/bin/activate && python",
    ". venv/bin/activate; python train.py": ". venv/bin/activate; python",
    "source a/bin/activate\npython t.py": "source a/bin/activate\npython",
    "cd src && python3.11 x.py": "cd src && python3.11",
    "cd a && source v/bin/activate && X=1 python t": "cd a && source v/bin/activate && X=1 python",
    "export A=1; python t.py": "export A=1; python",
    "RUN=runs/7\nmkdir -p $RUN\npython t.py $RUN": "python",
    "V=/e\nexport PATH=$V/bin:$PATH\npython t.py": "V=/e\nexport PATH=$V/bin:$PATH\npython",
    "NAME=x\nsource switch.sh\npython t.py": "NAME=x\nsource switch.sh\npython",
    "PATH=/e/bin:$PATH; OUT=a; python t.py": "PATH=/e/bin:$PATH; python",
    "conda activate x && python t.py": "conda activate x && python",
    'eval "$(conda shell.bash hook)" && conda activate x && python t.py': (
        'eval "$(conda shell.bash hook)" && conda activate x && python'
    ),
    "module load cuda/12.1 && python t.py": "module load cuda/12.1 && python",
    "conda run -n x python t.py": "conda run -n x python",
    "conda run --no-capture-output -p /e python t.py": "conda run --no-capture-output -p /e python",
    "uv run python t.py": "uv run python",
    "uv run --with torch python t.py": "uv run --with torch python",
    "poetry run python t.py": "poetry run python",
    "nohup python t.py > log 2>&1 &": "nohup python",
    "nice -n 10 python t.py": "nice -n 10 python",
    "env -u X A=1 python t.py": "env -u X A=1 python",
    "timeout -k 5 10h python t.py": "timeout -k 5 10h python",
    "time python t.py": "time python",
    "numactl -N 0 -m 0 python t.py": "numactl -N 0 -m 0 python",
    "stdbuf -oL python t.py | tee log": "stdbuf -oL python",
    "mkdir -p out && python t.py": "python",
    "python prepare.py && python t.py": "python",
    "source v/bin/activate && mkdir -p o && python t.py": "source v/bin/activate && python",
    "2>err python t.py": "python",
    "python \\\n  t.py": "python",
    "python t.py <<X\npython3 other\nX": "python",
    "OMP_NUM_THREADS=1\npython t.py": "python",
    "pypy3 t.py": "pypy3",
    "set -euo pipefail\npython t.py": "set -euo pipefail\npython",
}


@pytest.mark.parametrize("text", PREFIXES)
def test_prefix(text: str) -> None:
    assert run_prefix(text) == PREFIXES[text]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "# python train.py",
        "torchrun --nproc_per_node 2 train.py",
        "accelerate launch train.py",
        "bash train.sh",
        "./train.sh python",
        "echo python",
        "mpirun -np 2 python t.py",
        "srun python t.py",
        "for i in 1 2; do python t.py --seed $i; done",
        "if true; then python t.py; fi",
        "(cd x && python t.py)",
        "cat <<X\npython t.py\nX",
        "'python train.py'",
        "$PYTHON train.py",
        "pythonic t.py",
        "python-config --libs",
        "cd nowhere || python t.py",
    ],
)
def test_no_prefix(text: str) -> None:
    assert run_prefix(text) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("python t.py &", True),
        ("nohup python t.py > log 2>&1 &", True),
        ("python t.py &\n", True),
        ("python t.py & # go", True),
        ("python t.py & wait", False),
        ("python t.py 2>&1", False),
        ("python t.py &> log", False),
        ("a && b", False),
        ("echo 'x &'", False),
        ("echo x # &", False),
        ("echo \\&", False),
        ("cat <<X\na &\nX", False),
        ("", False),
        ("(a; b) &", True),
        ("{ a; b; } &", True),
    ],
)
def test_background(text: str, expected: bool) -> None:
    assert ends_in_background(text) == expected


def words(text: str) -> list[list[str]]:
    return [[word.value for word in command.words] for command in simple_commands(text)]


def test_words() -> None:
    assert words("a 'b c' \"d $x\" e\\ f;g|h") == [["a", "b c", "d $x", "e f"], ["g"], ["h"]]
    assert words("a$(b; c)d `e f` # g") == [["a$(b; c)d", "`e f`"]]
    assert words("a >b 2>>c <d e") == [["a", "e"]]
    assert words("cat <<-X y\n\tbody\n\tX\nz") == [["cat", "y"], ["z"]]


@given(st.text(alphabet="ab \t\n'\"\\$`(){}<>&|;#=é~*", max_size=60))
@example("'")
@example('"\\')
@example("$(")
@example("<<")
@example("`\\")
def test_any_text_is_read_to_its_end(text: str) -> None:
    for command in simple_commands(text):
        for word in command.words:
            assert 0 <= word.start <= word.end <= len(text)
    python = python_word(text)
    assert python is None or text[python.start : python.end]
    prefix = run_prefix(text)
    assert prefix is None or prefix
    ends_in_background(text)


@pytest.mark.parametrize(
    ("text", "hides"),
    {
        "python train.py 2>&1 | tee log.txt": True,
        "cd x && python train.py |& tee -a log.txt;\n": True,
        "python train.py | /usr/bin/grep -v warn": True,
        "set -o pipefail; python train.py | tee log.txt": False,
        "python train.py": False,
        "python train.py | tee log.txt && echo fine": False,
        "cat list.txt | python train.py": False,
        "python train.py || tee x": False,
        "": False,
        "|": False,
    }.items(),
)
def test_a_status_that_is_only_a_sinks_is_known(text: str, hides: bool) -> None:
    assert ends_in_sink(text) is hides
