"""A job runs the confirmed text as ``bash -c TEXT`` would, with the options in its first lines."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from propel_helper.app.launch import launch, restart
from propel_helper.app.runs import look
from propel_helper.facts.problem import Problem
from propel_helper.facts.run import Run, RunState
from propel_helper.runs.ledger import Ledger
from tests.helper.conftest import printed, until
from tests.helper.slurm.cluster import Cluster
from tests.helper.slurm.conftest import job_of

LONG = "x='" + 'añ漢字 \\ $HOME `x` "q" # &;' * 1500 + '\'; echo ${#x}; printf %s "$x" | md5sum'
EVERY_CHARACTER = "".join(chr(code) for code in range(1, 256) if chr(code) != "'")

TEXTS = {
    "exit": "echo a; exit 3; echo b",
    "comment at the end": "echo a # comment",
    "backslash at the end": "echo a \\",
    "trailing newlines": "echo a\n\n\n",
    "heredoc": "cat <<X\none $HOME \\$two\nX\ncat <<'Y'\n$HOME \\ `a`\nY",
    "open heredoc": "cat <<X\none\ntwo",
    "quotes": """echo "it's" 'say "hi"' "a\\"b" $'c\\nd'""",
    "dollars": "a=1; echo $a ${a}b $((a+1)) $(echo sub) `echo tick` | cat",
    "backslashes": r"echo \\ \\\\ '\n' \^ \$HOME \101",
    "patterns of sbatch": "echo %j %x %% '%N'",
    "unicode": "echo 'Grüße 漢字 🚂'; echo ä | wc -c",
    "syntax error": "if then",
    "open quote": "echo 'abc",
    "not found": "no-such-program-here",
    "exit trap": "trap 'echo bye' EXIT; exit 9",
    "arguments": "echo $0 $# $@",
    "multi-line": "for i in 1 2 3\ndo\n  echo $i\ndone\nexit 2",
    "faked mark": r"printf '\033]133;X;0;propel=0123456789abcdef;time=1\007'; exit 5",
    "50 kB": LONG,
    "every character": f"printf %s '{EVERY_CHARACTER}' | od -An -c",
    "lines of DOS": "printf '%s' 'a\r\nb\r\n' | od -An -c",
    "options further down": "echo a\n#SBATCH --nonsense=1\ncat <<X\n#PBS -N x\n#BSUB -J y\n#SBATCH -J z\nX",
    "an interpreter's line": "#!/bin/sh\n# a comment\n\necho ${BASH_VERSION:+bash}",
    "signals are not ignored": f"{sys.executable} -c 'import signal as s; "
    "print([s.getsignal(n) for n in (s.SIGINT, s.SIGQUIT, s.SIGTERM, s.SIGUSR1, s.SIGHUP)])'",
    "killed by itself": "echo a; kill -9 $$",
    "an option of bash": "--version; echo $0 $# $@",
    "a plus": "+x",
    "standard input is empty": "cat; echo $?",
}


@dataclass(frozen=True)
class Started:
    ledger: Ledger
    folder: Path
    environ: dict[str, str]
    runs: dict[str, Run]


@pytest.fixture(scope="module")
def started(cluster: Cluster, tmp_path_factory: pytest.TempPathFactory) -> Started:
    """Every text as a job, all at once."""
    folder = tmp_path_factory.mktemp("texts")
    environ = cluster.environ() | {"XDG_STATE_HOME": str(folder / "state"), "LC_ALL": "C.UTF-8"}
    ledger = Ledger.of(environ)
    runs = {
        name: launch(ledger, text, str(folder), "slurm", environ, "--mem=20 --nice=0")
        for name, text in TEXTS.items()
    }
    return Started(ledger, folder, environ, runs)


@pytest.mark.parametrize("name", TEXTS)
def test_output_and_status_are_those_of_bash(name: str, started: Started) -> None:
    bare = subprocess.run(
        ["bash", "-c", "--", TEXTS[name]],
        cwd=started.folder,
        env=started.environ,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
    )
    run = started.runs[name]
    until(lambda: (look(started.ledger, run.run)).state is not RunState.RUNNING)
    run = look(started.ledger, run.run)
    assert printed(run).encode() == bare.stdout.replace(b"\r\n", b"\n")
    assert (run.command, run.exit_status) == (
        TEXTS[name],
        bare.returncode if bare.returncode >= 0 else 128 - bare.returncode,
    )


def test_options_at_the_top_of_the_text_and_beside_it(
    cluster: Cluster, submit: Callable[..., Run], ended: Callable[[Run], Run]
) -> None:
    text = "# what it asks for\n#SBATCH --partition=other --mem=60 # small\n\n#SBATCH -t 0:50:0\nsleep 1\n#PBS -A other"
    run = submit(text, "--mem=70 --comment='a b'")
    shown = cluster.run("scontrol", "show", "job", job_of(run))
    for said in (
        "Partition=other",
        "MinMemoryNode=70M",
        "TimeLimit=00:50:00",
        "Comment=a b",
        "Account=(null)",
    ):
        assert said in shown
    assert f"JobName=propel-train-{run.run}" in shown
    assert run.options == "--mem=70 --comment='a b'"
    assert ended(run).state is RunState.SUCCEEDED


def test_a_restart_is_a_new_job_with_the_same_options(
    cluster: Cluster, submit: Callable[..., Run], ended: Callable[[Run], Run], ledger: Ledger,
    environ: dict[str, str],
) -> None:  # fmt: skip
    first = ended(submit("echo $SLURM_JOB_PARTITION; exit 4", "-p other"))
    again = restart(ledger, first.run, environ)
    assert (again.run, again.session, again.attempt) == (first.run, first.session, 2)
    assert job_of(again) != job_of(first)
    assert "gone" not in again.reason
    again = ended(again)
    assert (printed(again), again.exit_status, again.options) == ("other\n", 4, "-p other")
    other = ended(restart(ledger, first.run, environ, "echo $SLURM_JOB_PARTITION", "-p main"))
    assert (printed(other), other.state) == ("main\n", RunState.SUCCEEDED)
    assert printed(first) == "other\n", "each attempt has a log of its own"


DUMP = f'{sys.executable} -c \'import os, json; json.dump([dict(os.environ), os.getcwd()], open("seen", "w"))\''


def test_environment_and_folder_are_the_callers(
    ledger: Ledger, environ: dict[str, str], tmp_path: Path, ended: Callable[[Run], Run]
) -> None:
    folder = tmp_path / "it's a #{folder}; $HOME %j \\ é"
    folder.mkdir()
    mine = environ | {
        "PROPEL_TEST": "now, 'quoted' \"twice\" $HOME \\ \nsecond line\t漢",
        "EMPTY": "",
        "status": "7",
        "BIG": "b" * 40_000,
        "BASH_FUNC_f%%": "() {  echo f\n}",
    }
    run = ended(launch(ledger, DUMP, str(folder), "slurm", mine))
    assert run.state is RunState.SUCCEEDED, (run, printed(run))
    seen, cwd = json.loads((folder / "seen").read_text())
    assert cwd == str(folder)
    set_by_bash = ("_", "SHLVL", "PWD", "OLDPWD")
    set_by_slurm = ("TMPDIR", "HOSTNAME", "ENVIRONMENT", "SLURM_CONF")
    for name, value in mine.items():
        if name not in set_by_bash + set_by_slurm and not name.startswith("BASH_FUNC"):
            assert seen[name] == value, name
    assert seen["BASH_FUNC_f%%"].split() == mine["BASH_FUNC_f%%"].split()
    assert [path.name for path in folder.iterdir()] == ["seen"]


@pytest.mark.parametrize("name", ["s p'a\"c%n%j%%$HOME#{x}é;", "back\\slash\\\\%j"])
def test_a_log_with_what_sbatch_expands(name: str, environ: dict[str, str], tmp_path: Path) -> None:
    mine = environ | {"XDG_STATE_HOME": str(tmp_path / name)}
    ledger = Ledger.of(mine)
    run = launch(ledger, "echo one", str(tmp_path), "slurm", mine)
    until(lambda: look(ledger, run.run).state is RunState.SUCCEEDED)
    assert printed(run) == "one\n"


def test_a_signal_for_the_batch_shell_reaches_the_text(
    cluster: Cluster, submit: Callable[..., Run], ended: Callable[[Run], Run]
) -> None:
    """What ``--signal=B:USR1@60`` does before the time limit."""
    text = (
        "trap 'echo saved' USR1; trap 'echo bye; exit 3' USR2; echo ready; "
        "for i in {1..300}; do sleep 0.1; done"
    )
    run = submit(text)
    for signal, answer in (("USR1", b"ready"), ("USR2", b"saved")):
        until(lambda answer=answer: answer in Path(run.log).read_bytes())  # type: ignore[misc]
        cluster.run("scancel", "--batch", f"--signal={signal}", job_of(run))
    run = ended(run)
    assert (printed(run), run.exit_status) == ("ready\nsaved\nbye\n", 3)


def test_sigterm_for_the_batch_shell_where_it_was_asked_for(
    cluster: Cluster, submit: Callable[..., Run], ended: Callable[[Run], Run]
) -> None:
    text = "trap 'echo saved; exit 0' TERM; echo ready; for i in {1..300}; do sleep 0.1; done"
    run = submit(f"#SBATCH --signal=B:TERM@60\n{text}")
    until(lambda: b"ready" in Path(run.log).read_bytes())
    cluster.run("scancel", "--batch", "--signal=TERM", job_of(run))
    run = ended(run)
    assert (run.state, "saved" in printed(run)) == (RunState.SUCCEEDED, True)


def test_a_signal_for_all_that_the_text_dies_of(
    cluster: Cluster, submit: Callable[..., Run], ended: Callable[[Run], Run]
) -> None:
    run = submit("echo ready; exec sleep 300")
    until(lambda: b"ready" in Path(run.log).read_bytes())
    cluster.run("scancel", "--full", "--signal=USR1", job_of(run))
    run = ended(run)
    assert (run.state, run.exit_status) == (RunState.FAILED, 138)


@pytest.mark.parametrize(
    ("text", "options", "said"),
    [
        ("#SBATCH --array=0-3\ntrue", "", "--array can't be used here: a job array is many runs"),
        ("true", "-a0-3", "-a can't be used here"),
        ("#SBATCH -W\ntrue", "", "-W can't be used here"),
        ("true", "--output=x", "--output can't be used here: Propel sets it"),
        ("true", "train.sh", "`train.sh` is not an option"),
        ("true", "--exclusive train.sh", "`train.sh` is not an option"),
        ("true", "--comment='a", "can't be read"),
    ],
)
def test_what_would_not_be_one_watched_run_is_refused(
    text: str, options: str, said: str, submit: Callable[..., Run], ledger: Ledger
) -> None:
    with pytest.raises(Problem, match=said):
        submit(text, options)
    assert list(ledger.records()) == []


def test_what_slurm_refuses_is_told_in_its_words(
    submit: Callable[..., Run], ledger: Ledger
) -> None:
    with pytest.raises(Problem, match=r"[Ii]nvalid partition.*--sbatch"):
        submit("true", "-p nowhere")
    (record,) = ledger.records()
    assert look(ledger, record.run).state is RunState.FAILED


def test_options_are_for_slurm_alone(
    ledger: Ledger, environ: dict[str, str], tmp_path: Path
) -> None:
    with pytest.raises(Problem, match="screen takes no options"):
        launch(ledger, "true", str(tmp_path), "screen", environ, "--mem=1")


WORDS = ("trap", "set", "printf", "kill", "wait", "exit", "cd", "exec", "date", "[")
STARTS = ({"SHELLOPTS": "errexit"}, {"SHELLOPTS": "xtrace"}, {"BASH_ENV": "."}, {"BASHOPTS": "x"})


@pytest.mark.parametrize("more", STARTS, ids=lambda more: "-".join(map("-".join, more.items())))
def test_what_every_bash_reads_at_its_start_is_for_the_text_alone(
    more: dict[str, str],
    ledger: Ledger,
    environ: dict[str, str],
    tmp_path: Path,
    ended: Callable[[Run], Run],
) -> None:
    (tmp_path / "started").write_text("export TIMES=$((TIMES+1)); echo sourced $TIMES\n")
    mine = environ | {name: more[name].replace(".", f"{tmp_path}/started") for name in more}
    text = "echo one; env | grep -c ^PROPEL_KEPT; (exit 7)"
    alone = subprocess.run(
        ["bash", "-c", text], env=mine, cwd=tmp_path, capture_output=True, text=True, check=False
    )
    run = ended(launch(ledger, text, str(tmp_path), "slurm", mine))
    assert sorted(printed(run).splitlines()) == sorted((alone.stdout + alone.stderr).splitlines())
    assert run.exit_status == alone.returncode
    again = ended(restart(ledger, run.run, mine))
    assert (printed(again), again.exit_status) == (printed(run), run.exit_status)


def test_functions_of_the_caller_change_nothing_but_the_text(
    ledger: Ledger, environ: dict[str, str], tmp_path: Path, ended: Callable[[Run], Run]
) -> None:
    mine = {f"BASH_FUNC_{name}%%": "() {  builtin echo MINE\n}" for name in WORDS}
    run = ended(launch(ledger, "date; (builtin exit 7)", str(tmp_path), "slurm", environ | mine))
    assert (run.exit_status, printed(run)) == (7, "MINE\n")


def test_a_bash_that_keeps_to_posix_runs_the_text_as_well(
    ledger: Ledger, environ: dict[str, str], tmp_path: Path, ended: Callable[[Run], Run]
) -> None:
    mine = environ | {"POSIXLY_CORRECT": "y"}
    run = ended(launch(ledger, "shopt -o posix; (exit 7)", str(tmp_path), "slurm", mine))
    assert (run.exit_status, printed(run).split()) == (7, ["posix", "on"])
