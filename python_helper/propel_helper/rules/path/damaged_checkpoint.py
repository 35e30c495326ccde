"""damaged-checkpoint: a checkpoint or data file is damaged or not what its name says.

## What happened
A file was found and opened, and its content is not what the loader expects: it is cut off,
empty, or something else.

## Why it happens
It was written when the disk was full or the job was killed, a download stopped in the middle,
or it is a Git LFS pointer or a web page that was saved instead of the file. A table that was saved
as "Unicode text" is UTF-16, and a `.gz` file that is read as text was not unpacked.

## What the fix changes
Nothing by itself: the file has to be fetched or written again.

## Fix safety
There is nothing to apply. Nothing is ever deleted.
"""

from __future__ import annotations

from propel_helper.facts.crash import Crash
from propel_helper.facts.finding import Category, Explanation
from propel_helper.facts.surroundings import Surroundings
from propel_helper.facts.wording import Wording
from propel_helper.rules import Rule, families
from propel_helper.rules.said import line_of, said
from propel_helper.rules.steps import guide
from propel_helper.rules.words import code, first_line

# torch/serialization.py, caffe2/serialize; pickle; safetensors; zipfile, gzip, bz2, lzma, h5py; PIL; Arrow's
# cpp/src/parquet/file_reader.cc and ipc/reader.cc; polars' parquet and ipc readers; numpy/lib/_format_impl.py;
# scipy.io; Python's wave; libsndfile; SQLite.
_WORDS = Wording(
    r"cannot identify image file|"
    r"PytorchStreamReader failed"
    r"|invalid load key, '"
    r"|pickle data was truncated"
    r"|Ran out of input"
    r"|Error while deserializing header"
    r"|MetadataIncompleteBuffer|HeaderTooSmall|header too small"
    r"|unexpected EOF, expected \d+ more bytes"
    r"|File is not a zip file|Bad magic number for (?:central directory|file header)"
    r"|Unable to (?:synchronously )?open file \((?:truncated file|file signature not found|bad)"
    r"|Not a gzipped file"
    r"|Compressed file ended before"
    r"|not a valid zip|invalid magic number; corrupt file"
    r"|Unsupported operand \d+"
    r"|unpickling stack underflow"
    r"|checkpoint (?:file )?(?:may be|is) (?:corrupt|truncated)"
    r"|DATA_LOSS: "
    r"|corrupted record at"
    r"|truncated record at"
    r"|Bad CRC-32|CRC check failed|Error -3 while decompressing"
    r"|Parquet magic bytes not found|Parquet file size is \d+ bytes|Couldn't deserialize thrift"
    r"|Corrupt (?:snappy|brotli|zlib|gzip|lz4|zstd) compressed data|parquet: File out of specification"
    r"|Not a Feather V1 or Arrow IPC file|^Not an Arrow file$|out-of-spec: InvalidFooter"
    r"|^File is too small(?: to be a well-formed file|: \d+$)|^Tried reading schema message, was null or length 0"
    r"|^Expected to read \d+ metadata bytes, but only read \d+"
    r"|^Failed to read all data for array\.|^EOF: reading [\w ]+, expected \d+ bytes got \d+"
    r"|^the magic string is not correct; expected|^No data left in file$|^cannot mmap an empty file$"
    r"|^Cannot load file containing pickled data when|^This file contains pickled \(object\) data\."
    r"|^Mat file appears to be truncated$|^File format b'.*' not understood\. Only "
    r"|^file does not start with RIFF id$|^not a WAVE file$|File contains data in an unknown format\."
    r"|Format not recognised\.|^file is not a database$|^database disk image is malformed$"
    r"|^Input format not supported by decoder$"
)
_TYPES = ("BadZipFile", "BadGzipFile", "LZMAError", "UnidentifiedImageError")
# pandas, polars and Arrow's csv and json.
_EMPTY = Wording(r"^No columns to parse from file$|^empty CSV$|^Empty (?:CSV|JSON) file$")
# Python's UTF-8 decoder, at the first bytes: UTF-16's mark; gzip's.
_NOT_UTF8 = Wording(
    r"'utf-8' codec can't decode byte (?:(?P<mark>0xf[ef]) in position 0|(?P<gzip>0x8b) in position 1):"
)
# datasets/load.py and arrow_dataset.py, of a folder that is there.
_NO_DATASET = Wording(
    r"Directory (?P<path>.+?) is neither a `?Dataset`? directory nor a `?DatasetDict`? directory"
)


def explain(crash: Crash, surroundings: Surroundings) -> Explanation | None:
    """Claim the wordings above."""
    empty, other = said(crash, _EMPTY), said(crash, _NOT_UTF8)
    if empty is not None:
        return None if _from_memory(crash) else _is_empty(line_of(empty))
    if other is not None:
        decoded = bool(crash.frames) and ".decode(" in (crash.frames[-1].code or "")
        own = decoded and surroundings.is_own(crash.frames[-1].file)
        return None if own or _from_memory(crash) else _is_other(other["gzip"] is not None)
    if families.is_json_of_dataset(crash):
        return _damaged(crash.message)
    folder = said(crash, _NO_DATASET)
    if folder is not None:
        return _no_dataset(folder["path"])
    found = said(crash, _WORDS)
    line = line_of(found) if found else _of_type(crash)
    if line is None:
        return None
    return _damaged(line)


def _damaged(line: str) -> Explanation:
    return Explanation(
        error="a file that is damaged or of another kind",
        because=f"what was read is not a whole file of its kind ({first_line(line)})",
        fixes=(
            guide(
                "fetch-it-again",
                "Fetch the file again",
                "Look at the file's size and first bytes (`head -c 100`): a Git LFS pointer needs `git lfs pull`, a cut download has to be fetched again, and for a checkpoint the one before it may be whole.",
            ),
        ),
    )


def _of_type(crash: Crash) -> str | None:
    """The message of a type that speaks of nothing but a file's content."""
    name = families.type_name(crash)
    if name not in _TYPES and not (name == "ReadError" and families.package(crash) == "tarfile"):
        return None
    return crash.message or name


def _no_dataset(path: str) -> Explanation:
    return Explanation(
        error="a folder that is no saved dataset",
        because=f"{code(path)} is there and lacks what `load_from_disk` looks for: `dataset_info.json` with "
        "`state.json`, or `dataset_dict.json`",
        fixes=(
            guide(
                "save-it-again",
                "Save it again",
                "Look into the folder: where saving was cut off, save it again; where the dataset lies one folder "
                "further down or up, name that one; files of another "
                "kind are read by `load_dataset`.",
            ),
        ),
    )


def _from_memory(crash: Crash) -> bool:
    """Whether it was read from a text or bytes that the program holds, not from a file."""
    return any(
        "StringIO(" in (one.code or "") or "BytesIO(" in (one.code or "") for one in crash.frames
    )


def _is_empty(line: str) -> Explanation:
    return Explanation(
        error="a file without data",
        because=f"nothing was found in it to read ({first_line(line)})",
        fixes=(
            guide(
                "write-it-again",
                "Write the file again",
                "Look at the file's size and first lines (`ls -l`, `head`): an empty file has to be fetched again, or written again by what makes it.",
            ),
        ),
    )


def _is_other(gzip: bool) -> Explanation:
    begins = (
        "gzip's sign stands in its first two bytes"
        if gzip
        else "it begins with a byte that UTF-8 never has"
    )
    step = (
        "Unpack the file (`gunzip -k`), or read it with what reads `.gz` files."
        if gzip
        else "Look at the file's first bytes (`head -c 16 FILE | xxd`): `fffe` or `feff` is UTF-16, which `iconv -f UTF-16 -t UTF-8` writes as UTF-8; `ffd8` is a JPEG image."
    )
    return Explanation(
        error="a file that is no UTF-8 text",
        because=f"it is read as UTF-8, and {begins}",
        fixes=(guide("convert-the-file", "Convert the file", step),),
    )


RULE = Rule("damaged-checkpoint", Category.PATH, ("exception",), explain)
