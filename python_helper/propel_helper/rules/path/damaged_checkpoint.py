"""damaged-checkpoint: a checkpoint or data file is damaged or not what its name says.

## What happened
A file was found and opened, and its content is not what the loader expects: it is cut off,
empty, or something else.

## Why it happens
It was written when the disk was full or the job was killed, a download stopped in the middle,
or it is a Git LFS pointer or a web page that was saved instead of the file.

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
from propel_helper.rules import Rule
from propel_helper.rules.said import line_of, said
from propel_helper.rules.steps import guide
from propel_helper.rules.words import first_line

# torch/serialization.py, caffe2/serialize; pickle; safetensors; zipfile, gzip, h5py, tarfile; PIL.
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
)


def explain(crash: Crash, _surroundings: Surroundings) -> Explanation | None:
    """Claim the wordings above."""
    found = said(crash, _WORDS)
    if found is None:
        return None
    return Explanation(
        error="a damaged file",
        because=f"what was read is not a whole file of its kind ({first_line(line_of(found))})",
        fixes=(
            guide(
                "fetch-it-again",
                "Fetch the file again",
                "Look at the file's size and first bytes (`head -c 100`): a Git LFS pointer needs `git lfs pull`, a cut download has to be fetched again, and for a checkpoint the one before it may be whole.",
            ),
        ),
    )


RULE = Rule("damaged-checkpoint", Category.PATH, ("exception",), explain)
