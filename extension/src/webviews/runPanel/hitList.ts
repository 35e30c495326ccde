/** What a search has found so far, and which hit is looked at. Needs no page. */
import type { LogHits, LogLine } from "../../helper/wire.gen";
import { bytes } from "./numbers";

/** More hits than anybody steps through. */
const mostHits = 5000;

export class HitList {
  /** Names the search: an answer to an earlier one is of no use. */
  search = 0;
  needle = "";
  #hits: readonly LogLine[] = [];
  #at = -1;
  #told = "";

  get current(): LogLine | undefined {
    return this.#hits[this.#at];
  }

  /** What to tell of it: which hit of how many, or how far the search is. */
  get text(): string {
    return this.#told;
  }

  begin(needle: string): void {
    this.end();
    this.needle = needle;
    this.#told = "searching…";
  }

  end(): void {
    this.search += 1;
    this.needle = "";
    this.#hits = [];
    this.#at = -1;
    this.#told = "";
  }

  /** Returns the offset to go on from, undefined when nothing more is wanted. */
  take({ lines, next, size }: LogHits): number | undefined {
    this.#hits = [...this.#hits, ...lines];
    const count = this.#hits.length;
    if (next !== null && count < mostHits) {
      this.#told = `${count} hits in ${bytes(next)} of ${bytes(size)}`;
      return next;
    }
    this.#tell();
    return undefined;
  }

  /** The hit `by` places further, from the last one on to the first. */
  step(by: number): LogLine | undefined {
    const count = this.#hits.length;
    if (count === 0) return undefined;
    this.#at = (Math.max(this.#at, by < 0 ? 0 : -1) + by + count) % count;
    this.#tell();
    return this.current;
  }

  #tell(): void {
    const count = this.#hits.length;
    this.#told = count === 0 ? "not found" : `${this.#at + 1} of ${count}`;
  }
}
