"""One project from its launch to the end of its training, through ``propel-helper`` alone."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from propel_helper.facts.sentences import REDIRECT
from tests.gym.changed import elsewhere
from tests.gym.project import PREPARE, Project, contents
from tests.gym.training import Training

TRAINED = "trained"
"""The word that each project prints at the end of its training."""
DEADLINE_S = 180


@dataclass(frozen=True)
class Outcome:
    """What came of a project: ``trouble`` is "" when it is what was expected."""

    project: Project
    category: str
    rule: str
    fix: str
    trouble: str
    seconds: float


class Unexpected(Exception):
    """Something went otherwise than the project's sheet says."""


class Player:
    """Plays one project in ``folder``, with runs and sessions of its own."""

    def __init__(self, project: Project, training: Training, folder: Path) -> None:
        self.project = project
        self.folder = folder
        self.top = folder / "project"
        self.environ = _environ(project, training, folder)
        self.run = ""
        self.crash: Mapping[str, Any] = {}
        self.fix: Mapping[str, Any] = {}

    def play(self) -> Outcome:
        """Launch, wait, diagnose, fix, restart, and compare every byte."""
        began = time.monotonic()
        trouble = ""
        try:
            self._play()
        except Unexpected as problem:
            trouble = str(problem)
        finally:
            if self.run:
                self._helper("kill", self.run)
        return Outcome(
            self.project,
            str(self.crash.get("category", "")),
            str(self.crash.get("rule", "")),
            str(self.fix.get("fix", "")),
            trouble,
            time.monotonic() - began,
        )

    def _play(self) -> None:
        before = self._prepared()
        with _beside(self.project.beside, self.top, self.environ):
            self._crash()
            self._diagnose()
            if self.project.expected == "repaired":
                self._repair(before)
            else:
                self._leave_alone(before)

    def _prepared(self) -> dict[str, bytes]:
        self.project.copy_to(self.top)
        if (self.top / PREPARE).exists():
            subprocess.run(["python", PREPARE], cwd=self.top, env=self.environ, check=True)
            (self.top / PREPARE).unlink()
        return contents(self.top)

    def _crash(self) -> None:
        cwd = str(self.top / self.project.cwd)
        self.run = self._json("launch", "--cwd", cwd, "--json", "--", self.project.command)["run"]
        if self._wait() != 1:
            raise Unexpected(f"it did not crash: {self._last_words()}")

    def _diagnose(self) -> None:
        crashes = self._json("diagnose", self.run, "--json")["crashes"]
        if not crashes:
            raise Unexpected(f"no crash was found: {self._last_words()}")
        self.crash = crashes[0]
        category = self.crash["category"]
        if category != self.project.category:
            raise Unexpected(
                f"taken for {category} ({self.crash['rule']}): {self.crash['message']}"
            )

    def _repair(self, before: dict[str, bytes]) -> None:
        status, said = self._helper("fix", self.run, "--yes", "--restart", "--json")
        self.fix = json.loads(said) if status == 0 else {}
        if not self.fix.get("applied"):
            raise Unexpected(f"no fix was applied: {said.strip()[-400:]}")
        if self._wait() != 0 or TRAINED not in self._log():
            raise Unexpected(f"still broken after {self.fix['gate']}: {self._last_words()}")
        others = elsewhere(before, contents(self.top), self._stated())
        if (
            self.fix["kind"] == "command"
        ):  # the gate shows the command, and with it what it rewrites
            others = [place for place in others if place.rpartition(":")[0] not in self.fix["gate"]]
        if others:
            raise Unexpected(f"changed besides what was stated: {', '.join(others)}")
        if self.fix["kind"] == "edit":
            self._revert(before)

    def _stated(self) -> list[dict[str, Any]]:
        """Changes of the fix, their files relative to the project."""
        start = self.top / self.project.cwd
        return [
            {**change, "file": os.path.relpath(start / change["file"], self.top)}
            for change in self.fix["changes"]
        ]

    def _revert(self, before: dict[str, bytes]) -> None:
        status, said = self._helper("revert", self.run)
        now = contents(self.top)
        if status != 0 or any(now.get(file) != data for file, data in before.items()):
            raise Unexpected(f"revert did not bring every byte back: {said.strip()}")

    def _leave_alone(self, before: dict[str, bytes]) -> None:
        status, said = self._helper("fix", self.run, "--yes", "--restart", "--json")
        if self.project.expected == "logic":
            if self.crash["fixes"] or self.crash["redirect"] != REDIRECT:
                raise Unexpected(f"a logic bug was offered {self.crash['fixes'][:1]}")
            if status == 0 or REDIRECT not in said:
                raise Unexpected(f"a logic bug was not redirected: {said.strip()}")
        elif status != 0 or json.loads(said)["applied"]:
            raise Unexpected(f"more than a guide: {said.strip()[-400:]}")
        if contents(self.top) != before and elsewhere(before, contents(self.top), []):
            raise Unexpected("files were changed")

    def _wait(self) -> int:
        status, said = self._helper("wait", self.run, "--timeout", str(DEADLINE_S))
        if status not in {0, 1}:
            raise Unexpected(f"it did not end: {said.strip()} {self._last_words()}")
        return status

    def _json(self, *arguments: str) -> dict[str, Any]:
        status, said = self._helper(*arguments)
        if status != 0:
            raise Unexpected(f"`{arguments[0]}` said: {said.strip()}")
        answer: dict[str, Any] = json.loads(said)
        return answer

    def _helper(self, *arguments: str) -> tuple[int, str]:
        """Exit status of ``propel-helper``, and what it said."""
        done = subprocess.run(
            [Path(sys.executable).parent / "propel-helper", *arguments],
            env=self.environ,
            cwd=self.top,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=DEADLINE_S + 60,
            check=False,
        )
        return done.returncode, done.stdout or done.stderr

    def _log(self) -> str:
        status, said = self._helper("runs", "--json")
        logs = (
            [row["log"] for row in json.loads(said) if row["run"] == self.run] if not status else []
        )
        return Path(logs[0]).read_text("utf-8", "replace").split("\x1b]133;D;")[0] if logs else ""

    def _last_words(self) -> str:
        lines = [line.strip() for line in self._log().splitlines() if line.strip()]
        return " / ".join(lines[-3:])[-300:]


def _environ(project: Project, training: Training, folder: Path) -> dict[str, str]:
    """The caller's environment with the training's Python, and sessions and runs of its own."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("PYTHON", "TMUX", "SCREEN", "STY", "VIRTUAL_ENV"))
        and name not in {"MASTER_ADDR", "MASTER_PORT", "RANK", "WORLD_SIZE", "LOCAL_RANK"}
    }
    sessions = folder / "s"
    sessions.mkdir(mode=0o700)
    return {
        **kept,
        "PATH": os.pathsep.join([str(training.programs), os.environ["PATH"]]),
        "VIRTUAL_ENV": str(training.folder),
        "XDG_STATE_HOME": str(folder / "state"),
        "SCREENDIR": str(sessions),
        "LC_ALL": "C.UTF-8",
        "PYTHONDONTWRITEBYTECODE": "1",
        "OMP_NUM_THREADS": "1",
        "PIP_DISABLE_PIP_VERSION_CHECK": "1",
        **dict(project.environ),
    }


@contextmanager
def _beside(command: str, folder: Path, environ: Mapping[str, str]) -> Iterator[None]:
    """Something that runs meanwhile; it has started once it prints a line."""
    if not command:
        yield
        return
    with subprocess.Popen(
        ["bash", "-c", f"exec {command}"], cwd=folder, env=environ, stdout=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        process.stdout.readline()
        try:
            yield
        finally:
            process.terminate()
