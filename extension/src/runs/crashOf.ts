import * as vscode from "vscode";
import type { Ctx } from "../context";
import { crash, type CrashNotice } from "../helper/wire.gen";
import { slow } from "../slow";
import { chooseRun } from "./pickRun";

/** What a run ended with; the run is the one that `argument` names or that a person picks. */
export async function chooseCrash(
  ctx: Ctx,
  argument: unknown,
  title: string,
): Promise<CrashNotice | undefined> {
  const run = await chooseRun(ctx, argument, {
    title,
    placeholder: "Which crashed run?",
    none: "No run has crashed.",
    fits: ({ state }) => state === "failed" || state === "killed",
  });
  if (run === undefined) return undefined;
  return slow({ title: "Reading the log…", cancellable: true }, (token) =>
    ctx.helper.request(crash, { run: run.run }, token),
  );
}

/** Puts the cursor on the line that caused the crash; says so when there is none. */
export async function goToCrash({ file, line, text }: CrashNotice): Promise<void> {
  if (file === null || line === null) {
    const none = "No line of your own code is in this crash; the log tells all there is.";
    void vscode.window.showInformationMessage(none);
    return;
  }
  await goToPlace({ file, line }, text);
}

/** Puts the cursor on a line (from 1); `text` says what was there when the file is gone. */
export async function goToPlace(
  { file, line }: { readonly file: string; readonly line: number },
  text: string,
): Promise<void> {
  const start = new vscode.Position(line - 1, 0);
  try {
    const document = await vscode.workspace.openTextDocument(vscode.Uri.file(file));
    const inside = document.validatePosition(start);
    const at = inside.with({ character: document.lineAt(inside).firstNonWhitespaceCharacterIndex });
    const editor = await vscode.window.showTextDocument(document);
    editor.selection = new vscode.Selection(at, at);
    editor.revealRange(
      new vscode.Range(at, at),
      vscode.TextEditorRevealType.InCenterIfOutsideViewport,
    );
  } catch {
    void vscode.window.showErrorMessage(
      `${file} can't be opened any more. It was at line ${line}: ${text}`,
    );
  }
}
