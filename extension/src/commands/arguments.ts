/** Command arguments come from anywhere (a quick fix, a tree row, a keybinding): read with care. */
export function stringIn(argument: unknown, name: string): string | undefined {
  if (typeof argument !== "object" || argument === null) return undefined;
  const value = (argument as Readonly<Record<string, unknown>>)[name];
  return typeof value === "string" && value !== "" ? value : undefined;
}
