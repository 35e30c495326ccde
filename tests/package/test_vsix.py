"""The package starts anywhere: any Python, no network, whatever the training environment is."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest

from tests.helper.debugger.dap import Client, begin, configure, locals_at_stop

ROOT = Path(__file__).resolve().parents[2]
VERSIONS = ("3.10", "3.11", "3.12", "3.13", "3.14")


def interpreter(version: str) -> str | None:
    """A Python of this version on PATH or among pyenv's."""
    kept = sorted((Path.home() / ".pyenv" / "versions").glob(f"{version}.*/bin/python"))
    candidates = [shutil.which(f"python{version}"), *map(str, kept), sys.executable]
    for found in filter(None, candidates):
        asked = subprocess.run(
            [found, "-I", "-S", "-c", "import sys; print('%d.%d' % sys.version_info[:2])"],
            capture_output=True,
            text=True,
            check=False,
        )
        if asked.stdout.strip() == version:
            return found
    return None


def newest() -> Path:
    """The package that was made last; `npm test` makes one before these tests."""
    made = sorted((ROOT / "dist").glob("propel-*.vsix"), key=lambda path: path.stat().st_mtime)
    assert made, "there is no package: run `npm run package`"
    return made[-1]


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The newest package, unpacked."""
    folder = tmp_path_factory.mktemp("vsix")
    with zipfile.ZipFile(newest()) as archive:
        archive.extractall(folder)
    return folder / "extension"


def helper(package: Path, python: str, *args: str, **env: str) -> subprocess.CompletedProcess[str]:
    """The packaged helper, started as the extension starts it."""
    return subprocess.run(
        [python, "-I", "-S", str(package / "python_helper" / "start.py"), *args],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
        env={**os.environ, **env},
    )


def message(content: object) -> str:
    """A JSON-RPC message with its header (LSP 3.17, base protocol)."""
    body = json.dumps(content)
    return f"Content-Length: {len(body)}\r\n\r\n{body}"


def speaks(package: Path, python: str, cwd: Path, **env: str) -> str:
    """What the packaged server answers to a whole short conversation."""
    folder = cwd.as_uri()
    conversation = [
        {
            "jsonrpc": "2.0",
            "id": 1,
            "method": "initialize",
            "params": {"processId": None, "rootUri": folder, "capabilities": {}},
        },
        {"jsonrpc": "2.0", "method": "initialized", "params": {}},
        {"jsonrpc": "2.0", "id": 2, "method": "propel/scan", "params": {"folder": str(cwd)}},
        {"jsonrpc": "2.0", "id": 3, "method": "shutdown", "params": None},
    ]
    said = subprocess.Popen(
        [python, "-I", "-S", str(package / "python_helper" / "start.py"), "lsp"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=cwd,
        env={**os.environ, "XDG_STATE_HOME": str(cwd / "state"), **env},
    )
    assert said.stdin is not None
    assert said.stdout is not None
    for part in conversation[:3]:
        said.stdin.write(message(part))
    said.stdin.flush()
    seen = ""
    while '"id": 2' not in seen:
        got = said.stdout.read(1)
        assert got, seen
        seen += got
    said.stdin.write(message(conversation[3]) + message({"jsonrpc": "2.0", "method": "exit"}))
    said.stdin.flush()
    rest = said.stdout.read()
    said.wait(timeout=30)
    return seen + rest


@pytest.mark.parametrize("version", VERSIONS)
def test_starts_on(version: str, package: Path, tmp_path: Path) -> None:
    python = interpreter(version)
    if python is None:
        pytest.skip(f"no Python {version} on this machine")
    (tmp_path / "train.py").write_text("if __name__ == '__main__':\n    print(1)\n")
    answers = speaks(package, python, tmp_path)
    assert "propel-helper" in answers
    assert "train.py" in answers


def test_an_old_python_is_told_so(package: Path) -> None:
    python = interpreter("3.9") or interpreter("3.8")
    if python is None:
        pytest.skip("no Python older than 3.10 on this machine")
    result = helper(package, python, "runs")
    assert result.returncode != 0
    assert "needs Python 3.10 or newer" in result.stderr
    assert "Traceback" not in result.stderr


def test_a_broken_training_environment_does_not_break_it(package: Path, tmp_path: Path) -> None:
    venv = tmp_path / "venv"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(venv)], check=True)
    (site,) = venv.glob("lib/python*/site-packages")
    for name in ("attr", "attrs", "pygls", "yaml", "typing_extensions", "sitecustomize"):
        (site / name).mkdir()
        (site / name / "__init__.py").write_text("raise RuntimeError('broken')\n")
    junk = tmp_path / "junk"
    junk.mkdir()
    for name in ("json", "asyncio", "attr", "encodings", "logging"):
        (junk / f"{name}.py").write_text("raise RuntimeError('junk')\n")
        (tmp_path / f"{name}.py").write_text("raise RuntimeError('in the folder')\n")
    answers = speaks(
        package,
        str(venv / "bin" / "python"),
        tmp_path,
        PYTHONPATH=str(junk),
        PYTHONHOME="/nonexistent",
        VIRTUAL_ENV=str(venv),
        PYTHONSTARTUP=str(junk / "json.py"),
    )
    assert '"id": 2' in answers
    assert "broken" not in answers


def test_reads_stacks_though_unpacking_lost_what_makes_a_program(
    package: Path, tmp_path: Path
) -> None:
    spy = package / "python_helper" / "bundled" / "libs" / "bin" / "py-spy"
    spy.chmod(0o644)
    env = {"XDG_STATE_HOME": str(tmp_path / "state")}
    (tmp_path / "train.py").write_text("import time\nprint('here', flush=True)\ntime.sleep(99)\n")
    command = f"{sys.executable} train.py"
    words = ("launch", "--json", "--cwd", str(tmp_path), "--", command)
    said = helper(package, sys.executable, *words, **env)
    run = json.loads(said.stdout)
    try:
        deadline = time.monotonic() + 30
        while b"here" not in Path(run["log"]).read_bytes() and time.monotonic() < deadline:
            time.sleep(0.05)
        said = helper(package, sys.executable, "stuck", run["run"], **env)
        assert said.stdout.startswith("The process sleeps at train.py:3."), said.stderr
        assert os.access(spy, os.X_OK)
    finally:
        helper(package, sys.executable, "kill", run["run"], **env)


@pytest.mark.parametrize("version", ["3.8", "3.9", *VERSIONS])
def test_the_debugger_starts_what_trains_on(version: str, package: Path, tmp_path: Path) -> None:
    python = interpreter(version)
    if python is None:
        pytest.skip(f"no Python {version} on this machine")
    (tmp_path / "train.py").write_text("def f(mine):\n    return mine / 0\n\nf(7)\n")
    debugpy = package / "python_helper" / "bundled" / "libs" / "debugpy"
    program = package / "python_helper" / "propel_helper" / "debug_adapter.py"
    client = Client.spawn([sys.executable, "-I", "-S", str(program), str(debugpy)])
    number = begin(client, {"listen": {"host": "127.0.0.1", "port": 0}, "justMyCode": False})
    port = client.event("debugpyWaitingForServer")["port"]
    words = [python, str(debugpy), "--connect", f"127.0.0.1:{port}", "--wait-for-client"]
    run = subprocess.Popen([*words, "train.py"], cwd=tmp_path, stderr=subprocess.DEVNULL)
    configure(client)
    client.answer(number)
    frame, variables = locals_at_stop(client)
    assert (frame["name"], variables["mine"]) == ("f", "7")
    client.ask("disconnect", terminateDebuggee=False)
    client.close()
    assert run.wait(timeout=60) == 1


def test_carries_no_tests_and_no_tools() -> None:
    with zipfile.ZipFile(newest()) as archive:
        names = [name.removeprefix("extension/") for name in archive.namelist()]
    assert not [name for name in names if name.startswith(("tests/", "python_helper/dev"))]
    assert not [name for name in names if name.endswith((".ts", ".map", ".pyc"))]
    assert any(name.startswith("extension/pages/rules/") for name in names)
