/** The table of a folder's scan, in the editor's Markdown preview. */
import { posix } from "node:path";
import * as vscode from "vscode";
import type { Ctx } from "../context";
import { localFolders } from "../folders";
import { table } from "../helper/wire.gen";
import { plain, withoutLinks } from "../plainText";

export const tableScheme = "propel";
const fileName = "Commands and Environment.md";
const lines = "line/";

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
      vscode.window.onDidChangeActiveTextEditor((editor) => {
        if (editor !== undefined) void follow(editor);
      }),
    ];
  }

  async provideTextDocumentContent(uri: vscode.Uri): Promise<string> {
    const place = placeOf(uri);
    if (place !== undefined) return `Line ${place.line} of ${place.file.fsPath}\n`;
    const folder = folderOf(uri);
    const { helper } = this.ctx;
    if (!(await helper.start())) {
      const { state } = helper;
      return state.tag === "down" ? `${plain(state.cause)}\n\n${plain(state.nextStep)}` : "";
    }
    const answer = await helper.requestQuietly(table, { folder, links: linksTo(folder), lines });
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
    // Unlocked, it would turn into the preview of whichever Markdown file is opened next.
    await vscode.commands.executeCommand("markdown.showPreview", uri, undefined, { locked: true });
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

/**
 * The preview shows a link to a Markdown file as another preview, whatever line it names
 * (`markdown.preview.openMarkdownLinks`), but opens a document in another language as text. So such
 * a link leads to a document of this scheme, and when that is opened, the line takes its place.
 */
async function follow(editor: vscode.TextEditor): Promise<void> {
  const { uri } = editor.document;
  const place = placeOf(uri);
  if (place === undefined) return;
  const at = new vscode.Position(place.line - 1, 0);
  const selection = new vscode.Range(at, at);
  const { viewColumn } = editor;
  const where = viewColumn === undefined ? { selection } : { selection, viewColumn };
  try {
    await vscode.window.showTextDocument(place.file, where);
  } catch {
    // The file is gone: what is shown says which line it was.
    return;
  }
  const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
  const name = uri.toString();
  const left = tabs.filter(
    ({ input }) => input instanceof vscode.TabInputText && input.uri.toString() === name,
  );
  await vscode.window.tabGroups.close(left, true);
}

/** The line that a link of the table leads to; undefined for another document, or a file elsewhere. */
function placeOf(uri: vscode.Uri): { file: vscode.Uri; line: number } | undefined {
  if (uri.scheme !== tableScheme) return undefined;
  const [, file, line] = /^\/[^/]+\/line\/(.+):([1-9]\d*)$/.exec(uri.path) ?? [];
  const folder = localFolders().find(({ uri: { fsPath } }) => fsPath === folderOf(uri));
  if (file === undefined || folder === undefined) return undefined;
  const whole = vscode.Uri.joinPath(folder.uri, file);
  const isInside = whole.path.startsWith(`${folder.uri.path}/`);
  return isInside ? { file: whole, line: Number(line) } : undefined;
}
