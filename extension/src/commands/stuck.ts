import * as vscode from "vscode";
import type { Ctx } from "../context";
import { stuck, type StuckReport } from "../helper/wire.gen";
import { plain, plainLine } from "../plainText";
import { goToPlace } from "../runs/crashOf";
import { chooseRun } from "../runs/pickRun";
import { slow } from "../slow";
import { rowsOf, textOf, type Row } from "../stuck/rows";

const title = "Propel: Why Is It Stuck?";

/** Where each process of a run stands. The run goes on; the lines are marked until it moves. */
export async function whyStuck(ctx: Ctx, argument: unknown): Promise<void> {
  const run = await chooseRun(ctx, argument, {
    title,
    placeholder: "Which run should be looked into?",
    none: "No run is under way.",
    fits: ({ state }) => state === "running",
  });
  if (run === undefined) return;
  const report = await slow({ title: "Reading the stacks…", cancellable: true }, (token) =>
    ctx.helper.request(stuck, { run: run.run }, token),
  );
  if (report !== undefined) await show(report);
}

interface Item extends vscode.QuickPickItem {
  readonly row: Row;
}

async function show(report: StuckReport): Promise<void> {
  const picked = await vscode.window.showQuickPick(rowsOf(report).map(itemOf), {
    title,
    placeHolder: plainLine(report.hang.text),
    matchOnDescription: true,
    ignoreFocusOut: true,
  });
  if (picked === undefined) return;
  const { row } = picked;
  if (row.tag === "copy") await vscode.env.clipboard.writeText(plain(textOf(report.hang)));
  else if (row.tag === "row" && row.place !== undefined) {
    await goToPlace(row.place, plainLine(report.hang.text));
  }
}

function itemOf(row: Row): Item {
  if (row.tag === "heading") {
    return { row, label: row.label, kind: vscode.QuickPickItemKind.Separator };
  }
  if (row.tag === "copy") {
    const iconPath = new vscode.ThemeIcon("copy");
    return { row, label: "Copy the answer with all stacks", iconPath, alwaysShow: true };
  }
  const { label, description, icon } = row;
  return { row, label, description, iconPath: new vscode.ThemeIcon(icon) };
}
