import * as vscode from "vscode";
import type { Ctx } from "../context";
import { chooseFolder, modeFile, readText } from "../folders";
import { modeIn, switched, type Mode } from "../mode";
import { withoutLinks } from "../plainText";
import { showTable } from "../views/tableView";

interface Choice extends vscode.QuickPickItem {
  readonly mode: Mode;
}

const choices: readonly Choice[] = [
  {
    mode: "trainer",
    label: "Trainer",
    detail: "Propel finds, launches and watches training here, and fixes what stops it.",
  },
  {
    mode: "engineer",
    label: "Engineer",
    detail: "For changes of the model itself: investigate, design, implement.",
  },
];

/** Writes `.propel/mode.json`: the one thing in a project that Propel writes by itself. */
export async function switchMode(ctx: Ctx): Promise<void> {
  const folder = await chooseFolder();
  if (folder === undefined) return;
  const file = modeFile(folder);
  const text = await readText(file);
  const present = modeIn(text);
  const items = choices.map((choice) => ({
    ...choice,
    description: choice.mode === present ? "now" : "",
  }));
  const picked = await vscode.window.showQuickPick(items, {
    title: "Propel: Switch Mode",
    placeHolder: "Which mode should this folder be in?",
  });
  if (picked === undefined || picked.mode === present) return;
  try {
    await vscode.workspace.fs.createDirectory(vscode.Uri.joinPath(file, ".."));
    const next = switched(text, picked.mode, new Date());
    await vscode.workspace.fs.writeFile(file, new TextEncoder().encode(next));
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    void vscode.window.showErrorMessage(
      withoutLinks(`The mode was not switched: ${file.fsPath} can't be written. ${why}`),
    );
    return;
  }
  void vscode.window.showInformationMessage(`This folder is in ${picked.label} Mode now.`);
  if (picked.mode !== "trainer") return;
  if (await ctx.helper.start()) await showTable(folder);
  else ctx.helper.tellDown();
}
