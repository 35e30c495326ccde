/** Asks a person at the gate, as often as the change is to be looked at first. */
import { basename } from "node:path";
import * as vscode from "vscode";
import type { FixProposal } from "../helper/wire.gen";
import { plain } from "../plainText";
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
    const items = answers(proposal).map((answer) => ({ label: answer.button, answer }));
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
