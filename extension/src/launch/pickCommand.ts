/** First question: which of the commands found. */
import * as vscode from "vscode";
import type { Ctx } from "../context";
import { scan, type ScanReport, type TrainingCommand } from "../helper/wire.gen";
import { plainLine, withoutIcons } from "../plainText";
import { refill } from "./refill";

/** What a person starts from: a text to edit, and the folder it runs in (relative, "" is the root). */
export interface Start {
  readonly text: string;
  readonly cwd: string;
}

interface Row extends vscode.QuickPickItem {
  readonly start?: Start;
}

const question = "Which command should I launch? And do you want to modify any arguments?";

const lookedFor = [
  "train*.py, run*.py, main*.py in the root, scripts/, tools/ and bin/",
  "*.sh in the root, scripts/ and bin/",
  "console scripts, Makefile targets and the README's commands",
];

/** Scans `folder` and asks. The list opens at once and fills when the scan is done. */
export async function pickCommand(
  ctx: Ctx,
  folder: vscode.WorkspaceFolder,
): Promise<Start | undefined> {
  const picker = vscode.window.createQuickPick<Row>();
  const cancel = new vscode.CancellationTokenSource();
  Object.assign(picker, {
    title: "Propel: Launch Training",
    placeholder: `Looking for training commands in ${plainLine(folder.name)}…`,
    busy: true,
    matchOnDescription: true,
    matchOnDetail: true,
    ignoreFocusOut: true,
  });
  const picked = new Promise<Start | undefined>((resolve) => {
    picker.onDidAccept(() => {
      resolve(picker.selectedItems[0]?.start);
    });
    picker.onDidHide(() => {
      resolve(undefined);
    });
  });
  picker.show();
  let more: vscode.Disposable | undefined;
  try {
    const asked = ctx.helper.request(scan, { folder: folder.uri.fsPath }, cancel.token);
    const report = await Promise.race([asked, picked]);
    if (report === undefined || !("commands" in report)) return undefined;
    ctx.project.put(folder.uri.fsPath, report);
    fill(picker, report);
    more = ctx.project.onDidChange((path) => {
      const news = path === folder.uri.fsPath ? ctx.project.report(path) : undefined;
      if (picker.busy && news !== undefined) fill(picker, news);
    });
    return await picked;
  } finally {
    more?.dispose();
    cancel.cancel();
    picker.dispose();
  }
}

function fill(picker: vscode.QuickPick<Row>, report: ScanReport): void {
  const rows = report.commands.map(row);
  const isEmpty = rows.length === 0;
  // A folder that answers slowly shows what was found so far, and then more.
  picker.busy = report.unfinished;
  picker.placeholder = isEmpty ? emptyQuestion(report) : question;
  const items = isEmpty
    ? [other, separator("looked for"), ...lookedFor.map((label) => ({ ...other, label }))]
    : [...rows, separator(""), other];
  refill(picker, items);
}

function emptyQuestion({ unfinished }: ScanReport): string {
  return unfinished
    ? "The folder answers slowly. Still looking; or type a command."
    : "No training command was found here. Type yours.";
}

function row(found: TrainingCommand): Row {
  const place = found.line === null ? found.file : `${found.file}:${found.line}`;
  const text = plainLine(found.command);
  return {
    label: withoutIcons(text),
    description: withoutIcons(`${found.source} · ${place}`),
    detail: withoutIcons(found.notes),
    start: { text, cwd: found.cwd },
  };
}

const other: Row = {
  label: "$(edit) Type another command…",
  alwaysShow: true,
  start: { text: "", cwd: "" },
};

function separator(label: string): Row {
  return { label, kind: vscode.QuickPickItemKind.Separator };
}
