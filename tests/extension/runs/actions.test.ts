import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import type { RunState } from "../../../extension/src/helper/wire.gen";
import { actionsFor, contextOf } from "../../../extension/src/runs/actions";

interface Manifest {
  readonly contributes: {
    readonly menus: { readonly "view/item/context": readonly { command: string; when: string }[] };
  };
}

const manifest = JSON.parse(
  readFileSync(new URL("../../../package.json", import.meta.url), "utf8"),
) as Manifest;

const states: RunState[] = ["running", "succeeded", "failed", "killed", "lost"];

const fix = {
  rule: "r",
  fix: "f",
  fingerprint: "p",
  attempt: 1,
  changes: [],
  at: 0,
  number: 1,
  step: null,
};
const files = [{ file: "/p/train.py", before: "/s/fix-1-1.before", after: "00" }];
const standing = [{ ...fix, files, reverted: false }];
const kinds = states.flatMap((state) => [
  { state, fixes: [] },
  { state, fixes: standing },
]);

test.each(kinds)("a row of a $state run and the list of its actions offer the same", (run) => {
  const inMenu = manifest.contributes.menus["view/item/context"]
    .filter(({ when }) => {
      const pattern = /viewItem =~ \/(.*)\/$/.exec(when)?.[1];
      return pattern !== undefined && new RegExp(pattern).test(contextOf(run));
    })
    .map(({ command }) => command);
  const offered = actionsFor(run).map(({ command }) => command);
  expect(new Set(inMenu)).toEqual(new Set(offered));
});

test("only what runs can be killed, only what has ended can be restarted", () => {
  const commands = (state: RunState): string[] =>
    actionsFor({ state, fixes: [] }).map(({ command }) => command);
  expect(commands("running")).toContain("propel.kill");
  expect(commands("running")).not.toContain("propel.restart");
  expect(commands("failed")).toContain("propel.restart");
  expect(commands("failed")).not.toContain("propel.kill");
});

test("only a fix whose edits still stand can be taken back", () => {
  const offers = (run: Parameters<typeof actionsFor>[0]): boolean =>
    actionsFor(run).some(({ command }) => command === "propel.revert");
  expect(offers({ state: "failed", fixes: standing })).toBe(true);
  expect(offers({ state: "failed", fixes: [{ ...fix, files, reverted: true }] })).toBe(false);
  expect(offers({ state: "failed", fixes: [{ ...fix, files: [], reverted: false }] })).toBe(false);
});
