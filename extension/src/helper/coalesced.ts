/** Work of which one is in flight and at most one more waits, however often it is asked for. */
export class Coalesced {
  #running: Promise<void> | undefined;
  #queued: Promise<void> | undefined;

  constructor(private readonly work: () => Promise<void>) {}

  /** Starts the work; while it runs, queues it once more. Resolves when that round is done. */
  run(): Promise<void> {
    if (this.#running === undefined) {
      const round = this.work().finally(() => {
        this.#running = undefined;
      });
      this.#running = round;
      return round;
    }
    const again = (): Promise<void> => {
      this.#queued = undefined;
      return this.run();
    };
    this.#queued ??= this.#running.then(again, again);
    return this.#queued;
  }

  /** Joins the round in flight, or starts one. */
  join(): Promise<void> {
    return this.#queued ?? this.#running ?? this.run();
  }
}
