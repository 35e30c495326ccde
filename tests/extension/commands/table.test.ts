import { readFileSync } from "node:fs";
import { expect, test } from "vitest";

interface Manifest {
  readonly activationEvents: readonly string[];
  readonly contributes: {
    readonly commands: readonly { command: string; title: string; category: string }[];
    readonly menus: Readonly<Record<string, readonly { command: string }[]>>;
    readonly viewsWelcome: readonly { contents: string }[];
  };
}

function read(path: string): string {
  return readFileSync(new URL(`../../../${path}`, import.meta.url), "utf8");
}

const manifest = JSON.parse(read("package.json")) as Manifest;
const table = read("extension/src/commands/index.ts");
const rows = [...table.matchAll(/"(propel\.\w+)": \{\s*title: "([^"]+)"/g)];

test("the palette shows the titles of the table", () => {
  const { commands } = manifest.contributes;
  expect(rows.length).toBeGreaterThan(0);
  expect(new Map(commands.map(({ command, title }) => [command, title]))).toEqual(
    new Map(rows.map(([, command, title]) => [command, title])),
  );
  expect(new Set(commands.map(({ category }) => category))).toEqual(new Set(["Propel"]));
});

test("menus and welcome texts name only commands that exist", () => {
  const known = new Set(rows.map(([, command]) => command));
  const { menus, viewsWelcome } = manifest.contributes;
  const inMenus = Object.values(menus).flatMap((items) => items.map(({ command }) => command));
  const links = viewsWelcome.flatMap(({ contents }) => [...contents.matchAll(/command:(\S+)\)/g)]);
  const linked = links.map(([, command]) => command ?? "");
  const own = [...inMenus, ...linked].filter((command) => command.startsWith("propel."));
  expect(own.filter((command) => !known.has(command))).toEqual([]);
});

test("nothing is loaded before the editor is up", () => {
  expect(manifest.activationEvents).toEqual(["onStartupFinished"]);
});
