"""What a file is for, as its name tells: a program of the shell, one of Python, or data."""

from __future__ import annotations

_SHELL = frozenset({"sh", "bash", "zsh", "ksh", "slurm", "sbatch", "run"})
_DATA = frozenset(
    {
        "pth", "pt", "ckpt", "bin", "safetensors", "h5", "hdf5", "onnx", "pkl", "pickle", "npy", "npz", "tar", "gz",
        "tgz", "zip", "7z", "json", "jsonl", "yaml", "yml", "toml", "cfg", "ini", "txt", "csv", "tsv", "parquet", "arrow",
        "log", "md", "jpg", "jpeg", "png", "wav", "mp4", "lmdb", "tfrecord", "pdparams", "model", "index", "xml", "ipynb",
    }
)  # fmt: skip


def kind(path: str) -> str:
    """``python``, ``data``, ``shell``, or "" where the name does not tell."""
    name = path.rpartition("/")[2]
    suffix = name.rpartition(".")[2].lower() if "." in name.lstrip(".") else ""
    if suffix in ("py", "pyc"):
        return "python"
    return "data" if suffix in _DATA else "shell" if suffix in _SHELL else ""
