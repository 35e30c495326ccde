import type { Ctx } from "../context";
import { chooseFolder } from "../folders";
import { showTable } from "../views/tableView";

/** The table of what was found, scanned anew. */
export async function showProject(ctx: Ctx): Promise<void> {
  const folder = await chooseFolder();
  if (folder === undefined) return;
  void ctx.project.look(folder.uri.fsPath);
  await showTable(folder);
}
