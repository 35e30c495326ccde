import * as vscode from "vscode";
import type { Ctx } from "./context";
import { localFolders, modeFile, readText } from "./folders";
import { modeIn } from "./mode";
import { isTableOpen, showTable } from "./views/tableView";

/**
 * A folder in trainer mode is scanned when it is opened, and its table shown: once in a session
 * of the editor, and never over what a person has open from before.
 */
export class TrainerMode implements vscode.Disposable {
  readonly #watcher = vscode.workspace.createFileSystemWatcher("**/.propel/mode.json");
  readonly #listeners: vscode.Disposable[];

  constructor(
    private readonly ctx: Ctx,
    private readonly memory: vscode.Memento,
  ) {
    const enter = (): void => {
      void this.enter();
    };
    this.#listeners = [
      this.#watcher,
      this.#watcher.onDidCreate(enter),
      this.#watcher.onDidChange(enter),
      vscode.workspace.onDidChangeWorkspaceFolders(enter),
    ];
  }

  /** Looks at each open folder's mode, and does what trainer mode asks for. */
  async enter(): Promise<void> {
    for (const folder of localFolders()) {
      if (modeIn(await readText(modeFile(folder))) !== "trainer") continue;
      if (!(await this.ctx.helper.start())) continue;
      void this.ctx.project.look(folder.uri.fsPath);
      if (await this.#isNew(folder)) await showTable(folder);
    }
  }

  async #isNew(folder: vscode.WorkspaceFolder): Promise<boolean> {
    const key = `table ${folder.uri.toString()}`;
    const { sessionId } = vscode.env;
    const before = this.memory.get<string>(key);
    await this.memory.update(key, sessionId);
    if (before === sessionId || isTableOpen()) return false;
    const isEmpty = vscode.window.tabGroups.all.every(({ tabs }) => tabs.length === 0);
    return before === undefined || isEmpty;
  }

  dispose(): void {
    for (const item of this.#listeners) item.dispose();
  }
}
