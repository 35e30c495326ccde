/** Crashes, fixes and restarts: upright lines in every chart, each with its sign. */
import type uPlot from "uplot";
import type { Marker, MarkerKind } from "../../helper/wire.gen";
import type { Axis } from "./messages";
import type { Theme } from "./theme";

export interface Flag {
  readonly x: number;
  readonly kind: MarkerKind;
}

export const signs: Readonly<Record<MarkerKind, string>> = {
  crash: "✕",
  killed: "■",
  end: "✓",
  fix: "✎",
  restart: "↻",
  "not-a-number": "!",
};

export function flagsOf(markers: readonly Marker[], axis: Axis): Flag[] {
  return markers.flatMap(({ at, seconds, kind }) => {
    const x = axis === "step" ? at : seconds;
    return x === null ? [] : [{ x, kind }];
  });
}

function colourOf(kind: MarkerKind, theme: Theme): string {
  if (kind === "crash" || kind === "not-a-number") return theme.error;
  if (kind === "killed") return theme.warning;
  return kind === "end" ? theme.good : theme.muted;
}

/** Draws `flags` over the lines; signs that would cover each other stand side by side. */
export function markerPlugin(flags: () => readonly Flag[], theme: () => Theme): uPlot.Plugin {
  return {
    hooks: {
      draw: (plot) => {
        const { ctx, bbox } = plot;
        const scale = devicePixelRatio;
        const colours = theme();
        let free = -Infinity;
        ctx.save();
        ctx.font = `${11 * scale}px sans-serif`;
        ctx.textBaseline = "top";
        for (const { x, kind } of [...flags()].sort((left, right) => left.x - right.x)) {
          const at = Math.round(plot.valToPos(x, "x", true));
          if (at < bbox.left - 1 || at > bbox.left + bbox.width + 1) continue;
          ctx.strokeStyle = ctx.fillStyle = colourOf(kind, colours);
          ctx.lineWidth = scale;
          ctx.setLineDash(kind === "crash" ? [] : [3 * scale, 3 * scale]);
          ctx.beginPath();
          ctx.moveTo(at, bbox.top);
          ctx.lineTo(at, bbox.top + bbox.height);
          ctx.stroke();
          const width = ctx.measureText(signs[kind]).width;
          const right = bbox.left + bbox.width;
          const wanted = at + 3 * scale + width > right ? at - 3 * scale - width : at + 3 * scale;
          const place = Math.max(wanted, free);
          ctx.fillText(signs[kind], place, bbox.top + scale);
          free = place + width + 2 * scale;
        }
        ctx.restore();
      },
    },
  };
}
