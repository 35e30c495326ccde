"""Use case: a run on one page of Markdown, for a lab book or a bug report. No secret stands in it."""

from __future__ import annotations

import re
import subprocess
import time
from pathlib import Path

from propel_helper.app.answers import standing_answers, target
from propel_helper.app.check_in import CheckIn, check_in
from propel_helper.app.diagnose_run import diagnose_run
from propel_helper.app.gpus import gpus
from propel_helper.app.metrics import duration, progress_text
from propel_helper.app.runs import find
from propel_helper.facts.problem import Problem
from propel_helper.project.installed import installation, packages
from propel_helper.runs.ledger import Ledger

_HIDDEN = "***"
_NAMES = (
    r"(?:[\w.-]*(?:(?<!pad)(?<!eos)(?<!bos)(?<!unk)(?<!cls)(?<!sep)(?<!mask)[_.-]|(?<![\w]))token(?![a-z])[\w.-]*"
    r"|[\w.-]*(?:secret|passw(?:or)?d|passphrase|credential|api[_-]?key|access[_-]?key|private[_-]?key"
    r"|auth[_-]?(?:token|key))[\w.-]*|authorization|[\w-]*_(?:KEY|PAT))"
)
_VALUE = r"(?P<hide>\"[^\"\n]*\"|'[^'\n]*'|[^\s\"',;&|)]+)"
_SECRETS = (
    re.compile(
        rf"(?P<keep>(?<![\w-])[\"']?-{{0,2}}{_NAMES}[\"']?\s*[=:]\s*(?:(?:bearer|basic)\s+)?){_VALUE}",
        re.IGNORECASE,
    ),
    re.compile(rf"(?P<keep>(?<![\w-])--?{_NAMES}\s+){_VALUE}", re.IGNORECASE),
    re.compile(r"(?P<keep>[a-z][a-z0-9+.-]*://)(?P<hide>[^/\s@]+)(?=@)", re.IGNORECASE),
    re.compile(r"(?P<keep>(?:bearer|basic)\s+)(?P<hide>[\w.~+/=-]{8,})", re.IGNORECASE),
    re.compile(
        r"(?P<keep>)(?P<hide>\b(?:hf_[A-Za-z0-9]{16,}|gh[pousr]_[A-Za-z0-9]{20,}|github_pat_\w{20,}|sk-[\w-]{16,}|xox[abprs]-[\w-]{10,}"
        r"|AKIA[0-9A-Z]{16}|AIza[\w-]{30,}|glpat-[\w-]{16,}|npm_[A-Za-z0-9]{30,}|eyJ[\w-]{10,}\.[\w-]{10,}\.[\w-]*"
        r"|(?<![\w/-])[0-9a-f]{40}(?![\w-])))"
    ),
    re.compile(
        r"(?P<keep>)(?P<hide>-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$))"
    ),
)
_MOST_DIFF = 20_000
"""Letters of the working tree's difference that are shown."""


def without_secrets(text: str) -> str:
    """``text`` with the values of tokens, keys and passwords replaced by ``***``."""
    for pattern in _SECRETS:
        text = pattern.sub(lambda found: f"{found['keep']}{_HIDDEN}", text)
    return text


def run_card(ledger: Ledger, name: str) -> str:
    """The card of a run: command, code, environment, GPUs, duration, metrics, crashes, fixes.

    Raises:
        Problem: there is no such run, or its log can't be read.
    """
    found = check_in(ledger, name)
    run = found.run
    parts = [
        f"# Run {run.run}",
        _facts(ledger, found),
        _code("Command", run.command, "sh"),
        _metrics(ledger, found),
        _crashes(ledger, run.run),
        _fixes(found),
        _git(Path(run.cwd)),
    ]
    return without_secrets("\n\n".join(part for part in parts if part)) + "\n"


def _facts(ledger: Ledger, found: CheckIn) -> str:
    run, last = found.run, find(ledger, found.run.run).last
    status = "" if run.exit_status is None else f", exit status {run.exit_status}"
    rows = [
        ("State", f"{run.state.value}{status}. {run.reason}".strip()),
        ("Started", time.strftime("%Y-%m-%d %H:%M:%S %z", time.localtime(run.started))),
        ("Duration", duration(found.course.elapsed_s)),
        ("Attempts", str(run.attempt)),
        ("Folder", run.cwd),
        ("Session", f"{run.backend} {run.session}"),
    ]
    if last.python is not None:
        has = installation(last.python)
        rows.append(("Python", f"{has.version or ''} {last.python}".strip()))
        shown = packages(has)
        rows += [("Packages", ", ".join(shown))] if shown else []
    report = gpus()
    rows.append(("GPUs", ", ".join(gpu.name for gpu in report.gpus) or report.reason))
    if report.driver:
        rows.append(("Driver", f"{report.driver}, CUDA up to {report.cuda or 'unknown'}"))
    return "| | |\n|---|---|\n" + "\n".join(f"| {name} | {_cell(text)} |" for name, text in rows)


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


def _code(title: str, text: str, language: str) -> str:
    fence = "`" * max(3, 1 + max((len(run) for run in re.findall(r"`+", text)), default=0))
    return f"## {title}\n\n{fence}{language}\n{text.rstrip()}\n{fence}"


def _metrics(ledger: Ledger, found: CheckIn) -> str:
    series = [
        one for one in found.reader.series() if len(one) and one.name not in ("epoch", "rate")
    ]
    if not series:
        return ""
    lines = [
        "## Metrics",
        "",
        f"{progress_text(found.reader.progress())}",
        "",
        "| | first | lowest | highest | last |",
        "|---|---|---|---|---|",
    ]
    for one in series[:20]:
        finite = [value for value in one.values if value == value]  # noqa: PLR0124 - NaN
        low, high = (min(finite), max(finite)) if finite else (float("nan"), float("nan"))
        lines.append(
            f"| {_cell(one.name)} | {one.values[0]:.5g} | {low:.5g} | {high:.5g} | {one.values[-1]:.5g} |"
        )
    standing = standing_answers(ledger, find(ledger, found.run.run))
    wanted = target(standing.get("target-metric", ""))
    if wanted is not None:
        name, way, value = wanted
        met = found.course.target
        said = "was not reported"
        if met is not None:
            said = f"best {met.best:.5g}: {'not reached' if met.reached_at is None else 'reached'}"
        lines += ["", f"Target: {name} {way} {value:g}, {said}."]
    return "\n".join(lines)


def _crashes(ledger: Ledger, run: str) -> str:
    try:
        crashes = diagnose_run(ledger, run)
    except Problem:
        return ""
    lines = []
    for one in crashes:
        place = f" ({one.at.file}:{one.at.line})" if one.at else ""
        lines.append(
            f"- {one.category.value}/{one.rule}{place}: the error is {one.error} because {one.because}."
        )
    return "\n".join(["## Crash", "", *lines]) if lines else ""


def _fixes(found: CheckIn) -> str:
    lines = [
        f"- attempt {one.attempt}, {one.rule}: {', '.join(one.changes)}{' (reverted)' if one.reverted else ''}"
        for one in found.run.fixes
    ]
    return "\n".join(["## Fixes", "", *lines]) if lines else ""


def _git(cwd: Path) -> str:
    commit = _asked(cwd, "rev-parse", "HEAD")
    if not commit:
        return ""
    branch = _asked(cwd, "rev-parse", "--abbrev-ref", "HEAD").strip()
    # Short: a whole commit id looks like a key, and is taken for one.
    text = f"## Code\n\nCommit {commit[:12]} on {branch}"
    status = _asked(cwd, "status", "--porcelain")
    if not status:
        return f"{text}, nothing changed since."
    diff = _asked(cwd, "diff", "--no-ext-diff", "--no-textconv", "--no-color", "HEAD")
    cut = "\n[cut here]" if len(diff) > _MOST_DIFF else ""
    return f"{text}, changed since, as the folder stands now:\n\n{_code('Changes', status + diff[:_MOST_DIFF] + cut, 'diff')}"


def _asked(cwd: Path, *words: str) -> str:
    """What git says; "" when there is none or it fails. Hooks and filters of the project don't run."""
    argv = [
        "git",
        "-c",
        "core.fsmonitor=false",
        "-c",
        "core.hooksPath=/dev/null",
        "--no-optional-locks",
        "-C",
        str(cwd),
        *words,
    ]
    try:
        done = subprocess.run(argv, capture_output=True, timeout=10, check=False)
    except (OSError, subprocess.SubprocessError):
        return ""
    return done.stdout.decode("utf-8", "replace") if done.returncode == 0 else ""
