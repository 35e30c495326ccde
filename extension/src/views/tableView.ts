/** The table of a folder's scan, in the editor's Markdown preview. */
import { posix } from "node:path";
import * as vscode from "vscode";
import type { Ctx } from "../context";
import { localFolders } from "../folders";
import { table } from "../helper/wire.gen";
import { plain, withoutLinks } from "../plainText";

export const tableScheme = "propel";
const fileName = "Commands and Environment.md";

/** A read-only document per folder, made anew whenever what was found there changes. */
export class TableDocuments implements vscode.TextDocumentContentProvider, vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly #parts: { dispose: () => unknown }[];

  readonly onDidChange = this.#changed.event;

  constructor(private readonly ctx: Ctx) {
    this.#parts = [
      this.#changed,
      vscode.workspace.registerTextDocumentContentProvider(tableScheme, this),
      ctx.project.onDidChange((folder) => {
        for (const { uri } of vscode.workspace.textDocuments) {
          const isAbout = folder === undefined || folderOf(uri) === folder;
          if (uri.scheme === tableScheme && isAbout) this.#changed.fire(uri);
        }
      }),
    ];
  }

  async provideTextDocumentContent(uri: vscode.Uri): Promise<string> {
    const folder = folderOf(uri);
    const { helper } = this.ctx;
    if (!(await helper.start())) {
      const { state } = helper;
      return state.tag === "down" ? `${plain(state.cause)}\n\n${plain(state.nextStep)}` : "";
    }
    const answer = await helper.requestQuietly(table, { folder, links: linksTo(folder) });
    return answer?.markdown ?? "The folder could not be scanned. The log says why.";
  }

  dispose(): void {
    for (const part of this.#parts) part.dispose();
  }
}

/** Whether the table of `folder` is in a tab, perhaps from before a reload. */
export function isTableOpen(): boolean {
  const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
  return tabs.some(({ label }) => label.includes(fileName));
}

/** Shows the table; a person asked, or opened a folder in trainer mode. */
export async function showTable(folder: vscode.WorkspaceFolder): Promise<void> {
  const uri = documentOf(folder);
  try {
    await vscode.workspace.openTextDocument(uri);
    await vscode.commands.executeCommand("markdown.showPreview", uri);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    const text = `The editor can't show the table: ${why} The Propel view shows the same.`;
    void vscode.window.showErrorMessage(withoutLinks(text));
  }
}

function documentOf(folder: vscode.WorkspaceFolder): vscode.Uri {
  const path = posix.join("/", folder.name.replaceAll("/", "_"), fileName);
  return vscode.Uri.from({ scheme: tableScheme, path, query: folder.uri.fsPath });
}

function folderOf(uri: vscode.Uri): string {
  return uri.query;
}

/**
 * What a link to a file of `folder` starts with. The preview resolves an absolute link of a
 * document that is in no folder against the first folder (`getWorkspaceFolder` and
 * `resolveInternalDocumentLink` of vscode-markdown-languageservice); `file:` links it drops.
 */
function linksTo(folder: string): string {
  const first = localFolders()[0]?.uri.fsPath ?? folder;
  return posix.join("/", posix.relative(first, folder), "/");
}
