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
    assert required(SCRIPT) == (("--data-dir", "-d"), ("--config",))


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
        ((), ("--data-dir", "--config")),
        (("--data-dir", "x", "--config=a.yaml"), ()),
        (("-dx", "--conf", "a.yaml"), ()),
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
