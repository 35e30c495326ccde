import { expect, test } from "vitest";
import type { Environment, TrainingCommand } from "../../../extension/src/helper/wire.gen";
import type { ProjectRow } from "../../../extension/src/project/row";
import { projectRows } from "../../../extension/src/project/rows";

const bare: Environment = {
  python: { version: null, source: null, interpreter: null, found: null, own: false },
  frameworks: [],
  cuda: null,
  gpus: [],
  trackers: [],
  precision: null,
  notes: [],
};

function command(text: string, changes: Partial<TrainingCommand> = {}): TrainingCommand {
  const where = { source: "readme", file: "README.md", line: 7, notes: "Documented" };
  return { command: text, ...where, score: 1, cwd: "", entry: "train.py", ...changes };
}

function groups(
  commands: readonly TrainingCommand[],
  configs: readonly string[] = [],
  environment = bare,
): readonly ProjectRow[][] {
  const report = { commands, configs, environment, skipped: [], unfinished: false };
  return projectRows("/p", report).map(({ children }) => [...(children ?? [])]);
}

test("a command says where it was found, opens that place and can be launched", () => {
  const [commands] = groups([command("python train.py", { cwd: "sub" })]);
  expect(commands?.[0]).toMatchObject({
    label: "python train.py",
    description: "readme · README.md:7",
    tooltip: "python train.py\nFrom: readme · README.md:7\nRuns in: sub\nDocumented",
    opens: { file: "/p/README.md", line: 7 },
    command: "python train.py",
    cwd: "sub",
    folder: "/p",
  });
});

test("an empty folder says what to do next", () => {
  const [commands, configs] = groups([]);
  expect(commands?.[0]).toMatchObject({ description: "Click to type one", runs: "propel.launch" });
  expect(configs?.[0]?.tooltip).toContain("configs/");
});

test("a folder that is still being looked at is not called empty", () => {
  const soFar = { commands: [], configs: [], environment: bare, skipped: [], unfinished: true };
  const [stop, commands, configs] = projectRows("/p", soFar);
  expect(stop).toMatchObject({ description: "Click to stop", runs: "propel.stopScan" });
  expect(commands).toMatchObject({ description: "none yet" });
  expect(commands?.children?.[0]?.label).toBe("No training command yet.");
  expect(configs).toMatchObject({ description: "none yet" });
  expect(configs?.children?.[0]?.label).toBe("No config yet.");
});

test("many projects in one folder are grouped, the best first", () => {
  const many = ["b", "a", "c", "d"].flatMap((name) =>
    [1, 2, 3, 4].map((n) => command(`python ${name}/${n}.py`, { entry: `${name}/${n}.py` })),
  );
  const [commands] = groups(many);
  expect(commands?.map(({ label }) => label)).toEqual(["b/", "a/", "c/", "d/"]);
  expect(commands?.[0]?.children).toHaveLength(4);
});

test("the environment is told in words, its doubts as warnings", () => {
  const gpu = { index: 0, name: "A100", memory: 80 * 2 ** 30, free: 70 * 2 ** 30 };
  const [, , rows] = groups([], [], {
    ...bare,
    python: {
      version: ">=3.10",
      source: "pyproject.toml",
      interpreter: "/usr/bin/python3",
      found: "3.11.2",
      own: false,
    },
    frameworks: [{ name: "torch", version: ">=2", installed: "2.4.0" }],
    cuda: { driver: "550.54", framework: "12.1" },
    gpus: [
      {
        ...gpu,
        utilization: 3,
        temperature: 40,
        processes: [{ pid: 12, name: "python", memory: 2 ** 30, user: "ada", run: "" }],
      },
    ],
    trackers: ["wandb"],
    precision: "bf16",
    notes: ["The driver is too old for CUDA 12.1."],
  });
  const told = rows?.map(({ label, description }) => `${label}: ${description ?? ""}`);
  expect(told).toEqual([
    "Python: >=3.10 asked for · 3.11.2 found · not this project's own",
    "torch: >=2 declared · 2.4.0 installed",
    "CUDA: driver 550.54 · framework built for 12.1",
    "GPU 0: A100: 70.0 of 80.0 GiB free",
    "Trackers: wandb",
    "Precision: bf16",
    "The driver is too old for CUDA 12.1.: ",
  ]);
  expect(rows?.[0]?.opens).toEqual({ file: "/p/pyproject.toml", line: null });
  expect(rows?.[3]?.children?.[0]).toMatchObject({
    label: "python (12)",
    description: "holds 1.0 GiB",
  });
  expect(rows?.at(-1)?.icon).toBe("warning");
});

test("every row has an id of its own", () => {
  const all = (rows: readonly ProjectRow[]): string[] =>
    rows.flatMap(({ id, children }) => [id, ...all(children ?? [])]);
  const commands = [command("a"), command("a")];
  const skipped = ["a: b", "a: b"];
  const report = { commands, configs: ["x.yaml"], environment: bare, skipped, unfinished: false };
  const ids = [...all(projectRows("/p", report)), ...all(projectRows("/q", report))];
  expect(new Set(ids).size).toBe(ids.length);
});

test("nothing of a stranger's text moves the cursor", () => {
  const [commands] = groups([command("python \u001b[31mtrain.py\u202e")]);
  expect(commands?.[0]?.label).toBe("python train.py");
});

test("what could not be read is told, and only then", () => {
  const report = { commands: [], configs: [], environment: bare, unfinished: false };
  expect(projectRows("/p", { ...report, skipped: [] })).toHaveLength(3);
  const rows = projectRows("/p", { ...report, skipped: ["data/: can't be entered"] });
  expect(rows[3]?.children?.[0]?.label).toBe("data/: can't be entered");
});
