import { join } from "node:path";
import * as vscode from "vscode";
import type { Ctx } from "../context";
import { chooseFolder, localFolders } from "../folders";
import {
  launch,
  plan,
  scan,
  type CommandParams,
  type LaunchPlan,
  type Run,
} from "../helper/wire.gen";
import { BeforeLaunch } from "../launch/beforeLaunch";
import { confirmLaunch, type Holding } from "../launch/confirm";
import { editCommand } from "../launch/editCommand";
import { pickCommand, type Start } from "../launch/pickCommand";
import { plainLine, withoutLinks } from "../plainText";
import { setting } from "../settings";
import { slow } from "../slow";
import { attach } from "../terminal";
import { tellUntrusted } from "../trust";
import { stringIn } from "./arguments";

/** Find, ask, confirm, launch. Nothing runs before the yes to one exact text. */
export async function launchTraining(ctx: Ctx, argument: unknown): Promise<void> {
  const named = stringIn(argument, "folder");
  const known = localFolders().find(({ uri }) => uri.fsPath === named);
  const folder = known ?? (await chooseFolder());
  if (folder === undefined) return;
  if (!vscode.workspace.isTrusted) {
    await tellUntrusted(await whatIsThere(ctx, folder));
    return;
  }
  const start = startIn(argument) ?? (await pickCommand(ctx, folder));
  if (start === undefined) return;
  const before = new BeforeLaunch(ctx, folder.uri.fsPath, join(folder.uri.fsPath, start.cwd));
  const agreed = await agree(ctx, folder.uri.fsPath, start, before);
  if (agreed === undefined) return;
  const { command, cwd, backend, options } = agreed;
  const run = await slow({ title: "Starting the session…", cancellable: false }, () =>
    ctx.helper.request(launch, { command, cwd, backend, options }),
  );
  if (run === undefined) return;
  ctx.runs.put(run);
  void tellLaunched(ctx, run);
  await before.keep(run);
}

/** The command of a row in the Propel view: the list of commands need not be shown again. */
function startIn(argument: unknown): Start | undefined {
  const command = stringIn(argument, "command");
  if (command === undefined) return undefined;
  return { text: plainLine(command), cwd: stringIn(argument, "cwd") ?? "" };
}

/** The edited text that a person said yes to, as the helper would run it. */
async function agree(
  ctx: Ctx,
  folder: string,
  start: Start,
  before: BeforeLaunch,
): Promise<LaunchPlan | undefined> {
  const cwd = join(folder, start.cwd);
  let holding: Holding = { backend: setting("session.backend"), options: "" };
  let missing: readonly string[] = [];
  let text: string | undefined = start.text;
  for (;;) {
    text = await editCommand(ctx, { text, folder, cwd, missing });
    if (text === undefined) return undefined;
    const planned = await planOf(ctx, { command: text, cwd, ...holding });
    if (planned === undefined) return undefined;
    if (!isPointedAt(planned, missing)) {
      missing = planned.placeholders;
      continue;
    }
    const detour = planned.problem === null ? await before.look(text) : undefined;
    if (detour !== undefined) {
      text = detour;
      missing = [];
      continue;
    }
    const answer = await confirm(ctx, planned);
    if (answer?.tag !== "edit") return answer?.plan;
    ({ holding } = answer);
    missing = planned.placeholders;
  }
}

/** What a person said yes to, or with what they go on editing; undefined for a no. */
type Confirmed =
  | { readonly tag: "yes"; readonly plan: LaunchPlan }
  | { readonly tag: "edit"; readonly holding: Holding };

async function confirm(ctx: Ctx, first: LaunchPlan): Promise<Confirmed | undefined> {
  const { command, cwd } = first;
  let holding: Holding = { backend: first.backend, options: first.options };
  let planned: LaunchPlan | undefined = first;
  while (planned?.problem === null) {
    const { backend } = planned;
    const answer = await confirmLaunch(planned, async (options) => {
      const found = await ctx.helper.requestQuietly(plan, { command, cwd, backend, options });
      return found?.problem ?? undefined;
    });
    if (answer === undefined) return undefined;
    if (answer.tag === "yes") return { tag: "yes", plan: planned };
    holding = { backend: answer.backend, options: answer.options };
    planned = await planOf(ctx, { command, cwd, ...holding });
  }
  return planned !== undefined && (await wantsToEdit(planned))
    ? { tag: "edit", holding }
    : undefined;
}

function planOf(ctx: Ctx, asked: CommandParams): Promise<LaunchPlan | undefined> {
  return slow({ title: "Looking at the command…", cancellable: true }, (token) =>
    ctx.helper.request(plan, asked, token),
  );
}

/** Whether a person has seen each gap that is in the text, and wants it like this. */
function isPointedAt({ placeholders }: LaunchPlan, seen: readonly string[]): boolean {
  return placeholders.every((gap) => seen.includes(gap));
}

async function wantsToEdit({ problem }: LaunchPlan): Promise<boolean> {
  const edit = "Edit Command";
  const choice = await vscode.window.showErrorMessage(withoutLinks(problem ?? ""), edit);
  return choice === edit;
}

async function tellLaunched(ctx: Ctx, run: Run): Promise<void> {
  const text =
    `Training runs in the ${run.backend} session ${plainLine(run.session)}, also when you close ` +
    `the editor. Attach: ${run.attach}. Detach: ${run.detach}. List: ${run.list}. ` +
    `Kill: ${run.kill}.`;
  const buttons = ["Attach", "Open Panel"] as const;
  const choice = await vscode.window.showInformationMessage(withoutLinks(text), ...buttons);
  if (choice === "Attach") attach(run);
  else if (choice === "Open Panel") ctx.panels.show(run);
}

/** What a scan finds, as a sentence for a folder where nothing may run. */
async function whatIsThere(ctx: Ctx, folder: vscode.WorkspaceFolder): Promise<string> {
  const work = { title: "Looking for training commands…", cancellable: true };
  const report = await slow(work, (token) =>
    ctx.helper.request(scan, { folder: folder.uri.fsPath }, token),
  );
  const [first, ...others] = report?.commands ?? [];
  if (first === undefined) return "";
  const more = others.length > 0 ? ` and ${others.length} more` : "";
  return `Found here: ${plainLine(first.command)}${more}. `;
}
