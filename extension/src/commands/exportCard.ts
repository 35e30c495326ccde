import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import * as vscode from "vscode";
import type { Ctx } from "../context";
import { card, type Run } from "../helper/wire.gen";
import { withoutLinks } from "../plainText";
import { chooseRun } from "../runs/pickRun";
import { slow } from "../slow";

interface Way extends vscode.QuickPickItem {
  readonly take: (text: string, run: Run) => Promise<void>;
}

const ways: readonly Way[] = [
  { label: "$(open-preview) Open", detail: "As a new Markdown document.", take: open },
  { label: "$(save-as) Save as…", detail: "In a file of your choice.", take: save },
  { label: "$(copy) Copy", detail: "To the clipboard.", take: copy },
];

/** A run on one page of Markdown; the helper leaves secrets out. */
export async function exportCard(ctx: Ctx, argument: unknown): Promise<void> {
  const title = "Propel: Export Run Card";
  const run = await chooseRun(ctx, argument, {
    title,
    placeholder: "Which run's card?",
    none: 'There is no run yet. "Propel: Launch Training" starts one.',
    fits: () => true,
  });
  if (run === undefined) return;
  const way = await vscode.window.showQuickPick(ways, {
    title,
    placeHolder: "What should happen with the card? Tokens and keys are left out of it.",
  });
  if (way === undefined) return;
  const made = await slow({ title: "Writing the run card…", cancellable: true }, (token) =>
    ctx.helper.request(card, { run: run.run }, token),
  );
  if (made !== undefined) await way.take(made.markdown, run);
}

async function open(content: string): Promise<void> {
  const document = await vscode.workspace.openTextDocument({ language: "markdown", content });
  await vscode.window.showTextDocument(document);
}

async function save(text: string, run: Run): Promise<void> {
  const defaultUri = vscode.Uri.file(join(run.cwd, `run-${run.run}.md`));
  const uri = await vscode.window.showSaveDialog({ defaultUri, filters: { Markdown: ["md"] } });
  if (uri === undefined) return;
  try {
    await writeFile(uri.fsPath, text);
    await vscode.window.showTextDocument(uri);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    const told = `The run card was not saved: ${why}. Choose another folder, or copy it.`;
    void vscode.window.showErrorMessage(withoutLinks(told));
  }
}

async function copy(text: string): Promise<void> {
  await vscode.env.clipboard.writeText(text);
  void vscode.window.showInformationMessage("The run card is on the clipboard.");
}
