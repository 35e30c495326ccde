/** Last question: this text, in this folder, in this kind of session? */
import * as vscode from "vscode";
import type { LaunchPlan } from "../helper/wire.gen";
import { plainLine } from "../plainText";
import { confirmation } from "./confirmation";

/** How a run is to be held: what the helper is asked about, besides text and folder. */
export interface Holding {
  readonly backend: string;
  /** For a scheduler, as its own command line takes them. */
  readonly options: string;
}

/** A yes, another way to hold the run, or undefined for a no. */
export type Answer = { readonly tag: "yes" } | ({ readonly tag: "with" } & Holding);

/** Why a scheduler can't be asked for these options, undefined when it can. */
export type Refusal = (options: string) => Promise<string | undefined>;

export async function confirmLaunch(
  plan: LaunchPlan,
  refusal: Refusal,
): Promise<Answer | undefined> {
  const launch = "Launch";
  const other = "Other Session…";
  const edit = "Slurm Options…";
  const modal = { modal: true, detail: confirmation(plan) };
  const question = "Launch this training command?";
  const buttons = [
    launch,
    ...(plan.scheduled ? [edit] : []),
    ...(plan.backends.length > 1 ? [other] : []),
  ];
  const choice = await vscode.window.showWarningMessage(question, modal, ...buttons);
  if (choice === launch) return { tag: "yes" };
  const { backend, options } = plan;
  if (choice === edit) {
    return { tag: "with", backend, options: (await editOptions(options, refusal)) ?? options };
  }
  if (choice !== other) return undefined;
  // A person who looks and leaves is asked the same question again.
  const picked = (await pickBackend(plan)) ?? backend;
  return { tag: "with", backend: picked, options: picked === backend ? options : "" };
}

function editOptions(options: string, refusal: Refusal): Thenable<string | undefined> {
  return vscode.window.showInputBox({
    title: "Propel: Slurm Options",
    prompt: "As sbatch takes them. Empty: what the cluster gives by itself.",
    placeHolder: "--partition=NAME --gpus=1 --nodes=1 --time=HH:MM:SS",
    value: options,
    ignoreFocusOut: true,
    validateInput: refusal,
  });
}

async function pickBackend({ backends, backend }: LaunchPlan): Promise<string | undefined> {
  const items = backends.map((name) => ({
    name,
    label: plainLine(name),
    description: name === backend ? "now" : "",
  }));
  const picked = await vscode.window.showQuickPick(items, {
    title: "Propel: Launch Training",
    placeHolder: "What should hold the run? You are asked again before it starts.",
    ignoreFocusOut: true,
  });
  return picked?.name;
}
