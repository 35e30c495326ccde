"""The coach's requests: what comes before a launch, a run's check-in, its card."""

from __future__ import annotations

import os
from pathlib import Path

from propel_helper.app.check_in import check_in, dismiss
from propel_helper.app.check_in_words import standing
from propel_helper.app.flight import Check
from propel_helper.app.intake import (
    judged,
    known,
    note_seen,
    questions,
    remember,
    unseen,
    warnings,
)
from propel_helper.app.preflight import preflight
from propel_helper.app.questions import asked
from propel_helper.app.run_card import run_card
from propel_helper.facts.prompt import Prompt
from propel_helper.lsp.desk import Desk
from propel_helper.lsp.hints import HINT
from propel_helper.lsp.requests import answer
from propel_helper.lsp.server import PropelServer
from propel_helper.wire import (
    CARD,
    CHECK_IN,
    DISMISS_PROMPT,
    JUDGE,
    PREFLIGHT,
    REMEMBER,
    AnswerParams,
    CheckInReport,
    Judgement,
    MarkdownText,
    OptionsParams,
    Preflight,
    PromptParams,
    Remark,
    RememberParams,
    RunParams,
)


class Coach:
    """One method per request. Called in the server's pool."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def preflight(self, params: OptionsParams) -> Preflight:
        """``propel/preflight``: nothing is executed."""
        folder, command, cwd = params.folder, params.command, params.cwd
        ledger, root = self._desk.ledger, Path(folder)
        setup = known(ledger, folder, command, cwd)
        checks = preflight(folder, command, cwd, os.environ, setup)
        return Preflight(
            findings=tuple(finding(one, root) for one in checks if one.ok is False),
            pitfalls=tuple(
                remark(one, root) for one in unseen(ledger, folder, command, cwd, warnings(setup))
            ),
            questions=asked(questions(setup), setup, params),
        )

    def judge(self, params: AnswerParams) -> Judgement:
        """``propel/judgeAnswer``."""
        return Judgement(judged(params.question, params.answer, params.folder))

    def remember(self, params: RememberParams) -> RunParams:
        """``propel/remember``: what was answered and shown before the launch."""
        if params.answers:
            remember(self._desk.ledger, params.run, params.answers, params.folder)
        if params.seen:
            texts = tuple(one.text for one in params.seen)
            note_seen(self._desk.ledger, params.run, texts)
        return RunParams(params.run)

    def check_in(self, params: RunParams) -> CheckInReport:
        """``propel/checkIn``."""
        found = check_in(self._desk.ledger, params.run)
        root = self._desk.root_of(found.run.run, found.run.cwd)
        remarks = tuple(remark(one, root) for one in found.prompts)
        gone = tuple(one for one in found.dismissed if not one.startswith(HINT))
        return CheckInReport(found.run, standing(found), remarks, gone)

    def dismiss(self, params: PromptParams) -> CheckInReport:
        """``propel/dismissPrompt``: no more of it for this run; how it stands without it."""
        dismiss(self._desk.ledger, params.run, params.prompt)
        self._desk.hints.put_aside(params.run)
        return self.check_in(RunParams(params.run))

    def card(self, params: RunParams) -> MarkdownText:
        """``propel/card``."""
        return MarkdownText(run_card(self._desk.ledger, params.run))


def finding(check: Check, root: Path) -> Remark:
    """What would stop a command, with the absolute path of its place."""
    file = None if check.file is None else str(root / check.file)
    return Remark(check.id, check.text, check.fix, file, check.line)


def remark(prompt: Prompt, root: Path) -> Remark:
    """A prompt with the absolute path of its place."""
    file = None if prompt.file is None else str(root / prompt.file)
    return Remark(prompt.id, prompt.text, file=file, line=prompt.line)


def register(server: PropelServer, desk: Desk) -> None:
    """The coach's requests are answered."""
    coach = Coach(desk)
    answer(server, PREFLIGHT, coach.preflight)
    answer(server, JUDGE, coach.judge)
    answer(server, REMEMBER, coach.remember)
    answer(server, CHECK_IN, coach.check_in)
    answer(server, DISMISS_PROMPT, coach.dismiss)
    answer(server, CARD, coach.card)
