/** What a chart shows: its lines and how they are told apart. Needs no page. */
import { align, smoothed, type Aligned } from "./align";
import type { Curve } from "./curveStore";
import type { Axis, Slot } from "./messages";

export interface Line {
  readonly curve: Curve;
  readonly slot: Slot;
  readonly label: string;
  /** Whether the legend names it; it leaves out earlier attempts and what lies under a mean. */
  readonly isNamed: boolean;
  /** Index in the theme's colours. */
  readonly colour: number;
  readonly look: "plain" | "faint" | "smooth";
}

export interface Wanted {
  readonly slot: Slot;
  readonly curves: readonly Curve[];
  readonly newest: number;
}

/** The first colour of the other run: one that few runs need for themselves. */
const otherColours = 3;

/** A curve with fewer points is shown as it is. */
const fewest = 20;

/**
 * The lines of one chart.
 *
 * @param weight of smoothing, 0 for none
 */
export function linesOf(wanted: readonly Wanted[], weight: number): Line[] {
  return wanted.flatMap(({ slot, curves, newest }) => {
    const names = [...new Set(curves.map((curve) => curve.name))];
    return curves.flatMap((curve): Line[] => {
      const isNewest = curve.attempt === newest || curve.attempt === 0;
      const place = names.indexOf(curve.name);
      const colour = slot === "other" ? otherColours + place : place;
      const label = slot === "other" ? `${curve.name} (other)` : curve.name;
      const line = { curve, slot, colour, label, isNamed: isNewest };
      if (!isNewest) return [{ ...line, look: "faint" }];
      if (weight === 0 || curve.at.length < fewest) return [{ ...line, look: "plain" }];
      const mean = { ...curve, values: smoothed(curve.values, weight) };
      return [
        { ...line, isNamed: false, look: "faint" },
        { ...line, curve: mean, look: "smooth" },
      ];
    });
  });
}

/** What must stay for a chart to be given new points instead of being made anew. */
export function signature(lines: readonly Line[], isLog: boolean): string {
  const parts = lines.map(({ slot, label, colour, look, curve }) =>
    [slot, label, colour, look, curve.attempt].join(","),
  );
  return `${parts.join(";")}|${String(isLog)}`;
}

export function alignLines(lines: readonly Line[], axis: Axis): Aligned {
  return align(
    lines.map(({ curve }) => curve),
    axis,
  );
}

/**
 * Lowest and highest of some values, without what hardly ever occurs and lies far off, as a rate's first values do.
 *
 * @param rare part of the values at the upper end that may stand outside
 */
export function usual(
  values: Iterable<number | null | undefined>,
  rare = 0.02,
): readonly [number, number] | undefined {
  const all = [...values].filter((value) => typeof value === "number").sort((a, b) => a - b);
  const [low, high] = [all[0], all.at(-1)];
  if (low === undefined || high === undefined) return undefined;
  const most = all[Math.floor((all.length - 1) * (1 - rare))] ?? high;
  return high > 2 * most && most > 0 ? [low, most * 1.25] : [low, high];
}

/** The part of a value axis to show: a little more than the values need. */
export function padded(low: number | null, high: number | null): [number, number] {
  if (low === null || high === null) return [0, 1];
  const pad = (high - low) * 0.06 || Math.abs(high) * 0.1 || 1;
  const isFromZero = low >= 0 && low - pad < 0;
  return [isFromZero ? 0 : low - pad, high + pad];
}
