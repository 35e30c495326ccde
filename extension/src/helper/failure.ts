/** What a failed request means for a person. Needs no editor, so that it can be tested alone. */

export type Failure =
  | { readonly tag: "cancelled" }
  | { readonly tag: "problem"; readonly text: string }
  | { readonly tag: "fault"; readonly text: string };

/** JSON-RPC and LSP 3.17 codes for "nobody waits for the answer any more". */
const cancelled = new Set([-32800, -32802]);

/** vscode-jsonrpc (`ErrorCodes`, `ConnectionErrors`): the connection went away meanwhile. */
const lost = new Set([-32099, -32098, -32097, -32096, 1, 2]);

/**
 * @param method the request's name
 * @param error what the request was rejected with: a `ResponseError`, mostly
 */
export function failureOf(method: string, error: unknown): Failure {
  const code = property(error, "code");
  if (typeof code === "number" && cancelled.has(code)) return { tag: "cancelled" };
  const data = property(error, "data");
  const cause = property(data, "cause");
  const nextStep = property(data, "nextStep");
  if (typeof cause === "string") {
    const step = typeof nextStep === "string" ? nextStep : "";
    return { tag: "problem", text: `${cause} ${step}`.trim() };
  }
  if (typeof code === "number" && lost.has(code)) {
    const text = "Propel's helper stopped before it answered. Try again; the log tells more.";
    return { tag: "fault", text };
  }
  const message = error instanceof Error ? error.message : String(error);
  return { tag: "fault", text: `Propel's helper failed at ${method}: ${message}` };
}

function property(value: unknown, name: string): unknown {
  if (typeof value !== "object" || value === null) return undefined;
  return (value as Readonly<Record<string, unknown>>)[name];
}
