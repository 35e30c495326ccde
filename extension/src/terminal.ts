import * as vscode from "vscode";
import type { Run } from "./helper/wire.gen";
import { plainLine } from "./plainText";
import { shellWords } from "./shellWords";

/** Shows a terminal that is attached to the run's session; one per session. */
export function attach(run: Run): void {
  const name = plainLine(run.session);
  const open = vscode.window.terminals.find(
    (terminal) => terminal.name === name && terminal.exitStatus === undefined,
  );
  const terminal = open ?? create(run, name);
  terminal?.show();
}

function create(run: Run, name: string): vscode.Terminal | undefined {
  const [shellPath, ...shellArgs] = shellWords(run.attach);
  if (shellPath === undefined) {
    void vscode.window.showWarningMessage("This run has no session that can be attached to.");
    return undefined;
  }
  return vscode.window.createTerminal({
    name,
    shellPath,
    shellArgs,
    cwd: run.cwd,
    iconPath: new vscode.ThemeIcon("rocket"),
    // The session outlives the editor by itself; a revived terminal could find it gone.
    isTransient: true,
  });
}
