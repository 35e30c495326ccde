import { chmod, mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { findInterpreter, whyNone } from "../../../extension/src/helper/interpreter";

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "propel-interpreter-"));
});

afterEach(async () => {
  await rm(folder, { recursive: true });
});

/** Puts a program on a PATH of its own; returns its path. */
async function program(name: string, script: string): Promise<string> {
  const path = join(folder, name);
  await mkdir(join(path, ".."), { recursive: true });
  await writeFile(path, `#!/bin/sh\n${script}\n`);
  await chmod(path, 0o755);
  return path;
}

function find(setting: string, ...folders: string[]): ReturnType<typeof findInterpreter> {
  const path = folders.map((name) => join(folder, name)).join(":");
  return findInterpreter({ setting, environment: { PATH: path, HOME: folder } });
}

describe("on PATH", () => {
  test("python3 comes before names with a version", async () => {
    const wanted = await program("two/python3", "echo 3.10");
    await program("one/python3.12", "echo 3.12");
    expect(await find("", "one", "two")).toEqual({ tag: "found", path: wanted, version: "3.10" });
  });

  test("one that can't be started, one that is too old and one that is no Python are passed over", async () => {
    await program("one/python3", "exit 127");
    await mkdir(join(folder, "venv"));
    await symlink(join(folder, "gone"), join(folder, "venv/python3"));
    await program("two/python3", "echo 3.9");
    await program("three/python3", "echo I am no Python");
    const wanted = await program("three/python3.11", "echo 3.11");
    const found = await find("", "one", "venv", "two", "three");
    expect(found).toEqual({ tag: "found", path: wanted, version: "3.11" });
  });

  test("a shim is left out of the way, unless the Python behind it does not start alone", async () => {
    const real = await program("real/python3", "echo 3.12; echo $0");
    await program("shims/python3", `PATH=/changed exec ${real} "$@"`);
    expect(await find("", "shims")).toEqual({ tag: "found", path: real, version: "3.12" });
    const shim = await program("wrappers/python3", "echo 3.12; echo /absent/python3");
    expect(await find("", "wrappers")).toEqual({ tag: "found", path: shim, version: "3.12" });
  });

  test("only too old ones: names the first", async () => {
    const old = await program("one/python3", "echo 3.8");
    await program("one/python", "echo 2.7");
    expect(await find("", "one")).toEqual({ tag: "tooOld", path: old, version: "3.8" });
  });

  test("none", async () => {
    expect(await find("", "one")).toEqual({ tag: "missing", tried: [] });
  });

  test("is started as the helper will be: isolated and without site", async () => {
    const wanted = await program("one/python3", `[ "$1 $2" = "-I -S" ] && echo 3.13`);
    expect(await find("", "one")).toMatchObject({ tag: "found", path: wanted });
  });
});

describe("named by the setting", () => {
  test("is taken, and PATH is not looked at", async () => {
    await program("one/python3", "echo 3.12");
    const named = await program("mine/python", `echo 3.10; echo ${join(folder, "one/python3")}`);
    expect(await find(named, "one")).toMatchObject({ tag: "found", path: named });
    expect(await find(join(folder, "absent"), "one")).toMatchObject({ tag: "missing" });
  });

  test("may start with the home folder", async () => {
    const named = await program("mine/python", "echo 3.10");
    expect(await find("~/mine/python")).toMatchObject({ tag: "found", path: named });
  });
});

describe("whyNone names the cause and the next step", () => {
  test("for a setting", () => {
    const why = whyNone({ tag: "missing", tried: ["/x/python"] }, "/x/python");
    expect(why.cause).toContain("propel.helper.python names /x/python");
    expect(why.nextStep).toContain("clear it");
  });

  test("for PATH", () => {
    const why = whyNone({ tag: "tooOld", path: "/usr/bin/python3", version: "3.8" }, "");
    expect(why.cause).toContain("3.8 (/usr/bin/python3)");
    expect(why.nextStep).toContain("Install Python 3.10");
  });
});
