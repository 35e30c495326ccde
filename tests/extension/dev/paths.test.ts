import { homedir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { cacheHome } from "../../../extension/dev/paths.mjs";

test.each([[undefined], [""], ["relative/cache"]])("XDG_CACHE_HOME %j counts as unset", (value) => {
  const environment = value === undefined ? {} : { XDG_CACHE_HOME: value };
  expect(cacheHome(environment)).toBe(join(homedir(), ".cache"));
});

test("an absolute XDG_CACHE_HOME is used", () => {
  expect(cacheHome({ XDG_CACHE_HOME: "/somewhere" })).toBe("/somewhere");
});
