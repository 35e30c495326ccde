"""How far a run is, as an editor is told; its check-in, what is dismissed of it, and its card."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from lsprotocol import types

from tests.helper.lsp.editor import Editor
from tests.helper.lsp.test_crash_to_fix import editor, launch, plays, project

__all__ = ["project"]

LOOP = """\
import time
for step in range(1, 4001):
    print(f"step {step}/4000 loss {2.31 if step > 500 else 6 - step / 140:.4f} lr 0.001", flush=True)
    if step % 1000 == 0:
        time.sleep(1.2)
print("THERE", flush=True)
time.sleep(60)
"""

ASKS = """\
import argparse, time
import torch_that_nobody_has
parser = argparse.ArgumentParser()
parser.add_argument("--fp16", action="store_true")
parser.add_argument("--resume", type=str)
parser.add_argument("--max_steps", type=int, default=-1)
"""


def steps(client: Editor, run: Any) -> list[str]:
    return [told.words.step for told in client.told if told.run == run.run]


@plays
async def test_progress_is_told_about_once_a_second(project: Path) -> None:
    (project / "train.py").write_text(LOOP)
    async with editor(project) as client:
        run = await launch(client, project, "python3 train.py --token hf_abcdefghijklmnopqrst")
        await client.until(lambda: steps(client, run)[-1:] == ["4000/4000"], "the last step")
        told = client.told[-1]
        assert (told.name, told.attempt) == ("train.py", 1)
        assert (told.words.loss, told.words.lr) == ("2.31", "0.001")
        # 4000 lines in about five seconds.
        assert 2 <= len(steps(client, run)) <= 10

        report = await client.ask("propel/checkIn", run=run.run)
        assert report.lines[0].startswith("Running for ")
        assert report.lines[1].startswith("Step 4000/4000, loss 2.31, lr 0.001")
        assert [one.id for one in report.remarks] == ["plateau"]
        report = await client.ask("propel/dismissPrompt", run=run.run, prompt="plateau")
        assert (report.remarks, report.dismissed) == ([], ["plateau"])

        card = (await client.ask("propel/card", run=run.run)).markdown
        assert card.startswith(f"# Run {run.run}\n")
        assert "python3 train.py --token ***" in card
        assert "hf_" not in card


@plays
async def test_the_last_words_of_runs_that_are_over(project: Path) -> None:
    (project / "train.py").write_text("for i in range(7): print(f'step {i} loss {1 / (i + 1)}')\n")
    async with editor(project) as client:
        run = await launch(client, project, "python3 train.py")
        await client.until(lambda: client.changes[-1].state == "succeeded", "the end")
        await client.until(lambda: steps(client, run)[-1:] == ["6"], "the last step")
    async with editor(project) as client:
        await client.until(lambda: steps(client, run) == ["6"], "the last step, told again")


@plays
async def test_pitfalls_are_hints_on_their_lines(project: Path) -> None:
    (project / "train.py").write_text("import sys, time\nprint(sys.argv)\ntime.sleep(60)\n")
    config = project / "train.yaml"
    config.write_text("batch_size: 8\noptim:\n  gradient_accumulation_steps: 4\n")
    async with editor(project) as client:
        run = await launch(client, project, "python3 train.py --config train.yaml")
        (hint,) = await client.until(lambda: client.on(config), "the hint")
        assert hint.severity is types.DiagnosticSeverity.Hint
        assert (hint.source, hint.range.start) == ("Propel", types.Position(2, 2))
        assert "8 x 4 x 1 = 32" in hint.message

        config.write_text("batch_size: 16\n\noptim:\n  gradient_accumulation_steps: 4\n")
        document = types.TextDocumentIdentifier(config.as_uri())
        client.text_document_did_save(types.DidSaveTextDocumentParams(document))
        await client.until(lambda: "16 x 4" in client.on(config)[0].message, "the new number")
        (hint,) = client.on(config)
        assert hint.range.start.line == 3
        actions = await client.text_document_code_action_async(
            types.CodeActionParams(document, hint.range, types.CodeActionContext([hint]))
        )
        (dismissal,) = actions or ()
        assert dismissal.title == "Dismiss this hint for this run"
        await client.ask("propel/dismissPrompt", run=run.run, prompt="hint:effective-batch")
        await client.until(lambda: client.on(config) == [], "the hint goes")


@plays
async def test_the_hints_of_a_run_that_was_removed_go(project: Path) -> None:
    (project / "train.py").write_text("print('step 1 loss 0.5')\n")
    config = project / "train.yaml"
    config.write_text("batch_size: 8\ngradient_accumulation_steps: 4\n")
    async with editor(project) as client:
        run = await launch(client, project, "python3 train.py --config train.yaml")
        await client.until(lambda: client.on(config), "the hint")
        await client.until(lambda: client.changes[-1].state == "succeeded", "the end")
        await client.ask("propel/kill", run=run.run)
        assert (await client.ask("propel/prune", runs=[run.run])).problems == []
        await client.until(lambda: client.gone == [run.run], "the run goes")
        await client.until(lambda: client.on(config) == [], "the hint goes")


@plays
async def test_what_comes_before_a_launch_is_said_once_and_remembered(project: Path) -> None:
    train = project / "train.py"
    train.write_text(ASKS)
    (project / "ckpt").mkdir()
    (project / "ckpt" / "last.pt").write_bytes(b"x")
    command = f"{sys.executable} train.py --fp16 | tee out.txt"
    async with editor(project) as client:
        place = {"folder": str(project), "command": command, "cwd": ""}
        found = await client.ask("propel/preflight", **place)
        (missing,) = found.findings
        assert (missing.id, missing.file, missing.line) == ("imports", str(train), 2)
        assert missing.fix
        assert [one.id for one in found.pitfalls] == ["half-precision"]
        asked = {one.id: one for one in found.questions}
        assert set(asked) == {"resume", "smoke-test", "target-metric", "tracker"}
        anew, last = asked["resume"].choices
        assert (anew.answer, anew.command) == ("", None)
        assert last.command == command.replace("fp16", "fp16 --resume ckpt/last.pt")
        smoke = asked["smoke-test"].choices[1].command
        assert smoke == command.replace("fp16", "fp16 --max_steps <steps>")

        question = {"folder": str(project), "cwd": "", "question": "target-metric"}
        judged = await client.ask("propel/judgeAnswer", **question, answer="the best")
        assert "val_loss < 0.5" in judged.problem
        assert (await client.ask("propel/judgeAnswer", **question, answer="loss<3")).problem == ""

        train.write_text(ASKS.replace("import torch_that_nobody_has", LOOP))
        run = await launch(client, project, command)
        given = dict.fromkeys(asked, "") | {"target-metric": "loss < 2.5"}
        kept = {"run": run.run, "folder": str(project), "answers": given}
        await client.ask("propel/remember", **kept, seen=[plain(one) for one in found.pitfalls])
        again = await client.ask("propel/preflight", **place | {"command": f"{command} --lr 1"})
        assert ([*again.questions], [*again.pitfalls]) == ([], [])
        (reached,) = await client.until(lambda: client.reached, "the target")
        assert reached.run.run == run.run
        assert "loss < 2.5 was asked for" in reached.text
        report = await client.ask("propel/checkIn", run=run.run)
        assert any("Target: loss < 2.5" in line for line in report.lines)


def plain(remark: Any) -> dict[str, Any]:
    """A remark as it came, to be sent back."""
    names = ("id", "text", "fix", "file", "line")
    return {name: getattr(remark, name) for name in names}
