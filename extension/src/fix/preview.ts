/** The exact change of a fix, as a diff between each file and what it would hold. */
import { basename } from "node:path";
import * as vscode from "vscode";
import type { FileChange } from "../helper/wire.gen";
import { plainLine } from "../plainText";
import { changedText } from "./changedText";

const scheme = "propel-fix";

/** An open diff. `close` takes it away again. */
export interface Preview {
  readonly close: () => Promise<void>;
}

/** Shows what `changes` would do to `documents`, which are their files in the same order. */
export async function openPreview(
  changes: readonly FileChange[],
  documents: readonly vscode.TextDocument[],
): Promise<Preview> {
  const texts = new Map<string, string>();
  const pairs = documents.map((document, index) => {
    const changed = document.uri.with({ scheme, query: String(Date.now()) });
    texts.set(
      changed.toString(),
      changedText(document.getText(), changes[index]?.replacements ?? []),
    );
    return { now: document.uri, changed };
  });
  const provider = vscode.workspace.registerTextDocumentContentProvider(scheme, {
    provideTextDocumentContent: (uri) => texts.get(uri.toString()),
  });
  const names = documents.map(({ fileName }) => plainLine(basename(fileName)));
  const title = `${names.join(", ")} (what the fix changes)`;
  const [first] = pairs;
  if (pairs.length === 1 && first !== undefined) {
    await vscode.commands.executeCommand("vscode.diff", first.now, first.changed, title);
  } else {
    const resources = pairs.map(({ now, changed }) => [now, now, changed]);
    await vscode.commands.executeCommand("vscode.changes", title, resources);
  }
  return {
    close: async () => {
      const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
      await vscode.window.tabGroups.close(tabs.filter(({ label }) => label === title));
      provider.dispose();
    },
  };
}
