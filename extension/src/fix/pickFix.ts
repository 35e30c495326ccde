import * as vscode from "vscode";
import type { FixChoice } from "../helper/wire.gen";
import { withoutIcons } from "../plainText";

/** The only fix, or a person's pick; undefined when there is none. */
export async function pickFix(fixes: readonly FixChoice[]): Promise<string | undefined> {
  if (fixes.length < 2) return fixes[0]?.id;
  const items = fixes.map(({ id, title }) => ({ id, label: withoutIcons(title) }));
  const picked = await vscode.window.showQuickPick(items, {
    title: "Propel: Fix Crash",
    placeHolder: "Which fix? You are asked before anything is changed.",
  });
  return picked?.id;
}
