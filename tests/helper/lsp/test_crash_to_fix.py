"""From a launch over the wire to a crash on its line, its fix, and a run that ends well."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from lsprotocol import types

from propel_helper.facts.sentences import REDIRECT
from tests.helper.lsp.editor import Editor

TRAIN = """\
import os

for step in range(3):
    print("step", step)
with open("out/metrics.csv", "w") as file:
    file.write("1")
print("done")
"""


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty project with a ledger of its own."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    folder = tmp_path / "project"
    folder.mkdir()
    return folder


@asynccontextmanager
async def editor(folder: Path) -> AsyncIterator[Editor]:
    """An editor on ``folder``; the runs it launched are ended with it."""
    client = Editor()
    await client.start(folder)
    try:
        yield client
    finally:
        runs = (await client.ask("propel/runs", folder=str(folder))).runs
        for run in runs:
            await client.ask("propel/kill", run=run.run)
        await client.close()


def plays(scene: Callable[[Path], Coroutine[Any, Any, None]]) -> Callable[[Path], None]:
    """Run an async test."""

    def test(project: Path) -> None:
        asyncio.run(scene(project))

    return test


async def launch(client: Editor, folder: Path, command: str) -> Any:
    return await client.ask("propel/launch", command=command, cwd=str(folder), backend="screen")


@plays
async def test_a_missing_folder_is_mended_and_trains_to_the_end(project: Path) -> None:
    train = project / "train.py"
    train.write_text(TRAIN)
    async with editor(project) as client:
        run = await launch(client, project, "python3 train.py")
        assert run.session.endswith(run.run)
        (found,) = await client.until(lambda: client.on(train), "the squiggle")
        assert found.range.start == types.Position(4, 0)
        assert (found.source, found.code) == ("Propel", "missing-output-folder")
        assert found.code_description.href == "file:///pages/rules/missing-output-folder.md"
        (notice,) = await client.until(lambda: client.notices, "the notification")
        assert (notice.line, notice.file) == (5, str(train))

        actions = await client.text_document_code_action_async(
            types.CodeActionParams(
                types.TextDocumentIdentifier(train.as_uri()),
                found.range,
                types.CodeActionContext([found]),
            )
        )
        (offered,) = notice.fixes
        fix = offered.id
        assert [action.title for action in actions or ()] == [
            f"{offered.title}…",
            "Debug this crash…",
            "Dismiss this crash",
        ]
        proposal = await client.ask("propel/propose", run=run.run, fix=fix)
        assert proposal.gate.startswith("The error is ")
        assert proposal.gate.endswith("This changes train.py:5. Okay?")
        assert train.read_text() == TRAIN
        (change,) = proposal.changes
        lines = TRAIN.splitlines(keepends=True)
        for edit in change.replacements:
            assert (edit.line, edit.character) == (edit.endLine, edit.endCharacter)
            lines.insert(edit.line, edit.newText)
        train.write_text("".join(lines))
        again = await client.ask("propel/apply", run=run.run, fix=fix, restart=True)
        assert (again.run, again.attempt, again.session) == (run.run, 2, run.session)
        await client.until(
            lambda: client.changes and client.changes[-1].state == "succeeded", "success"
        )
        assert client.on(train) == []
        assert (project / "out" / "metrics.csv").read_text() == "1"
        assert client.shown == []


@plays
async def test_an_edit_of_a_script_that_runs_is_warned_of(project: Path) -> None:
    (project / "train.py").write_text(
        "import argparse\nparser = argparse.ArgumentParser()\nparser.add_argument('--epochs')\n"
        "print(parser.parse_args())\n"
    )
    (project / "train.sh").write_text(
        "if [ $# = 1 ]; then sleep 60; fi\npython3 train.py --epohcs 3\n"
    )
    async with editor(project) as client:
        other = await launch(client, project, "bash train.sh later")
        run = await launch(client, project, "bash train.sh")
        (notice,) = await client.until(lambda: client.notices, "the notification")
        proposal = await client.ask("propel/propose", run=run.run, fix=notice.fixes[0].id)
        assert f"train.sh is being run by {other.run}" in proposal.warning
        assert run.run not in proposal.warning


@plays
async def test_a_logic_crash_gets_the_redirect_and_no_fix(project: Path) -> None:
    train = project / "train.py"
    train.write_text("import math\nprint(math.sqrt(-1))\n")
    async with editor(project) as client:
        run = await launch(client, project, "python3 train.py")
        (found,) = await client.until(lambda: client.on(train), "the squiggle")
        assert REDIRECT in found.message
        (notice,) = await client.until(lambda: client.notices, "the notification")
        assert notice.redirect == REDIRECT
        assert notice.fixes == []
        await client.ask("propel/dismiss", run=run.run)
        await client.until(lambda: client.on(train) == [], "the squiggle goes")


@plays
async def test_a_crash_that_nobody_saw_is_told_on_return_once(project: Path) -> None:
    train = project / "train.py"
    train.write_text("import time\ntime.sleep(1)\nraise KeyError('x')\n")
    first = Editor()
    await first.start(project)
    await launch(first, project, "python3 train.py")
    await first.close()
    await asyncio.sleep(2)
    for returns in range(2):
        async with editor(project) as client:
            await client.until(lambda client=client: client.on(train), "the squiggle on return")
            if returns == 0:
                await client.until(lambda client=client: client.notices, "told once")
            else:
                await asyncio.sleep(1)
                assert client.notices == []


@plays
async def test_the_squiggle_follows_its_line_or_goes(project: Path) -> None:
    train = project / "train.py"
    text = "import math\nprint(math.sqrt(-1))\n"
    train.write_text(text)
    async with editor(project) as client:
        await launch(client, project, "python3 train.py")
        await client.until(lambda: client.on(train), "the squiggle")
        document = types.VersionedTextDocumentIdentifier(1, train.as_uri())
        client.text_document_did_open(
            types.DidOpenTextDocumentParams(
                types.TextDocumentItem(train.as_uri(), types.LanguageKind.Python, 0, text)
            )
        )
        for new, lines in (("# one\n# two\n" + text, [3]), ("import math\n", [])):
            change = types.TextDocumentContentChangeWholeDocument(new)
            client.text_document_did_change(types.DidChangeTextDocumentParams(document, [change]))
            await client.until(
                lambda lines=lines: [d.range.start.line for d in client.on(train)] == lines,
                f"the squiggle on {lines}",
            )


@plays
async def test_a_session_that_is_ended_from_outside_is_noticed(project: Path) -> None:
    async with editor(project) as client:
        run = await launch(client, project, "sleep 100")
        quit_it = await asyncio.create_subprocess_exec("screen", "-S", run.session, "-X", "quit")
        await quit_it.wait()
        (notice,) = await client.until(lambda: client.notices, "the notification")
        assert notice.run.state in {"lost", "killed"}
        assert "screen" in notice.text


@plays
async def test_bad_requests_are_answered(project: Path) -> None:
    async with editor(project) as client:
        for method, params in (
            ("propel/launch", {"command": 5, "cwd": str(project), "backend": "screen"}),
            ("propel/launch", {"command": "true"}),
            ("propel/propose", {"run": "none", "fix": "none"}),
            ("propel/scan", {"folder": str(project / "missing")}),
        ):
            with pytest.raises(Exception, match=r"."):
                await client.ask(method, **params)
        plan = await client.ask(
            "propel/plan", command="python3 train.py", cwd=str(project / "no"), backend="auto"
        )
        assert "does not exist" in plan.problem
