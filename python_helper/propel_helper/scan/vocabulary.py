"""Words that tell a training command from its neighbours (names, headings, sub-commands)."""

from __future__ import annotations

import re
from functools import lru_cache

_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_SPLIT = re.compile(r"[^A-Za-z]+")
_PARTS = re.compile(r"[^a-z0-9]+")
_FINE_TUNE = re.compile(r"(?:fine[\s_-]?tun|(?:pre|post)[\s_-]?train)(?!ed)", re.IGNORECASE)

_MAKES = re.compile(r"(?:txt|text|img|image|knn|video)2(?:img|image|video|audio|3d)", re.IGNORECASE)

_ABROAD = re.compile(
    r"训练(?!好|集|数据|完|过)|訓練(?!済|好|集|データ)|学習(?!済|データ|率)|학습(?!된|률|데이터)|обучени|обучи|обучат"
    r"|(?<![a-z])(?:entrena(?:r|miento|ndo)|entra[iî]n(?:er|ement)|trainier(?:e|en|ung)|treina(?:r|mento|ndo)"
    r"|addestra(?:re|mento))(?![a-z])",
    re.IGNORECASE,
)
"""Training in Chinese, Japanese, Korean, Russian, Spanish, French, German, Portuguese, Italian."""

TRAIN = frozenset(
    "train trains training pretrain pretraining finetune finetuning fit sft dpo "
    "grpo rlhf qlora posttrain tuning distillation reproduce reproducing".split()
)
"""Words of a heading or sentence that say something trains."""

TRAIN_NAME = frozenset(
    "train training pretrain pretraining finetune finetuning posttrain sft rlhf lora qlora distill "
    "distillation trainval".split()
)
"""Words of a file or target name that say it trains."""

ALGORITHMS = frozenset(
    "dpo grpo ppo dqn ddqn ddpg sac td3 a2c a3c trpo kto orpo rloo reinforce impala rainbow qmix "
    "mappo maddpg ppg vpg cql iql dreamer".split()
)
"""Algorithms of reinforcement and preference learning, by which scripts that run them are called."""

VERB = re.compile(
    r"^(?!\w+[-_](?:data|dataset|set|args|config)s?$)(?:train\w*|fit|finetune|fine-tune|pretrain|pre-train|sft|dpo|grpo|ppo|kto|orpo|rloo|rlhf)$",
    re.IGNORECASE,
)
"""Sub-commands that train."""

_NOUN = re.compile(r"^(?:pre|fine|post)?(?:train|tun)(?:ing|er|ed|able|s)", re.IGNORECASE)

ACTION = frozenset(
    "eval evals evaluate evaluation evaluator test tests testing infer inference sample samples "
    "sampling generate gen demo val validate validation bench benchmark benchmarks benchmarking "
    "export convert converter conversion preprocess preprocessing preprocessor prepare preparation "
    "prep download downloads downloader plot plots plotting render rendering serve server serving "
    "chat detect predict visualize visualise visualizer visualization vis viz setup install "
    "installer installation deploy deployment upload lint format clean cleanup publish release "
    "analyze analyse analysis extract profile profiling score scoring metrics merge quantize "
    "quantise tokenize enjoy play record annotate annotation annotations crawl scrape split zeroshot zip unzip compile bisect "
    "retrieve hubconf conftest make create get fetch collect gather calc compute count check "
    "compare promote push avg average bulk expand migrate sync preview simulate rollout smoke "
    "verify inspect dump load parse filter init fid configure configurator encode "
    "embed featurize tfrecord tfrecords size sizes flops diagnose diagnostic diagnostics".split()
)
"""Words of a name that say it does something else."""

_SPOKEN_OTHER = frozenset(
    "eval evaluate evaluation evaluating evaluations test testing inference infer inferencing "
    "predict prediction predictions sampling sample samples generation generate generating demo demos "
    "export exporting convert conversion converting preprocess preprocessing preparation prepare "
    "preparing download downloads downloading install installing installation setup visualize "
    "visualization visualizing deploy deployment serving quantization validation validate "
    "calculating merging extraction extracting encoding tfrecords".split()
)
"""Words of a heading or sentence that speak of something else."""

THING = frozenset(
    "generation detection prediction predictions quantization tokenizer docs doc build gui app api "
    "web webui dashboard label onnx cluster retrieval notebook ci gitlab docker entrypoint spm bpe "
    "vocab sentencepiece gradio streamlit viewer http pretrained trained interactive".split()
)
"""Words of a name that hint at something else, unless a training word stands before them."""

TOKENS = frozenset("tokenizer tokenize pretokenize spm bpe sentencepiece vocab".split())
"""Words of a name that say it makes or applies a vocabulary."""

_SPOILS = TOKENS | frozenset("test tests compile valid split dummy searcher".split())
_LIBRARY_END = frozenset(
    "utils util helpers helper args arguments argument config configs configuration loss losses "
    "callbacks callback engine loop state common types hooks hook step steps data dataset datasets "
    "loader dataloader".split()
)
LIBRARY = _LIBRARY_END | frozenset(
    "trainer trainers model models base optim optimizer "
    "optimizers scaler scheduler schedulers sampler init layers modules module metrics network networks".split()
)
"""Last words of a module name that say it is imported, not run."""

_WINDOWS = frozenset("gradio streamlit webui gui ui app dashboard web".split())
"""Last words of what shows a page on which a training can be started by hand."""

_GLUED = re.compile(r"^train(?!er|ed|ing|able|ee|s$)([a-z]{2,})$")
"""``trainvae``: a verb and what is trained, written as one word."""
_NOT_GLUED = frozenset("set sets split list log logs label labels image images id ids".split())
_NOT_JOINED = frozenset("constrain restrain strain distrain untrain".split())
_RUNS = re.compile(
    r"(?:\w+_)?(?:main|run|cli|app|fit|start|launch|learn|(?:pre|fine_?)?(?:train|tune))"
    r"|train|\*$",
    re.IGNORECASE,
)
OLD = frozenset("legacy deprecated old obsolete archived backup bak copy".split())


@lru_cache(8192)
def words(name: str) -> tuple[str, ...]:
    """Lower-case words of a name or phrase: ``my_trainNet-v2`` is my, train, net, v."""
    return tuple(word.lower() for word in _SPLIT.split(_CAMEL.sub(" ", name)) if word)


def may_run(name: str) -> bool:
    """Whether ``name``, imported from a training module, may be what starts a training."""
    return bool(_RUNS.match(name))


def is_verb(word: str) -> bool:
    """Whether ``word`` tells a program to train: ``training`` and ``trainer`` are things."""
    return bool(VERB.match(word)) and not _NOUN.match(word)


@lru_cache(8192)
def says_train(phrase: str) -> bool:
    """Whether a heading or sentence speaks of training."""
    told = _FINE_TUNE.search(phrase) or _ABROAD.search(phrase)
    return bool(told) or any(word in TRAIN for word in words(phrase))


@lru_cache(8192)
def says_other(phrase: str) -> bool:
    """Whether a heading or sentence speaks of something else than training."""
    return any(word in _SPOKEN_OTHER for word in words(phrase))


def names_training(stem: str) -> bool:
    """Whether a file, program or target name says it trains."""
    return of_name(stem) > 1.5


def names_other(stem: str) -> bool:
    """Whether a file, program or target name says it does something else."""
    return of_name(stem) < -1


_AFTERWARDS = frozenset("test tests valid".split())


def tests_afterwards(stem: str) -> bool:
    """Whether a name says it trains and tests: of a script for both, or of the test of another."""
    parts = words(stem)
    at = next((at for at, part in enumerate(parts) if _is_training_word(part)), len(parts))
    others = _SPOILS.intersection(parts)
    return bool(others) and others <= _AFTERWARDS and not others.intersection(parts[:at])


def _is_training_word(word: str) -> bool:
    joined = word.endswith("train") and word not in _NOT_JOINED
    return word in TRAIN_NAME or joined or word.startswith("finetun") or _is_glued(word)


def _is_glued(word: str) -> bool:
    glued = _GLUED.match(word)
    thing = glued[1] if glued else ""
    return bool(thing) and thing not in _LIBRARY_END | _NOT_GLUED | ACTION | _SPOILS


def names_algorithm(stem: str) -> bool:
    """Whether a name holds that of an algorithm; a class that it names is called so as well."""
    return any(part in ALGORITHMS for part in _PARTS.split(stem.lower()))


@lru_cache(8192)
def of_name(stem: str) -> float:
    """Evidence in a name: positive when it says it trains, negative when something else."""
    parts = words(stem)
    # Every package that can be run has a ``__main__``: the name says nothing of what it does.
    if not parts or stem == "__main__":
        return 2.5 if _ABROAD.search(stem) else 0.0
    old = -1.5 if any(part in OLD for part in parts) else 0.0
    trains = [at for at, part in enumerate(parts) if _is_training_word(part)]
    if not trains and "pretrained" not in stem.lower():
        # An underscore parts words of a name as a space does those of a sentence.
        trains = [0] if _FINE_TUNE.search(stem) or _ABROAD.search(stem.replace("_", " ")) else []
    if trains:
        return old + _of_training_name(parts, trains[0])
    # Clusters that are learnt under another name than their own are labels for a training.
    if any(part in ACTION for part in parts) or (len(parts) > 1 and "kmeans" in parts):
        return old - 3.0
    if any(part in THING for part in parts) or _MAKES.search(stem):
        return old - 1.0
    if parts[0] in ("main", "run") or parts[-1] in ("main", "run"):
        return old + (1.2 if len(parts) == 1 else 0.8)
    if parts[-1] in LIBRARY:
        return old - 1.5
    if names_algorithm(stem):
        # The plain name is the algorithm as it is known; what follows it is a variant.
        return old + (1.2 if stem.lower() in ALGORITHMS else 1.0)
    return old


def _of_training_name(parts: tuple[str, ...], at: int) -> float:
    if len(parts) > 1 and parts[-1] in _LIBRARY_END:
        return 0.3
    if any(part in _SPOILS for part in parts):
        return -2.5
    if any(part in ACTION for part in parts[:at]):
        return -2.5
    if parts[-1] in ACTION:
        return 0.5
    if parts[-1] in _WINDOWS:
        return 1.0
    if _is_glued(parts[at]):
        return 2.2
    # The plain name is the project's own entry; what follows it is a variant.
    return 2.9 if len(parts) == 1 else 2.5
