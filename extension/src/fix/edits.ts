import * as vscode from "vscode";
import type { FileChange } from "../helper/wire.gen";

/** The documents that `changes` are about, opened. */
export async function openChanged(changes: readonly FileChange[]): Promise<vscode.TextDocument[]> {
  const open = ({ file }: FileChange): Thenable<vscode.TextDocument> =>
    vscode.workspace.openTextDocument(vscode.Uri.file(file));
  return Promise.all(changes.map(open));
}

/**
 * Applies `changes` as one undoable edit, shows the first and saves. Returns why it could not be
 * done, or undefined when it was.
 */
export async function applyChanges(changes: readonly FileChange[]): Promise<string | undefined> {
  const edit = new vscode.WorkspaceEdit();
  for (const { file, replacements } of changes) {
    for (const { line, character, endLine, endCharacter, newText } of replacements) {
      const range = new vscode.Range(line, character, endLine, endCharacter);
      edit.replace(vscode.Uri.file(file), range, newText);
    }
  }
  const documents = await openChanged(changes);
  await showFirst(changes);
  if (!(await vscode.workspace.applyEdit(edit))) {
    return "The editor did not accept the edit; nothing was changed.";
  }
  for (const document of documents) {
    if (!(await document.save())) {
      return `${document.fileName} was changed but can't be saved; the run was not restarted.`;
    }
  }
  return undefined;
}

async function showFirst(changes: readonly FileChange[]): Promise<void> {
  const first = changes[0];
  const line = first?.replacements[0]?.line;
  if (first === undefined || line === undefined) return;
  const at = new vscode.Range(line, 0, line, 0);
  await vscode.window.showTextDocument(vscode.Uri.file(first.file), { selection: at });
}
