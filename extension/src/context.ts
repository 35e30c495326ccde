import type * as vscode from "vscode";
import type { DebugSessions } from "./debugger/sessions";
import type { Helper } from "./helper/helper";
import type { RunPanels } from "./panel/runPanels";
import type { ProjectStore } from "./project/projectStore";
import type { ProgressStore } from "./runs/progressStore";
import type { RunStore } from "./runs/runStore";

/** What every command and view works with. Made once by `activate`; nothing else holds state. */
export interface Ctx {
  readonly log: vscode.LogOutputChannel;
  readonly helper: Helper;
  readonly runs: RunStore;
  readonly progress: ProgressStore;
  readonly project: ProjectStore;
  readonly panels: RunPanels;
  readonly debugging: DebugSessions;
}
