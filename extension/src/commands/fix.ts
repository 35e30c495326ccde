import { basename } from "node:path";
import * as vscode from "vscode";
import type { Ctx } from "../context";
import { askAtGate } from "../fix/askAtGate";
import { applyChanges } from "../fix/edits";
import { sameProposal, type Answer } from "../fix/gate";
import { pickFix } from "../fix/pickFix";
import { standingFix } from "../fix/standing";
import {
  apply,
  propose,
  type CrashNotice,
  type FixParams,
  type FixProposal,
  type Run,
} from "../helper/wire.gen";
import { withoutLinks } from "../plainText";
import { chooseCrash } from "../runs/crashOf";
import { slow } from "../slow";
import { tellUntrusted } from "../trust";
import { stringIn } from "./arguments";

/** Shows a fix's gate and, after the yes, applies it. Nothing happens before. */
export async function fixCrash(ctx: Ctx, argument: unknown): Promise<void> {
  if (!vscode.workspace.isTrusted) {
    await tellUntrusted();
    return;
  }
  const wanted = await chooseFix(ctx, argument);
  if (wanted === undefined) return;
  const proposal = await ask(ctx, wanted);
  if (proposal === undefined) return;
  const answer = await askAtGate(proposal);
  if (answer === undefined) return;
  // The files may have changed while the question stood there; the yes was to what was shown.
  const present = await ask(ctx, wanted);
  if (present === undefined) return;
  if (!sameProposal(present, proposal)) {
    void tell("The files changed while you were asked, so nothing was applied. Choose it again.");
    return;
  }
  await carryOut(ctx, wanted, present, answer);
}

async function chooseFix(ctx: Ctx, argument: unknown): Promise<FixParams | undefined> {
  const run = stringIn(argument, "run");
  const fix = stringIn(argument, "fix");
  if (run !== undefined && fix !== undefined) return { run, fix };
  const notice = await chooseCrash(ctx, argument, "Propel: Fix Crash");
  if (notice === undefined) return undefined;
  if (notice.fixes.length === 0) {
    await tellNoFix(notice);
    return undefined;
  }
  const picked = await pickFix(notice.fixes);
  return picked === undefined ? undefined : { run: notice.run.run, fix: picked };
}

async function tellNoFix(notice: CrashNotice): Promise<void> {
  if (notice.redirect !== null) {
    const argument = { run: notice.run.run, text: notice.redirect };
    await vscode.commands.executeCommand("propel.redirect", argument);
    return;
  }
  await tell(`Propel has no fix for this one. ${notice.text}`);
}

/** The fix as it would be applied now, or undefined once a person has been told why not. */
async function ask(ctx: Ctx, wanted: FixParams): Promise<FixProposal | undefined> {
  const proposal = await slow({ title: "Working out the fix…", cancellable: true }, (token) =>
    ctx.helper.request(propose, wanted, token),
  );
  if (proposal === undefined || proposal.refused === null) return proposal;
  if (proposal.tried === "") void tell(proposal.refused);
  else void tellTried(proposal.refused, proposal.tried);
  return undefined;
}

async function carryOut(
  ctx: Ctx,
  wanted: FixParams,
  proposal: FixProposal,
  { restart }: Answer,
): Promise<void> {
  if (proposal.changes.length > 0) {
    const failed = await applyChanges(proposal.changes);
    if (failed !== undefined) {
      void vscode.window.showErrorMessage(withoutLinks(failed));
      return;
    }
  }
  const title = restart ? "Restarting the run…" : "Noting the fix…";
  const run = await slow({ title, cancellable: false }, () =>
    ctx.helper.request(apply, { ...wanted, restart }),
  );
  if (run === undefined) return;
  ctx.runs.put(run);
  if (proposal.changes.length > 0) void tellApplied(run, restart);
}

/** The way back, while a person still thinks of it. */
async function tellApplied(run: Run, restart: boolean): Promise<void> {
  const fix = standingFix(run);
  if (fix === undefined) return;
  const files = fix.files.map(({ file }) => basename(file)).join(", ");
  const next = restart ? "The run was started again." : "The run was not started again.";
  const button = "Revert Fix";
  const text = withoutLinks(`The fix is in ${files}. ${next}`);
  const choice = await vscode.window.showInformationMessage(text, button);
  if (choice === button) await vscode.commands.executeCommand("propel.revert", { run: run.run });
}

/** The stop after two fixes that did not help, with all that was done. */
async function tellTried(text: string, tried: string): Promise<void> {
  const button = "Show What Was Tried";
  const choice = await vscode.window.showWarningMessage(withoutLinks(text), button);
  if (choice !== button) return;
  const untitled = { language: "markdown", content: tried };
  await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(untitled));
}

async function tell(text: string): Promise<void> {
  await vscode.window.showWarningMessage(withoutLinks(text));
}
