"""Options of a script, by argument library, read without running it."""

from __future__ import annotations

import textwrap

import pytest

from propel_helper.facts.option import Option
from propel_helper.scan.arguments import Script, options
from propel_helper.scan.modules import Modules
from propel_helper.scan.tree import Tree


class Files:
    """A made-up project."""

    def __init__(self, texts: dict[str, str]) -> None:
        self._texts = texts
        names: dict[str, list[str]] = {}
        for path in texts:
            folder, _, name = path.rpartition("/")
            names.setdefault(folder, []).append(name)
        self.tree = Tree(names)

    def text(self, path: str) -> str | None:
        found = self._texts.get(path)
        return textwrap.dedent(found) if found is not None else None


def read(texts: dict[str, str], *arguments: str, entry: str = "train.py") -> dict[str, Option]:
    found = options(Script(Modules(entry, Files(texts)), arguments))
    return {option.name: option for option in found}


def test_argparse() -> None:
    found = read(
        {
            "train.py": """
            MODELS = ["a", "b"]
            p.add_argument("data", help="the  data")
            p.add_argument("--lr", "-l", type=float, default=1e-3, help="learning rate")
            p.add_argument("--model", choices=MODELS, required=True)
            p.add_argument("--amp", action="store_true")
            p.add_argument("--ckpt-path", default=None)
            p.add_argument("--layers", nargs="+", type=int)
            p.add_argument("--hidden", help=argparse.SUPPRESS)
            """
        }
    )
    lr = found["--lr"]
    assert (lr.form, lr.type, lr.default, lr.help) == (
        "--name value",
        "float",
        "0.001",
        "learning rate",
    )
    assert (found["data"].form, found["data"].required, found["data"].help) == (
        "value",
        True,
        "the data",
    )
    assert found["--model"].choices == ("a", "b")
    assert found["--model"].required
    assert (found["--amp"].form, found["--amp"].default) == ("--name", "False")
    assert found["--ckpt-path"].takes_path
    assert not found["--lr"].takes_path
    assert lr.line == 4


def test_options_of_an_imported_module() -> None:
    found = read(
        {
            "train.py": "from net.options import parse\nparse()\n",
            "net/options.py": "from .other import x\np.add_argument('--lr')\n",
            "net/other.py": "",
        }
    )
    assert found["--lr"].file == "net/options.py"


def test_click() -> None:
    found = read(
        {
            "train.py": """
            @click.command()
            @click.option("--gpus", help="how many", type=click.IntRange(min=1), default=8, show_default=True)
            @click.option("--cfg", type=click.Choice(["a", "b"]), required=True)
            @click.option("--cond/--no-cond", default=False)
            @click.argument("config", type=click.Path(exists=True))
            def main(**kw): pass
            """
        }
    )
    assert (found["--gpus"].type, found["--gpus"].default) == ("int", "8")
    assert (found["--cfg"].choices, found["--cfg"].required) == (("a", "b"), True)
    assert found["--cond"].type == "bool"
    assert found["config"].takes_path


def test_typer() -> None:
    found = read(
        {
            "train.py": """
            import typer
            app = typer.Typer()
            @app.command()
            def train(
                data: Path,
                lr: float = typer.Option(0.1, help="rate"),
                steps: Annotated[int, typer.Option("--max-steps", help="how long")] = 5,
                fast: bool = False,
            ): pass
            """
        }
    )
    assert (found["DATA"].required, found["DATA"].takes_path) == (True, True)
    assert (found["--lr"].default, found["--lr"].help) == ("0.1", "rate")
    assert (found["--max-steps"].default, found["--max-steps"].type) == ("5", "int")
    assert found["--fast"].form == "--name"


def test_tyro_with_nested_dataclasses() -> None:
    found = read(
        {
            "train.py": """
            import tyro
            from opt import Optimizer
            @dataclass
            class Args:
                steps: int = 10
                '''how long'''
                kind: Literal["a", "b"] = "a"
                opt: Optimizer = field(default_factory=Optimizer)
            args = tyro.cli(Args)
            """,
            "opt.py": "class Optimizer:\n    weight_decay: float = 0.1  # against overfitting\n",
        }
    )
    assert (found["--steps"].default, found["--steps"].help) == ("10", "how long")
    assert found["--kind"].choices == ("a", "b")
    decay = found["--opt.weight-decay"]
    assert (decay.default, decay.help, decay.file) == ("0.1", "against overfitting", "opt.py")


def test_tyro_with_ready_configs() -> None:
    found = read(
        {
            "train.py": """
            import tyro
            from conf import ALL
            config = tyro.extras.overridable_config_cli({k: (k, v) for k, v in READY.items()})
            READY = {"small": Args(), "large": ("the large one", Args(steps=20))}
            class Args:
                steps: int = 10
                exp: str = tyro.MISSING
                name: tyro.conf.Suppress[str] = "x"
            """,
        }
    )
    assert list(found) == ["CONFIG", "--steps", "--exp"]
    assert found["CONFIG"].choices == ("small", "large")
    assert (found["--exp"].required, found["--exp"].default) == (True, None)


def test_a_cli_function_of_the_project_is_not_tyro() -> None:
    text = "import tyro\nfrom gang import cli\ndef main(rank: int): ...\ncli(main)\n"
    assert read({"train.py": text, "gang.py": "def cli(main): ...\n"}) == {}


def test_the_globals_of_a_configurator() -> None:
    found = read(
        {
            "train.py": """
            import os
            batch_size = 12 # per GPU
            steps: int = 5 * 8
            name = 'a#b' # of the run
            device = 'cuda' if os.environ.get('X') else 'cpu'
            rank = os.environ
            _own = 1
            exec(open('configurator.py').read())
            later = 3
            """,
            "configurator.py": "",
            "config/small.py": "batch_size = 4\nfound = 3\n",
        },
        "config/small.py",
    )
    assert list(found) == ["--batch_size", "--steps", "--name", "--device"]
    batch = found["--batch_size"]
    assert (batch.form, batch.type, batch.default, batch.help) == (
        "name=value",
        "int",
        "4",
        "per GPU",
    )
    assert (found["--steps"].type, found["--name"].default) == ("int", "a#b")
    assert found["--name"].help == "of the run"


def test_fire() -> None:
    found = read(
        {
            "train.py": """
            import fire
            def train(base_model: str, lr: float = 3e-4, layers=None):
                '''Trains.

                Args:
                    base_model: what to start from
                '''
            fire.Fire(train)
            """
        }
    )
    assert (found["--base_model"].required, found["--base_model"].help) == (
        True,
        "what to start from",
    )
    assert found["--lr"].default == "0.0003"


def test_absl() -> None:
    found = read(
        {
            "train.py": """
            flags.DEFINE_string('workdir', None, 'Where to write.')
            flags.DEFINE_integer("steps", 5, "How long.")
            flags.DEFINE_enum('mode', 'fit', ['fit', 'eager'], 'How.')
            config_flags.DEFINE_config_file("config", None, "The config.")
            flags.mark_flags_as_required(['config', 'workdir'])
            """
        }
    )
    assert (found["--workdir"].required, found["--workdir"].takes_path) == (True, True)
    assert (found["--steps"].type, found["--steps"].default) == ("int", "5")
    assert found["--mode"].choices == ("fit", "eager")
    assert found["--config"].takes_path


HYDRA = {
    "src/train.py": """
    @hydra.main(version_base=None, config_path="../configs", config_name="train")
    def main(cfg): pass
    """,
    "configs/train.yaml": """
    defaults:
      - _self_
      - model: small
      - optional logger: null
      - override hydra/launcher: joblib
    lr: 0.1
    data:
      path: ???
    """,
    "configs/model/small.yaml": "width: 3\n",
    "configs/model/big.yaml": "width: 9\n",
    "configs/logger/csv.yaml": "save: true\n",
    "configs/other.yaml": "seed: 7\n",
}


def test_hydra_groups_and_values() -> None:
    found = read(HYDRA, entry="src/train.py")
    assert (found["model"].choices, found["model"].default) == (("big", "small"), "small")
    assert found["logger"].default is None
    assert (found["lr"].form, found["lr"].type, found["lr"].default) == (
        "name=value",
        "float",
        "0.1",
    )
    assert (found["data.path"].required, found["data.path"].takes_path) == (True, True)
    assert (found["model.width"].default, found["model.width"].file) == (
        "3",
        "configs/model/small.yaml",
    )


def test_hydra_config_that_the_command_names() -> None:
    found = read(HYDRA, "--config-name=other", entry="src/train.py")
    assert list(found) == ["seed"]


def test_hf_argument_parser() -> None:
    found = read(
        {
            "train.py": """
            from conf import Model
            parser = HfArgumentParser((Model,))
            """,
            "conf.py": """
            class Base:
                seed: int = 1
            class Model(Base):
                name: str = field(metadata={"help": "which one"})
                kind: Optional[str] = field(default="a", metadata={"choices": ["a", "b"]})
            """,
        }
    )
    assert list(found) == ["--seed", "--name", "--kind"]
    assert (found["--name"].required, found["--name"].help) == (True, "which one")
    assert found["--kind"].choices == ("a", "b")


def test_fields_inherited_from_transformers() -> None:
    found = read(
        {
            "train.py": """
            import transformers
            class TrainingArguments(transformers.TrainingArguments):
                optim: str = field(default="adamw_torch")
            parser = transformers.HfArgumentParser((TrainingArguments,))
            """
        }
    )
    rate = found["--learning_rate"]
    assert (rate.type, rate.default, rate.file, rate.line) == ("float", "5e-05", "train.py", 3)
    assert found["--optim"].default == "adamw_torch"
    assert found["--deepspeed"].takes_path
    assert "cosine" in found["--lr_scheduler_type"].choices
    handed = "from trl import SFTConfig, TrlParser\nparser = TrlParser((SFTConfig,))\n"
    own = read({"train.py": handed})
    assert "--num_train_epochs" in own
    assert own["--learning_rate"].default is None, "it is trl's own"


def test_jsonargparse_and_lightning() -> None:
    found = read(
        {
            "train.py": """
            from lightning.pytorch.cli import LightningCLI
            from net import Net
            cli = LightningCLI(Net)
            """,
            "net.py": "class Net:\n    def __init__(self, width: int = 3):\n        pass\n",
        }
    )
    assert found["--model.width"].default == "3"
    assert found["--config"].takes_path


def test_a_yaml_file_of_the_command() -> None:
    texts = {
        "train.py": "from hyperpyyaml import load_hyperpyyaml\n",
        "hparams/a.yaml": "seed: !ref <x>\nlr: 0.5\nmodel: !new:Net\n    width: 3\n",
    }
    found = read(texts, "hparams/a.yaml")
    assert (found["--lr"].default, found["--lr"].line) == ("0.5", 2)


@pytest.mark.parametrize(
    "text", ["", "def (", "\0", "import train\n", "p.add_argument(*x)\n", "tyro.cli(x.y)\n"]
)
def test_scripts_that_say_nothing(text: str) -> None:
    assert read({"train.py": text}) == {}


def test_modules_that_import_each_other_end() -> None:
    assert (
        read({"train.py": "import a\n", "a.py": "import b\n", "b.py": "import a\nimport train\n"})
        == {}
    )


def test_argparse_under_the_guard_of_an_imported_module_is_another_program() -> None:
    files = {
        "train.py": "import numbers_zh\np.add_argument('--lr')\n",
        "numbers_zh.py": """
        if __name__ == "__main__":
            p.add_argument("--to_upper")
        """,
    }
    assert list(read(files)) == ["--lr"]
    assert list(read(files, entry="numbers_zh.py")) == ["--to_upper"]


SUB_COMMANDS = """
run = sub.add_parser("run", aliases=["r"])
run.add_argument("recipe")
copy = sub.add_parser("cp")
copy.add_argument("--force", action="store_true")
p.add_argument("--verbose", action="store_true")
"""


@pytest.mark.parametrize("verb", ["run", "r"])
def test_options_of_another_sub_command_are_not_offered(verb: str) -> None:
    assert list(read({"train.py": SUB_COMMANDS}, verb, "x")) == ["recipe", "--verbose"]


def test_without_a_sub_command_all_options_are_offered() -> None:
    assert list(read({"train.py": SUB_COMMANDS})) == ["recipe", "--force", "--verbose"]


DRACCUS_CONFIG = """
from dataclasses import dataclass, field
@dataclass
class Data:
    repo_id: str
    shuffle: bool = True
@dataclass
class Config:
    data: Data
    steps: int = 10  # optimiser steps
"""


@pytest.mark.parametrize(
    "script",
    [
        "import draccus\n@draccus.wrap()\ndef train(cfg: Config): ...\n",
        "import pyrallis\ncfg = pyrallis.parse(config_class=Config)\n",
        "import draccus as dr\ncfg = dr.parse(Config)\n",
        "import parser\n@parser.wrap()\ndef train(cfg: Config): ...\n",
    ],
)
def test_draccus_and_pyrallis(script: str) -> None:
    files = {
        "train.py": f"from conf import Config\n{script}",
        "conf.py": DRACCUS_CONFIG,
        "parser.py": "import draccus\ndef wrap(): ...\n",
    }
    found = read(files)
    assert list(found) == ["--data.repo_id", "--data.shuffle", "--steps"]
    assert (found["--data.shuffle"].form, found["--data.shuffle"].default) == (
        "--name value",
        "True",
    )
    assert (found["--steps"].help, found["--steps"].file) == ("optimiser steps", "conf.py")


def test_a_wrapper_of_another_library_makes_no_options() -> None:
    script = "import wrapt\n@wrapt.wrap()\ndef train(cfg: Config): ...\nx = json.parse(Config)\n"
    assert not read({"train.py": f"from conf import Config\n{script}", "conf.py": DRACCUS_CONFIG})
