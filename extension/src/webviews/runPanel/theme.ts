/** The editor's colours and fonts for what is drawn on a canvas. */

export interface Theme {
  readonly text: string;
  readonly muted: string;
  readonly grid: string;
  readonly font: string;
  /** Lines, in the order in which they are given out. */
  readonly lines: readonly string[];
  readonly error: string;
  readonly warning: string;
  readonly good: string;
  readonly lineWidth: number;
}

const charts = ["blue", "orange", "green", "purple", "red", "yellow"];

export function readTheme(): Theme {
  const style = getComputedStyle(document.body);
  const read = (name: string, otherwise: string): string =>
    style.getPropertyValue(`--vscode-${name}`).trim() || otherwise;
  const text = read("foreground", "#888");
  const isHighContrast = document.body.className.includes("vscode-high-contrast");
  return {
    text,
    muted: isHighContrast ? text : read("descriptionForeground", text),
    grid: isHighContrast
      ? read("contrastBorder", text)
      : read("editorWidget-border", read("charts-lines", "#8884")),
    font: `11px ${read("font-family", "sans-serif")}`,
    lines: charts.map((name) => read(`charts-${name}`, text)),
    error: read("errorForeground", read("charts-red", "#d33")),
    warning: read("editorWarning-foreground", read("charts-yellow", "#b80")),
    good: read("testing-iconPassed", read("charts-green", "#383")),
    lineWidth: isHighContrast ? 2 : 1.5,
  };
}

/** Calls `changed` whenever the editor has put on another theme. */
export function onThemeChange(changed: () => void): void {
  const observer = new MutationObserver(changed);
  observer.observe(document.body, { attributes: true, attributeFilter: ["class"] });
}
