"""job-stopped-by-scheduler: the run was ended from outside, mostly by the scheduler.

## What happened
The job ran into its time limit, was preempted, lost its node, or was cancelled. The program is
not at fault.

## Why it happens
The time that was asked for is over, a job of higher priority needed the node, or somebody
cancelled it. Without a scheduler, somebody or something sent SIGTERM: `kill`, `timeout`, a daemon that
keeps memory free, the machine's shutdown.

## What the fix changes
Nothing by itself.

## Fix safety
There is nothing to apply.
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

# slurmstepd's req.c; PBS and LSF job messages; coreutils' timeout.
_WORDS = Wording(
    r"^(?:\S+: line \d+: +\d+ )?Terminated\b|"
    r"DUE TO TIME LIMIT"
    r"|DUE TO PREEMPTION"
    r"|^timeout: sending signal"
    r"|DUE TO NODE FAILURE"
    r"|CANCELLED AT"
    r"|walltime .* exceeded limit"
    r"|TERM_(?:RUNLIMIT|OWNER|PREEMPT|THREADLIMIT)"
    r"|\bNODE FAIL"
)
_SCHEDULER = Wording(
    r"slurm|SLURM|SBATCH|\b(?:sbatch|srun|salloc|qsub|bsub|condor\w*)\b|#PBS|#BSUB|JOB \d+|TERM_[A-Z]|walltime"
)
_SCRIPT = Wording(r"[\w./~-]+\.(?:sh|bash|slurm|sbatch)\b")
_REASONS = (
    (
        Wording(r"TIME LIMIT|walltime|RUNLIMIT"),
        "its time was up",
        ", with more time (Slurm: `#SBATCH --time=...`)",
    ),
    (Wording(r"PREEMPT"), "it had to make room for another job", ", with `--requeue` on Slurm"),
    (Wording(r"NODE FAIL"), "a node failed", ", on other nodes where that one is still in use"),
    (
        Wording(r"CANCELLED AT"),
        "it was cancelled, by `scancel` or an administrator, and Slurm gives no other reason",
        ", unless it was you who cancelled it",
    ),
)
# 128 + SIGTERM, and what timeout(1) gives.
_OF_TIMEOUT = 124
_STATUSES = (143, _OF_TIMEOUT)


def explain(crash: Crash, surroundings: Surroundings) -> Explanation | None:
    """Claim the wordings above."""
    found = said(crash, _WORDS)
    if found is None and crash.exit_status not in _STATUSES:
        return None
    said_words = (
        first_line(line_of(found))
        if found
        else f"it was ended from outside (exit status {crash.exit_status})"
    )
    if not _has_scheduler(crash, surroundings):
        by_timeout = said_words.startswith("timeout: ") or crash.exit_status == _OF_TIMEOUT
        return _by_timeout(said_words) if by_timeout else _by_somebody(said_words)
    why, more = next(
        ((why, more) for words, why, more in _REASONS if words.search(said_words)), ("", "")
    )
    resume = f"Start the job again from its last checkpoint{more}."
    return Explanation(
        error="a job that was ended from outside",
        because=f"{why} ({said_words})" if why else said_words,
        fixes=(guide("resume-job", "Start it again from its checkpoint", resume),),
    )


def _has_scheduler(crash: Crash, surroundings: Surroundings) -> bool:
    """Whether anything of the run speaks of a scheduler: its end, what stands above, the launch."""
    command = surroundings.command or ""
    scripts = (surroundings.text(script) or "" for script in _SCRIPT.findall(command))
    texts = (crash.message, *crash.above, command, *scripts)
    return any(_SCHEDULER.search(text) for text in texts)


def _by_timeout(words: str) -> Explanation:
    return Explanation(
        error="a run whose time was over",
        because=f"`timeout` ends what it starts when its time is over ({words})",
        fixes=(
            guide(
                "give-it-more-time",
                "Give it more time",
                "Give the `timeout` of the launch more time, or take it away, and start the run again from its last "
                "checkpoint.",
            ),
        ),
    )


def _by_somebody(words: str) -> Explanation:
    return Explanation(
        error="a run that was ended from outside",
        because=f"it was told to end, and the log does not say by whom ({words})",
        fixes=(
            guide(
                "see-who-ended-it",
                "See who ended it",
                "Look for a `timeout` in the launch, a `kill` or `pkill`, a shutdown (`last -x`), and what the system "
                "says of that minute (`journalctl`); then start it again from its last checkpoint.",
            ),
        ),
    )


RULE = Rule("job-stopped-by-scheduler", Category.ENVIRONMENT, ("exit",), explain)
