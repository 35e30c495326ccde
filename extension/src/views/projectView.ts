import * as vscode from "vscode";
import type { Ctx } from "../context";
import { localFolders } from "../folders";
import { plainLine } from "../plainText";
import type { Place, ProjectRow } from "../project/row";
import { projectRows } from "../project/rows";

/** What was found in the open folders: commands, configs and the environment. */
export class ProjectView implements vscode.TreeDataProvider<ProjectRow>, vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<undefined>();
  readonly #view: vscode.TreeView<ProjectRow>;
  readonly #parts: { dispose: () => unknown }[];

  readonly onDidChangeTreeData = this.#changed.event;

  constructor(private readonly ctx: Ctx) {
    this.#view = vscode.window.createTreeView("propel.project", { treeDataProvider: this });
    const refresh = (): void => {
      this.#say();
      this.#changed.fire(undefined);
    };
    this.#parts = [
      this.#view,
      this.#changed,
      ctx.project.onDidChange(refresh),
      vscode.workspace.onDidChangeWorkspaceFolders(refresh),
      this.#view.onDidChangeVisibility(() => {
        this.#open();
      }),
    ];
    this.#open();
  }

  getChildren(row?: ProjectRow): ProjectRow[] {
    if (row !== undefined) return [...(row.children ?? [])];
    const folders = localFolders();
    const [only] = folders;
    if (only !== undefined && folders.length === 1) return this.#groups(only);
    return folders.map((folder) => ({
      id: folder.uri.fsPath,
      label: plainLine(folder.name),
      icon: "root-folder",
      children: this.#groups(folder),
    }));
  }

  getTreeItem(row: ProjectRow): vscode.TreeItem {
    const { None, Collapsed, Expanded } = vscode.TreeItemCollapsibleState;
    const open = row.isClosed === true ? Collapsed : Expanded;
    const item = new vscode.TreeItem(row.label, row.children === undefined ? None : open);
    item.id = row.id;
    item.tooltip = row.tooltip ?? row.label;
    if (row.description !== undefined) item.description = row.description;
    if (row.icon !== undefined) {
      const colour = row.colour === undefined ? undefined : new vscode.ThemeColor(row.colour);
      item.iconPath = new vscode.ThemeIcon(row.icon, colour);
    }
    if (row.command !== undefined) item.contextValue = "project.command";
    if (row.opens !== undefined) item.command = opening(row.opens);
    if (row.runs !== undefined) item.command = { command: row.runs, title: row.label };
    return item;
  }

  dispose(): void {
    for (const part of this.#parts) part.dispose();
  }

  /** A person who opens the view wants to see what is there. */
  #open(): void {
    if (this.#view.visible && localFolders().length > 0) void this.ctx.helper.start();
    this.#say();
  }

  #groups(folder: vscode.WorkspaceFolder): ProjectRow[] {
    const path = folder.uri.fsPath;
    const report = this.ctx.project.report(path);
    if (report !== undefined) return [...projectRows(path, report)];
    if (this.ctx.helper.state.tag !== "running") return [];
    const options = { location: { viewId: "propel.project" } };
    if (!this.ctx.project.isLooking(path)) {
      void vscode.window.withProgress(options, () => this.ctx.project.look(path));
    }
    return [];
  }

  /** Why there is nothing to see, where that is so. */
  #say(): void {
    const { state } = this.ctx.helper;
    const trouble = state.tag === "down" ? `${state.cause} ${state.nextStep}` : "";
    const isSlow = localFolders().some(
      ({ uri }) => this.ctx.project.report(uri.fsPath)?.unfinished === true,
    );
    this.#view.message = trouble || (isSlow ? "The folder answers slowly." : "");
  }
}

/** A click on a row: the file at its line. */
function opening({ file, line }: Place): vscode.Command {
  const at = new vscode.Position(Math.max(0, (line ?? 1) - 1), 0);
  const options: vscode.TextDocumentShowOptions =
    line === null ? {} : { selection: new vscode.Range(at, at) };
  return {
    command: "vscode.open",
    title: "Open",
    arguments: [vscode.Uri.file(file), options],
  };
}
