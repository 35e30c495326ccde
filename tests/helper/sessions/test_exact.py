"""The confirmed text runs as ``bash -c TEXT`` would run it, whatever stands in it."""

from __future__ import annotations

import json
import os
import resource
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from propel_helper.app.launch import kill, launch, restart
from propel_helper.app.runs import look
from propel_helper.facts.run import Run, RunState
from propel_helper.runs.ledger import Ledger
from tests.helper.conftest import printed, until

FAKE_MARK = r"printf '\033]133;D;0;propel=0123456789abcdef;time=1\007'; exit 5"
LONG = "x='" + 'añ漢字 \\ $HOME `x` "q" # &;' * 1500 + '\'; echo ${#x}; printf %s "$x" | md5sum'

TEXTS = {
    "exit": "echo a; exit 3; echo b",
    "exec": "exec bash -c 'echo a; exit 4'",
    "comment at the end": "echo a # comment",
    "comment alone": "false # comment",
    "backslash at the end": "echo a \\",
    "continued line": "echo a \\\nb",
    "killed by itself": "echo a; kill -9 $$",
    "trailing newlines": "echo a\n\n\n",
    "leading blank": "  echo a",
    "and-or": "false && echo no || echo yes; (exit 7)",
    "heredoc": "cat <<X\none $HOME \\$two\nX\ncat <<'Y'\n$HOME \\ `a`\nY",
    "open heredoc": "cat <<X\none\ntwo",
    "background": "{ sleep 0.2; echo late; } & echo early; wait; exit 6",
    "quotes": """echo "it's" 'say "hi"' "a\\"b" $'c\\nd'""",
    "dollars": "a=1; echo $a ${a}b $((a+1)) $(echo sub) `echo tick` $$x | sed 's/[0-9]\\{3,\\}x/PID/'",
    "backslashes": r"echo \\ \\\\ '\n' \^ ^b ^[ \$HOME \101",
    "screen escapes": "echo %n %H %% '#{pane_id}' '#H' ^A ^^ '\\012'",
    "semicolon at the end": "echo a;",
    "unicode": "echo 'Grüße 漢字 🚂'; echo ä | wc -c",
    "syntax error": "if then",
    "open quote": "echo 'abc",
    "not found": "no-such-program-here",
    "not executable": "touch plain; ./plain",
    "false": "false",
    "stdin is used": "read -t 0.1 x; echo $? | sed 's/^[1-9].*/timed out/'",
    "errexit": "set -e; false; echo no",
    "arguments": "echo $0 $# $@",
    "exit trap": "trap 'echo bye' EXIT; exit 9",
    "own process group": "kill -TERM $$; sleep 5",
    "faked mark": FAKE_MARK,
    "50 kB": LONG,
    "multi-line": "for i in 1 2 3\ndo\n  echo $i\ndone\nexit 2",
    "an option of bash": "--version",
    "a short option": "-x",
    "two dashes alone": "--",
    "a plus": "+x; echo $0 $# $@",
    "two dashes in front": "-- echo hi",
    "glob": "touch a1 a2; echo a[12] *.none",
}


@pytest.mark.parametrize("name", TEXTS)
def test_output_and_status_are_those_of_bash(
    name: str,
    start: Callable[[str], Run],
    ended: Callable[[Run], Run],
    environ: dict[str, str],
    tmp_path: Path,
) -> None:
    text = TEXTS[name]
    bare = subprocess.run(
        ["bash", "-c", "--", text],
        cwd=tmp_path,
        env=environ,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
    )
    run = ended(start(text))
    status = bare.returncode if bare.returncode >= 0 else 128 - bare.returncode
    assert run.exit_status == status
    assert run.command == text
    if name == "faked mark":
        assert run.state is RunState.FAILED
    elif name == "stdin is used":
        assert printed(run) == "timed out\n"
    else:
        assert printed(run) == bare.stdout.decode()


def test_a_text_with_a_nul_or_too_long_is_refused(
    ledger: Ledger, environ: dict[str, str], tmp_path: Path
) -> None:
    for text in ("echo \0", "x" * 200_000, "", "  \n"):
        with pytest.raises(Exception, match=r"NUL|longer|no command"):
            launch(ledger, text, str(tmp_path), "auto", environ)
    assert list(ledger.records()) == []


DUMP = (
    'python3 -c \'import os, json; json.dump([dict(os.environ), os.getcwd()], open("seen", "w"))\''
)
SET_BY_THE_MULTIPLEXER = {
    *("STY", "WINDOW", "TERM", "TERMCAP", "TMUX", "TMUX_PANE", "TERM_PROGRAM"),
    *("TERM_PROGRAM_VERSION", "COLUMNS", "LINES"),
}
SET_BY_BASH = {"_", "PWD", "OLDPWD", "SHLVL"}


@pytest.mark.parametrize("shell", [{}, {"SHELL": "/bin/bash"}, {"SHELL": ""}])
def test_environment_and_folder_are_the_callers(
    shell: dict[str, str],
    backend: str,
    ledger: Ledger,
    environ: dict[str, str],
    tmp_path: Path,
    ended: Callable[[Run], Run],
) -> None:
    """Also when the tmux server runs already, with another environment."""
    ended(launch(ledger, "true", str(tmp_path), backend, environ))
    folder = tmp_path / "it's a #{folder}; $HOME %H"
    folder.mkdir()
    mine = environ | {
        "PROPEL_TEST": "since then, 'quoted' \"twice\" $HOME #{x} \\ ^b\nsecond line\t漢",
        "EMPTY": "",
        "status": "7",
        "command": "mine",
        "SHLVL": "4",
        "BIG": "b" * 40_000,
        "BASH_FUNC_f%%": "() {  echo f\n}",
    }
    mine.pop("LC_ALL")
    mine.pop("SHELL", None)
    mine |= shell
    run = ended(launch(ledger, DUMP, str(folder), backend, mine))
    assert run.exit_status == 0, printed(run)
    seen, cwd = json.loads((folder / "seen").read_text())
    assert cwd == str(folder)
    bare = subprocess.run(
        ["bash", "-c", DUMP], cwd=folder, env=mine, check=True, capture_output=True
    )
    assert bare.returncode == 0
    expected, _ = json.loads((folder / "seen").read_text())
    ignored = SET_BY_BASH | SET_BY_THE_MULTIPLEXER
    assert {k: v for k, v in seen.items() if k not in ignored} == {
        k: v for k, v in expected.items() if k not in ignored
    }
    assert seen["SHLVL"] == "5", "one shell deeper, as when it is typed into a session"
    assert list(folder.iterdir()) == [folder / "seen"]


def test_functions_that_stand_for_the_leaders_words(
    start: Callable[[str], Run], environ: dict[str, str], ended: Callable[[Run], Run]
) -> None:
    """An exported function is the text's; the shell around it takes none."""
    environ["BASH_FUNC_command%%"] = "() {  echo function\n}"
    environ["BASH_FUNC_builtin%%"] = "() {  echo function\n}"
    run = ended(start("command -v ls; exit 3"))
    assert (run.exit_status, printed(run)) == (3, "function\n")


def test_settings_of_a_screenrc_change_no_variable_of_the_caller(
    start: Callable[[str], Run], environ: dict[str, str], ended: Callable[[Run], Run]
) -> None:
    Path(environ["HOME"], ".screenrc").write_text(
        "setenv CUDA_VISIBLE_DEVICES 3\n unsetenv KEPT\nsetenv ONLY_HERE 1\n"
    )
    environ |= {"CUDA_VISIBLE_DEVICES": "0,$x ^a'\"", "KEPT": "1"}
    run = ended(start('echo "$CUDA_VISIBLE_DEVICES $KEPT ${ONLY_HERE-unset}"'))
    only_here = "1" if run.backend == "screen" else "unset"
    assert printed(run) == f"0,$x ^a'\" 1 {only_here}\n"


def test_a_restart_keeps_the_first_environment(
    backend: str,
    ledger: Ledger,
    environ: dict[str, str],
    tmp_path: Path,
    ended: Callable[[Run], Run],
) -> None:
    first = {name: environ[name] for name in environ if name != "SHELL"} | {"WHICH": "first"}
    shown = 'python3 -c \'import os; print(os.environ["WHICH"], os.environ.get("SHELL"))\''
    run = ended(launch(ledger, shown, str(tmp_path), backend, first))
    again = ended(restart(ledger, run.run, environ | {"WHICH": "second", "SHELL": "/bin/zsh"}))
    assert (again.attempt, again.session) == (2, run.session)
    assert printed(again) == "first None\n"


LIMITS = "umask; ulimit -S -n; ulimit -S -c; ulimit -S -s"


def test_limits_and_mask_are_the_callers(
    ledger: Ledger,
    environ: dict[str, str],
    backend: str,
    tmp_path: Path,
    ended: Callable[[Run], Run],
) -> None:
    """Also where the server of the backend was started before, with other ones."""
    launch(ledger, "sleep 30", str(tmp_path), backend, environ)
    mask = os.umask(0o027)
    files, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    try:
        resource.setrlimit(resource.RLIMIT_NOFILE, (files - 7, hard))
        run = ended(launch(ledger, LIMITS, str(tmp_path), backend, environ))
        expected = subprocess.check_output(["bash", "-c", LIMITS], text=True)
    finally:
        os.umask(mask)
        resource.setrlimit(resource.RLIMIT_NOFILE, (files, hard))
    assert expected.startswith(f"0027\n{files - 7}\n")
    assert printed(run) == expected
    assert printed(ended(restart(ledger, run.run, environ))) == expected


WIDE = (
    "python3 -c 'import os; print(os.get_terminal_size().columns >= 250, os.isatty(0), os.isatty(1));"
    ' print("w" * 5000)\''
)


def test_long_lines_are_not_broken(
    start: Callable[[str], Run], ended: Callable[[Run], Run]
) -> None:
    assert printed(ended(start(WIDE))) == "True True True\n" + "w" * 5000 + "\n"


def test_a_state_folder_with_every_character_that_is_special(
    backend: str, environ: dict[str, str], tmp_path: Path
) -> None:
    state = tmp_path / "s p'a\"c%n$HOME^b\\#{x}é\udce9;"
    ledger = Ledger.of(environ | {"XDG_STATE_HOME": str(state)})
    run = launch(ledger, "echo one", str(tmp_path), backend, environ)
    try:
        until(lambda: look(ledger, run.run).state is RunState.SUCCEEDED)
        assert printed(look(ledger, run.run)) == "one\n"
        again = restart(ledger, run.run, environ, "echo two")
        until(lambda: look(ledger, run.run).state is RunState.SUCCEEDED)
        assert printed(again) == "two\n"
    finally:
        kill(ledger, run.run)


def test_a_restart_in_a_deep_folder(
    backend: str,
    ledger: Ledger,
    environ: dict[str, str],
    tmp_path: Path,
    ended: Callable[[Run], Run],
) -> None:
    deep = tmp_path.joinpath(*["it's $deep" * 20 + ";"] * 4)
    deep.mkdir(parents=True)
    run = ended(launch(ledger, "pwd; exit 5", str(deep), backend, environ))
    again = ended(restart(ledger, run.run, environ))
    assert (again.session, again.exit_status) == (run.session, 5)
    assert printed(again) == f"{deep}\n"
    names = {file.suffix for file in ledger.folder_of(run.run).iterdir()}
    assert names == {"", ".command", ".jsonl", ".log", ".pid"}


OVERRIDDEN = (
    "echo",
    "printf",
    "cat",
    "[",
    "set",
    "trap",
    "stty",
    "exec",
    "cd",
    "read",
    "rm",
)


def test_functions_of_the_caller_change_nothing_but_the_text(
    backend: str,
    ledger: Ledger,
    environ: dict[str, str],
    tmp_path: Path,
    ended: Callable[[Run], Run],
) -> None:
    mine = {f"BASH_FUNC_{name}%%": "() {  builtin echo MINE\n}" for name in OVERRIDDEN}
    run = ended(launch(ledger, "echo; (exit 7)", str(tmp_path), backend, environ | mine))
    assert (run.exit_status, printed(run)) == (7, "MINE\n")


@pytest.mark.parametrize(
    ("more", "printed_by_bash"),
    [
        ({"SHELLOPTS": "errexit"}, "one\n"),
        ({"SHELLOPTS": "xtrace"}, "+ echo one\none\n+ exit 7\n"),
        ({"BASH_ENV": "started"}, "sourced 1\none\n"),
    ],
)
def test_what_every_bash_reads_at_its_start_is_for_the_text_alone(
    more: dict[str, str],
    printed_by_bash: str,
    backend: str,
    ledger: Ledger,
    environ: dict[str, str],
    tmp_path: Path,
    ended: Callable[[Run], Run],
) -> None:
    (tmp_path / "started").write_text("export TIMES=$((TIMES+1)); echo sourced $TIMES\n")
    mine = environ | {k: v.replace("started", str(tmp_path / "started")) for k, v in more.items()}
    run = ended(launch(ledger, "echo one; (exit 7)", str(tmp_path), backend, mine))
    assert (run.exit_status, printed(run)) == (7, printed_by_bash)
    again = ended(restart(ledger, run.run, environ))
    assert (again.session, again.exit_status) == (run.session, 7)
    assert printed(again) == printed_by_bash


def test_a_value_that_ends_within_a_character_hides_no_other(
    backend: str,
    ledger: Ledger,
    environ: dict[str, str],
    tmp_path: Path,
    ended: Callable[[Run], Run],
) -> None:
    mine = environ | {"CUT": "caf\udcc3", "NEXT": "is here"}
    shown = 'python3 -c \'import os; print(os.environb[b"CUT"], os.environ["NEXT"])\''
    run = ended(launch(ledger, shown, str(tmp_path), backend, mine))
    assert printed(run) == "b'caf\\xc3' is here\n"
