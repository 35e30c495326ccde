"""Names with their numbers in a line of text, however they are joined."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from propel_helper.metrics.names import is_evaluation, plain_name, role
from propel_helper.metrics.numbers import NUMBER, number, seconds
from propel_helper.metrics.sample import Phase, Sample

_PAIR = re.compile(
    r"(?<![A-Za-z@])(?P<key>[A-Za-z][\w@./%-]{0,120})(?P<more>(?:\s?\([A-Za-z/ ]{1,12}\))?)[\"'\]]?"
    r"(?:\s*(?::|=|->|\||is\b)|\s|(?=[\[(]))[\s\"'\[(]*(?:(?:torch\.|tf\.|np\.)?(?:tensor|Tensor|float\d*)\(\s*)?"
    rf"(?P<value>{NUMBER})(?![\w.])?(?P<unit>\s?(?:ms|s|m|it/s|s/it|steps?/s|%|[KMG]i?B?)\b(?!/))?"
    rf"(?:\s*(?:/|of)\s*(?P<total>\d[\d,]*)(?![\d.]))?"
)
# A word before a name that belongs to it: "train loss", "learning rate", "grad norm".
_BEFORE = re.compile(r"([A-Za-z]+)[. _/-]{1,2}$")
_JOINS = frozenset(
    "train training val valid validation eval evaluation test testing dev total lm avg average mean "
    "running batch epoch step current cur learning grad gradient global smoothed moving d g "
    "generator discriminator disc gen actor critic policy value kl ce mse aux box cls reg obj mask "
    "iteration completed optimizer mini top".split()
)
_TWO_WORDS = frozenset(
    "loss rate norm acc accuracy error score step steps batch iteration iter ppl perplexity f1 "
    "reward return epoch".split()
)
_TIME = re.compile(
    r"(?P<key>eta|remaining|left)\W{1,4}(?P<value>(?:\d+ days?,? ?)?(?:\d+:)+\d+|[\d.]+(?: ?[a-z]+\b)?)",
    re.I,
)
_SPEED = re.compile(
    rf"(?<![\d.])({NUMBER})\s?(?P<unit>it/s|its/s|iters?/s(?:ec)?|steps?/s(?:ec)?|s/it(?:er)?|s/step|ms/step|ms/it(?:er)?|sec/step|sec/iter|s/batch|batch(?:es)?/s|us/step)\b"
)

_PER = ("it/", "its/", "/it", "step", "iter", "batch")


@dataclass(frozen=True)
class Pair:
    """One name and its number; ``total``: what it runs to (``20/100``), ``unit``: as printed."""

    name: str
    value: float
    unit: str
    total: float | None


def pairs(text: str) -> Iterator[Pair]:
    """Every name with a number behind it, in order."""
    for found in _PAIR.finditer(text):
        key = found["key"]
        name = plain_name(key)
        if name in _TWO_WORDS:
            before = _BEFORE.search(text, max(0, found.start() - 20), found.start())
            if before is not None and before[1].lower() == "per":
                name = f"time_per_{name}"
            elif before is not None and before[1].lower() in _JOINS:
                name = plain_name(f"{before[1]} {key}")
        total = found["total"]
        yield Pair(
            name,
            number(found["value"]),
            (found["unit"] or found["more"]).strip(" ()"),
            number(total) if total else None,
        )


def rate_in(text: str) -> float | None:
    """Steps a second where the text gives them with their unit (``3.9s/it``), else None."""
    if not any(word in text for word in _PER):
        return None
    found = _SPEED.search(text)
    if found is None:
        return None
    return per_second(number(found[1]), found["unit"])


def per_second(value: float, unit: str) -> float | None:
    """``value`` of ``unit`` (``it/s``, ``s/it``, ``ms/step``) as steps a second."""
    if unit.endswith(("/s", "/sec", "/second")):
        return value
    if value <= 0:
        return None
    scale = 1000.0 if unit.startswith("ms") else 1e6 if unit.startswith("us") else 1.0
    return scale / value


def eta_in(text: str) -> float | None:
    """Seconds that the text says are left, else None."""
    low = text.lower()
    if "eta" not in low and "remaining" not in low and "left" not in low:
        return None
    found = _TIME.search(text)
    if found is None:
        return None
    value = found["value"]
    return float(value) if value.replace(".", "", 1).isdigit() else seconds(value)


def gathered(text: str, *, time_is_step: bool = False) -> Sample:
    """All that the pairs of a text tell.

    ``time_is_step``: a plain ``time: 0.5`` is the seconds of one step.
    """
    values: dict[str, float] = {}
    counters: dict[str, tuple[float, float | None]] = {}
    rate = rate_in(text)
    evaluation = training = False
    for pair in pairs(text):
        what = role(pair.name)
        if what == "epoch" or what in ("step", "batch"):
            counters.setdefault(what, (pair.value, pair.total))
        elif what in ("loss", "lr", "measure", "speed"):
            evaluation = evaluation or is_evaluation(pair.name)
            training = training or what == "loss"
            values.setdefault(pair.name, pair.value)
        elif what == "rate" and rate is None:
            rate = pair.value
        elif rate is None and (what == "step_time" or (time_is_step and pair.name == "time")):
            rate = per_second(
                pair.value,
                "ms"
                if pair.unit == "ms" or pair.name.startswith("ms") or pair.name.endswith("_ms")
                else "s",
            )
        elif rate is None and pair.name == "time" and pair.unit == "ms":
            rate = per_second(pair.value, "ms")
    step, total = counters.get("step") or counters.get("batch") or (None, None)
    epoch, epochs = counters.get("epoch", (None, None))
    return Sample(
        values=values,
        step=step,
        total=total,
        epoch=epoch,
        epochs=epochs,
        rate=rate,
        eta_s=eta_in(text),
        phase=Phase.EVALUATION if evaluation and not training else Phase.TRAINING,
    )
