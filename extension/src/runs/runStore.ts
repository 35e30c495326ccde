import * as vscode from "vscode";
import { localFolders } from "../folders";
import type { Helper } from "../helper/helper";
import { runs as listRuns, type Run } from "../helper/wire.gen";
import { byNewest } from "./describe";

/** The runs as the helper last told them. */
export class RunStore implements vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #listeners: vscode.Disposable[];
  #byId = new Map<string, Run>();

  readonly onDidChange = this.#changed.event;

  constructor(private readonly helper: Helper) {
    this.#listeners = [
      helper.onRunChanged((run) => {
        this.put(run);
      }),
      helper.onRunEnded(({ run }) => {
        this.put(run);
      }),
      helper.onRunGone((run) => {
        this.drop(run);
      }),
      helper.onDidChangeState(({ tag }) => {
        if (tag === "running") void this.refresh();
      }),
    ];
  }

  /** Newest first. */
  get all(): readonly Run[] {
    return [...this.#byId.values()].sort(byNewest);
  }

  get(run: string): Run | undefined {
    return this.#byId.get(run);
  }

  put(run: Run): void {
    this.#byId = new Map(this.#byId).set(run.run, run);
    this.#changed.fire();
  }

  /** A run that was removed from this host. */
  drop(run: string): void {
    const left = new Map(this.#byId);
    if (!left.delete(run)) return;
    this.#byId = left;
    this.#changed.fire();
  }

  /** Asks the helper anew; what it can't tell stays as it was. */
  async refresh(): Promise<void> {
    const before = this.#byId;
    const found = new Map<string, Run>();
    for (const { uri } of localFolders()) {
      const answer = await this.helper.requestQuietly(listRuns, { folder: uri.fsPath });
      if (answer === undefined) return;
      for (const run of answer.runs) found.set(run.run, run);
    }
    // What was told while the answer was on its way is newer than the answer.
    for (const [id, run] of this.#byId) if (before.get(id) !== run) found.set(id, run);
    this.#byId = found;
    this.#changed.fire();
  }

  dispose(): void {
    for (const item of [...this.#listeners, this.#changed]) item.dispose();
  }
}
