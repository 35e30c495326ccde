import { describe, expect, test } from "vitest";
import { Coalesced } from "../../../extension/src/helper/coalesced";

/** Work that ends when it is told to, and counts its rounds. */
class Rounds {
  started = 0;
  readonly #ends: { resolve: () => void; reject: (error: Error) => void }[] = [];

  readonly work = (): Promise<void> => {
    this.started += 1;
    return new Promise((resolve, reject) => {
      this.#ends.push({ resolve, reject });
    });
  };

  end(error?: Error): void {
    const next = this.#ends.shift();
    if (error === undefined) next?.resolve();
    else next?.reject(error);
  }
}

describe("run", () => {
  test("many calls while one is in flight make exactly one more", async () => {
    const rounds = new Rounds();
    const coalesced = new Coalesced(rounds.work);
    const first = coalesced.run();
    const others = [coalesced.run(), coalesced.run(), coalesced.run()];
    expect(rounds.started).toBe(1);
    rounds.end();
    await first;
    await expect.poll(() => rounds.started).toBe(2);
    rounds.end();
    await Promise.all(others);
    expect(rounds.started).toBe(2);
  });

  test("the waiting round starts although the one before failed", async () => {
    const rounds = new Rounds();
    const coalesced = new Coalesced(rounds.work);
    const first = coalesced.run();
    const second = coalesced.run();
    rounds.end(new Error("no"));
    await expect(first).rejects.toThrow("no");
    await expect.poll(() => rounds.started).toBe(2);
    rounds.end();
    await second;
  });
});

test("join starts a round only when none is in flight", async () => {
  const rounds = new Rounds();
  const coalesced = new Coalesced(rounds.work);
  const joined = [coalesced.join(), coalesced.join()];
  expect(rounds.started).toBe(1);
  rounds.end();
  await Promise.all(joined);
  void coalesced.join();
  expect(rounds.started).toBe(2);
});
