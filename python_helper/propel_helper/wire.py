"""The custom JSON-RPC methods, declared once. TypeScript is generated from this module.

Crashes travel as ordinary diagnostics and fixes as ordinary code actions; only what the
language server protocol lacks stands here. Results are facts; only parameters and the few
shapes that exist for the editor alone are defined here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, Literal, TypeVar

from propel_helper.facts.answer import Answer
from propel_helper.facts.command import ScanReport
from propel_helper.facts.debugging import DebugPlan, DebugTarget
from propel_helper.facts.gpu import GpuReport
from propel_helper.facts.hang import Hang
from propel_helper.facts.option import Option
from propel_helper.facts.panel import (
    CurveMark,
    CurvePiece,
    GpuCurves,
    LogHits,
    LogPage,
    RunCurves,
)
from propel_helper.facts.progress import ProgressWords
from propel_helper.facts.run import Run

P = TypeVar("P")
R = TypeVar("R")


@dataclass(frozen=True)
class Request(Generic[P, R]):
    """A method with an answer."""

    method: str
    params: type[P]
    result: type[R]


@dataclass(frozen=True)
class Notification(Generic[P]):
    """A message from the helper without an answer."""

    method: str
    params: type[P]


@dataclass(frozen=True)
class FolderParams:
    """An absolute folder."""

    folder: str


@dataclass(frozen=True)
class ScanNews:
    """A folder's files have changed, and with them what a scan finds there."""

    folder: str
    report: ScanReport


@dataclass(frozen=True)
class TableParams:
    """An absolute folder, and where the links lead.

    ``links``: what a link to one of its files starts with ("" or ``/``-ended). ``lines``: what one
    to a line of a Markdown file starts with, ``FILE:LINE`` follows.
    """

    folder: str
    links: str
    lines: str


@dataclass(frozen=True)
class MarkdownText:
    """A document to show in the editor's Markdown preview."""

    markdown: str


@dataclass(frozen=True)
class OptionsParams:
    """The command being edited; ``cwd`` is relative to ``folder``, "" for the folder itself."""

    folder: str
    command: str
    cwd: str


@dataclass(frozen=True)
class OptionList:
    """Options that the command's script takes; empty when none can be read."""

    options: tuple[Option, ...]


@dataclass(frozen=True)
class CommandParams:
    """One confirmed (or to be confirmed) shell text and the absolute folder it runs in.

    ``backend`` is ``auto``, ``screen``, ``tmux`` or ``slurm``; ``options`` are for a scheduler
    (Slurm: of sbatch), "" for its own defaults and for all others.
    """

    command: str
    cwd: str
    backend: str
    options: str = ""


@dataclass(frozen=True)
class RunParams:
    """A run's id."""

    run: str


@dataclass(frozen=True)
class ClaimParams:
    """What is to be told of a run, by the name that its notification came with."""

    run: str
    claim: str


@dataclass(frozen=True)
class Claimed:
    """``first``: nobody on this host has told a person of it yet, so the asker does."""

    first: bool


@dataclass(frozen=True)
class DebugParams:
    """A yes to ``command``, the text of a plan whose debugger listens on ``port``."""

    run: str
    port: int
    command: str


@dataclass(frozen=True)
class DebugTargets:
    """The Python processes of a run that a debugger can be attached to, or why not."""

    targets: tuple[DebugTarget, ...]


@dataclass(frozen=True)
class DebugAdapter:
    """Program and arguments of a debug adapter that speaks DAP on its standard streams."""

    argv: tuple[str, ...]


@dataclass(frozen=True)
class Nothing:
    """No parameters."""


@dataclass(frozen=True)
class FixParams:
    """A fix of a run's present finding."""

    run: str
    fix: str


@dataclass(frozen=True)
class ApplyParams:
    """A fix that a person said yes to. Its edits are in the files already.

    ``restart``: whether the command is to be started again.
    """

    run: str
    fix: str
    restart: bool


@dataclass(frozen=True)
class AskParams:
    """A request in a person's own words."""

    sentence: str


@dataclass(frozen=True)
class RunList:
    """Runs, newest first."""

    runs: tuple[Run, ...]


@dataclass(frozen=True)
class Prunable:
    """A run that is over, the bytes that it keeps, and why it has to stay ("" when it may go)."""

    run: Run
    size: int
    kept: str


@dataclass(frozen=True)
class PrunableList:
    """The runs of the client's folders that are over, oldest first."""

    runs: tuple[Prunable, ...]


@dataclass(frozen=True)
class PruneParams:
    """The ids of the runs whose records and logs a person wants removed."""

    runs: tuple[str, ...]


@dataclass(frozen=True)
class Pruned:
    """The ids of the runs that are gone, and why others stayed."""

    runs: tuple[str, ...]
    problems: tuple[str, ...]


@dataclass(frozen=True)
class LaunchPlan:
    """What would happen on a yes.

    Attributes:
        command: the text, exactly as it would run.
        cwd: absolute folder.
        backend: the backend that was chosen, "" when there is none.
        python: absolute path of the interpreter the command would get, None when unknown.
        notes: what a person should know before saying yes.
        problem: why it can't be launched here, with the next step; None when it can.
        backends: every backend that works here, the preferred one first.
        placeholders: parts of the text that are still to be filled in, such as ``<path>``.
        options: what a scheduler would be asked for, as it was given.
        scheduled: whether the backend takes options.
    """

    command: str
    cwd: str
    backend: str
    python: str | None
    notes: tuple[str, ...]
    problem: str | None
    backends: tuple[str, ...] = ()
    placeholders: tuple[str, ...] = ()
    options: str = ""
    scheduled: bool = False


@dataclass(frozen=True)
class Replacement:
    """A text edit in the editor's own terms: lines and UTF-16 columns from 0."""

    line: int
    character: int
    end_line: int
    end_character: int
    new_text: str


@dataclass(frozen=True)
class FileChange:
    """All replacements in one file (absolute path)."""

    file: str
    replacements: tuple[Replacement, ...]


@dataclass(frozen=True)
class FixProposal:
    """A fix computed anew for the files as they stand now.

    Attributes:
        gate: the sentence to show, word for word.
        title: what the fix does, as a menu entry.
        kind: ``edit``, ``command``, ``rerun`` or ``guide``.
        changes: edits for the editor to apply.
        command: text that would run first, None without one.
        warning: what to know before saying yes (safety, a script that is running), for a
            ``guide`` what the person is to do, or None.
        refused: why there is nothing to apply any more, None when there is.
        tried: what was tried before (Markdown) when that is why it is refused, else "".
    """

    gate: str
    title: str
    kind: str
    changes: tuple[FileChange, ...]
    command: str | None
    warning: str | None
    refused: str | None
    tried: str = ""


@dataclass(frozen=True)
class CrashNotice:
    """A run crashed or ended: what the one notification says.

    Attributes:
        run: the run as it stands.
        text: one sentence.
        file: absolute path of the line that caused it, None when there is none.
        line: line in ``file``, from 1.
        fixes: id and title of each fix offered.
        redirect: the sentence shown instead of a fix, None for runtime crashes.
        rule: code of the rule, None when the run simply ended.
        claim: what ``propel/claim`` is asked with before it is shown.
    """

    run: Run
    text: str
    file: str | None
    line: int | None
    fixes: tuple[FixChoice, ...]
    redirect: str | None
    rule: str | None
    claim: str


@dataclass(frozen=True)
class FixChoice:
    """A fix as a menu entry."""

    id: str
    title: str


@dataclass(frozen=True)
class CurvesParams:
    """A run, and what is known of its curves already."""

    run: str
    marks: tuple[CurveMark, ...]


@dataclass(frozen=True)
class DetailParams:
    """The part of some series of a run that lies between two places."""

    run: str
    names: tuple[str, ...]
    first: float
    last: float


@dataclass(frozen=True)
class Detail:
    """The part that was asked for, as fine as it was kept; one piece for each attempt."""

    pieces: tuple[CurvePiece, ...]


@dataclass(frozen=True)
class GpuCurvesParams:
    """A run, and the newest GPU sample that is known (seconds since the epoch, 0 for none)."""

    run: str
    taken: float


@dataclass(frozen=True)
class LogPageParams:
    """A page of a run's log.

    ``attempt`` 0 is the last one. ``offset`` (bytes) is where the page ends (``before``), begins
    (``after``) or what it stands around; of no meaning at the ``end`` and at the ``crash``.
    """

    run: str
    attempt: int
    way: Literal["after", "before", "around", "end", "crash"]
    offset: int


@dataclass(frozen=True)
class LogSearchParams:
    """A text to look for in the log of a run's attempt (0: the last) from ``offset`` (bytes) on."""

    run: str
    attempt: int
    text: str
    offset: int


@dataclass(frozen=True)
class StuckReport:
    """Why a run is stuck.

    Attributes:
        root: the absolute folder that the files' paths count from.
        log_size: bytes that the run had printed when it was looked at.
    """

    root: str
    hang: Hang
    log_size: int


@dataclass(frozen=True)
class RunProgress:
    """How far an attempt of a run is. ``name``: what it is called where there is little room."""

    run: str
    attempt: int
    name: str
    words: ProgressWords


@dataclass(frozen=True)
class RunNote:
    """Something about a run that a person asked to be told of, in one or two sentences.

    ``claim``: what ``propel/claim`` is asked with before it is shown.
    """

    run: Run
    text: str
    claim: str


@dataclass(frozen=True)
class PromptParams:
    """A prompt of a run, by its id."""

    run: str
    prompt: str


@dataclass(frozen=True)
class Remark:
    """What the coach says, with the place it is about.

    Attributes:
        id: names it; a person dismisses it by this name.
        text: what is said, numbers filled in.
        fix: what a person would do about it, "" when that is theirs alone to know.
        file: absolute path, None when it is about no file.
        line: line in ``file``, from 1.
    """

    id: str
    text: str
    fix: str = ""
    file: str | None = None
    line: int | None = None


@dataclass(frozen=True)
class CheckInReport:
    """How a run stands.

    Attributes:
        lines: state, progress, last checkpoint, target: one sentence each.
        remarks: what to look at, without what was dismissed.
        dismissed: ids of what is said no more for this run.
    """

    run: Run
    lines: tuple[str, ...]
    remarks: tuple[Remark, ...]
    dismissed: tuple[str, ...]


@dataclass(frozen=True)
class Choice:
    """An answer to pick. ``command``: a text to go on editing with, None to go on to the launch."""

    label: str
    detail: str
    answer: str
    command: str | None


@dataclass(frozen=True)
class Question:
    """One of the questions before a launch.

    Attributes:
        id: names it; the answer is kept by this name.
        text: the question.
        hint: an example of an answer that is typed, "" where one is picked.
        choices: answers to pick, the one that changes nothing first; none where one is typed.
    """

    id: str
    text: str
    hint: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True)
class Preflight:
    """What to know and to decide before a launch; all empty when there is nothing.

    Attributes:
        findings: what would stop the command, each with its fix.
        pitfalls: what is worth a look, without what was seen before an earlier launch.
        questions: what nothing answers yet.
    """

    findings: tuple[Remark, ...]
    pitfalls: tuple[Remark, ...]
    questions: tuple[Question, ...]


@dataclass(frozen=True)
class AnswerParams:
    """An answer that is being typed; ``folder`` and ``cwd`` as in ``OptionsParams``."""

    folder: str
    cwd: str
    question: str
    answer: str


@dataclass(frozen=True)
class Judgement:
    """Why an answer can't be taken, with an example of one that can; "" when it can."""

    problem: str


@dataclass(frozen=True)
class RememberParams:
    """What was answered and shown before a run was launched.

    Attributes:
        run: its id.
        folder: absolute; where the path of a checkpoint counts from.
        answers: by the question's id; "" was skipped.
        seen: pitfalls that were shown.
    """

    run: str
    folder: str
    answers: dict[str, str]
    seen: tuple[Remark, ...]


SCAN = Request("propel/scan", FolderParams, ScanReport)
STOP_SCAN = Request("propel/stopScan", FolderParams, FolderParams)
"""What is known by then is told by ``propel/scanned``."""
TABLE = Request("propel/table", TableParams, MarkdownText)
OPTIONS = Request("propel/options", OptionsParams, OptionList)
PLAN = Request("propel/plan", CommandParams, LaunchPlan)
LAUNCH = Request("propel/launch", CommandParams, Run)
ASK = Request("propel/ask", AskParams, Answer)
RUNS = Request("propel/runs", FolderParams, RunList)
RESTART = Request("propel/restart", RunParams, Run)
KILL = Request("propel/kill", RunParams, Run)
PROPOSE = Request("propel/propose", FixParams, FixProposal)
APPLY = Request("propel/apply", ApplyParams, Run)
REVERT = Request("propel/revert", RunParams, Run)
DISMISS = Request("propel/dismiss", RunParams, Run)
CRASH = Request("propel/crash", RunParams, CrashNotice)
"""What a run's last attempt ended with, asked for at any time (the editor may have restarted)."""
CLAIM = Request("propel/claim", ClaimParams, Claimed)
"""Asked right before a notification is shown: of several editors, one shows it."""
CURVES = Request("propel/curves", CurvesParams, RunCurves)
DETAIL = Request("propel/detail", DetailParams, Detail)
GPU_CURVES = Request("propel/gpuCurves", GpuCurvesParams, GpuCurves)
LOG_PAGE = Request("propel/logPage", LogPageParams, LogPage)
LOG_SEARCH = Request("propel/logSearch", LogSearchParams, LogHits)
GPUS = Request("propel/gpus", Nothing, GpuReport)
STUCK = Request("propel/stuck", RunParams, StuckReport)
"""Marks the lines that the run's processes wait on, until it prints, ends or is unmarked."""
UNMARK = Request("propel/unmark", RunParams, RunParams)
PREFLIGHT = Request("propel/preflight", OptionsParams, Preflight)
JUDGE = Request("propel/judgeAnswer", AnswerParams, Judgement)
REMEMBER = Request("propel/remember", RememberParams, RunParams)
CHECK_IN = Request("propel/checkIn", RunParams, CheckInReport)
DISMISS_PROMPT = Request("propel/dismissPrompt", PromptParams, CheckInReport)
CARD = Request("propel/card", RunParams, MarkdownText)
PRUNABLE = Request("propel/prunable", FolderParams, PrunableList)
PRUNE = Request("propel/prune", PruneParams, Pruned)
"""Removes records and logs for good, one run after the other."""

DEBUG_PLAN = Request("propel/debugPlan", RunParams, DebugPlan)
DEBUG = Request("propel/debug", DebugParams, Run)
DEBUG_TARGETS = Request("propel/debugTargets", RunParams, DebugTargets)
DEBUG_ADAPTER = Request("propel/debugAdapter", Nothing, DebugAdapter)

SCANNED = Notification("propel/scanned", ScanNews)
RUN_CHANGED = Notification("propel/runChanged", Run)
RUN_ENDED = Notification("propel/runEnded", CrashNotice)
PROGRESSED = Notification("propel/progressed", RunProgress)
"""At most once a second for a run, and only when something is different."""
TARGET_REACHED = Notification("propel/targetReached", RunNote)
RUN_GONE = Notification("propel/runGone", RunParams)
"""A run was removed from the ledger, by whomever."""

REQUESTS = (
    SCAN,
    STOP_SCAN,
    TABLE,
    OPTIONS,
    PLAN,
    LAUNCH,
    RUNS,
    RESTART,
    KILL,
    PROPOSE,
    APPLY,
    REVERT,
    DISMISS,
    CRASH,
    CLAIM,
    ASK,
    CURVES,
    DETAIL,
    GPU_CURVES,
    LOG_PAGE,
    LOG_SEARCH,
    GPUS,
    DEBUG_PLAN,
    DEBUG,
    DEBUG_TARGETS,
    DEBUG_ADAPTER,
    STUCK,
    UNMARK,
    PREFLIGHT,
    JUDGE,
    REMEMBER,
    CHECK_IN,
    DISMISS_PROMPT,
    CARD,
    PRUNABLE,
    PRUNE,
)
NOTIFICATIONS = (SCANNED, RUN_CHANGED, RUN_ENDED, RUN_GONE, PROGRESSED, TARGET_REACHED)
