"""Distributions by the name that their modules are imported under.

Each distribution was looked up by name and summary in a listing of the Python Package Index. An
import name that is not here is never guessed: installing a guess is how squatters get in. Nor does
an entry stand here that would not bring the module back: ``OLDER`` has those.
"""

from __future__ import annotations

import re

from propel_helper.facts.surroundings import Surroundings

OTHER_NAMES = {
    "Bio": "biopython",
    "Crypto": "pycryptodome",
    "IPython": "ipython",
    "MySQLdb": "mysqlclient",
    "OpenGL": "PyOpenGL",
    "PIL": "Pillow",
    "absl": "absl-py",
    "attr": "attrs",
    "bs4": "beautifulsoup4",
    "cv2": "opencv-python",
    "dateutil": "python-dateutil",
    "dotenv": "python-dotenv",
    "flash_attn": "flash-attn",
    "git": "GitPython",
    "hydra": "hydra-core",
    "huggingface_hub": "huggingface-hub",
    "imblearn": "imbalanced-learn",
    "keras_tuner": "keras-tuner",
    "lightning_fabric": "lightning-fabric",
    "lightning_utilities": "lightning-utilities",
    "ml_collections": "ml-collections",
    "mpl_toolkits": "matplotlib",
    "mpi4py": "mpi4py",
    "msgpack_numpy": "msgpack-numpy",
    "open_clip": "open-clip-torch",
    "optimum": "optimum",
    "osgeo": "GDAL",
    "pycocotools": "pycocotools",
    "pyximport": "Cython",
    "pynvml": "nvidia-ml-py",
    "pythonjsonlogger": "python-json-logger",
    "pytorch_lightning": "pytorch-lightning",
    "rouge_score": "rouge-score",
    "sentence_transformers": "sentence-transformers",
    "serial": "pyserial",
    "skimage": "scikit-image",
    "sklearn": "scikit-learn",
    "skopt": "scikit-optimize",
    "slugify": "python-slugify",
    "stable_baselines3": "stable-baselines3",
    "tensorboardX": "tensorboardX",
    "tensorflow_datasets": "tensorflow-datasets",
    "tensorflow_probability": "tensorflow-probability",
    "tensorflow_hub": "tensorflow-hub",
    "torch_geometric": "torch-geometric",
    "typing_extensions": "typing-extensions",
    "umap": "umap-learn",
    "usb": "pyusb",
    "websocket": "websocket-client",
    "yaml": "PyYAML",
    "zmq": "pyzmq",
}
DOTTED = frozenset({"ruamel.yaml"})
"""Parts of a module that many share, whose distribution has just the part's name."""
OLDER = {"pkg_resources": ("setuptools", 82)}
"""Modules that a distribution has no longer, since which major version (setuptools 82.0.0, #3085)."""
SAME_NAMES = frozenset(
    """
    albumentations accelerate anndata apache_beam arviz astropy av bokeh boto3
    botorch captum catboost clearml click colorama comet_ml configargparse dask datasets decord
    diffusers dill dm_control easydict einops emcee evaluate fairscale fastapi
    fastparquet fire flask flax fsspec fvcore gdown gensim geopandas gpytorch gradio gym gymnasium
    h5py hydra_zen hyperopt imageio imgaug iopath ipdb jax jieba joblib jsonlines jsonschema kaggle
    keras kornia lightgbm lightning lightly lmdb loguru lpips matplotlib mlflow mmengine monai
    natsort neptune networkx nibabel nltk numba numexpr numpy omegaconf onnx onnxruntime openpyxl
    optax optuna orjson packaging pandas pandarallel peft plotly polars prettytable psutil pyarrow
    pydantic pydicom pyglet pygments pytest pytorch_metric_learning ray regex requests rich sacrebleu
    sacred safetensors scipy seaborn sentencepiece seqeval shap shapely simplejson skorch spacy
    statsmodels submitit sympy tables tabulate tensorboard tensorflow termcolor tifffile tiktoken
    timm tokenizers toml tomli torchinfo torchmetrics torchsummary
    tqdm transformers trimesh trl typer tyro ultralytics unidecode ujson visdom wandb webdataset
    xarray xgboost xlrd yacs zarr
    """.split()
)
"""Modules whose distribution has just their name; those that must fit the installed torch, or that
come in several builds, are left to a person."""
_REQUIREMENTS = (
    "requirements.txt",
    "pyproject.toml",
    "setup.cfg",
    "setup.py",
    "environment.yml",
    "environment.yaml",
    "requirements/base.txt",
    "requirements-dev.txt",
)


def name_of(module: str) -> str:
    """What a module is installed by, as far as that is known to differ from its name."""
    return OTHER_NAMES.get(module, module)


def is_known(module: str) -> bool:
    """Whether a module's distribution is one that is known to be published for all."""
    return module in OTHER_NAMES or module in SAME_NAMES


def normal(name: str) -> str:
    """A distribution's name as indexes compare it (PEP 503)."""
    return re.sub(r"[-_.]+", "-", name).lower()


def declared(name: str, surroundings: Surroundings) -> str | None:
    """``name`` with its version as requirements files list it on a line of its own, else None."""
    wanted = normal(name)
    line = re.compile(r"^(?P<name>[A-Za-z][\w.-]*)(?:\[[\w, -]*\])?\s*(?:[=<>!~;#].*)?$")
    for file in _REQUIREMENTS:
        if not file.endswith(".txt"):
            continue
        for row in (surroundings.text(file) or "").splitlines():
            match = line.match(row.strip())
            if match is not None and normal(match["name"]) == wanted:
                return requirement(match["name"], surroundings)
    return None


def same_name(module: str, surroundings: Surroundings) -> str | None:
    """The known distribution of just this name, in the version that the project asks for."""
    if module not in SAME_NAMES:
        return None
    return requirement(module.replace("_", "-"), surroundings)


def requirement(name: str, surroundings: Surroundings) -> str:
    """``name`` with the version that the project's own files ask for, else ``name`` alone."""
    wanted = normal(name)
    pattern = re.compile(
        r"(?<![\w.-])(?P<name>[A-Za-z][\w.-]*)(?:\[[\w, -]*\])?\s*"
        r"(?P<version>(?:[=<>!~]=|[<>])\s*[\w.*+!-]+(?:\s*,\s*(?:[=<>!~]=|[<>])\s*[\w.*+!-]+)*)"
    )
    for file in _REQUIREMENTS:
        text = surroundings.text(file)
        for match in pattern.finditer(text or ""):
            if normal(match["name"]) == wanted:
                return name + re.sub(r"\s+", "", match["version"])
    return name
