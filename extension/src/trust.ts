import * as vscode from "vscode";
import { withoutLinks } from "./plainText";

/** Says why nothing runs in a folder that is not trusted. */
export async function tellUntrusted(found = ""): Promise<void> {
  const text =
    "Propel starts nothing in a folder that you have not trusted: a training command runs the " +
    `folder's own code. ${found}Trust the folder to launch.`;
  const manage = "Manage Workspace Trust";
  const choice = await vscode.window.showWarningMessage(withoutLinks(text), manage);
  if (choice === manage) await vscode.commands.executeCommand("workbench.trust.manage");
}
