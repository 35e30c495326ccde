/** Asks a person at the gate, as often as the change is to be looked at first. */
import { basename } from "node:path";
import * as vscode from "vscode";
import type { FileChange, FixProposal } from "../helper/wire.gen";
import { plain, withoutIcons } from "../plainText";
import { firstChange } from "./changedText";
import { openChanged } from "./edits";
import { answers, details, type Answer } from "./gate";
import { openPreview } from "./preview";

const showChange = "Show change";

/** The yes that was given, undefined for any other answer. */
export async function askAtGate(proposal: FixProposal): Promise<Answer | undefined> {
  const documents = await openChanged(proposal.changes);
  const unsaved = documents.filter(({ isDirty }) => isDirty).map(({ fileName }) => fileName);
  const offered = answers(proposal);
  const detail = details(
    proposal,
    unsaved.map((file) => basename(file)),
  );
  const buttons = offered.map(({ button }) => button);
  const choice = await vscode.window.showWarningMessage(
    plain(proposal.gate),
    { modal: true, detail },
    ...(documents.length === 0 ? buttons : [...buttons, showChange]),
  );
  if (choice === showChange) return askBesideChange(proposal, documents);
  return offered.find(({ button }) => button === choice);
}

/** The question once more, beside the diff: it leaves the diff free to be read and scrolled. */
async function askBesideChange(
  proposal: FixProposal,
  documents: readonly vscode.TextDocument[],
): Promise<Answer | undefined> {
  const preview = await openPreview(proposal.changes, documents);
  try {
    // The question lies over the first lines of the diff.
    const detail = documents.map((document, index) => shown(document, proposal.changes[index]));
    const [first, ...others] = answers(proposal).map((answer) => ({
      label: answer.button,
      answer,
    }));
    const items = first === undefined ? [] : [{ ...first, detail: detail.join("; ") }, ...others];
    const picked = await vscode.window.showQuickPick<vscode.QuickPickItem & { answer?: Answer }>(
      [...items, { label: "Not now" }],
      {
        title: "Propel: Fix Crash",
        placeHolder: `${plain(proposal.title)}: the change that is shown. Okay?`,
        ignoreFocusOut: true,
      },
    );
    return picked?.answer;
  } finally {
    await preview.close();
  }
}

/** What a file's first changed line would be. */
function shown(document: vscode.TextDocument, change: FileChange | undefined): string {
  const found = firstChange(document.getText(), change?.replacements ?? []);
  const name = withoutIcons(basename(document.fileName));
  return found === undefined ? name : `${name}:${found.line + 1}: ${withoutIcons(found.text)}`;
}
