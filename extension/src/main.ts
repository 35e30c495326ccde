import * as vscode from "vscode";
import { registerCommands } from "./commands/index";
import type { Ctx } from "./context";
import { registerDebugger } from "./debugger/index";
import { DebugSessions } from "./debugger/sessions";
import { isWanted } from "./folders";
import { Helper } from "./helper/helper";
import { RunPanels } from "./panel/runPanels";
import { ProjectStore } from "./project/projectStore";
import { ProgressStore } from "./runs/progressStore";
import { RunStore } from "./runs/runStore";
import { TrainerMode } from "./trainerMode";
import { GpusView } from "./views/gpusView";
import { HelperStatus } from "./views/helperStatus";
import { notices } from "./views/notices";
import { ProjectView } from "./views/projectView";
import { RunsView } from "./views/runsView";
import { statusBar } from "./views/statusBar";
import { TableDocuments } from "./views/tableView";

/** Builds the context and registers the tables. Starts the helper only where it is wanted. */
export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const log = vscode.window.createOutputChannel("Propel", { log: true });
  const { version } = context.extension.packageJSON as { readonly version: string };
  const helper = new Helper({ extension: context.extensionUri, version, log });
  const runs = new RunStore(helper);
  const progress = new ProgressStore(helper);
  const project = new ProjectStore(helper);
  const panels = new RunPanels({ extension: context.extensionUri, helper, runs, log });
  const debugging = new DebugSessions();
  const ctx: Ctx = { log, helper, runs, progress, project, panels, debugging };
  const trainerMode = new TrainerMode(ctx, context.workspaceState);
  // Disposed in order: the views before the helper that feeds them.
  context.subscriptions.push(
    ...registerCommands(ctx),
    registerDebugger(ctx),
    trainerMode,
    new ProjectView(ctx),
    new RunsView(ctx),
    new GpusView(ctx),
    panels,
    new TableDocuments(ctx),
    statusBar(ctx),
    new HelperStatus(ctx),
    notices(ctx),
    runs,
    progress,
    project,
    { dispose: () => helper.stop() },
    helper,
    log,
  );
  if (await isWanted()) void helper.start();
  await trainerMode.enter();
}
