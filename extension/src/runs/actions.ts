/** What can be done with a run, by its state. Needs no editor. */
import { standingFix } from "../fix/standing";
import type { Run, RunState } from "../helper/wire.gen";

export interface Action {
  readonly command: string;
  readonly title: string;
  readonly icon: string;
  readonly states: readonly RunState[];
  /** Only when a fix has edits that still stand. */
  readonly fixed?: true;
}

const ended: readonly RunState[] = ["succeeded", "failed", "killed", "lost"];
const crashed: readonly RunState[] = ["failed", "killed"];

const actions: readonly Action[] = [
  { command: "propel.goToCrash", title: "Go to crash", icon: "target", states: crashed },
  { command: "propel.fix", title: "Fix…", icon: "lightbulb", states: crashed },
  { command: "propel.debug", title: "Debug this crash…", icon: "debug-alt", states: crashed },
  {
    command: "propel.attachDebugger",
    title: "Attach debugger…",
    icon: "debug-alt",
    states: ["running"],
  },
  {
    command: "propel.attach",
    title: "Attach",
    icon: "terminal",
    states: ["running", "succeeded", "failed", "killed"],
  },
  { command: "propel.restart", title: "Restart…", icon: "debug-restart", states: ended },
  {
    command: "propel.revert",
    title: "Revert fix…",
    icon: "discard",
    states: ["running", ...ended],
    fixed: true,
  },
  {
    command: "propel.stuck",
    title: "Why is it stuck?",
    icon: "inspect",
    states: ["running"],
  },
  { command: "propel.kill", title: "Kill…", icon: "debug-stop", states: ["running"] },
  { command: "propel.checkIn", title: "Check in…", icon: "pulse", states: ["running", ...ended] },
  {
    command: "propel.openRunPanel",
    title: "Open panel",
    icon: "graph-line",
    states: ["running", ...ended],
  },
  { command: "propel.openLog", title: "Open log", icon: "output", states: ["running", ...ended] },
  {
    command: "propel.setTarget",
    title: "Set target metric…",
    icon: "symbol-number",
    states: ["running", ...ended],
  },
  {
    command: "propel.exportCard",
    title: "Export run card…",
    icon: "markdown",
    states: ["running", ...ended],
  },
  { command: "propel.prune", title: "Remove…", icon: "trash", states: ended },
  { command: "propel.dismiss", title: "Dismiss crash", icon: "clear-all", states: crashed },
];

type Standing = Pick<Run, "state" | "fixes">;

export function actionsFor(run: Standing): readonly Action[] {
  const isFixed = standingFix(run) !== undefined;
  return actions.filter(
    ({ states, fixed }) => states.includes(run.state) && (fixed === undefined || isFixed),
  );
}

/** What the menus of package.json know of a run's row. */
export function contextOf(run: Standing): string {
  return `run.${run.state}${standingFix(run) === undefined ? "" : ".fixed"}`;
}
