/** `.propel/mode.json`, shared with the skill pack of the same name. */

export type Mode = "trainer" | "engineer";

/** The mode that a text of mode.json names, or undefined. */
export function modeIn(text: string | undefined): string | undefined {
  const mode = parsed(text)["mode"];
  return typeof mode === "string" ? mode : undefined;
}

/** The text after a person switched to `mode` at `now`; keys of others are kept. */
export function switched(text: string | undefined, mode: Mode, now: Date): string {
  const next = {
    ...parsed(text),
    mode,
    switched_at: now.toISOString(),
    previous_mode: modeIn(text) ?? null,
  };
  return `${JSON.stringify(next, undefined, 2)}\n`;
}

function parsed(text: string | undefined): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text ?? "{}");
    const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
    return isObject ? (value as Readonly<Record<string, unknown>>) : {};
  } catch {
    return {};
  }
}
