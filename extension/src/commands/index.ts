/** Every command of the extension. Nothing else registers one; package.json declares the same. */
import * as vscode from "vscode";
import type { Ctx } from "../context";
import { askForChange } from "./ask";
import { attachToRun } from "./attach";
import { attachDebugger } from "./attachDebugger";
import { checkInOnRun } from "./checkIn";
import { debugCrash } from "./debug";
import { dismissCrash } from "./dismiss";
import { dismissOnePrompt } from "./dismissPrompt";
import { exportCard } from "./exportCard";
import { fixCrash } from "./fix";
import { goToCrashLine } from "./goToCrash";
import { killRun } from "./kill";
import { launchTraining } from "./launch";
import { openLog } from "./openLog";
import { openRunPanel } from "./openRunPanel";
import { pruneRuns } from "./prune";
import { redirect } from "./redirect";
import { refresh } from "./refresh";
import { restartHelper } from "./restartHelper";
import { restartRun } from "./restart";
import { revertFix } from "./revert";
import { setTarget } from "./setTarget";
import { showLog } from "./showLog";
import { showProject } from "./showProject";
import { showRuns } from "./runs";
import { switchMode } from "./switchMode";
import { stopScans } from "./stopScan";
import { unmarkLines } from "./unmark";
import { whyStuck } from "./stuck";

export interface Row {
  readonly title: string;
  /** With the helper running. */
  readonly run: (ctx: Ctx, argument: unknown) => Promise<void>;
  /** When it is not running; without this it is started first. */
  readonly stopped?: (ctx: Ctx, argument: unknown) => Promise<void>;
}

export const commandTable: Readonly<Record<string, Row>> = {
  "propel.launch": { title: "Launch Training", run: launchTraining },
  "propel.showProject": { title: "Show Commands and Environment", run: showProject },
  "propel.refresh": { title: "Scan Again", run: refresh },
  "propel.stopScan": { title: "Stop Scanning", run: stopScans },
  "propel.runs": { title: "Show Runs", run: showRuns },
  "propel.attach": { title: "Attach to Session", run: attachToRun },
  "propel.goToCrash": { title: "Go to Crash", run: goToCrashLine },
  "propel.fix": { title: "Fix Crash", run: fixCrash },
  "propel.revert": { title: "Revert Fix", run: revertFix },
  "propel.redirect": { title: "Why No Fix?", run: redirect },
  "propel.dismiss": { title: "Dismiss Crash", run: dismissCrash },
  "propel.ask": { title: "Ask for a Change", run: askForChange },
  "propel.restart": { title: "Restart Run", run: restartRun },
  "propel.debug": { title: "Debug This Crash", run: debugCrash },
  "propel.attachDebugger": { title: "Attach Debugger to Run", run: attachDebugger },
  "propel.kill": { title: "Kill Run", run: killRun },
  "propel.openRunPanel": { title: "Open Run Panel", run: openRunPanel },
  "propel.stuck": { title: "Why Is It Stuck?", run: whyStuck },
  "propel.unmark": { title: "Dismiss Wait Marks", run: unmarkLines },
  "propel.checkIn": { title: "Check In", run: checkInOnRun },
  "propel.dismissPrompt": { title: "Dismiss Prompt", run: dismissOnePrompt },
  "propel.setTarget": { title: "Set Target Metric", run: setTarget },
  "propel.exportCard": { title: "Export Run Card", run: exportCard },
  "propel.prune": { title: "Remove Old Runs", run: pruneRuns },
  "propel.openLog": { title: "Open Log", run: openLog },
  "propel.switchMode": { title: "Switch Mode", run: switchMode, stopped: switchMode },
  "propel.showLog": { title: "Show Helper Log", run: showLog, stopped: showLog },
  "propel.restartHelper": { title: "Restart Helper", run: restartHelper, stopped: restartHelper },
};

/** Registers the table. */
export function registerCommands(ctx: Ctx): vscode.Disposable[] {
  return Object.entries(commandTable).map(([id, row]) =>
    vscode.commands.registerCommand(id, (argument: unknown) => perform(ctx, row, argument)),
  );
}

async function perform(ctx: Ctx, row: Row, argument: unknown): Promise<void> {
  if (ctx.helper.state.tag === "running") return row.run(ctx, argument);
  if (row.stopped !== undefined) return row.stopped(ctx, argument);
  if (await startHelper(ctx)) return row.run(ctx, argument);
  ctx.helper.tellDown();
}

function startHelper(ctx: Ctx): Thenable<boolean> {
  const starting = { location: vscode.ProgressLocation.Window, title: "Starting Propel" };
  return vscode.window.withProgress(starting, () => ctx.helper.start());
}
