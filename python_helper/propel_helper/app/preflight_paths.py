"""The part of a pre-flight that looks for the files and folders that a command and its config name."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

from propel_helper.app.flight import Check, Flight
from propel_helper.app.setup import arguments_in, config_values
from propel_helper.app.typed_path import typed
from propel_helper.coach.setup import Value

_INPUT = re.compile(
    r"(?:^|[-_.])(?:config|cfg|conf|data|dataset|input|train|val|valid|eval|test|path|dir|root|file|files|folder|vocab"
    r"|tokenizer|csv|json|manifest|annotations?|images?|labels?|ckpt|checkpoint|resume|weights|pretrained)(?:$|[-_.])",
    re.IGNORECASE,
)
_PLACE = re.compile(
    r"(?:^|[-_.])(?:path|dir|root|file|folder|csv|json|manifest|config|cfg)(?:$|[-_.])",
    re.IGNORECASE,
)
_FILE = re.compile(
    r"\.(?:ya?ml|json|jsonl|toml|csv|tsv|txt|npz?|h5|hdf5|parquet|arrow|pt|pth|ckpt|pkl|safetensors|bin|tar|zip|py)$"
)
_OUTPUT = re.compile(
    r"out(?:put)?|save|log|exp|result|work_?dir|run_?dir|cache|target|dest|name|project|ckpt_?dir|checkpoint_?dir",
    re.IGNORECASE,
)
REMOTE = re.compile(r"^[a-z][a-z0-9+]*://|[$*?{}\[\]]")
"""What is no path of this host: an address, or a text with something to fill in."""


def script(flight: Flight) -> Iterator[Check]:
    """The Python and shell scripts that the command starts."""
    for one in flight.placed:
        for before, word in zip(["", *one.words], one.words, strict=False):
            is_script = word.endswith((".py", ".sh")) and not before.startswith("-")
            path = one.path(word) if is_script and "=" not in word else None
            if path is not None and not REMOTE.search(word) and not path.exists():
                yield Check("path", False, f"There is no script {word} in {one.place}.",
                            "Mend its path, or launch from another folder.")  # fmt: skip


def paths(flight: Flight) -> Iterator[Check]:
    """Files and folders that options of the command name."""
    seen: set[str] = set()
    for one in flight.placed:
        for name, text in arguments_in(one.words):
            path = one.path(text)
            if text in seen or path is None or not _reads(name, text):
                continue
            seen.add(text)
            there = path.exists()
            said = (
                f"{name} names {text}, which is there."
                if there
                else f"{name} names {text}, which does not exist."
            )
            yield Check("path", there, said, "" if there else "Mend the path in the command.")


def config_paths(flight: Flight) -> Iterator[Check]:
    """Files and folders that configs of the command name."""
    for one in flight.placed:
        for word in one.words:
            text = word.rpartition("=")[2]
            path = one.path(text) if re.search(r"\.(?:ya?ml|json|toml)$", text) else None
            if path is None or one.place is None or not path.is_file():
                continue
            inside = os.path.relpath(path, flight.folder)
            for value in config_values(flight.folder, inside):
                place = one.place
                if _reads(value.name.rpartition(".")[2], value.text) and not _there(
                    flight, place, value
                ):
                    yield Check(
                        "path", False, f"{inside}:{value.line} names {value.text} ({value.name}), which does not exist.",
                        "Mend the path there, or put the data where it says.", inside, value.line,
                    )  # fmt: skip


def _there(flight: Flight, place: Path, value: Value) -> bool:
    places = [
        place,
        flight.place,
        Path(flight.folder),
        (Path(flight.folder) / (value.file or "")).parent,
    ]
    return any((place / typed(value.text)).exists() for place in places)


def _reads(name: str, text: str) -> bool:
    """Whether an option names a file or folder that has to be there."""
    plain = name.lstrip("-")
    if not text or REMOTE.search(text) or _OUTPUT.search(plain) or not _INPUT.search(plain):
        return False
    if text.lower() in ("true", "false", "none", "null") or " " in text or len(text) > 500:
        return False
    return (
        text.startswith(("/", "./", "../", "~"))
        or bool(_FILE.search(text))
        or ("/" in text and bool(_PLACE.search(plain)))
    )
