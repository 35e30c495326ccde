"""What a Python file's own text shows: is it run, does it train, with which argument library."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable

from propel_helper.scan.added_options import adds, handed_to
from propel_helper.scan.package_form import absolute_imports, relative_imports
from propel_helper.scan.reading import Traits
from propel_helper.scan.required import defaults, required
from propel_helper.scan.shown_precision import shown_precision
from propel_helper.scan.side_effects import of_python
from propel_helper.scan.syntax import parsed
from propel_helper.scan.vocabulary import TOKENS, VERB, may_run, words
from propel_helper.scan.whereabouts import Needs

_STEPS = (
    ".backward(", "scaler.step(", "value_and_grad(", "GradientTape", ".apply_gradients(",
    "jax.grad(", ".minimize(", "accelerator.backward(", "opt.step(",
    ".zero_grad(", "loss_scaler(",
)  # fmt: skip
_OPTIMIZER_STEP = re.compile(r"optim\w*(?:\[\w+\])?\.step\(")
_FITS = (".fit(", ".learn(", ".run_training(", ".train_and_evaluate(", "LightningCLI(")
_TRAINER = re.compile(
    r"(?:trainer|engine)\w*\.(?:train|run|fit)\(|runner\w*\.(?:train|fit)\(|\bTrainer\("
    r"|\.train_model\(",
    re.IGNORECASE,
)
_RUNNER = re.compile(r"runner\w*\.run\(", re.IGNORECASE)
_TRAIN_CALL = re.compile(r"train\w*\(")
_FINETUNE_CALL = re.compile(r"finetune\w*\(")
_NO_TRAINING = TOKENS | {"split"}
"""Words of ``train_test_split`` and ``train_tokenizer``."""
_RUNS_AGENT = re.compile(r"\b(?:run|train|learn)\w*\(\s*[\w.]*(?:Agent|Learner|Trainer)\(")
"""A function that runs or trains is handed an agent that is made in the same call."""
_LEARNING = re.compile(r"optim|epoch|learning_?rate|\blr\b|loss", re.IGNORECASE)
_NO_GRADIENTS = ("no_grad(", "inference_mode(")
_FRONT_ENDS = frozenset("gradio streamlit chainlit".split())
_IMPORT = re.compile(r"^[ \t]*(?:import|from)[ \t]+([A-Za-z_]\w*)", re.MULTILINE)
_FRAMEWORKS = {
    name: name
    for name in (
        "torch tensorflow jax flax lightning keras mxnet mindspore transformers accelerate deepspeed "
        "trl peft timm ultralytics composer mlx haiku optax sklearn xgboost lightgbm catboost fastai "
        "oneflow chainer theano"
    ).split()
} | {"pytorch_lightning": "pytorch-lightning", "paddle": "paddlepaddle",
     "stable_baselines3": "stable-baselines3"}  # fmt: skip
_TRACKERS = {"wandb": "wandb", "tensorboard": "tensorboard", "tensorboardX": "tensorboard",
             "mlflow": "mlflow", "comet_ml": "comet-ml", "neptune": "neptune", "aim": "aim",
             "clearml": "clearml", "swanlab": "swanlab", "trackio": "trackio"}  # fmt: skip
_ARGUMENTS = re.compile(
    r"\b(argparse|configargparse|click|typer|tyro|fire|absl|hydra|omegaconf|HfArgumentParser"
    r"|jsonargparse|LightningCLI|simple_parsing|hyperpyyaml|yacs|tap|draccus|chz)\b"
)
_GUARD = re.compile(r"^if\s+\(?\s*__name__\s*==|^if\s+['\"]__main__['\"]\s*==", re.MULTILINE)
_CODE = re.compile(r"^[ \t]*[^\s#]", re.MULTILINE)
_DEFINES = re.compile(r"^(?:class|def|async def) ", re.MULTILINE)
_ACTS = "main|run|train|fit|cli|app|launch|start|finetune|pretrain|print|Fire|parse_args|learn|backward|step"
_STARTS_SOMETHING = re.compile(
    rf"^(?:for\b|while\b|(?:async )?with\b|@[\w.]*(?:\.main|click\.command)\b|(?:[\w.]*\.)?(?:{_ACTS})\("
    # A chain that begins with another call: Trainer(model).fit(data).
    rf"|[A-Za-z_][\w.]*\((?:.*\)\.(?:{_ACTS})\(|[^)\n]*$)"
    r"|[\w ,()*]+(?::[^=\n]*)?=[^\n]*\b(?:parse_(?:known_)?args|fit|train)\()",
    re.MULTILINE,
)
"""What ``_acts`` may find in the syntax tree, in any layout; without it no tree is needed."""
_IMPORTS_TRAINING = re.compile(r"^[ \t]*(?:from|import)\b[^\n]*train", re.MULTILINE)
_FROM_TRAINING = re.compile(
    r"^[ \t]*from[ \t]+([\w.]+)[ \t]+import[ \t]*(?:\(([^)]*)\)|([^\n]*))", re.MULTILINE
)
_NAME = re.compile(r"^[ \t(]*(\w+|\*)|,\s*(?:#[^\n]*\n\s*)*(\w+)", re.MULTILINE)
_STARTERS = frozenset("main run train fit cli app launch start finetune pretrain print".split())
_QUIET = frozenset(
    "append insert filterwarnings basicConfig setLevel manual_seed seed register setup_root "
    "load_dotenv use set_start_method simplefilter register_new_resolver update setdefault "
    "set_verbosity set_verbosity_error warn info debug add_argument add_safe_globals".split()
)


def _called(node: ast.expr) -> str:
    """Last name of what ``node`` calls, "" when it is no call."""
    if not isinstance(node, ast.Call):
        return ""
    function = node.func
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else "?"


def _acts(node: ast.stmt) -> bool:
    """Whether a top-level statement does work when the file is started."""
    if isinstance(node, ast.FunctionDef):
        marks = (mark.func if isinstance(mark, ast.Call) else mark for mark in node.decorator_list)
        return any(
            isinstance(mark, ast.Attribute)
            and (mark.attr == "main" or ast.unparse(mark) == "click.command")
            for mark in marks
        )
    if isinstance(node, (ast.For, ast.While, ast.With)):
        return any(isinstance(inner, ast.Call) for inner in ast.walk(node))
    if isinstance(node, ast.Expr):
        called = _called(node.value)
        if called in _STARTERS or called in ("Fire", "parse_args"):
            return True
        return (
            bool(called)
            and called not in _QUIET
            and called != "?"
            and (called in ("fit", "learn", "train", "backward", "step"))
        )
    if isinstance(node, (ast.Assign, ast.AnnAssign)) and node.value is not None:
        return _called(node.value) in ("parse_args", "parse_known_args", "fit", "train")
    return False


def _modules(tree: ast.Module) -> tuple[str, ...]:
    """Dotted modules and names that are imported, also inside functions and branches."""
    found: list[str] = []
    pending: list[ast.stmt] = list(tree.body)
    while pending:
        node = pending.pop()
        if isinstance(node, ast.Import):
            found.extend(name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            module = "." * node.level + (node.module or "")
            found.append(module)
            joint = "" if module.endswith(".") or not module else "."
            found.extend(f"{module}{joint}{name.name}" for name in node.names)
        else:
            for field in ("body", "orelse", "handlers", "finalbody"):
                pending.extend(getattr(node, field, ()))
    return tuple(dict.fromkeys(found))


def _calls_training(text: str) -> bool:
    """Whether it calls a function whose name says train; ``model.train()`` is a mode switch."""
    for pattern in (_TRAIN_CALL, _FINETUNE_CALL):
        for found in pattern.finditer(text):
            begin = found.start()
            while begin and (text[begin - 1].isalnum() or text[begin - 1] in "_."):
                begin -= 1
            name = text[begin : found.end() - 1]
            defined = text[max(begin - 6, 0) : begin].endswith(("def ", "class "))
            mode = name.endswith(".train") and text[found.end() : found.end() + 1] == ")"
            if defined or (mode and "trainer" not in name.lower()) or "pretrained" in name:
                continue
            if _NO_TRAINING.isdisjoint(words(name)):
                return True
    return False


_CONFIG_PATH = re.compile(r"config_path\s*=\s*['\"]([\w./-]+)['\"]")
_PARSER = re.compile(r"add_parser\(\s*['\"]([\w-]+)")
_COMMAND = re.compile(
    r"^@\w+\.command\(\s*(?:name\s*=\s*)?(?:['\"]([\w-]+)['\"])?[^\n]*\n(?:@.*\n|[ )\]].*\n)*(?:async )?def (\w+)",
    re.MULTILINE,
)


def _verbs(text: str) -> tuple[str, ...]:
    """Sub-commands that train: argparse's ``add_parser``, click's and typer's ``@x.command()``."""
    names = [found.group(1) for found in _PARSER.finditer(text)] if "add_parser(" in text else []
    if ".command(" in text:
        names += [
            found.group(1) or found.group(2).replace("_", "-") for found in _COMMAND.finditer(text)
        ]
    return tuple(name for name in dict.fromkeys(names) if VERB.match(name))


def _uses(text: str, imported: Iterable[str]) -> tuple[str, ...]:
    """Distribution names of the frameworks and trackers that a file imports."""
    known = {**_FRAMEWORKS, **_TRACKERS}
    found = [known[name] for name in imported if name in known]
    if any(part in text for part in ("SummaryWriter", "TensorBoard(", "TensorBoardLogger")):
        found.append("tensorboard")
    return tuple(dict.fromkeys(found))


def _starts_trainer(text: str) -> bool:
    """Whether a trainer, engine, runner or agent is told to run."""
    hints = ("rainer", "ngine", "unner", ".train_model(", "Agent(", "earner(")
    if not any(hint in text for hint in hints):
        return False
    # A runner runs what it is handed: a match, an evaluation, a training.
    runs = _RUNNER.search(text) or _RUNS_AGENT.search(text)
    return bool(_TRAINER.search(text) or (runs and _LEARNING.search(text)))


def _may_start_training(text: str) -> bool:
    """Whether it imports what may start a training module: a tree tells, at a price."""
    at = 0
    while found := _IMPORTS_TRAINING.search(text, at):
        names = _FROM_TRAINING.match(text, found.start())
        if names is None or "train" not in names[1].rpartition(".")[2].lower():
            return True
        given = _NAME.findall(names[2] or names[3])
        if any(may_run(one or other) for one, other in given):
            return True
        at = names.end()
    return False


def traits(text: str) -> Traits:
    """Traits of a Python file."""
    guard = "__main__" in text and bool(_GUARD.search(text))
    loop = any(part in text for part in _STEPS) or bool(_OPTIMIZER_STEP.search(text))
    fit = any(part in text for part in _FITS) or _starts_trainer(text)
    # The syntax tree costs most of a scan: it is built only where it can still tell something.
    shim = guard and not (loop or fit) and _may_start_training(text)
    asked = shim or (not guard and bool(_STARTS_SOMETHING.search(text)))
    tree = parsed(text) if asked else None
    # Definitions alone are a library; a file without any is a script, however short.
    script = bool(_CODE.search(text)) and not ("\0" in text or _DEFINES.search(text))
    acts = guard or script or (tree is not None and any(map(_acts, tree.body)))
    arguments = _ARGUMENTS.search(text) if acts else None
    imported = dict.fromkeys(_IMPORT.findall(text))
    calls = _calls_training(text)
    shows = any(part in text for part in _NO_GRADIENTS) or not _FRONT_ENDS.isdisjoint(imported)
    infers = shows and not (loop or fit or calls or _LEARNING.search(text))
    return Traits(
        runnable=acts,
        loop=loop,
        fit=fit,
        calls=calls,
        infers=infers,
        framework=any(name in _FRAMEWORKS for name in imported),
        uses=_uses(text, imported),
        precision=shown_precision(text),
        arguments=arguments.group(1) if arguments else "",
        imports=_modules(tree) if tree is not None and acts else (),
        absolute=absolute_imports(text) if acts else (),
        relative=relative_imports(text) if acts else 0,
        warnings=of_python(text) if acts else (),
        verbs=_verbs(text),
        required=required(text) if acts else (),
        handed_to=handed_to(text) if acts else (),
        adds=adds(text),
        defaults=(fallen_back_on := defaults(text) if acts else ()),
        needs=Needs(handed=tuple(path for _, path in fallen_back_on)),
        config_folders=tuple(_CONFIG_PATH.findall(text)) if "config_path" in text else (),
    )
