import { expect, test } from "vitest";
import { confirmation } from "../../../extension/src/launch/confirmation";

const plan = {
  command: "python train.py --epochs 3",
  cwd: "/home/ada/rings",
  backend: "screen",
  python: "/opt/v/bin/python",
  notes: [],
  problem: null,
  backends: ["screen"],
  placeholders: [],
  options: "",
  scheduled: false,
};

test("shows the exact text, the folder, the session and the Python", () => {
  expect(confirmation(plan)).toBe(
    "python train.py --epochs 3\n\n" +
      "Folder: /home/ada/rings\nSession: screen\nPython: /opt/v/bin/python",
  );
});

test("shows what a scheduler would be asked for", () => {
  const slurm = { ...plan, backend: "slurm", scheduled: true };
  expect(confirmation(slurm)).toContain("Session: slurm\nSlurm options: none\n");
  const text = confirmation({ ...slurm, options: "--gpus=1 --time=04:00:00" });
  expect(text).toContain("\nSlurm options: --gpus=1 --time=04:00:00\n");
});

test("says when the Python is not known, and lists the notes", () => {
  const text = confirmation({ ...plan, python: null, notes: ["The session ends at logout."] });
  expect(text).toContain("Python: not known before it runs");
  expect(text).toMatch(/\n\n• The session ends at logout\.$/);
});

test("hides nothing behind terminal codes", () => {
  const text = confirmation({ ...plan, command: "python a.py \u001b[8m; rm x\u001b[0m" });
  expect(text).toContain("python a.py ; rm x");
});
