/** The run panel's document. Needs no editor. */

export interface PageParts {
  readonly nonce: string;
  /** URI of the bundled script, and of its style sheet. */
  readonly script: string;
  readonly style: string;
  /** What the editor lets a webview load from (`Webview.cspSource`). */
  readonly source: string;
  readonly run: string;
}

/** Nothing but the two files can be loaded, and no script but the one with the nonce runs. */
export function page({ nonce, script, style, source, run }: PageParts): string {
  const policy = [
    "default-src 'none'",
    `style-src ${source}`,
    `font-src ${source}`,
    `script-src 'nonce-${nonce}'`,
  ].join("; ");
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<title>Run</title>
<link rel="stylesheet" href="${escaped(style)}">
</head>
<body data-run="${escaped(run)}">
<script nonce="${nonce}" src="${escaped(script)}"></script>
</body>
</html>`;
}

function escaped(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll('"', "&quot;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;");
}
