/** The value that a person wants a metric to reach: a level line in its chart. */
import type uPlot from "uplot";
import type { Theme } from "./theme";

/** Draws `target` over the lines; one that lies outside stands at the chart's edge, as an arrow. */
export function targetPlugin(target: () => number | null, theme: () => Theme): uPlot.Plugin {
  return {
    hooks: {
      draw: (plot) => {
        const value = target();
        if (value === null) return;
        const { ctx, bbox } = plot;
        const scale = devicePixelRatio;
        const [top, bottom] = [bbox.top, bbox.top + bbox.height];
        const at = Math.round(plot.valToPos(value, "y", true));
        const colour = theme().good;
        ctx.save();
        ctx.strokeStyle = ctx.fillStyle = colour;
        ctx.font = `${11 * scale}px sans-serif`;
        ctx.textAlign = "right";
        ctx.textBaseline = at < top + 16 * scale ? "top" : "bottom";
        const text = at < top ? "target ↑" : at > bottom ? "target ↓" : "target";
        const level = Math.min(bottom, Math.max(top, at));
        if (level === at) {
          ctx.lineWidth = scale;
          ctx.setLineDash([6 * scale, 3 * scale]);
          ctx.beginPath();
          ctx.moveTo(bbox.left, at);
          ctx.lineTo(bbox.left + bbox.width, at);
          ctx.stroke();
        }
        ctx.fillText(text, bbox.left + bbox.width - 2 * scale, level);
        ctx.restore();
      },
    },
  };
}
