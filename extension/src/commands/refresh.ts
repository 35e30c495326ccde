import * as vscode from "vscode";
import type { Ctx } from "../context";
import { chooseFolder, localFolders } from "../folders";

/** Scans every open folder again, and looks at the host anew. */
export async function refresh(ctx: Ctx): Promise<void> {
  if (localFolders().length === 0) {
    await chooseFolder();
    return;
  }
  const options = { location: { viewId: "propel.project" } };
  const looked = await vscode.window.withProgress(options, () =>
    Promise.all(localFolders().map(({ uri }) => ctx.project.look(uri.fsPath))),
  );
  if (looked.includes(undefined)) {
    const button = "Show Log";
    const text = "A folder could not be scanned; what is shown is older. The log says why.";
    if ((await vscode.window.showWarningMessage(text, button)) === button) ctx.log.show();
  }
}
