"""What a launch would do is told before anybody says yes."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from propel_helper.app.plan import plan
from propel_helper.app.python_of import python_of
from propel_helper.sessions.install import how_to_install
from propel_helper.sessions.logout import dies_at_logout


def program(path: Path, text: str = "#!/bin/sh\n") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    path.chmod(0o755)
    return path


@pytest.fixture
def only(tmp_path: Path) -> Path:
    """A PATH of one folder."""
    (tmp_path / "bin").mkdir()
    return tmp_path / "bin"


def test_everything_is_fine(environ: dict[str, str], tmp_path: Path) -> None:
    seen = plan("true # x", str(tmp_path), "auto", environ)
    assert (seen.command, seen.cwd, seen.problem) == ("true # x", str(tmp_path), None)
    assert seen.backend == "screen"
    assert seen.python is None
    assert plan("true", str(tmp_path), "tmux", environ).backend == "tmux"


def test_without_screen_it_is_tmux(environ: dict[str, str], only: Path, tmp_path: Path) -> None:
    tmux = shutil.which("tmux")
    assert tmux
    (only / "tmux").symlink_to(tmux)
    assert plan("true", str(tmp_path), "auto", environ | {"PATH": str(only)}).backend == "tmux"


@pytest.mark.parametrize("backend", ["auto", "screen"])
def test_nothing_to_hold_it(
    environ: dict[str, str], only: Path, tmp_path: Path, backend: str
) -> None:
    seen = plan("true", str(tmp_path), backend, environ | {"PATH": str(only)})
    assert seen.backend == ""
    assert seen.problem is not None
    assert how_to_install("screen") in seen.problem


@pytest.mark.parametrize(
    ("release", "hint"),
    [
        ("ID=debian\n", "`sudo apt install screen`"),
        ('ID=pop\nID_LIKE="ubuntu debian"\n', "`sudo apt install screen`"),
        ('ID="rocky"\nID_LIKE="rhel centos fedora"\n', "`sudo yum install screen`"),
        ("ID=fedora", "`sudo yum install screen`"),
        ("ID=alpine\n", "package manager"),
        ("junk 'unclosed\nID='x\n", "package manager"),
    ],
)
def test_install_hint(tmp_path: Path, release: str, hint: str) -> None:
    (tmp_path / "os-release").write_text(release)
    assert hint in how_to_install("screen", tmp_path / "os-release")
    assert "package manager" in how_to_install("screen", tmp_path / "none")


def test_screen_can_not_keep_its_sockets(environ: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    seen = plan("true", str(tmp_path), "screen", environ | {"SCREENDIR": str(tmp_path / "file")})
    assert seen.problem is not None
    assert "can't keep its sockets" in seen.problem
    assert "SCREENDIR" in seen.problem


@pytest.mark.parametrize(
    ("command", "cwd", "words"),
    [
        ("", ".", "There is no command."),
        (" \n", ".", "There is no command."),
        ("true", "gone", "does not exist"),
        ("true", "file", "is no folder"),
        ("x" * 200_000, ".", "131071"),
        ("a\0b", ".", "NUL"),
    ],
)
def test_what_cant_be_launched(
    environ: dict[str, str], tmp_path: Path, command: str, cwd: str, words: str
) -> None:
    (tmp_path / "file").touch()
    seen = plan(command, str(tmp_path / cwd), "auto", environ)
    assert seen.problem is not None
    assert words in seen.problem


def test_which_python(tmp_path: Path, only: Path) -> None:
    on_path = program(only / "python")
    venv = program(tmp_path / "p" / "v" / "bin" / "python")
    program(tmp_path / "p" / "v" / "bin" / "activate")
    environ = {"PATH": str(only)}
    here = str(tmp_path / "p")
    expected = {
        "python t.py": on_path,
        "A=1 nohup python t.py &": on_path,
        "v/bin/python t.py": venv,
        f"{venv} t.py": venv,
        "source v/bin/activate && python t.py": venv,
        ". v/bin/activate; python t.py": venv,
        "cd v && bin/python ../t.py": venv,
        "cd .. && source p/v/bin/activate && python t.py": venv,
        "python3.99 t.py": None,
        "gone/python t.py": None,
        "conda activate x && python t.py": None,
        "conda run -n x python t.py": None,
        "uv run python t.py": None,
        "bash train.sh": None,
    }
    for command, python in expected.items():
        seen = python_of(command, here, environ)
        assert seen == (None if python is None else str(python)), command


def test_which_python_a_launcher_has(tmp_path: Path, only: Path) -> None:
    program(only / "torchrun", "#!/opt/env/bin/python3.11\nimport sys\n")
    program(only / "accelerate", "#!/bin/sh\n'''exec' /x/python \"$0\"\n")
    environ = {"PATH": str(only)}
    assert python_of("torchrun --nproc 2 t.py", str(tmp_path), environ) == "/opt/env/bin/python3.11"
    assert python_of("A=1 torchrun t.py", str(tmp_path), environ) == "/opt/env/bin/python3.11"
    assert python_of("accelerate launch t.py", str(tmp_path), environ) is None
    assert python_of("deepspeed t.py", str(tmp_path), environ) is None


def test_nothing_of_the_project_is_run(tmp_path: Path, environ: dict[str, str]) -> None:
    trap = program(tmp_path / "v" / "bin" / "python", f"#!/bin/sh\ntouch {tmp_path}/ran\n")
    program(tmp_path / "v" / "bin" / "activate", f"touch {tmp_path}/ran\n")
    plan("source v/bin/activate && $(touch ran) python t.py", str(tmp_path), "auto", environ)
    assert trap.exists()
    assert not (tmp_path / "ran").exists()


def test_a_command_in_the_background_is_told(environ: dict[str, str], tmp_path: Path) -> None:
    notes = plan("python t.py &", str(tmp_path), "auto", environ).notes
    assert any("ends in `&`" in note for note in notes)
    assert plan("python t.py", str(tmp_path), "auto", environ).notes == ()


@pytest.mark.parametrize(
    ("files", "dies"),
    [
        ({}, False),
        ({"etc/systemd/logind.conf": "[Login]\n#KillUserProcesses=yes\n"}, False),
        ({"etc/systemd/logind.conf": "[Login]\nKillUserProcesses=yes\n"}, True),
        ({"usr/lib/systemd/logind.conf": "[Login]\nKillUserProcesses = yes\n"}, True),
        (
            {
                "etc/systemd/logind.conf": "KillUserProcesses=yes\n",
                "etc/systemd/logind.conf.d/9.conf": "KillUserProcesses=no\n",
            },
            False,
        ),
        ({"usr/lib/systemd/logind.conf.d/1.conf": "KillUserProcesses=yes\n"}, True),
        ({"etc/systemd/logind.conf": "KillUserProcesses=yes\nKillOnlyUsers=other\n"}, False),
        ({"etc/systemd/logind.conf": "KillUserProcesses=yes\nKillExcludeUsers=me\n"}, False),
        (
            {"etc/systemd/logind.conf": "KillUserProcesses=yes\n", "var/lib/systemd/linger/me": ""},
            False,
        ),
    ],
)
def test_logout(
    tmp_path: Path, files: dict[str, str], dies: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LOGNAME", "me")
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    assert not dies_at_logout(tmp_path), "no systemd runs here"
    (tmp_path / "run/systemd/system").mkdir(parents=True)
    assert dies_at_logout(tmp_path) == dies
