import * as vscode from "vscode";
import type { Ctx } from "../context";
import { localFolders } from "../folders";
import { stopScan } from "../helper/wire.gen";

/** Ends the scans that go on; what they have found so far stays. */
export async function stopScans(ctx: Ctx): Promise<void> {
  const folders = localFolders().map(({ uri }) => uri.fsPath);
  const slow = folders.filter((folder) => ctx.project.report(folder)?.unfinished === true);
  if (slow.length === 0) {
    void vscode.window.showInformationMessage("No scan is under way.");
    return;
  }
  await Promise.all(slow.map((folder) => ctx.helper.request(stopScan, { folder })));
}
