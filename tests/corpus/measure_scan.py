"""How good the scan is on labelled repositories: hit@1, hit@3, false positives, exact texts.

Environment variables: ``PROPEL_CORPUS`` names a ``repos.jsonl`` (one workspace a line: ``repo``,
``root``, ``expected_commands``, ``not_training``, ``configs``), ``PROPEL_REPOS`` a folder with one
checkout a repository, named ``owner+name``. A hit is a listed command that starts the same entry
file, console script or make target as an expected one, told from its text and folder alone.
"""

from __future__ import annotations

import json
import os
import posixpath
import re
import shlex
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from propel_helper.app.scan import scan
from propel_helper.facts.command import Environment, TrainingCommand

Label = dict[str, Any]


def words(text: str) -> list[str]:
    """Words of a command, however odd its quotes."""
    try:
        return shlex.split(text)
    except ValueError:
        return text.split()


def files_named(text: str, cwd: str, folder: Path) -> set[str]:
    """Paths, relative to the workspace ``folder``, that a command may start."""
    found: set[str] = set()
    top = str(folder.absolute())
    # ``cwd`` may lie above the workspace.
    cwd = posixpath.join(top, cwd)
    parts = words(text)
    for at, word in enumerate(parts):
        found.add(posixpath.normpath(posixpath.join(cwd, word)))
        if at and re.fullmatch(r"-[a-zA-Z]*m|--module", parts[at - 1]):
            path = word.replace(".", "/")
            for base in dict.fromkeys((cwd, top, f"{top}/src")):
                found.add(posixpath.normpath(posixpath.join(base, f"{path}.py")))
                found.add(posixpath.normpath(posixpath.join(base, path, "__main__.py")))
    return {posixpath.relpath(path, top) for path in found}


def program(text: str) -> str:
    """First word that is no environment assignment."""
    return next((word for word in words(text) if "=" not in word.split("/")[0]), "")


def runs(row: TrainingCommand, expected: Label, folder: Path) -> bool:
    """Whether ``row`` starts the entry of ``expected``."""
    if expected["kind"] == "console-script":
        wanted = program(expected["command"])
        verb = words(expected["command"])[1:2] if "train" not in wanted else []
        parts = words(row.command)
        if wanted in parts and all(one in parts for one in verb):
            return True
    is_task = expected["kind"] in ("make", "just", "dora", "dvc", "mise")
    if is_task and words(expected["command"])[:2] == words(row.command)[:2]:
        return True
    return expected["entry"] in files_named(row.command, row.cwd, folder)


def runs_file(row: TrainingCommand, file: str, folder: Path) -> bool:
    """Whether ``row`` starts (or stands for) a file that does not train."""
    if posixpath.basename(file) == "Makefile":
        return program(row.command) == "make" and row.file == file
    if file.endswith((".py", ".sh")):
        return file in files_named(row.command, row.cwd, folder)
    return file in files_named(row.command, row.cwd, folder)


@dataclass
class Tally:
    """Sums over all workspaces."""

    workspaces: int = 0
    hit1: int = 0
    hit3: int = 0
    best1: int = 0
    exact3: int = 0
    false3: int = 0
    listed: int = 0
    expected: int = 0
    recalled: int = 0
    exact: int = 0
    config_folders: int = 0
    config_found: int = 0
    facts: dict[str, list[str]] = field(default_factory=dict)
    lines: list[str] = field(default_factory=list)


FRAMEWORKS = {
    "pytorch": "torch",
    "lightning": "lightning",
    "jax": "jax",
    "tensorflow": "tensorflow",
}


def compare_facts(label: Label, found: Environment, name: str, tally: Tally) -> None:
    """Note where the environment differs from the label."""
    names = [one.name for one in found.frameworks]
    wanted = FRAMEWORKS.get(label["framework"], label["framework"])
    framework = any(one == wanted or one.endswith(f"-{wanted}") for one in names)
    plain = (label["python"] or "").replace(" ", "")
    python = (found.python.version or "").replace(" ", "")
    tracker = label["tracker"] or "none"
    for kind, same, saw in (
        ("framework", framework, names),
        ("python", python == plain, (plain, python, found.python.source)),
        ("tracker", tracker == "none" or tracker in found.trackers, (tracker, found.trackers)),
        ("precision", found.precision == label["precision"], (label["precision"], found.precision)),
    ):
        tally.facts.setdefault(kind, [])
        if not same:
            tally.facts[kind].append(f"{name}: {saw}")


def measure(label: Label, repos: Path, tally: Tally, verbose: bool) -> None:
    """Scan one workspace and add it to ``tally``."""
    folder = repos / label["repo"].replace("/", "+") / label["root"]
    if not folder.is_dir():
        tally.lines.append(f"absent     {label['repo']} {label['root']}")
        return
    began = time.perf_counter()
    report = scan(str(folder))
    seconds = time.perf_counter() - began
    rows, expected = report.commands, label["expected_commands"]
    name = f"{label['repo']} {label['root']}".strip()
    hits = [any(runs(row, one, folder) for one in expected) for row in rows]
    texts = {" ".join(one["command"].split()) for one in expected}
    listed_texts = {" ".join(row.command.split()) for row in rows}
    false = [
        (at + 1, file)
        for at, row in enumerate(rows[:3])
        for file in label["not_training"]
        if runs_file(row, file, folder)
    ]
    deep = [file for row in rows for file in label["not_training"] if runs_file(row, file, folder)]
    tally.workspaces += 1
    tally.hit1 += any(hits[:1])
    tally.hit3 += any(hits[:3])
    tally.best1 += bool(rows) and runs(rows[0], expected[0], folder)
    tally.exact3 += any(" ".join(row.command.split()) in texts for row in rows[:3])
    tally.false3 += len(false)
    tally.listed += len(rows)
    tally.expected += len(expected)
    missed = [
        one["command"][:110] for one in expected if not any(runs(row, one, folder) for row in rows)
    ]
    tally.recalled += len(expected) - len(missed)
    tally.exact += len(texts & listed_texts)
    folders = label["configs"]["dirs"]
    tally.config_folders += len(folders)
    tally.config_found += sum(
        any(one.startswith(f"{folder}/") or folder == "." for one in report.configs)
        for folder in folders
    )
    compare_facts(label, report.environment, name, tally)
    flag = "ok  " if any(hits[:1]) and not false else "MISS"
    tally.lines.append(
        f"{flag} {seconds:5.2f}s {len(rows):4d} rows  {name}"
        + (f"  false: {false}" if false else "")
        + (f"  listed though not training: {sorted(set(deep))}" if deep else "")
    )
    if verbose or flag == "MISS":
        tally.lines += [
            f"        {'+' if hit else ' '} {row.score:5.2f} [{row.cwd}] {row.command[:110]}  <{row.file}:{row.line}>"
            for row, hit in list(zip(rows, hits, strict=True))[: 6 if flag == "ok  " else 8]
        ]
    tally.lines += [f"        not listed: {text}" for text in missed]


def main() -> int:
    """Measure every workspace of the corpus and print the sums."""
    corpus, repos = os.environ.get("PROPEL_CORPUS"), os.environ.get("PROPEL_REPOS")
    if not corpus or not repos:
        print("Set PROPEL_CORPUS (repos.jsonl) and PROPEL_REPOS (folder of checkouts).")
        return 2
    wanted = [word for word in sys.argv[1:] if not word.startswith("-")]
    tally = Tally()
    for line in Path(corpus).read_text(encoding="utf-8").splitlines():
        label = json.loads(line)
        if not wanted or any(word in f"{label['repo']}/{label['root']}" for word in wanted):
            measure(label, Path(repos), tally, "-v" in sys.argv)
    print("\n".join(tally.lines))
    total = max(tally.workspaces, 1)
    print(
        f"\n{total} workspaces: hit@1 {tally.hit1} ({tally.hit1 / total:.1%}), hit@3 {tally.hit3} "
        f"({tally.hit3 / total:.1%}), first = best label {tally.best1}, false positives in top 3: "
        f"{tally.false3}\nexact text in top 3: {tally.exact3} workspaces; expected commands listed by "
        f"entry {tally.recalled}/{tally.expected}, with exact text {tally.exact}; "
        f"rows {tally.listed}; config folders {tally.config_found}/{tally.config_folders}"
    )
    for kind, wrong in tally.facts.items():
        print(f"{kind}: {total - len(wrong)}/{total}" + "".join(f"\n    {one}" for one in wrong))
    return 0


if __name__ == "__main__":
    sys.exit(main())
