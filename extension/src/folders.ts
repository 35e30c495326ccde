/** The folders that are open, and whether Propel is wanted in them. */
import { existsSync } from "node:fs";
import { homedir } from "node:os";
import { isAbsolute, join } from "node:path";
import * as vscode from "vscode";
import { modeIn } from "./mode";

/** The open folders on this host's disk; Propel works in no other. */
export function localFolders(): vscode.WorkspaceFolder[] {
  return (vscode.workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme === "file");
}

/** The one open folder, or the one a person picks; says so when there is none. */
export async function chooseFolder(): Promise<vscode.WorkspaceFolder | undefined> {
  const folders = localFolders();
  if (folders.length > 1) {
    const placeHolder = "Which folder is it about?";
    return vscode.window.showWorkspaceFolderPick({ placeHolder });
  }
  if (folders[0] !== undefined) return folders[0];
  const open = "Open Folder";
  const text = "Propel works on a folder, and none is open. Open the folder of your training code.";
  if ((await vscode.window.showWarningMessage(text, open)) === open) {
    await vscode.commands.executeCommand("vscode.openFolder");
  }
  return undefined;
}

export function modeFile(folder: vscode.WorkspaceFolder): vscode.Uri {
  return vscode.Uri.joinPath(folder.uri, ".propel", "mode.json");
}

/** The text of `file`, or undefined when it can't be read. */
export async function readText(file: vscode.Uri): Promise<string | undefined> {
  return vscode.workspace.fs.readFile(file).then(
    (bytes) => new TextDecoder().decode(bytes),
    () => undefined,
  );
}

/** Whether the helper is to be started unasked: trainer mode, or runs that may want watching. */
export async function isWanted(): Promise<boolean> {
  if (existsSync(runsFolder(process.env))) return true;
  for (const folder of localFolders()) {
    if (modeIn(await readText(modeFile(folder))) === "trainer") return true;
  }
  return false;
}

/** Where the helper keeps runs: the XDG base directory specification, relative paths ignored. */
function runsFolder(environment: NodeJS.ProcessEnv): string {
  const state = environment["XDG_STATE_HOME"] ?? "";
  const base = isAbsolute(state) ? state : join(homedir(), ".local", "state");
  return join(base, "propel", "runs");
}
