import { relative } from "node:path";
import * as vscode from "vscode";
import type { Ctx } from "../context";
import { standingFix } from "../fix/standing";
import { revert, type FixRecord, type Run } from "../helper/wire.gen";
import { plainLine, withoutLinks } from "../plainText";
import { chooseRun } from "../runs/pickRun";
import { slow } from "../slow";

/** Brings back what a run's last fix changed, after a yes that names the files. */
export async function revertFix(ctx: Ctx, argument: unknown): Promise<void> {
  const none = "No fix of this run has edits that could be taken back.";
  const run = await chooseRun(ctx, argument, {
    title: "Propel: Revert Fix",
    placeholder: "Which run's last fix should be taken back?",
    none: "No run has a fix with edits that could be taken back.",
    fits: (one) => standingFix(one) !== undefined,
  });
  if (run === undefined) return;
  const fix = standingFix(run);
  if (fix === undefined) {
    void vscode.window.showInformationMessage(none);
    return;
  }
  if (!(await isAgreed(run, fix)) || isUnsaved(fix)) return;
  const reverted = await slow({ title: "Taking the fix back…", cancellable: false }, () =>
    ctx.helper.request(revert, { run: run.run }),
  );
  if (reverted === undefined) return;
  ctx.runs.put(reverted);
  const text = `Taken back: ${names(run, fix)}. Nothing was restarted.`;
  void vscode.window.showInformationMessage(withoutLinks(text));
}

async function isAgreed(run: Run, fix: FixRecord): Promise<boolean> {
  if (isUnsaved(fix)) return false;
  const button = "Revert";
  const running =
    run.state === "running" ? "\n\nThe run goes on with what it has already read." : "";
  const choice = await vscode.window.showWarningMessage(
    "Take the fix back? These files get exactly what they held before it.",
    { modal: true, detail: `${names(run, fix)}${running}` },
    button,
  );
  return choice === button;
}

/** The helper writes to disk, and the editor keeps unsaved text: nothing of it may be lost. */
function isUnsaved({ files }: FixRecord): boolean {
  const dirty = vscode.workspace.textDocuments.find(
    ({ isDirty, uri }) => isDirty && files.some(({ file }) => file === uri.fsPath),
  );
  if (dirty === undefined) return false;
  const text =
    `${dirty.fileName} has unsaved changes, so nothing was taken back. ` +
    'Undo them ("File: Revert File") and try again.';
  void offerToShow(dirty, withoutLinks(text));
  return true;
}

/** What is not saved may be wanted: it is shown beside what is on disk, and stays. */
async function offerToShow({ uri }: vscode.TextDocument, text: string): Promise<void> {
  const button = "Show Unsaved Changes";
  if ((await vscode.window.showWarningMessage(text, button)) !== button) return;
  await vscode.window.showTextDocument(uri);
  await vscode.commands.executeCommand("workbench.files.action.compareWithSaved");
}

function names({ cwd }: Run, { files }: FixRecord): string {
  const name = (file: string): string => {
    const inside = relative(cwd, file);
    return plainLine(inside.startsWith("..") ? file : inside);
  };
  return files.map(({ file }) => name(file)).join(", ");
}
