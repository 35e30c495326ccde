import * as vscode from "vscode";
import type { Ctx } from "../context";
import { localFolders } from "../folders";
import { kill, prunable, prune, type Prunable } from "../helper/wire.gen";
import { plain, plainLine, withoutIcons, withoutLinks } from "../plainText";
import { bytes, look, summary } from "../runs/describe";
import { slow } from "../slow";
import { stringIn } from "./arguments";

const title = "Propel: Remove Old Runs";

/** Removes the records and logs of runs that are over: of one row, or of those a person picks. */
export async function pruneRuns(ctx: Ctx, argument: unknown): Promise<void> {
  const folder = localFolders()[0]?.uri.fsPath ?? "";
  const found = await slow({ title: "Looking at the runs…", cancellable: true }, (token) =>
    ctx.helper.request(prunable, { folder }, token),
  );
  if (found === undefined) return;
  const named = stringIn(argument, "run");
  const wanted =
    named === undefined
      ? await pick(found.runs.filter(({ kept }) => kept === ""))
      : found.runs.filter(({ run }) => run.run === named);
  if (wanted === undefined || !(await agrees(wanted))) return;
  for (const { run, kept } of wanted) {
    if (kept === "") continue;
    const ended = await slow({ title: "Ending the session…", cancellable: false }, () =>
      ctx.helper.request(kill, { run: run.run }),
    );
    if (ended === undefined) return;
  }
  const done = await slow({ title: "Removing runs…", cancellable: false }, () =>
    ctx.helper.request(prune, { runs: wanted.map(({ run }) => run.run) }),
  );
  for (const run of done?.runs ?? []) ctx.runs.drop(run);
  const [problem] = done?.problems ?? [];
  if (problem !== undefined) void vscode.window.showWarningMessage(withoutLinks(problem));
}

async function pick(runs: readonly Prunable[]): Promise<readonly Prunable[] | undefined> {
  if (runs.length === 0) {
    const none = "No run can be removed: those there are still run, or their sessions are alive.";
    void vscode.window.showInformationMessage(none);
    return undefined;
  }
  const now = Date.now() / 1000;
  const items = runs.map((one) => ({
    one,
    label: withoutIcons(one.run.command),
    iconPath: new vscode.ThemeIcon(look(one.run.state).icon),
    description: withoutIcons(`${summary(one.run, now)}, ${bytes(one.size)}`),
  }));
  const picked = await vscode.window.showQuickPick(items, {
    title,
    placeHolder: "Which runs should be removed? The oldest stand first.",
    canPickMany: true,
    matchOnDescription: true,
    ignoreFocusOut: true,
  });
  return picked === undefined || picked.length === 0 ? undefined : picked.map(({ one }) => one);
}

async function agrees(runs: readonly Prunable[]): Promise<boolean> {
  if (runs.length === 0) return false;
  const kept = runs.map((one) => one.kept).filter((why) => why !== "");
  const button = kept.length === 0 ? "Remove" : "End Session and Remove";
  const size = bytes(runs.reduce((sum, one) => sum + one.size, 0));
  const what = runs.length === 1 ? "this run" : `these ${String(runs.length)} runs`;
  const detail = runs.map(({ run }) => plain(run.command).split("\n", 1)[0]).slice(0, 10);
  const more =
    runs.length > detail.length ? [`and ${String(runs.length - detail.length)} more`] : [];
  const choice = await vscode.window.showWarningMessage(
    `Remove ${what} with the logs (${size})? That can't be undone.`,
    { modal: true, detail: [...detail, ...more, ...kept.map(plainLine)].join("\n") },
    button,
  );
  return choice === button;
}
