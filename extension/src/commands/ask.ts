import * as vscode from "vscode";
import type { Ctx } from "../context";
import { ask } from "../helper/wire.gen";
import { plain } from "../plainText";
import { stringIn } from "./arguments";

/** Takes a wish in a person's words; answers with what Propel can do, or with the redirect. */
export async function askForChange(ctx: Ctx, argument: unknown): Promise<void> {
  const sentence =
    stringIn(argument, "sentence") ??
    (await vscode.window.showInputBox({
      title: "Propel: Ask for a Change",
      prompt: "What should change? For example: it can't find my checkpoint",
      ignoreFocusOut: true,
    }));
  if (sentence === undefined || sentence.trim() === "") return;
  const answer = await ctx.helper.request(ask, { sentence });
  if (answer === undefined) return;
  if (answer.redirect !== null) {
    await vscode.commands.executeCommand("propel.redirect", { text: answer.redirect });
    return;
  }
  const launch = "Launch Training";
  const runs = "Show Runs";
  const text = plain(answer.answer);
  const choice = await vscode.window.showInformationMessage(text, { modal: true }, launch, runs);
  if (choice === launch) await vscode.commands.executeCommand("propel.launch");
  if (choice === runs) await vscode.commands.executeCommand("propel.runs");
}
