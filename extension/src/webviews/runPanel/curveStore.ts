/** The curves of one run as far as they were told. Needs no page. */
import type { CurvePiece, GpuCurves } from "../../helper/wire.gen";

export interface Curve {
  readonly attempt: number;
  readonly name: string;
  readonly at: readonly number[];
  readonly seconds: readonly number[];
  /** Null where the log printed no finite number. */
  readonly values: readonly (number | null)[];
}

export class CurveStore {
  #curves = new Map<string, Curve>();

  clear(): void {
    this.#curves = new Map();
  }

  get all(): readonly Curve[] {
    return [...this.#curves.values()];
  }

  /** The curves of some series: by series, and of each the newest attempt first. */
  named(names: readonly string[]): readonly Curve[] {
    return names.flatMap((name) =>
      this.all
        .filter((curve) => curve.name === name)
        .sort((left, right) => right.attempt - left.attempt),
    );
  }

  /** Each piece replaces what its curve has from its start on. */
  take(pieces: readonly CurvePiece[]): void {
    for (const piece of pieces) {
      const key = `${piece.attempt}/${piece.name}`;
      const before = piece.start === 0 ? undefined : this.#curves.get(key);
      this.#curves.set(key, before === undefined ? piece : spliced(before, piece));
    }
  }
}

function spliced(before: Curve, piece: CurvePiece): Curve {
  return {
    attempt: piece.attempt,
    name: piece.name,
    at: [...before.at.slice(0, piece.start), ...piece.at],
    seconds: [...before.seconds.slice(0, piece.start), ...piece.seconds],
    values: [...before.values.slice(0, piece.start), ...piece.values],
  };
}

/**
 * A curve with the finer points of one part in place of its own there.
 *
 * @param piece holds a point on either side of the part
 */
export function withDetail(curve: Curve, piece: Curve): Curve {
  const first = piece.at[0];
  const last = piece.at.at(-1);
  if (first === undefined || last === undefined) return curve;
  const start = curve.at.findIndex((at) => at >= first);
  const stop = curve.at.findIndex((at) => at > last);
  if (start === -1) return curve;
  const end = stop === -1 ? curve.at.length : stop;
  const join = <T>(own: readonly T[], finer: readonly T[]): readonly T[] => [
    ...own.slice(0, start),
    ...finer,
    ...own.slice(end),
  ];
  return {
    ...curve,
    at: join(curve.at, piece.at),
    seconds: join(curve.seconds, piece.seconds),
    values: join(curve.values, piece.values),
  };
}

export interface GpuSeries {
  readonly index: number;
  readonly name: string;
  readonly memory: number;
  readonly own: boolean;
  readonly used: readonly (number | null)[];
  readonly busy: readonly (number | null)[];
}

/** GPU samples so far. A gap in time is a gap in the line. */
export class GpuStore {
  #at: number[] = [];
  #seconds: number[] = [];
  #gpus = new Map<number, GpuSeries>();
  reason = "";

  clear(): void {
    this.#at = [];
    this.#seconds = [];
    this.#gpus = new Map();
    this.reason = "";
  }

  /** The run's own GPUs; all of the host's while it is not known which these are. */
  get shown(): readonly GpuSeries[] {
    const all = [...this.#gpus.values()];
    const own = all.filter((gpu) => gpu.own);
    return own.length > 0 ? own : all;
  }

  curve(gpu: GpuSeries, what: "used" | "busy"): Curve {
    const values = gpu[what].map((value) =>
      value === null || what === "busy" ? value : value / gibibyte,
    );
    const name = `GPU ${gpu.index}`;
    return { attempt: 0, name, at: this.#at, seconds: this.#seconds, values };
  }

  take(news: GpuCurves): void {
    this.reason = news.reason;
    if (news.gpus.length === 0) return;
    const known = this.#at.length;
    this.#at = [...this.#at, ...news.at];
    this.#seconds = [...this.#seconds, ...news.seconds];
    for (const gpu of news.gpus) {
      const before = this.#gpus.get(gpu.index);
      const gap = Array.from({ length: known }, () => null);
      this.#gpus.set(gpu.index, {
        index: gpu.index,
        name: gpu.name,
        memory: gpu.memory,
        own: gpu.own || before?.own === true,
        used: [...(before?.used ?? gap), ...gpu.used],
        busy: [...(before?.busy ?? gap), ...gpu.busy],
      });
    }
  }
}

export const gibibyte = 1024 ** 3;
