"""Options without which a script stops at once, and the commands that lack them."""

from __future__ import annotations

import pytest

from propel_helper.scan.required import lacking, required

SCRIPT = """
p.add_argument(
    "--data-dir", "-d",  # where
    type=str, help="folder (of images)", required=True)
# p.add_argument("--old", required=True)
p.add_argument("--lr", type=float, default=0.1)
p.add_argument("name")
g = p.add_mutually_exclusive_group(required=True)
p.add_argument('--config', required = True)
"""


def test_what_argparse_must_be_given() -> None:
    assert required(SCRIPT) == (("--data-dir", "-d"), ("name",), ("--config",))


def test_a_bracket_in_a_help_text_does_not_lead_astray() -> None:
    script = "p.add_argument('--a', help=':(')\np.add_argument('--b', required=True)\n)\n"
    assert ("--a",) not in required(script)


@pytest.mark.parametrize(
    "more",
    ["s = p.add_subparsers()", "p.set_defaults(config='a')", "p.parse_args(['--config', 'a'])",
     "import configargparse"],
)  # fmt: skip
def test_where_more_than_the_command_line_decides_nothing_is_said(more: str) -> None:
    assert required(SCRIPT + more) == ()


@pytest.mark.parametrize(
    ("arguments", "found"),
    [
        ((), ("--data-dir", "name", "--config")),
        (("--config=a.yaml", "-dx"), ("name",)),
        (("--data-dir", "x", "--config=a.yaml"), ()),
        (("-dx", "--conf", "a.yaml", "n"), ()),
        (("-d", "x", "--lr", "1"), ("--config",)),
        (("a.yaml",), ("--data-dir", "--config")),
        (("$FLAGS",), ()),
        (("$@",), ()),
        (("--lr", "1", "..."), ()),
        (("[options]",), ()),
    ],
)
def test_what_a_command_leaves_out(arguments: tuple[str, ...], found: tuple[str, ...]) -> None:
    assert lacking(required(SCRIPT), arguments) == found


ABSL = """
flags.DEFINE_string("workdir", None, "Where (to write)")
config_flags.DEFINE_config_file(
    "config", None, "A file", lock_config=True)
D = flags.DEFINE_string("data", None, help=f("x"), required=True)
flags.mark_flags_as_required(["workdir",
                              "config"])
# flags.mark_flag_as_required("eval")
flags.mark_flag_as_required('mode')
"""


def test_what_absl_must_be_given() -> None:
    assert required(ABSL) == (("--workdir",), ("--config",), ("--mode",), ("--data",))
    assert lacking(required(ABSL), ("--workdir=x", "--data", "d")) == ("--config", "--mode")


FIELDS = """
@dataclass
class Model:
    # which
    name: str
    "path: where it is"
    data: str = field(metadata={"help": "the data"})
    lr: float = 0.1
    seeds: list[int] = field(default_factory=list)
@dataclass
class Other:
    more: str
def main():
    parser = HfArgumentParser((Model, TrainingArguments))
"""


def test_what_the_fields_of_a_dataclass_must_be_given() -> None:
    assert lacking(required(FIELDS), ()) == ("--name", "--data")
    assert lacking(required(FIELDS), ("--name=x", "--data", "d")) == ()
    assert lacking(required(FIELDS), ("conf/run.json",)) == ()
    assert required(FIELDS.replace("HfArgumentParser", "make")) == ()


@pytest.mark.parametrize(
    "call",
    ["'x', nargs='?'", 'name, nargs="*"', "'x', nargs=argparse.REMAINDER", "*names", "'-x'"],
)
def test_what_argparse_does_without(call: str) -> None:
    assert required(f"p.add_argument({call})\n") == ()


CLICK = """
import click
@click.command()
@click.argument("config", type=click.Path())
@click.argument('out', default='runs')
@click.argument("more", nargs=-1)
@click.option("--data", "-d", required=True, help="where")
@click.option("--lr", default=0.1)
def main(config, out, more, data, lr): ...
"""


def test_what_click_must_be_given() -> None:
    assert required(CLICK) == (("CONFIG",), ("--data", "-d"))
    assert lacking(required(CLICK), ()) == ("CONFIG", "--data")
    assert lacking(required(CLICK), ("a.yaml", "--data=d")) == ()
    assert required(CLICK.replace("@click.command()", "@click.group()")) == ()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("config_file = sys.argv[1]\nseed = int(sys.argv[2])", ("config_file", "seed")),
        ("main(sys.argv[2])", ("argument 1", "argument 2")),
        ("def train(model, gpu=0):\n  ...\ntrain(sys.argv[1], sys.argv[2])", ("model", "gpu")),
        ("if len(sys.argv) != 2:\n    print('which?')\nelse:\n    main(sys.argv[1])", ("argument 1",)),
        ("if len(sys.argv) < 3:\n    sys.exit('usage')\na = sys.argv[1]", ("a", "argument 2")),
        ("assert len(sys.argv) == 2\ngpu = sys.argv[1]", ("gpu",)),
        ("if len(sys.argv) > 1:\n    a = sys.argv[1]", ()),
        ("a = sys.argv[1] if len(sys.argv) > 1 else 'a'", ()),
        ("if len(sys.argv) < 2:\n    print('default')\n    a = 'b'\nelse:\n    a = sys.argv[1]", ()),
        ("try:\n    a = sys.argv[1]\nexcept IndexError:\n    a = 'b'", ()),
        ("# a = sys.argv[1]\nrun(sys.argv[1:])\nsys.argv[1] = 'x'", ()),
        ("p = argparse.ArgumentParser()\np.parse_args()\nif sys.argv[1] == 'a': ...", ()),
    ],
)  # fmt: skip
def test_what_a_script_takes_out_of_its_arguments_itself(text: str, found: tuple[str, ...]) -> None:
    assert lacking(required(text), ()) == found


def test_a_comment_in_a_call_requires_nothing() -> None:
    script = (
        "p.add_argument('--set', default='a', # required=True, choices=['a (1)']\n help='x')\n"
        "p.add_argument('--data', help='item #1 (\"all\")', required=True)\n"
    )
    assert required(script) == (("--data",),)


HANDED = """
from transformers import HfArgumentParser
@dataclass
class Args:
    model: str
    rank: int = field(init=False)
parser = HfArgumentParser(Args)
"""


def test_what_a_dataclass_sets_itself_is_no_option() -> None:
    assert lacking(required(HANDED), ()) == ("--model",)


@pytest.mark.parametrize("given", ["a.json", "/path/to/json/", "recipe"])
def test_one_word_alone_is_the_file_that_holds_the_fields(given: str) -> None:
    assert lacking(required(HANDED), (given,)) == ()
    assert lacking(required(HANDED), (given, "--lr", "1"))[:1] == (
        () if given.endswith(".json") else ("--model",)
    )
