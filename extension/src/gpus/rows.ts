/** GPUs and who holds them, as rows of a view. Needs no editor. */
import type { GpuFact, GpuProcess, GpuReport } from "../helper/wire.gen";
import { plainLine } from "../plainText";

export interface GpuRow {
  readonly id: string;
  readonly label: string;
  readonly description: string;
  readonly tooltip: string;
  readonly icon: string;
  /** The run that a click shows. */
  readonly run?: string;
  readonly children?: readonly GpuRow[];
}

/** One row for each GPU; without one a row that says why. */
export function gpuRows(report: GpuReport): readonly GpuRow[] {
  if (report.gpus.length === 0) {
    const reason = plainLine(report.reason);
    return [{ id: "none", label: reason, description: "", tooltip: reason, icon: "info" }];
  }
  return report.gpus.map((gpu) => row(gpu, report));
}

function row(gpu: GpuFact, { driver, cuda }: GpuReport): GpuRow {
  const used = gpu.memory - gpu.free;
  const busy = gpu.utilization === null ? undefined : `${gpu.utilization}% busy`;
  const heat = gpu.temperature === null ? undefined : `${gpu.temperature} °C`;
  const memory = `${gigabytes(used)} of ${gigabytes(gpu.memory)} GiB`;
  const name = `GPU ${gpu.index}`;
  const versions = [driver === null ? "" : `Driver ${driver}`, cuda === null ? "" : `CUDA ${cuda}`];
  const description = [busy, memory, heat].filter((part) => part !== undefined).join(" · ");
  return {
    id: name,
    label: name,
    description,
    tooltip: [`${name}: ${plainLine(gpu.name)}`, description, ...versions]
      .filter(Boolean)
      .join("\n"),
    icon: "circuit-board",
    children: gpu.processes.map((process) => holder(name, process)),
  };
}

function holder(gpu: string, { pid, name, memory, user, run }: GpuProcess): GpuRow {
  const program = plainLine(name).split("/").at(-1) ?? "";
  const held = memory === null ? undefined : `${gigabytes(memory)} GiB`;
  const owner = user === "" ? undefined : plainLine(user);
  const own = run === "" ? undefined : `run ${run}`;
  const parts = [`pid ${pid}`, owner, held, own].filter((part) => part !== undefined);
  const unseen = "It can't be seen from here: it belongs to another container or user.";
  return {
    id: `${gpu}/${pid}`,
    label: program === "" ? `pid ${pid}` : program,
    description: (program === "" ? parts.slice(1) : parts).join(" · "),
    tooltip: [plainLine(name), parts.join(" · "), user === "" ? unseen : ""]
      .filter(Boolean)
      .join("\n"),
    icon: run === "" ? "account" : "rocket",
    ...(run === "" ? {} : { run }),
  };
}

function gigabytes(bytes: number): string {
  return (bytes / 1024 ** 3).toFixed(1);
}
