"""What schedulers, kernels and container runtimes say when a job passes its memory limit."""

from __future__ import annotations

from propel_helper.facts.wording import Wording

# slurmstepd and srun; PBS; LSF; mm/oom_kill.c; Kubernetes.
WORDS = Wording(
    r"oom[-_]kill"
    r"|OOM Killed"
    r"|Exceeded job memory limit"
    r"|exceeded memory limit"
    r"|task \d+: Out Of Memory"
    r"|Out of memory: Kill"
    r"|Memory cgroup out of memory"
    r"|TERM_MEMLIMIT"
    r"|OOMKilled"
    r"|cgroup out-of-memory handler"
    r"|killed due to the node running low on memory"
    r"|PBS: job killed: (?:p?mem|p?vmem)"
)
