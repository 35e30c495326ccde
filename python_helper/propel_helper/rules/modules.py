"""Modules and names that an import did not find, and whose they are."""

from __future__ import annotations

from dataclasses import dataclass

from propel_helper.facts.crash import Crash
from propel_helper.facts.surroundings import Surroundings
from propel_helper.facts.wording import Wording
from propel_helper.rules import distributions
from propel_helper.rules.said import said

# CPython's importlib._bootstrap._ERR_MSG and runpy's "python -m".
_MISSING = Wording(r"No module named ['\"]?(?P<name>[\w.]+)['\"]?(?P<rest>.*)")
# Standard library modules and names that newer Pythons have removed, and when.
_GONE = {
    "distutils": "3.12", "imp": "3.12", "asynchat": "3.12", "asyncore": "3.12", "smtpd": "3.12",
    "cgi": "3.13", "pipes": "3.13", "telnetlib": "3.13", "imghdr": "3.13", "crypt": "3.13",
    "lib2to3": "3.13", "parser": "3.10", "formatter": "3.10",
}  # fmt: skip
_GONE_NAMES = Wording(
    r"^(?:inspect\.(?:getargspec|formatargspec)"
    r"|math\.gcd|asyncio\.coroutine|typing\.io|pkgutil\.ImpImporter"
    r"|collections\.abc\.ByteString|unittest\.makeSuite|configparser\.(?:SafeConfigParser|readfp)"
    r"|ast\.(?:Num|Str|NameConstant)|platform\.(?:dist|linux_distribution))$"
)
_ADDED = frozenset({"tomllib", "zoneinfo", "graphlib", "dataclasses", "importlib.resources"})
_NUMPY = Wording(
    r"module 'numpy' has no attribute '(?P<a>float|int|bool|object|str|complex|long|unicode"
    r"|product|cumproduct|sometrue|alltrue|in1d|trapz|row_stack|bool8|typeDict|NAN|\w+_"
    r"|(?:u?int|str|bytes|void|object)0|AxisError|TooHardError"
    r"|(?:Complex|ModuleDeprecation|Rank|VisibleDeprecation)Warning)'"
    r"|`?np\.(?P<b>\w+)`? was removed in the NumPy 2\.0 release"
)
# CPython's import_from; before 3.7 without the module.
_IMPORT = Wording(
    r"cannot import name '?(?P<name>\w+)'?(?: from '(?P<module>[\w.]+)'(?: \((?P<file>[^)\n]*)\))?|$)"
)
_FROM = Wording(r"from (?P<module>[\w.]+) import")


# runpy's words for `python -m` with a file; the page about scripts has them.
_FILE_AS_MODULE = Wording(r"finding module specification for '(?P<file>[^']*(?:/[^']*|\.py))'")


def file_as_module(message: str) -> str | None:
    """The file that ``python -m`` was given instead of a module, or None."""
    found = _FILE_AS_MODULE.search(message)
    return found["file"] if found else None


def missing_module(crash: Crash) -> str | None:
    """Dotted name of the module that was not found, or None."""
    if file_as_module(crash.message) is not None:
        return None
    lazy = "Failed to import " in crash.message
    if (crash.exception or "").endswith("RuntimeError") and not lazy:
        return None
    match = _MISSING.search(crash.message)
    if match is None or "is not a package" in match["rest"]:
        return None
    return match["name"]


def is_gone(name: str) -> bool:
    """Whether another Python version has this module or name of the standard library."""
    return name.partition(".")[0] in _GONE or name in _ADDED or bool(_GONE_NAMES.match(name))


def numpy_name(message: str) -> str | None:
    """The name that NumPy says it has removed, or None."""
    match = _NUMPY.search(message)
    return (match["a"] or match["b"]) if match else None


def has_numpy_page(message: str) -> bool:
    """Whether the page about NumPy's removed names speaks of this."""
    return _NUMPY.search(message) is not None


@dataclass(frozen=True)
class ImportedName:
    """A name that an import did not find in a module; ``own``: the module is the project's."""

    name: str
    module: str
    own: bool


def imported_name(crash: Crash, surroundings: Surroundings) -> ImportedName | None:
    """What ``cannot import name`` speaks of, unless another page does (circles, old Pythons)."""
    found = said(crash, _IMPORT)
    if found is None or "partially initialized" in crash.message:
        return None
    module = found["module"]
    if module is None:
        code = (crash.frames[-1].code or "") if crash.frames else ""
        named = _FROM.search(code)
        if named is None:
            return None
        module = named["module"]
    if is_gone(f"{module}.{found['name']}"):
        return None
    file = found["file"]
    if file and file != "unknown location":
        return ImportedName(found["name"], module, surroundings.is_own(file))
    top = module.partition(".")[0]
    local = module.startswith(".") or is_local(module, crash, surroundings)
    return ImportedName(found["name"], module, local or not is_foreign(top, crash, surroundings))


def is_part(module: str, crash: Crash) -> bool:
    """Whether ``module`` is a part of a package that is installed.

    ``No module named 'a.b'`` says that ``a`` was found. A private part (``a._C``) of a package
    is a compiled one that was not built: another page speaks of it as missing.
    """
    last = module.rpartition(".")[2]
    return not (
        last.startswith("_") and last not in ("_six", "_utils")
    ) and not crash.message.count("is not a package")


def is_local(module: str, crash: Crash, surroundings: Surroundings) -> bool:
    """Whether the project itself has a folder or file of that name."""
    top = module.partition(".")[0]
    if top == module and distributions.declared(module, surroundings):
        # A folder of data may be called as the package is.
        return False
    folders = {"."}
    for frame in crash.frames:
        if surroundings.is_own(frame.file) and "/" in frame.file:
            folders.add(frame.file.rpartition("/")[0])
    for folder in folders:
        names = surroundings.names(folder)
        if top in names or f"{top}.py" in names:
            return True
    return any(
        surroundings.text(file) is not None
        for file in (f"{top}/__init__.py", f"{top}.py", f"src/{top}/__init__.py")
    )


def is_foreign(top: str, crash: Crash, surroundings: Surroundings) -> bool:
    """Whether a module is somebody else's package, as far as the log tells.

    It is when a frame of the stack lies in a package of that name, or when the last frame imports
    from or calls it as a name of its own and it is one of the packages that training rests on.
    """
    if top in _WELL_KNOWN:
        return True
    return any(
        f"-packages/{top}/" in frame.file.replace("\\", "/")
        for frame in crash.frames
        if not surroundings.is_own(frame.file)
    )


def is_well_known(module: str) -> bool:
    """Whether a module is one that training rests on, or Python's own."""
    return module in _WELL_KNOWN


_WELL_KNOWN = frozenset(
    {
        "torch", "torchvision", "torchaudio", "numpy", "scipy", "pandas", "jax", "jaxlib", "flax",
        "optax", "tensorflow", "keras", "transformers", "datasets", "accelerate", "diffusers",
        "peft", "lightning", "pytorch_lightning", "torchmetrics", "sklearn", "skimage", "cv2",
        "PIL", "matplotlib", "timm", "mmcv", "mmengine", "wandb", "deepspeed", "huggingface_hub",
        "tokenizers", "gym", "gymnasium", "hydra", "omegaconf", "tensorboard", "librosa", "yaml",
        "networkx", "numba", "einops", "triton", "xformers", "albumentations", "torchtext", "haiku",
        "chex", "jraph", "tensorflow_addons", "pkg_resources", "setuptools", "google", "cupy",
        "seaborn", "plotly", "nltk", "spacy", "gensim", "xgboost", "lightgbm", "catboost", "optuna",
        "sentence_transformers", "evaluate", "trl", "vllm", "bitsandbytes", "flash_attn", "apex",
        "fairseq", "detectron2", "mmdet", "mmseg", "torch_geometric", "torch_scatter", "torch_sparse",
        "dgl", "ray", "mlflow", "onnx", "onnxruntime", "tensorrt", "h5py", "zarr", "xarray", "dask",
        "polars", "pyarrow", "statsmodels", "imageio", "kornia", "monai", "torchio", "SimpleITK",
        "nibabel", "open3d", "trimesh", "pytorch3d", "stable_baselines3", "pettingzoo", "mujoco",
        "dm_control", "brax", "soundfile", "torchdata", "torchrl", "fastai", "sympy",
        "collections", "inspect", "pkgutil", "typing", "importlib", "ssl", "lib", "_lib",
    }
)  # fmt: skip
