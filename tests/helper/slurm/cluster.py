"""A Slurm of two nodes on this host, all of it in one folder and on ports of its own.

It needs no systemd and no control groups; the daemons run in the foreground as children, so that
exactly they are ended. ``python -m tests.helper.slurm.cluster`` starts one, prints its
``SLURM_CONF`` and ends it with its standard input; "" means that this host lacks a program.
"""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

NODES = ("n1", "n2")
PROGRAMS = ("munged", "slurmctld", "slurmd", "sbatch", "srun", "scontrol")
_SBIN = "/usr/local/sbin:/usr/sbin:/sbin"
_READY_S = 30.0

_CONF = """\
ClusterName=propel
SlurmctldHost=localhost
SlurmctldPort={port}
AuthType=auth/munge
AuthInfo=socket={folder}/munge/socket
SlurmUser={user}
SlurmdUser={user}
StateSaveLocation={folder}/state
SlurmdSpoolDir={folder}/spool-%n
SlurmctldPidFile={folder}/slurmctld.pid
SlurmdPidFile={folder}/slurmd-%n.pid
SlurmctldLogFile={folder}/slurmctld.log
SlurmdLogFile={folder}/slurmd-%n.log
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core_Memory
SchedulerParameters=batch_sched_delay=0
ReturnToService=2
MpiDefault=none
MailProg=/bin/true
JobAcctGatherType=jobacct_gather/linux
JobAcctGatherFrequency=task=1
JobAcctGatherParams=OverMemoryKill
KillWait=60
MinJobAge=300
DefMemPerCPU=200
SlurmdParameters=config_overrides
{nodes}
PartitionName=main Nodes=n1,n2 Default=YES MaxTime=2:00:00 State=UP
PartitionName=other Nodes=n1,n2 MaxTime=1:00:00 State=UP
"""


def found(program: str) -> str | None:
    """Absolute path of a program of Slurm's; the daemons are not on everybody's PATH."""
    return shutil.which(program, path=f"{os.environ.get('PATH', os.defpath)}:{_SBIN}")


def missing() -> list[str]:
    """What this host lacks for a cluster."""
    return [program for program in PROGRAMS if found(program) is None]


class Cluster:
    """Two nodes with four cores each. ``conf`` is its ``SLURM_CONF``."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.conf = folder / "slurm.conf"
        self._munged: subprocess.Popen[bytes] | None = None
        self._nodes: list[subprocess.Popen[bytes]] = []
        self._controller: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Returns once both nodes are idle."""
        port, *nodes = _free_ports(3)
        for name in ("munge", "state", *(f"spool-{node}" for node in NODES)):
            (self.folder / name).mkdir(mode=0o711)
        lines = (
            f"NodeName={node} NodeHostname=localhost Port={its} CPUs=4 RealMemory=2000"
            for node, its in zip(NODES, nodes, strict=True)
        )
        self.conf.write_text(
            _CONF.format(port=port, folder=self.folder, user=_user(), nodes="\n".join(lines))
        )
        self._start_munge()
        self.controller_up()
        for node in NODES:
            self._nodes.append(self._daemon("slurmd", "-D", "-f", str(self.conf), "-N", node))
        self._until(lambda: self.run("sinfo", "-h", "-o", "%T").split() == ["idle"])

    def stop(self) -> None:
        """Ends what was started, jobs first."""
        if self._controller is not None:
            subprocess.run(
                ["scancel", "-u", str(os.getuid())],
                env=self.environ(),
                timeout=20,
                check=False,
            )
            deadline = time.monotonic() + 10
            while self.run("squeue", "-h") and time.monotonic() < deadline:
                time.sleep(0.1)
            self.controller_down()
        for daemon in (*self._nodes, self._munged):
            if daemon is not None:
                _end(daemon)

    def controller_up(self, *options: str) -> None:
        """Start slurmctld; ``-c`` makes it forget every job."""
        self._controller = self._daemon("slurmctld", "-D", "-f", str(self.conf), *options)
        self._until(lambda: "UP" in self.run("scontrol", "ping"))

    def forget(self) -> None:
        """Start slurmctld without what it knew: jobs count from 1 again."""
        self.controller_down()
        shutil.rmtree(self.folder / "state")
        (self.folder / "state").mkdir()
        self.controller_up("-c")
        self._until(lambda: self.run("sinfo", "-h", "-o", "%T").split() == ["idle"])

    def controller_down(self) -> None:
        """End slurmctld; nodes and jobs go on."""
        if self._controller is not None:
            _end(self._controller)
            self._controller = None

    def run(self, *argv: str) -> str:
        """What one of Slurm's programs prints."""
        return subprocess.run(
            argv,
            env=self.environ(),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        ).stdout

    def environ(self) -> dict[str, str]:
        """This process's environment with the cluster in it."""
        return {**os.environ, "SLURM_CONF": str(self.conf)}

    def _start_munge(self) -> None:
        folder = self.folder / "munge"
        key = folder / "key"
        key.write_bytes(os.urandom(128))
        key.chmod(0o600)
        files = (f"--{name}-file={folder}/{name}" for name in ("key", "pid", "log", "seed"))
        # A folder of tests is one that others may write to as munged sees it: --force.
        options = ("--foreground", "--force", f"--socket={folder}/socket", *files)
        self._munged = self._daemon("munged", *options)
        self._until((folder / "socket").exists)

    def _daemon(self, program: str, *options: str) -> subprocess.Popen[bytes]:
        path = found(program)
        assert path is not None
        with (self.folder / f"{program}.out").open("ab") as out:
            return subprocess.Popen(
                [path, *options],
                env=self.environ(),
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=out,
                start_new_session=True,
            )

    def _until(self, happened: Callable[[], bool]) -> None:
        deadline = time.monotonic() + _READY_S
        while not happened():
            assert time.monotonic() < deadline, self._logs()
            time.sleep(0.05)

    def _logs(self) -> str:
        files = (
            *self.folder.glob("*.out"),
            *self.folder.glob("*.log"),
            *self.folder.glob("munge/log"),
        )
        return "\n".join(f"== {file.name}\n{file.read_text()[-2000:]}" for file in files)


def _end(daemon: subprocess.Popen[bytes]) -> None:
    daemon.terminate()
    try:
        daemon.wait(10)
    except subprocess.TimeoutExpired:
        daemon.kill()
        daemon.wait(10)


def _user() -> str:
    return pwd.getpwuid(os.getuid()).pw_name


def _free_ports(count: int) -> list[int]:
    sockets = [socket.socket() for _ in range(count)]
    try:
        for one in sockets:
            one.bind(("", 0))
        return [int(one.getsockname()[1]) for one in sockets]
    finally:
        for one in sockets:
            one.close()


def main() -> None:
    """A cluster for as long as somebody holds standard input."""
    if missing():
        print("", flush=True)
        return
    # The path of a socket may have 107 bytes (unix(7)).
    with tempfile.TemporaryDirectory(prefix="ps", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        folder.chmod(0o755)
        cluster = Cluster(folder)
        try:
            cluster.start()
            print(cluster.conf, flush=True)
            sys.stdin.read()
        finally:
            cluster.stop()


if __name__ == "__main__":
    main()
