/** One question before a launch. Leaving it skips it; the launch itself is asked about later. */
import * as vscode from "vscode";
import type { Ctx } from "../context";
import { judge, type Choice, type Question } from "../helper/wire.gen";
import { plainLine, withoutIcons } from "../plainText";

export interface Place {
  readonly step: number;
  readonly of: number;
  readonly folder: string;
  readonly cwd: string;
}

/** The answer, "" when it was skipped; and the text to go on editing with, if it asks for that. */
export type Given = Pick<Choice, "answer" | "command">;

const skipped: Given = { answer: "", command: null };

export async function askQuestion(ctx: Ctx, question: Question, place: Place): Promise<Given> {
  return question.choices.length === 0 ? typed(ctx, question, place) : picked(question, place);
}

function titleOf({ step, of }: Place): string {
  const count = of > 1 ? ` (question ${step} of ${of})` : "";
  return `Propel: Launch Training${count}. Escape skips it.`;
}

async function picked({ text, choices }: Question, place: Place): Promise<Given> {
  const items = choices.map(({ label, detail, answer, command }) => ({
    label: withoutIcons(label),
    ...(detail === "" ? {} : { detail: withoutIcons(detail) }),
    answer,
    command,
  }));
  const choice = await vscode.window.showQuickPick(items, {
    title: titleOf(place),
    placeHolder: plainLine(text),
    ignoreFocusOut: true,
  });
  return choice ?? skipped;
}

/** The metric and its value, "" for none; undefined for a person who left. */
export async function askTarget(ctx: Ctx, folder: string): Promise<string | undefined> {
  const answer = await vscode.window.showInputBox({
    title: "Propel: Set Target Metric",
    prompt: "Which metric should this run reach, and which value? Nothing takes the target away.",
    placeHolder: "val_loss < 0.5",
    ignoreFocusOut: true,
    validateInput: (value) => problemOf(ctx, "target-metric", value, { folder, cwd: "" }),
  });
  return answer?.trim();
}

/** What the helper has against an answer, undefined when it can be taken. */
async function problemOf(
  ctx: Ctx,
  question: string,
  answer: string,
  { folder, cwd }: Pick<Place, "folder" | "cwd">,
): Promise<string | undefined> {
  if (answer.trim() === "") return undefined;
  const judged = await ctx.helper.requestQuietly(judge, { folder, cwd, question, answer });
  return judged?.problem === "" ? undefined : judged?.problem;
}

async function typed(ctx: Ctx, { id, text, hint }: Question, place: Place): Promise<Given> {
  const answer = await vscode.window.showInputBox({
    title: titleOf(place),
    prompt: plainLine(text),
    placeHolder: plainLine(hint),
    ignoreFocusOut: true,
    validateInput: (value) => problemOf(ctx, id, value, place),
  });
  return { answer: answer?.trim() ?? "", command: null };
}
