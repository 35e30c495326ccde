/** How much of a run's curves a page has been told. Needs no editor. */
import type { CurveMark, RunCurves } from "../helper/wire.gen";

export class Marks {
  #known = new Map<string, CurveMark>();

  clear(): void {
    this.#known = new Map();
  }

  get all(): readonly CurveMark[] {
    return [...this.#known.values()];
  }

  take({ pieces }: RunCurves): void {
    for (const { attempt, name, version, settled, taken } of pieces) {
      this.#known.set(`${attempt}/${name}`, { attempt, name, version, settled, taken });
    }
  }
}
