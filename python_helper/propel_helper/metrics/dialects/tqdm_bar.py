"""tqdm bars, also those of Lightning, ultralytics and every loop that wraps its loader.

``desc: 36%|███▌ | 72/200 [00:38<01:07, 1.87it/s, loss=0.41]``, without a total ``72it [00:38,
1.87it/s]`` (https://github.com/tqdm/tqdm/blob/master/tqdm/std.py, ``format_meter``).
"""

from __future__ import annotations

import re

from propel_helper.metrics.dialects import Dialect
from propel_helper.metrics.numbers import COUNT, count, number, seconds
from propel_helper.metrics.pairs import gathered, per_second
from propel_helper.metrics.sample import Phase, Sample

_BAR = re.compile(
    rf"(?P<before>.*?)(?:(?<!\d)\d{{1,3}}%\s*(?:\|[^|]*\|)?\s*(?P<at>{COUNT})/(?P<total>{COUNT})|(?<![\w.])(?P<free>{COUNT})\s?(?P<noun>[a-z]+))"
    r"\s*\[(?P<past>[\d:]+|\?)(?:<(?P<left>[\d:?]+(?: days?, [\d:]+)?))?(?:,\s*(?P<rate>[\d.]+|\?)\s?(?P<unit>[^\s,\]]*))?(?P<after>.*)"
)
_STEPS = re.compile(r"(?:it|iters?|iterations?|steps?|batch(?:es)?|ba|updates?|up|epochs?|ep)")
_AT_WORK = re.compile(
    r"download|load|\bmap\b|tokeniz|filter|generat|process|prepar|cach|extract|shard|fetch|resolv|upload"
    r"|sav(?:e|ing)|infer|collect|creating|read|build|index|pars|convert|scan|import|copy|writ|comput|encod",
    re.IGNORECASE,
)
_EVALUATION = re.compile(
    r"\b(?:val|valid|validat\w*|eval\w*|test\w*|predict\w*|sanity\w*)\b", re.IGNORECASE
)
_EPOCH = re.compile(
    r"(?:\bepochs?|\bep)\b[\s:#\[(]*(?P<at>\d+)(?:\s*(?:/|of)\s*(?P<all>\d+))?|^\s*(?:train\w*\s)?\[?(?P<bare>\d+)/(?P<of>\d+)\]?\W",
    re.IGNORECASE,
)
_EPOCHS = re.compile(r"^\W*(?:train\w*\s)?epochs?\W*(?:progress\W*)?$", re.IGNORECASE)


def _read(text: str) -> Sample | None:
    found = _BAR.match(text)
    if found is None:
        return None
    before, unit = found["before"], (found["unit"] or found["noun"] or "it").lower()
    thing = unit.removeprefix("s/").removesuffix("/s")
    extra = gathered(_inner(found["after"]))
    said = gathered(before)
    values = {**said.values, **extra.values}
    steps = _STEPS.fullmatch(thing) is not None
    if not values and (not steps or _AT_WORK.search(before)):
        return Sample(phase=Phase.EVALUATION, bar=True)
    phase = Phase.EVALUATION if _EVALUATION.search(before) else Phase.TRAINING
    at = count(found["at"] or found["free"])
    total = count(found["total"]) if found["total"] else None
    rate = number(found["rate"]) if found["unit"] and found["rate"] != "?" and steps else None
    left = seconds(found["left"]) if found["left"] else None
    if thing in ("epoch", "epochs", "ep") or _EPOCHS.match(before):
        return Sample(
            values,
            epoch=at,
            epochs=total,
            eta_s=left,
            eta_whole=True,
            phase=phase,
            bar=True,
            step=extra.step,
            whole=None,
        )
    epoch, epochs = _epoch(before, said, extra)
    return Sample(
        values=values,
        step=at,
        total=total,
        epoch=epoch,
        epochs=epochs,
        rate=per_second(rate, "it/s" if unit.endswith("/s") else "s/it")
        if rate is not None
        else None,
        eta_s=left,
        phase=phase,
        bar=True,
    )


def _inner(after: str) -> str:
    """The bar's own postfix: what is glued behind its bracket is another line's."""
    depth = 1
    for index, letter in enumerate(after):
        depth += {"[": 1, "]": -1}.get(letter, 0)
        if not depth:
            return after[:index]
    return after.partition("`")[0]


def _epoch(before: str, said: Sample, extra: Sample) -> tuple[float | None, float | None]:
    found = _EPOCH.search(before)
    if found is not None:
        at, of = found["at"] or found["bare"], found["all"] or found["of"]
        return float(at), float(of) if of else None
    return (said.epoch if said.epoch is not None else extra.epoch), said.epochs or extra.epochs


DIALECT = Dialect(
    "tqdm_bar",
    (b"it/s", b"s/it", b"%|", b"/s,", b"/s]", b"it [", b"s/", b"<"),
    lambda: _read,
    order=10,
)
