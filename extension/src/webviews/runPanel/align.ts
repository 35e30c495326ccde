/** Curves with places of their own on one common axis, as uPlot wants them. Needs no page. */
import type { Curve } from "./curveStore";
import type { Axis } from "./messages";

export type Column = (number | null | undefined)[];

export interface Aligned {
  readonly xs: number[];
  /** One for each curve: undefined where it has no point, null where it has a gap. */
  readonly ys: Column[];
}

export function xOf(curve: Curve, axis: Axis): readonly number[] {
  return axis === "step" ? curve.at : curve.seconds;
}

/** Where two points of a curve share a place, the later one stands. */
export function align(curves: readonly Curve[], axis: Axis): Aligned {
  const [only] = curves;
  if (curves.length === 1 && only !== undefined && isRising(xOf(only, axis))) {
    return { xs: [...xOf(only, axis)], ys: [[...only.values]] };
  }
  const xs = [...new Set(curves.flatMap((curve) => [...xOf(curve, axis)]))].sort((a, b) => a - b);
  const indexes = new Map(xs.map((x, index) => [x, index]));
  const ys = curves.map((curve) => {
    const column: Column = Array.from({ length: xs.length });
    for (const [index, x] of xOf(curve, axis).entries()) {
      const place = indexes.get(x);
      if (place !== undefined) column[place] = curve.values[index];
    }
    return column;
  });
  return { xs, ys };
}

function isRising(xs: readonly number[]): boolean {
  return xs.every((x, index) => index === 0 || x > (xs[index - 1] ?? x));
}

/**
 * The exponential mean of a curve, free of the pull of its first value
 * (Kingma and Ba 2015, section 3, "bias correction"). Gaps stay gaps.
 *
 * @param weight of what came before, 0 to below 1
 */
export function smoothed(values: readonly (number | null)[], weight: number): (number | null)[] {
  let mean = 0;
  let total = 1;
  return values.map((value) => {
    if (value === null) return null;
    mean = weight * mean + (1 - weight) * value;
    total *= weight;
    return mean / (1 - total);
  });
}

/** The index at or next to `index` where the column has a value, undefined without one. */
export function nearest(column: Column, index: number): number | undefined {
  for (let step = 0; step < column.length; step++) {
    for (const place of [index - step, index + step]) {
      if (typeof column[place] === "number") return place;
    }
  }
  return undefined;
}
