"""A run that hangs, in an editor: asked why, its lines are marked until it moves or is dismissed."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path
from typing import Any

import pytest
from lsprotocol import types
from pygls.exceptions import JsonRpcException

from tests.helper.lsp.editor import Editor

TRAIN = """\
import os, time

def rest():
    while not os.path.exists("go"):
        time.sleep(0.05)

print("step 1 loss 0.5", flush=True)
rest()
print("step 2 loss 0.4", flush=True)
time.sleep(600)
"""


def test_the_lines_are_marked_until_it_moves(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    folder = tmp_path / "project"
    folder.mkdir()
    train = folder / "train.py"
    train.write_text(TRAIN)
    asyncio.run(scene(folder, train))


async def scene(folder: Path, train: Path) -> None:
    client = Editor()
    await client.start(folder)
    run = ""
    try:
        command = f"{sys.executable} train.py"
        launched = await client.ask(
            "propel/launch", command=command, cwd=str(folder), backend="screen"
        )
        run = launched.run
        log = Path(launched.log)
        await client.until(lambda: b"step 1" in log.read_bytes(), "the first step")
        report = await look(client, run, 5)
        assert report.root == str(folder)
        assert report.hang.text == "The process sleeps at train.py:5."
        (mark,) = await client.until(lambda: client.on(train), "the mark")
        assert mark.severity == types.DiagnosticSeverity.Information
        assert (mark.source, mark.code, mark.range.start.line) == ("Propel", "stuck", 4)
        assert mark.message == f"The process sleeps at train.py:5. (run {run})"

        titles = [one.title for one in await actions(client, train, mark)]
        assert titles == ["Look again why it is stuck", "Dismiss these marks"]
        await client.ask("propel/unmark", run=run)
        await client.until(lambda: not client.on(train), "the mark dismissed")

        await look(client, run, 5)
        await client.until(lambda: client.on(train), "the mark again")
        (folder / "go").touch()
        await client.until(lambda: not client.on(train), "it prints: the mark goes")

        await look(client, run, 10)
        await client.until(lambda: client.on(train), "the mark on the new line")
        await client.ask("propel/kill", run=run)
        await client.until(lambda: not client.on(train), "it has ended: the mark goes")
        with pytest.raises(JsonRpcException, match=r"has ended \(killed\)"):
            await client.ask("propel/stuck", run=run)
    finally:
        if run:
            await client.ask("propel/kill", run=run)
        await client.close()


async def look(client: Editor, run: str, line: int) -> Any:
    """The report, once the program has come to ``line``."""
    said = ""
    for _ in range(100):
        report = await client.ask("propel/stuck", run=run)
        if report.hang.groups[0].at.line == line:
            return report
        said = report.hang.text
    raise AssertionError(f"it never came to line {line}: {said}")


async def actions(client: Editor, file: Path, mark: types.Diagnostic) -> Any:
    return await client.text_document_code_action_async(
        types.CodeActionParams(
            types.TextDocumentIdentifier(file.as_uri()),
            mark.range,
            types.CodeActionContext([mark]),
        )
    )
