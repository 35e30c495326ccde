/** What a panel's page is told while it is visible: asked of the helper once a second. */
import type { Helper } from "../helper/helper";
import { curves, gpuCurves, logPage, type LogPageParams, type RunCurves } from "../helper/wire.gen";
import type { Slot, ToPage } from "../webviews/runPanel/messages";
import { Marks } from "./marks";

/** Milliseconds between two questions; a log that is still being read is asked on at once. */
const pace = { usual: 1000, reading: 30, hidden: 5000 } as const;

interface Following {
  readonly attempt: number;
  /** Where the page's lines end, null before the first. */
  readonly offset: number | null;
}

export interface FeedParts {
  readonly helper: Helper;
  readonly post: (message: ToPage) => void;
  /** The run of a slot, and whether its processes may still print. */
  readonly run: (slot: Slot) => { readonly run: string; readonly isRunning: boolean } | undefined;
  /** Called before each round. */
  readonly tick: () => void;
}

export class Feed {
  readonly #marks: Readonly<Record<Slot, Marks>> = { main: new Marks(), other: new Marks() };
  readonly #settled: Record<Slot, boolean> = { main: false, other: false };
  #taken = 0;
  #hasGpus = false;
  #following: Following | undefined;
  #logAttempt = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #early: Promise<RunCurves | undefined> | undefined;
  #isRunning = false;
  #round = 0;

  constructor(private readonly parts: FeedParts) {}

  /** Asks already while the page is still being loaded. */
  warm(): void {
    const main = this.parts.run("main");
    if (main === undefined) return;
    this.#early = this.parts.helper.requestQuietly(curves, { run: main.run, marks: [] });
  }

  /** Begins, or goes on at once: somebody sees it. */
  start(): void {
    this.#isRunning = true;
    clearTimeout(this.#timer);
    void this.#tick((this.#round += 1));
  }

  /** The panel is open behind something: only its GPUs are sampled, and seldom. */
  rest(): void {
    this.stop();
    this.#timer = setTimeout(() => {
      const main = this.parts.run("main");
      if (main?.isRunning === true) {
        const params = { run: main.run, taken: Date.now() / 1000 };
        void this.parts.helper.requestQuietly(gpuCurves, params);
      }
      this.rest();
    }, pace.hidden);
  }

  stop(): void {
    this.#isRunning = false;
    this.#round += 1;
    clearTimeout(this.#timer);
  }

  /** The page knows nothing (any more): everything is told anew. */
  forget(...slots: readonly Slot[]): void {
    for (const slot of slots) {
      this.#marks[slot].clear();
      this.#settled[slot] = false;
    }
    if (slots.includes("main")) {
      this.#taken = 0;
      this.#hasGpus = false;
    }
  }

  /** The run of a slot may have news although it was over. */
  wake(slot: Slot): void {
    this.#settled[slot] = false;
  }

  follow(following: Following | undefined): void {
    this.#following = following;
  }

  async #tick(round: number): Promise<void> {
    this.parts.tick();
    const [main] = await Promise.all([
      this.#tellCurves("main"),
      this.#tellCurves("other"),
      this.#tellLog(),
    ]);
    await this.#tellGpus();
    if (!this.#isRunning || round !== this.#round) return;
    const isReading = main !== undefined && main.read < 1;
    this.#timer = setTimeout(() => void this.#tick(round), isReading ? pace.reading : pace.usual);
  }

  async #tellCurves(slot: Slot): Promise<RunCurves | undefined> {
    const asked = this.parts.run(slot);
    if (asked === undefined || this.#settled[slot]) return undefined;
    const marks = this.#marks[slot];
    const params = { run: asked.run, marks: marks.all };
    const early = slot === "main" ? await this.#takeEarly() : undefined;
    const answer = early ?? (await this.parts.helper.requestQuietly(curves, params));
    if (answer === undefined || this.parts.run(slot)?.run !== asked.run) return undefined;
    marks.take(answer);
    this.#settled[slot] = answer.settled && !asked.isRunning;
    this.parts.post({ type: "curves", slot, curves: answer });
    return answer;
  }

  /** The answer that was asked for beforehand, for a page that knows nothing yet. */
  #takeEarly(): Promise<RunCurves | undefined> | undefined {
    const early = this.#early;
    this.#early = undefined;
    return this.#marks.main.all.length === 0 ? early : undefined;
  }

  async #tellGpus(): Promise<void> {
    const asked = this.parts.run("main");
    if (asked === undefined || (this.#settled.main && this.#hasGpus)) return;
    const params = { run: asked.run, taken: this.#taken };
    const gpu = await this.parts.helper.requestQuietly(gpuCurves, params);
    if (gpu === undefined) return;
    this.#taken = gpu.taken;
    this.#hasGpus = true;
    this.parts.post({ type: "gpu", gpu });
  }

  async #tellLog(): Promise<void> {
    const following = this.#following;
    const asked = this.parts.run("main");
    if (following === undefined || asked === undefined) return;
    const isFirst = following.offset === null;
    if (!isFirst && this.#settled.main) return;
    const way = isFirst ? "end" : "after";
    const { attempt, offset } = following;
    const params: LogPageParams = { run: asked.run, attempt, way, offset: offset ?? 0 };
    const page = await this.parts.helper.requestQuietly(logPage, params);
    if (page === undefined || this.#following !== following) return;
    if (!isFirst && page.attempt !== this.#logAttempt) {
      // It was started again: its log is another file.
      this.#following = { ...following, offset: null };
      return;
    }
    this.#logAttempt = page.attempt;
    this.#following = { ...following, offset: page.end };
    this.parts.post({ type: "log", way, page });
  }
}
