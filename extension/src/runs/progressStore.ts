import * as vscode from "vscode";
import type { Helper } from "../helper/helper";
import type { Run, RunProgress } from "../helper/wire.gen";

/** How far each run is, as the helper last told; it tells no more than once a second. */
export class ProgressStore implements vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<string>();
  readonly #listener: vscode.Disposable;
  readonly #byRun = new Map<string, RunProgress>();

  /** Fires with the run's id. */
  readonly onDidChange = this.#changed.event;

  constructor(helper: Helper) {
    this.#listener = helper.onProgressed((told) => {
      this.#byRun.set(told.run, told);
      this.#changed.fire(told.run);
    });
  }

  /** Of the run's last attempt; undefined when its log has told nothing. */
  of({ run, attempt }: Run): RunProgress | undefined {
    const told = this.#byRun.get(run);
    return told?.attempt === attempt ? told : undefined;
  }

  dispose(): void {
    this.#listener.dispose();
    this.#changed.dispose();
  }
}
