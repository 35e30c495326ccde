import * as vscode from "vscode";
import type { Ctx } from "../context";
import { gpuRows, type GpuRow } from "../gpus/rows";
import { gpus } from "../helper/wire.gen";

/** Milliseconds between two looks at the GPUs, while the view is to be seen. */
const period = 2000;

/** The GPUs of the host that trains: use, memory, temperature, and who holds each. */
export class GpusView implements vscode.TreeDataProvider<GpuRow>, vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<undefined>();
  readonly #view: vscode.TreeView<GpuRow>;
  readonly #parts: { dispose: () => unknown }[];
  #rows: readonly GpuRow[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;

  readonly onDidChangeTreeData = this.#changed.event;

  constructor(private readonly ctx: Ctx) {
    this.#view = vscode.window.createTreeView("propel.gpus", { treeDataProvider: this });
    this.#parts = [
      this.#view,
      this.#changed,
      this.#view.onDidChangeVisibility(() => {
        this.#begin();
      }),
      ctx.helper.onDidChangeState(() => {
        this.#begin();
      }),
      {
        dispose: () => {
          clearTimeout(this.#timer);
        },
      },
    ];
    this.#begin();
  }

  getChildren(row?: GpuRow): GpuRow[] {
    return [...(row === undefined ? this.#rows : (row.children ?? []))];
  }

  getTreeItem(row: GpuRow): vscode.TreeItem {
    const { None, Expanded } = vscode.TreeItemCollapsibleState;
    const hasChildren = row.children !== undefined && row.children.length > 0;
    const item = new vscode.TreeItem(row.label, hasChildren ? Expanded : None);
    item.id = row.id;
    item.description = row.description;
    item.tooltip = row.tooltip;
    item.iconPath = new vscode.ThemeIcon(row.icon);
    item.accessibilityInformation = { label: `${row.label} ${row.description}`.trim() };
    if (row.run !== undefined) {
      const args = [{ run: row.run }];
      item.command = { command: "propel.openRunPanel", title: "Open Run Panel", arguments: args };
    }
    return item;
  }

  dispose(): void {
    for (const part of this.#parts) part.dispose();
  }

  #begin(): void {
    clearTimeout(this.#timer);
    const { state } = this.ctx.helper;
    this.#view.message = state.tag === "down" ? `${state.cause} ${state.nextStep}` : "";
    if (this.#view.visible && state.tag === "running") void this.#look();
  }

  async #look(): Promise<void> {
    const report = await this.ctx.helper.requestQuietly(gpus, {});
    if (report !== undefined) this.#show(gpuRows(report));
    clearTimeout(this.#timer);
    if (this.#view.visible) this.#timer = setTimeout(() => void this.#look(), period);
  }

  /** What a driver that is not there says stays: nothing is drawn again for it. */
  #show(rows: readonly GpuRow[]): void {
    if (JSON.stringify(rows) === JSON.stringify(this.#rows)) return;
    this.#rows = rows;
    this.#changed.fire(undefined);
  }
}
