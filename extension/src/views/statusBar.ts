import * as vscode from "vscode";
import type { Ctx } from "../context";
import type { Run } from "../helper/wire.gen";
import { plainLine, withoutIcons } from "../plainText";
import { look, progressParts, silent, stateText } from "../runs/describe";

/** What runs and how far it is, or how the last run ended. Hidden before the first run. */
export function statusBar(ctx: Ctx): vscode.Disposable {
  const item = vscode.window.createStatusBarItem("propel.runs", vscode.StatusBarAlignment.Left);
  item.name = "Propel Runs";
  item.command = "propel.runs";
  const refresh = (): void => {
    show(item, ctx);
  };
  const listeners = [ctx.runs.onDidChange(refresh), ctx.progress.onDidChange(refresh)];
  return vscode.Disposable.from(item, ...listeners);
}

function show(item: vscode.StatusBarItem, { runs, progress }: Ctx): void {
  const running = runs.all.filter(({ state }) => state === "running");
  const shown = running[0] ?? runs.all[0];
  if (shown === undefined) {
    item.hide();
    return;
  }
  const told = progress.of(shown);
  const parts = shown.state === "running" ? progressParts(shown, told?.words) : [];
  const many = running.length > 1 ? `${running.length} runs` : stateText(shown);
  const others = running.length > 1 ? [many] : [];
  const name = plainLine(told?.name ?? "");
  const isSilent = shown.silence !== "";
  const silence = isSilent ? ["silent"] : [];
  const said = parts.length === 0 ? many : [...others, name, ...parts, ...silence].join(" · ");
  const { icon } = isSilent ? silent : look(shown.state);
  item.text = `$(${icon}) Propel: ${withoutIcons(said)}`;
  item.tooltip = (running.length > 0 ? running : [shown])
    .map((run) => tooltip(run, progressParts(run, progress.of(run)?.words)))
    .join("\n\n");
  item.accessibilityInformation = { label: `Propel: ${said}, ${plainLine(shown.command)}` };
  item.show();
}

function tooltip(run: Run, parts: readonly string[]): string {
  const lines = [plainLine(run.command), parts.join(", "), plainLine(run.session)];
  return lines.filter((line) => line !== "").join("\n");
}
