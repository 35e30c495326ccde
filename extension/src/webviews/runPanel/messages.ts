/** What the run panel's page and the extension say to each other. Types only: both bundle it. */
import type {
  CurvePiece,
  GpuCurves,
  LogHits,
  LogPage,
  LogPageParams,
  RunCurves,
  RunState,
} from "../../helper/wire.gen";

/** The run that the panel was opened for, or the one it is compared with. */
export type Slot = "main" | "other";

export interface RunHead {
  readonly run: string;
  readonly command: string;
  readonly state: RunState;
  /** `failed (exit 1) · 3 min 20 s · attempt 2`. */
  readonly summary: string;
  readonly attempt: number;
}

export interface Heads {
  readonly main: RunHead | null;
  readonly other: RunHead | null;
  /** Why nothing new can come at the moment, "" when it can. */
  readonly trouble: string;
}

export type LogWay = LogPageParams["way"];

export type ToPage =
  | { readonly type: "heads"; readonly heads: Heads }
  /** What was told before counts no more: the other run is another one, or the helper is. */
  | { readonly type: "forget"; readonly slot: Slot }
  | { readonly type: "curves"; readonly slot: Slot; readonly curves: RunCurves }
  | {
      readonly type: "detail";
      readonly slot: Slot;
      readonly range: PlaceRange;
      readonly pieces: readonly CurvePiece[];
    }
  | { readonly type: "gpu"; readonly gpu: GpuCurves }
  | { readonly type: "log"; readonly way: LogWay; readonly page: LogPage }
  | { readonly type: "hits"; readonly search: number; readonly hits: LogHits };

export interface PlaceRange {
  readonly first: number;
  readonly last: number;
}

export type ToHost =
  | { readonly type: "ready" }
  | { readonly type: "compare" }
  | { readonly type: "alone" }
  | { readonly type: "detail"; readonly names: readonly string[]; readonly range: PlaceRange }
  | {
      readonly type: "log";
      readonly way: LogWay;
      readonly attempt: number;
      readonly offset: number;
    }
  /** Whether the newest lines are wanted as they come, from which offset on. */
  | { readonly type: "follow"; readonly attempt: number; readonly offset: number | null }
  | {
      readonly type: "search";
      readonly search: number;
      readonly attempt: number;
      readonly text: string;
      readonly offset: number;
    }
  | { readonly type: "open"; readonly what: "log" | "crash" }
  | { readonly type: "painted"; readonly milliseconds: number; readonly points: number };

/** What a page keeps over a reload of the window. */
export interface PanelState {
  readonly run: string;
  readonly other: string | null;
  readonly axis: Axis;
  readonly smoothing: number;
  readonly isLog: boolean;
}

export type Axis = "step" | "time";
