import * as vscode from "vscode";
import type { Ctx } from "../context";
import type { ProgressWords, Run } from "../helper/wire.gen";
import { plain, plainLine } from "../plainText";
import { contextOf } from "../runs/actions";
import {
  elapsed,
  look,
  placeParts,
  progressParts,
  silent,
  speedParts,
  stateText,
  summary,
} from "../runs/describe";

/** Milliseconds between two looks at how long a run has been running. */
const tick = 10_000;

/** A row below a run: it has the room for what the run's own row cuts off. */
interface ProgressRow {
  readonly below: Run;
  readonly is: "note" | "place" | "speed";
  readonly parts: readonly string[];
}

type Row = Run | ProgressRow;

/** The runs of the open folders, newest first. A run's element is the run itself. */
export class RunsView implements vscode.TreeDataProvider<Row>, vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<Row | undefined>();
  readonly #parts: { dispose: () => unknown }[];

  readonly onDidChangeTreeData = this.#changed.event;

  constructor(private readonly ctx: Ctx) {
    const view = vscode.window.createTreeView("propel.runs", { treeDataProvider: this });
    const refresh = (): void => {
      this.#changed.fire(undefined);
    };
    const timer = setInterval(() => {
      const isRunning = ctx.runs.all.some(({ state }) => state === "running");
      if (view.visible && isRunning) refresh();
    }, tick);
    this.#parts = [
      view,
      this.#changed,
      ctx.runs.onDidChange(refresh),
      ctx.progress.onDidChange((id) => {
        if (view.visible) this.#changed.fire(ctx.runs.get(id));
      }),
      view.onDidChangeVisibility(refresh),
      {
        dispose: () => {
          clearInterval(timer);
        },
      },
    ];
  }

  getChildren(row?: Row): Row[] {
    if (row === undefined) return [...this.ctx.runs.all];
    return "below" in row ? [] : this.#below(row);
  }

  getTreeItem(row: Row): vscode.TreeItem {
    return "below" in row ? progressItem(row) : this.#runItem(row);
  }

  /** What is worth knowing while it runs, where it is, how fast; of a run that goes on there is always something to say. */
  #below(run: Run): ProgressRow[] {
    const words = this.ctx.progress.of(run)?.words;
    const place = placeParts(words);
    const isSilent = place.length === 0 && run.state === "running";
    const note = run.state === "running" ? plainLine(run.reason) : "";
    const rows = [
      { below: run, is: "note", parts: note === "" ? [] : [note] },
      { below: run, is: "place", parts: isSilent ? ["no step or loss yet"] : place },
      { below: run, is: "speed", parts: speedParts(run, words) },
    ] as const;
    return rows.filter(({ parts }) => parts.length > 0);
  }

  #runItem(run: Run): vscode.TreeItem {
    const now = Date.now() / 1000;
    const { icon, colour } = run.silence === "" ? look(run.state) : silent;
    const words = this.ctx.progress.of(run)?.words;
    const said = summary(run, now, words);
    const { None, Collapsed, Expanded } = vscode.TreeItemCollapsibleState;
    const open = run.state === "running" ? Expanded : Collapsed;
    const isTold = this.#below(run).length > 0;
    const item = new vscode.TreeItem(plainLine(run.command), isTold ? open : None);
    item.id = run.run;
    item.description = said;
    item.tooltip = tooltip(run, now, words);
    item.iconPath = new vscode.ThemeIcon(icon, themeColour(colour));
    item.contextValue = contextOf(run);
    item.accessibilityInformation = {
      label: `${plainLine(run.command)}, ${said}`,
    };
    return item;
  }

  dispose(): void {
    for (const part of this.#parts) part.dispose();
  }
}

function progressItem({ below, is, parts }: ProgressRow): vscode.TreeItem {
  const item = new vscode.TreeItem(parts.join(" · "));
  item.id = `${below.run}/${is}`;
  item.tooltip = parts.join("\n");
  if (is === "note") item.iconPath = new vscode.ThemeIcon("info");
  item.accessibilityInformation = { label: parts.join(", ") };
  return item;
}

function themeColour(id: string | undefined): vscode.ThemeColor | undefined {
  return id === undefined ? undefined : new vscode.ThemeColor(id);
}

function tooltip(run: Run, now: number, words: ProgressWords | undefined): string {
  const time = elapsed(run, now);
  const progress = progressParts(run, words).join(", ");
  return [
    plain(run.command),
    `State: ${stateText(run)}${time === undefined ? "" : `, ${time}`}`,
    ...(run.silence === "" ? [] : [plainLine(run.silence)]),
    ...(progress === "" ? [] : [`Progress: ${progress}`]),
    ...(run.reason === "" ? [] : [plainLine(run.reason)]),
    `Folder: ${plainLine(run.cwd)}`,
    `Session: ${plainLine(run.session)}`,
  ].join("\n");
}
