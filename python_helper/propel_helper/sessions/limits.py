"""A process's limits and file mode mask, as words for a bash that another server starts.

A program that ``screen`` starts inherits them from who launched it; one in tmux has those of a server that
may have been started days before, by a shell with other ones (``ulimit -n``, ``umask``).
"""

from __future__ import annotations

import re
import resource
import sys
from pathlib import Path

_KIB = 1024

# bash(1), ulimit: option, and its unit in bytes (1 where it is no size).
_OPTIONS = {
    "RLIMIT_CORE": ("-c", _KIB),
    "RLIMIT_DATA": ("-d", _KIB),
    "RLIMIT_FSIZE": ("-f", _KIB),
    "RLIMIT_MEMLOCK": ("-l", _KIB),
    "RLIMIT_NOFILE": ("-n", 1),
    "RLIMIT_STACK": ("-s", _KIB),
    "RLIMIT_CPU": ("-t", 1),
    "RLIMIT_NPROC": ("-u", 1),
    "RLIMIT_AS": ("-v", _KIB),
}

APPLY = """\
[[ -n "$1" ]] && builtin umask "$1"
for v in $2; do builtin ulimit -S "${v%=*}" "${v#*=}" 2>/dev/null; done
"""
"""Bash whose first two parameters are what ``of`` says. A soft limit above the server's hard one stays as
it is: nobody but root may raise that."""


def of(pid: int) -> tuple[str, str]:
    """The file mode mask (octal) and the soft limits (``-n=1024 -c=0``) of a process of this user's.

    Empty where the system does not tell: proc(5), prlimit(2), both Linux.
    """
    if not sys.platform.startswith("linux"):
        return "", ""
    found = []
    try:
        for name, (option, unit) in _OPTIONS.items():
            soft, _ = resource.prlimit(pid, getattr(resource, name))
            value = "unlimited" if soft == resource.RLIM_INFINITY else str(soft // unit)
            found.append(f"{option}={value}")
        status = Path(f"/proc/{pid}/status").read_text(encoding="ascii", errors="replace")
    except OSError:
        return "", ""
    mask = re.search(r"^Umask:\s*([0-7]{1,4})$", status, re.MULTILINE)
    return mask[1] if mask else "", " ".join(found)
