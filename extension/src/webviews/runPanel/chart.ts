/** One chart: its title, its legend, and the lines on a canvas. */
import uPlot from "uplot";
import { nearest, type Column } from "./align";
import { element, setAttribute, setText } from "./elements";
import { markerPlugin, type Flag } from "./flags";
import { Legend } from "./legend";
import type { Axis } from "./messages";
import { clock, count, short, ticks, timeSteps } from "./numbers";
import { alignLines, padded, signature, usual, type Line } from "./plot";
import { targetPlugin } from "./target";
import type { Theme } from "./theme";

export interface ChartParts {
  readonly id: string;
  readonly title: string;
  readonly unit: string;
  /** Fixed ends of the value axis, such as 0 to 100. */
  readonly range?: readonly [number, number];
  /** Whether a few values that lie far off may stand outside. */
  readonly isCut?: boolean;
}

export interface Shown {
  readonly lines: readonly Line[];
  readonly flags: readonly Flag[];
  readonly axis: Axis;
  readonly isLog: boolean;
  /** The value to reach, null without one. */
  readonly target: number | null;
  /** The part of the place axis that all charts show. */
  readonly range: readonly [number, number];
}

export interface ChartOwner {
  readonly theme: () => Theme;
  zoomTo(first: number, last: number): void;
  zoomBy(factor: number, around: number): void;
  reset(): void;
  say(text: string): void;
}

const height = 168;

// eslint-disable-next-line @typescript-eslint/no-unsafe-enum-assignment -- uPlot's enum is a type alone
const logarithmic: uPlot.Scale = { distr: 3 };

/** uPlot's types leave the last parameter out: whether the other charts' cursors follow. */
interface UPlotCursor {
  setCursor(at: { left: number; top: number }, fire: boolean, publish: boolean): void;
}

export class ChartView {
  readonly root: HTMLElement;
  readonly #legend = new Legend((label, isShown) => {
    for (const [index, line] of (this.#shown?.lines ?? []).entries()) {
      if (line.label === label) this.#uplot?.setSeries(index + 1, { show: isShown });
    }
  });
  readonly #plot = element("div", { class: "plot", tabindex: "0", role: "img" });
  readonly #place = element("span", { class: "place" });
  #uplot: uPlot | undefined;
  #signature = "";
  #shown: Shown | undefined;
  #columns: readonly Column[] = [];
  #xs: readonly number[] = [];

  constructor(
    readonly parts: ChartParts,
    private readonly owner: ChartOwner,
  ) {
    const title = element("span", { class: "title" }, parts.title);
    if (parts.unit !== "") title.append(element("span", { class: "unit" }, ` ${parts.unit}`));
    const head = element("figcaption", {}, title, this.#place, this.#legend.root);
    this.root = element("figure", { class: "chart", "data-chart": parts.id }, head, this.#plot);
    this.#plot.addEventListener("keydown", (event) => {
      if (this.#pressed(event)) event.preventDefault();
    });
    this.#plot.addEventListener("blur", () => this.#uplot?.setCursor({ left: -10, top: -10 }));
  }

  update(shown: Shown): void {
    this.#shown = shown;
    const { xs, ys } = alignLines(shown.lines, shown.axis);
    this.#xs = xs;
    this.#columns = ys;
    const now = `${signature(shown.lines, shown.isLog)}|${shown.axis}`;
    const data = [xs, ...ys] as uPlot.AlignedData;
    if (this.#uplot === undefined || now !== this.#signature) this.#make(data);
    else this.#uplot.setData(data);
    this.#signature = now;
    this.#tell();
  }

  /** The theme has changed: everything is drawn in its colours. */
  repaint(): void {
    this.#signature = "";
    if (this.#shown !== undefined) this.update(this.#shown);
  }

  resize(): void {
    const width = this.#plot.clientWidth;
    if (width > 0 && this.#uplot !== undefined) this.#uplot.setSize({ width, height });
  }

  dispose(): void {
    this.#uplot?.destroy();
    this.root.remove();
  }

  #make(data: uPlot.AlignedData): void {
    this.#uplot?.destroy();
    this.#uplot = new uPlot(this.#options(), data, this.#plot);
    this.#legend.make(this.#shown?.lines ?? [], this.owner.theme());
  }

  #options(): uPlot.Options {
    const theme = this.owner.theme();
    const shown = (): Shown | undefined => this.#shown;
    const isTime = shown()?.axis === "time";
    const isLog = shown()?.isLog === true;
    const linear: uPlot.Scale = {
      range: (_, low, high) => [...(this.parts.range ?? padded(...this.#cut(low, high)))],
    };
    const common = {
      stroke: theme.muted,
      font: theme.font,
      grid: { stroke: theme.grid, width: 0.5 },
      ticks: { stroke: theme.grid, width: 0.5, size: 4 },
    };
    return {
      width: Math.max(200, this.#plot.clientWidth),
      height,
      padding: [8, 8, 0, 0],
      legend: { show: false },
      cursor: this.#cursor(),
      scales: {
        x: { time: false, range: () => [...(shown()?.range ?? [0, 1])] },
        y: isLog ? logarithmic : linear,
      },
      axes: [
        {
          ...common,
          size: 22,
          gap: 3,
          space: 64,
          ...(isTime ? { incrs: [...timeSteps] } : {}),
          values: (_, splits) => (isTime ? splits.map(clock) : ticks(splits)),
        },
        { ...common, size: 52, gap: 4, space: 32, values: (_, splits) => valueTicks(splits) },
      ],
      series: [{}, ...(shown()?.lines ?? []).map((line) => this.#series(line, theme))],
      hooks: {
        setSelect: [
          (plot) => {
            this.#selected(plot);
          },
        ],
        setCursor: [
          () => {
            this.#tellCursor();
          },
        ],
      },
      plugins: [
        markerPlugin(() => this.#shown?.flags ?? [], this.owner.theme),
        targetPlugin(() => this.#shown?.target ?? null, this.owner.theme),
      ],
    };
  }

  #cut(low: number | null, high: number | null): readonly [number | null, number | null] {
    const range = this.parts.isCut === true ? usual(this.#columns.flat()) : undefined;
    return range === undefined || high === null ? [low, high] : [low, Math.min(high, range[1])];
  }

  #cursor(): uPlot.Cursor {
    const isMove = (type: string): boolean => type === "mousemove" || type === "mouseleave";
    return {
      y: false,
      drag: { x: true, y: false, setScale: false },
      points: { size: 6 },
      sync: { key: "run-panel", scales: ["x", null], filters: { pub: isMove, sub: isMove } },
      dataIdx: (_, series, index) => nearest(this.#columns[series - 1] ?? [], index) ?? index,
      bind: {
        dblclick: () => () => {
          this.owner.reset();
          return null;
        },
      },
    };
  }

  #series({ label, slot, colour, look }: Line, theme: Theme): uPlot.Series {
    const stroke = theme.lines[colour % theme.lines.length] ?? theme.text;
    return {
      label,
      show: this.#legend.isShown(label),
      stroke,
      alpha: look === "faint" ? 0.3 : 1,
      width: look === "faint" ? 1 : theme.lineWidth,
      ...(slot === "other" ? { dash: [6, 3] } : {}),
      points: { show: (_, index) => this.#isSparse(index) },
    };
  }

  /** A few points far apart are dots too: a single one would be no line at all. */
  #isSparse(series: number): boolean {
    const column = this.#columns[series - 1] ?? [];
    return column.filter((value) => typeof value === "number").length < 20;
  }

  #selected(plot: uPlot): void {
    const { left, width } = plot.select;
    if (width < 4) return;
    const [first, last] = [plot.posToVal(left, "x"), plot.posToVal(left + width, "x")];
    plot.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
    this.owner.zoomTo(first, last);
  }

  /** The legend shows the values at the cursor, else the last ones. */
  #tellCursor(): void {
    const index = this.#uplot?.cursor.idx;
    const isOn = typeof index === "number" && (this.#uplot?.cursor.left ?? -1) >= 0;
    const place = isOn ? this.#xs[index] : undefined;
    setText(this.#place, place === undefined ? "" : this.#placeText(place));
    this.#legend.show(this.#columns, isOn ? index : undefined);
  }

  #placeText(place: number): string {
    return this.#shown?.axis === "time" ? clock(place) : `step ${count(place)}`;
  }

  /** What a screen reader says of the chart. */
  #tell(): void {
    this.#tellCursor();
    const { lines = [] } = this.#shown ?? {};
    const told = lines.flatMap(({ label, isNamed }, index) => {
      const column = this.#columns[index] ?? [];
      const last = nearest(column, column.length - 1);
      const value = last === undefined ? undefined : column[last];
      if (!isNamed || last === undefined || typeof value !== "number") return [];
      const place = this.#placeText(this.#xs[last] ?? 0);
      return [`${label} ${short(value)} at ${place}`];
    });
    const unit = this.parts.unit === "" ? "" : ` in ${this.parts.unit}`;
    const values = told.length === 0 ? "no values yet" : told.join(", ");
    const target = this.#shown?.target ?? null;
    const wanted = target === null ? "" : `; target ${short(target)}`;
    setAttribute(this.#plot, "aria-label", `${this.parts.title}${unit}: ${values}${wanted}`);
  }

  /** Whether the key meant something. */
  #pressed({ key, shiftKey }: KeyboardEvent): boolean {
    const plot = this.#uplot;
    if (plot === undefined || this.#xs.length === 0) return false;
    const index = plot.cursor.idx ?? this.#xs.length - 1;
    const steps: Readonly<Record<string, number>> = {
      ArrowLeft: shiftKey ? -20 : -1,
      ArrowRight: shiftKey ? 20 : 1,
      Home: -Infinity,
      End: Infinity,
    };
    const step = steps[key];
    if (step !== undefined) this.#moveTo(plot, index, step);
    else if (key === "+" || key === "=") this.owner.zoomBy(0.5, this.#xs[index] ?? 0);
    else if (key === "-") this.owner.zoomBy(2, this.#xs[index] ?? 0);
    else if (key === "0" || key === "Escape") this.owner.reset();
    else return false;
    return true;
  }

  /** One pixel at least: a point that lies under the same one would look like no move. */
  #moveTo(plot: uPlot, from: number, step: number): void {
    const [first, last] = this.#shown?.range ?? [-Infinity, Infinity];
    const inside = this.#xs.flatMap((x, index) => (x >= first && x <= last ? [index] : []));
    const low = inside[0] ?? 0;
    const high = inside.at(-1) ?? this.#xs.length - 1;
    const index = Math.min(high, Math.max(low, from + step));
    const x = this.#xs[index] ?? 0;
    const cursor: UPlotCursor = plot;
    cursor.setCursor({ left: plot.valToPos(x, "x"), top: 10 }, true, true);
    this.owner.say(`${this.#placeText(x)}: ${this.#legend.text}`);
  }
}

function valueTicks(splits: readonly (number | null)[]): string[] {
  const known = splits.filter((split) => split !== null);
  const texts = ticks(known);
  return splits.map((split) => (split === null ? "" : (texts[known.indexOf(split)] ?? "")));
}
