import { expect, test } from "vitest";
import {
  CurveStore,
  GpuStore,
  withDetail,
} from "../../../extension/src/webviews/runPanel/curveStore";

function piece(
  start: number,
  at: readonly number[],
  changes: { name?: string; attempt?: number } = {},
) {
  const values = at.map((place) => place / 10);
  return {
    ...{ attempt: 1, name: "loss", version: 0, start, settled: at.length, taken: at.length },
    ...{ at, seconds: at.map((place) => place * 2), values },
    ...changes,
  };
}

test("a piece replaces what its curve has from its start on", () => {
  const store = new CurveStore();
  store.take([piece(0, [1, 2, 3])]);
  store.take([piece(2, [3.5, 4])]);
  expect(store.all[0]?.at).toEqual([1, 2, 3.5, 4]);
  expect(store.all[0]?.seconds).toEqual([2, 4, 7, 8]);
  store.take([piece(0, [9])]);
  expect(store.all[0]?.at).toEqual([9]);
});

test("curves come by series, and of each the newest attempt first", () => {
  const store = new CurveStore();
  store.take([
    piece(0, [1]),
    piece(0, [1], { attempt: 2 }),
    piece(0, [1], { name: "val_loss" }),
    piece(0, [1], { name: "lr" }),
  ]);
  const found = store.named(["val_loss", "loss"]).map(({ name, attempt }) => `${name} ${attempt}`);
  expect(found).toEqual(["val_loss 1", "loss 2", "loss 1"]);
});

test("finer points take the place of a part", () => {
  const coarse = piece(0, [0, 10, 20, 30]);
  expect(withDetail(coarse, piece(0, [9, 10, 11, 12])).at).toEqual([0, 9, 10, 11, 12, 20, 30]);
  expect(withDetail(coarse, piece(0, [])).at).toEqual([0, 10, 20, 30]);
  expect(withDetail(coarse, piece(0, [25, 35])).at).toEqual([0, 10, 20, 25, 35]);
});

test("the run's own GPUs are shown, else all; one that comes later begins with a gap", () => {
  const gpus = new GpuStore();
  const gpu = { name: "H", memory: 8 * 1024 ** 3, used: [1024 ** 3], busy: [50] };
  const news = { at: [1], seconds: [2], taken: 5, reason: "" };
  gpus.take({ ...news, gpus: [{ ...gpu, index: 0, own: false }] });
  gpus.take({
    ...news,
    gpus: [
      { ...gpu, index: 0, own: false },
      { ...gpu, index: 1, own: true },
    ],
  });
  const [shown, ...others] = gpus.shown;
  expect(others).toEqual([]);
  if (shown === undefined) throw new Error("no GPU");
  expect(gpus.curve(shown, "used").values).toEqual([null, 1]);
  expect(gpus.curve(shown, "busy")).toMatchObject({ name: "GPU 1", values: [null, 50] });
  gpus.take({ ...news, gpus: [], reason: "No driver." });
  expect(gpus.reason).toBe("No driver.");
});
