import * as vscode from "vscode";
import type { Helper } from "../helper/helper";
import { scan, type ScanReport } from "../helper/wire.gen";

/** What the helper last found in each folder. Asks only about folders that somebody looks at. */
export class ProjectStore implements vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<string | undefined>();
  readonly #listeners: vscode.Disposable[];
  readonly #asking = new Map<string, Promise<ScanReport | undefined>>();
  readonly #reports = new Map<string, ScanReport>();

  /** Fires with the folder that it is about; undefined: perhaps all. */
  readonly onDidChange = this.#changed.event;

  constructor(private readonly helper: Helper) {
    this.#listeners = [
      helper.onScanned(({ folder, report }) => {
        this.put(folder, report);
      }),
      helper.onDidChangeState(({ tag }) => {
        // A new helper knows nothing yet and watches nothing before it is asked.
        if (tag === "running") for (const folder of this.#reports.keys()) void this.look(folder);
        this.#changed.fire(undefined);
      }),
    ];
  }

  report(folder: string): ScanReport | undefined {
    return this.#reports.get(folder);
  }

  isLooking(folder: string): boolean {
    return this.#asking.has(folder);
  }

  put(folder: string, report: ScanReport): void {
    this.#reports.set(folder, report);
    this.#changed.fire(folder);
  }

  /** Scans `folder` anew, once however often it is asked; undefined when that is not possible. */
  look(folder: string): Promise<ScanReport | undefined> {
    const asked = this.#asking.get(folder);
    if (asked !== undefined) return asked;
    const asking = this.#look(folder).finally(() => {
      this.#asking.delete(folder);
    });
    this.#asking.set(folder, asking);
    return asking;
  }

  async #look(folder: string): Promise<ScanReport | undefined> {
    const report = await this.helper.requestQuietly(scan, { folder });
    if (report !== undefined) this.put(folder, report);
    return report;
  }

  dispose(): void {
    for (const item of [...this.#listeners, this.#changed]) item.dispose();
  }
}
