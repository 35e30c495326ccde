import * as vscode from "vscode";
import type { Ctx } from "../context";
import { plain } from "../plainText";
import { chooseCrash } from "../runs/crashOf";
import { stringIn } from "./arguments";

/** Says, in the helper's words, why there is no fix for a logic change. */
export async function redirect(ctx: Ctx, argument: unknown): Promise<void> {
  const text = stringIn(argument, "text") ?? (await redirectOf(ctx, argument));
  if (text === undefined) return;
  const button = "Switch to Engineer Mode…";
  const choice = await vscode.window.showInformationMessage(plain(text), { modal: true }, button);
  if (choice === button) await vscode.commands.executeCommand("propel.switchMode");
}

async function redirectOf(ctx: Ctx, argument: unknown): Promise<string | undefined> {
  const notice = await chooseCrash(ctx, argument, "Propel: Why No Fix?");
  if (notice === undefined) return undefined;
  if (notice.redirect === null) {
    const text = "This crash is not about a change of logic, so Propel may fix it where it can.";
    void vscode.window.showInformationMessage(text);
  }
  return notice.redirect ?? undefined;
}
