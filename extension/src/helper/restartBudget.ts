/** How often a crashed helper is started again before Propel gives up. */
export class RestartBudget {
  #crashes: number[] = [];

  /**
   * @param limit restarts within `span`
   * @param span milliseconds
   */
  constructor(
    private readonly limit: number,
    private readonly span: number,
  ) {}

  /** Notes a crash at `now` (milliseconds); whether it may be answered by a restart. */
  spend(now: number): boolean {
    this.#crashes = [...this.#crashes.filter((time) => now - time < this.span), now];
    return this.#crashes.length <= this.limit;
  }

  /** A person asked for a restart: start counting anew. */
  reset(): void {
    this.#crashes = [];
  }
}
