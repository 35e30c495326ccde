import { expect, test } from "vitest";
import { gpuRows } from "../../../extension/src/gpus/rows";

const gibibyte = 1024 ** 3;

test("no driver is one sentence", () => {
  const rows = gpuRows({ gpus: [], driver: null, cuda: null, reason: "No NVIDIA driver." });
  expect(rows.map(({ label, children }) => [label, children])).toEqual([
    ["No NVIDIA driver.", undefined],
  ]);
});

test("use, memory, temperature, and who holds it", () => {
  const gpu = {
    index: 1,
    name: "NVIDIA H100",
    memory: 80 * gibibyte,
    free: 20 * gibibyte,
    utilization: 97,
    temperature: 61,
    processes: [
      { pid: 7, name: "/usr/bin/python3", memory: 59 * gibibyte, user: "ada", run: "2025-x" },
      { pid: 8, name: "evil\u001b[31m", memory: null, user: "", run: "" },
      { pid: 9, name: "", memory: null, user: "", run: "" },
    ],
  };
  const [row] = gpuRows({ gpus: [gpu], driver: "550.54", cuda: "12.4", reason: "" });
  expect(row?.label).toBe("GPU 1");
  expect(row?.description).toBe("97% busy · 60.0 of 80.0 GiB · 61 °C");
  expect(row?.tooltip).toContain("NVIDIA H100");
  expect(row?.tooltip).toContain("Driver 550.54");
  expect(row?.children?.map(({ label, description, run }) => [label, description, run])).toEqual([
    ["python3", "pid 7 · ada · 59.0 GiB · run 2025-x", "2025-x"],
    ["evil", "pid 8", undefined],
    ["pid 9", "", undefined],
  ]);
});

test("what the driver does not tell is left out", () => {
  const gpu = {
    ...{ index: 0, name: "T4", memory: 16 * gibibyte, free: 16 * gibibyte },
    ...{ utilization: null, temperature: null, processes: [] },
  };
  const [row] = gpuRows({ gpus: [gpu], driver: null, cuda: null, reason: "" });
  expect(row?.description).toBe("0.0 of 16.0 GiB");
});
