/** A check-in: how a run stands, and what its log gives a reason to look at. */
import * as vscode from "vscode";
import type { Ctx } from "../context";
import {
  checkIn as askCheckIn,
  dismissPrompt,
  type CheckInReport,
  type Remark,
  type Run,
} from "../helper/wire.gen";
import { plainLine, withoutIcons, withoutLinks } from "../plainText";
import { slow } from "../slow";
import { reportText } from "./report";

const dismissButton = "Dismiss…";
const stuckButton = "Why Is It Stuck?";

/** Shows the whole report: a person asked for it. */
export async function checkInOnRequest(ctx: Ctx, { run }: Run): Promise<void> {
  let report = await slow({ title: "Looking at the run…", cancellable: true }, (token) =>
    ctx.helper.request(askCheckIn, { run }, token),
  );
  while (report !== undefined) {
    const isSilent = report.remarks.some(({ id }) => id === "silence");
    const buttons = [
      ...(isSilent ? [stuckButton] : []),
      "Open Log",
      ...(report.remarks.length === 0 ? [] : [dismissButton]),
    ];
    const options = { modal: true, detail: reportText(report) };
    const title = plainLine(report.run.command);
    const choice = await vscode.window.showInformationMessage(title, options, ...buttons);
    if (choice === "Open Log") await vscode.commands.executeCommand("propel.openLog", { run });
    if (choice === stuckButton) await vscode.commands.executeCommand("propel.stuck", { run });
    if (choice !== dismissButton) return;
    report = (await dismissSome(ctx, report)) ?? report;
  }
}

/**
 * For whoever shows a run without being asked to check in, such as its panel: says what there is to
 * look at in a notification that may be ignored, and nothing when there is nothing.
 */
export async function checkIn(ctx: Ctx, run: Run): Promise<void> {
  const report = await ctx.helper.requestQuietly(askCheckIn, { run: run.run });
  const [first, ...others] = report?.remarks ?? [];
  if (report === undefined || first === undefined) return;
  const more = others.length > 0 ? ` There is more to look at (${others.length}).` : "";
  const text = withoutLinks(`${first.text}${more}`);
  const show = "Check In";
  const dismiss = "Dismiss for This Run";
  const choice = await vscode.window.showInformationMessage(text, show, dismiss);
  if (choice === show) await checkInOnRequest(ctx, report.run);
  if (choice === dismiss) await dismissOne(ctx, report.run, first.id);
}

/** The report without what a person dismisses; undefined when that is nothing. */
async function dismissSome(
  ctx: Ctx,
  { run, remarks }: CheckInReport,
): Promise<CheckInReport | undefined> {
  const [only] = remarks;
  const ids =
    remarks.length === 1 && only !== undefined ? [only.id] : await pickRemarks(run, remarks);
  let report: CheckInReport | undefined;
  for (const id of ids) report = (await dismissOne(ctx, run, id)) ?? report;
  return report;
}

async function pickRemarks(run: Run, remarks: readonly Remark[]): Promise<readonly string[]> {
  const items = remarks.map(({ id, text }) => ({ id, label: withoutIcons(text) }));
  const picked = await vscode.window.showQuickPick(items, {
    title: `Propel: Check In: ${plainLine(run.command)}`,
    placeHolder: "What should be said no more for this run?",
    canPickMany: true,
    ignoreFocusOut: true,
  });
  return picked?.map(({ id }) => id) ?? [];
}

function dismissOne(ctx: Ctx, { run }: Run, prompt: string): Promise<CheckInReport | undefined> {
  return slow({ title: "Looking at the run…", cancellable: false }, () =>
    ctx.helper.request(dismissPrompt, { run, prompt }),
  );
}
