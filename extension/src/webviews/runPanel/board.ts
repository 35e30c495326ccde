/** All charts: what each shows, and the one part of the place axis that they share. */
import type { Chart, Marker, RunCurves } from "../../helper/wire.gen";
import { xOf } from "./align";
import { ChartView, type ChartOwner, type ChartParts } from "./chart";
import { CurveStore, GpuStore, withDetail, type Curve } from "./curveStore";
import { element, setText } from "./elements";
import { flagsOf } from "./flags";
import type { Axis, PlaceRange, Slot } from "./messages";
import { linesOf, type Line, type Wanted } from "./plot";
import { onThemeChange, readTheme, type Theme } from "./theme";

export interface BoardOwner {
  readonly say: (text: string) => void;
  readonly zoomed: (isZoomed: boolean) => void;
  /** Finer points of what is shown now are wanted. */
  readonly wantDetail: (names: readonly string[], range: PlaceRange) => void;
}

export interface Look {
  axis: Axis;
  smoothing: number;
  isLog: boolean;
}

interface RunState {
  readonly store: CurveStore;
  charts: readonly Chart[];
  markers: readonly Marker[];
  newest: number;
  detail: readonly Curve[];
}

interface Drawn {
  readonly parts: ChartParts;
  readonly lines: readonly Line[];
  readonly target: number | null;
}

/** Milliseconds that a zoom must stand before finer points are asked for. */
const patience = 200;

const newRun = (): RunState => ({
  store: new CurveStore(),
  charts: [],
  markers: [],
  newest: 0,
  detail: [],
});

export class Board implements ChartOwner {
  readonly root = element("section", { class: "board", "aria-label": "Charts" });
  readonly empty = element("p", { class: "empty", role: "status" });
  readonly gpuNote = element("p", { class: "note", role: "status" });
  readonly #runs: Readonly<Record<Slot, RunState>> = { main: newRun(), other: newRun() };
  readonly #gpus = new GpuStore();
  readonly #views = new Map<string, ChartView>();
  #theme = readTheme();
  #zoom: readonly [number, number] | undefined;
  #full: readonly [number, number] = [0, 1];
  #asked: PlaceRange | undefined;
  #waiting: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly owner: BoardOwner,
    readonly look: Look,
  ) {
    onThemeChange(() => {
      this.#theme = readTheme();
      for (const view of this.#views.values()) view.repaint();
    });
    new ResizeObserver(() => {
      for (const view of this.#views.values()) view.resize();
    }).observe(this.root);
  }

  readonly theme = (): Theme => this.#theme;

  get points(): number {
    const all = [...this.#runs.main.store.all, ...this.#runs.other.store.all];
    return all.reduce((sum, curve) => sum + curve.at.length, 0);
  }

  get markers(): readonly Marker[] {
    return this.#runs.main.markers;
  }

  forget(slot: Slot): void {
    Object.assign(this.#runs[slot], { ...newRun(), store: this.#runs[slot].store });
    this.#runs[slot].store.clear();
    if (slot === "main") this.#gpus.clear();
  }

  take(slot: Slot, curves: RunCurves, newest: number): void {
    const run = this.#runs[slot];
    run.store.take(curves.pieces);
    run.charts = curves.charts;
    run.markers = curves.markers;
    run.newest = newest;
    if (slot === "main") setText(this.empty, curves.empty);
    this.draw();
  }

  takeDetail(slot: Slot, pieces: readonly Curve[], { first, last }: PlaceRange): void {
    if (this.#asked?.first !== first || this.#asked.last !== last) return;
    this.#runs[slot].detail = pieces;
    this.draw();
  }

  takeGpu(...[news]: Parameters<GpuStore["take"]>): void {
    this.#gpus.take(news);
    const note = this.#gpus.shown.length > 0 ? "" : this.#gpus.reason;
    setText(this.gpuNote, note === "" ? "" : `GPU memory and use: ${note}`);
    if (news.gpus.length > 0) this.draw();
  }

  draw(): void {
    const drawn = [...this.#runCharts(), ...this.#gpuCharts()];
    this.#full = this.#extent(drawn);
    const flags = flagsOf(this.markers, this.look.axis);
    const wanted = new Set(drawn.map(({ parts }) => parts.id));
    for (const [id, view] of this.#views) {
      if (wanted.has(id)) continue;
      view.dispose();
      this.#views.delete(id);
    }
    this.root.hidden = drawn.length === 0;
    const range = this.#zoom ?? this.#full;
    for (const { parts, lines, target } of drawn) {
      const isLog = this.look.isLog && isPositive(lines) && parts.range === undefined;
      this.#view(parts).update({ lines, flags, axis: this.look.axis, isLog, range, target });
    }
  }

  zoomTo(first: number, last: number): void {
    const [low, high] = this.#full;
    const from = Math.max(low, Math.min(first, last));
    const to = Math.min(high, Math.max(first, last));
    if (to > from) this.#setZoom([from, to]);
  }

  zoomBy(factor: number, around: number): void {
    const [first, last] = this.#zoom ?? this.#full;
    const [low, high] = this.#full;
    const from = around - (around - first) * factor;
    const to = around + (last - around) * factor;
    if (from <= low && to >= high) this.reset();
    else this.zoomTo(from, to);
  }

  reset(): void {
    this.#setZoom(undefined);
  }

  say(text: string): void {
    this.owner.say(text);
  }

  #setZoom(zoom: readonly [number, number] | undefined): void {
    this.#zoom = zoom;
    for (const run of Object.values(this.#runs)) run.detail = [];
    this.owner.zoomed(zoom !== undefined);
    this.draw();
    clearTimeout(this.#waiting);
    this.#asked = zoom === undefined ? undefined : this.#places(zoom);
    if (this.#asked === undefined) return;
    const range = this.#asked;
    const names = [...new Set(this.#runs.main.charts.flatMap((chart) => chart.names))];
    this.#waiting = setTimeout(() => {
      this.owner.wantDetail(names, range);
    }, patience);
  }

  /** A part of the axis in places, which is what the helper knows. */
  #places([first, last]: readonly [number, number]): PlaceRange | undefined {
    if (this.look.axis === "step") return { first, last };
    const { store, newest } = this.#runs.main;
    const curve = store.all.find(({ attempt }) => attempt === newest);
    const start = (curve?.seconds.findIndex((seconds) => seconds > first) ?? 0) - 1;
    const stop = curve?.seconds.findIndex((seconds) => seconds >= last) ?? -1;
    const end = stop === -1 ? curve?.at.at(-1) : curve?.at[stop];
    return end === undefined ? undefined : { first: curve?.at[Math.max(0, start)] ?? 0, last: end };
  }

  #view(parts: ChartParts): ChartView {
    const known = this.#views.get(parts.id);
    if (known !== undefined) return known;
    const view = new ChartView(parts, this);
    this.#views.set(parts.id, view);
    this.root.append(view.root);
    return view;
  }

  #runCharts(): Drawn[] {
    const charts = new Map<string, Chart>();
    for (const { charts: own } of Object.values(this.#runs)) {
      for (const chart of own) {
        const names = [...(charts.get(chart.id)?.names ?? []), ...chart.names];
        const target = charts.get(chart.id)?.target ?? chart.target;
        charts.set(chart.id, { ...chart, target, names: [...new Set(names)] });
      }
    }
    return [...charts.values()].map((chart) => ({
      parts: { id: chart.id, title: chart.title, unit: chart.unit, isCut: chart.id === "rate" },
      lines: linesOf(this.#wanted(chart.names), chart.id === "lr" ? 0 : this.look.smoothing),
      target: chart.target,
    }));
  }

  #wanted(names: readonly string[]): Wanted[] {
    const slots: readonly Slot[] = ["main", "other"];
    return slots.flatMap((slot) => {
      const { store, newest, detail } = this.#runs[slot];
      const curves = store.named(names).map((curve) => {
        const finer = detail.find(
          (piece) => piece.attempt === curve.attempt && piece.name === curve.name,
        );
        return finer === undefined ? curve : withDetail(curve, finer);
      });
      return curves.length === 0 ? [] : [{ slot, curves, newest }];
    });
  }

  #gpuCharts(): Drawn[] {
    const gpus = this.#gpus.shown;
    if (gpus.length === 0) return [];
    const most = Math.max(...gpus.map(({ memory }) => memory)) / 1024 ** 3;
    const charts = [
      { id: "gpu-memory", title: "GPU memory", unit: "GiB", what: "used", top: most },
      { id: "gpu-use", title: "GPU use", unit: "%", what: "busy", top: 100 },
    ] as const;
    return charts.map(({ id, title, unit, what, top }) => ({
      parts: { id, title, unit, range: [0, top] as const },
      target: null,
      lines: gpus.map((gpu, index): Line => {
        const curve = this.#gpus.curve(gpu, what);
        const label = curve.name;
        return { curve, slot: "main", label, isNamed: true, colour: index, look: "plain" };
      }),
    }));
  }

  #extent(drawn: readonly Drawn[]): readonly [number, number] {
    let low = Infinity;
    let high = -Infinity;
    for (const { curve } of drawn.flatMap(({ lines }) => lines)) {
      const xs = xOf(curve, this.look.axis);
      low = Math.min(low, xs[0] ?? Infinity);
      high = Math.max(high, xs.at(-1) ?? -Infinity);
    }
    if (low > high) return [0, 1];
    return low === high ? [low, low + 1] : [low, high];
  }
}

/** A logarithmic axis has no place for zero. */
function isPositive(lines: readonly Line[]): boolean {
  return lines.every(({ curve }) => curve.values.every((value) => value === null || value > 0));
}
