/** What the project trains with, as rows. Needs no editor. */
import { join } from "node:path";
import type { Environment, FrameworkFact, GpuFact, PythonFact } from "../helper/wire.gen";
import { plainLine } from "../plainText";
import type { ProjectRow } from "./row";

interface Fact extends Omit<ProjectRow, "id" | "children"> {
  readonly children?: readonly Fact[];
}

/** Of `cuda`: what each version is, in words. */
const cudaWords: Readonly<Record<string, string>> = {
  driver: "driver",
  driver_cuda: "driver runs CUDA up to",
  toolkit: "toolkit",
  framework: "framework built for",
};

export function environmentRows(folder: string, found: Environment): ProjectRow[] {
  const facts: Fact[] = [
    python(folder, found.python),
    ...found.frameworks.map((one) => framework(one)),
    { label: "CUDA", description: cuda(found.cuda), icon: "circuit-board" },
    ...gpus(found.gpus),
    {
      label: "Trackers",
      description: found.trackers.length === 0 ? "none" : found.trackers.map(plainLine).join(", "),
      icon: "graph-line",
    },
    {
      label: "Precision",
      description: plainLine(found.precision ?? "not declared"),
      icon: "symbol-numeric",
    },
    ...found.notes.map((note) => ({
      label: plainLine(note),
      tooltip: plainLine(note),
      icon: "warning",
      colour: "list.warningForeground",
    })),
  ];
  return numbered(`${folder}\nenvironment`, facts);
}

function numbered(above: string, facts: readonly Fact[]): ProjectRow[] {
  return facts.map(({ children, ...fact }, index) => {
    const id = `${above} ${index}`;
    return { ...fact, id, ...(children === undefined ? {} : { children: numbered(id, children) }) };
  });
}

function python(folder: string, { version, source, interpreter, found, own }: PythonFact): Fact {
  const asked = version === null ? "no version asked for" : `${version} asked for`;
  const has = found === null ? "none found" : `${found} found`;
  const whose = interpreter === null || own ? [] : ["not this project's own"];
  const tooltip = [
    `Asked for: ${version ?? "no version"}${source === null ? "" : ` (${source})`}`,
    `The first command would get: ${interpreter ?? "not known"}`,
    ...(whose.length === 0 ? [] : ["That is not an environment of this project."]),
  ];
  return {
    label: "Python",
    description: plainLine([asked, has, ...whose].join(" · ")),
    tooltip: tooltip.map(plainLine).join("\n"),
    icon: "snake",
    ...(source === null ? {} : { opens: { file: join(folder, source), line: null } }),
  };
}

function framework({ name, version, installed }: FrameworkFact): Fact {
  const declared = version === null ? "no version declared" : `${version} declared`;
  const has = installed === null ? [] : [`${installed} installed`];
  return {
    label: plainLine(name),
    description: plainLine([declared, ...has].join(" · ")),
    icon: "package",
  };
}

function cuda(found: Environment["cuda"]): string {
  const versions = Object.entries(found ?? {});
  if (versions.length === 0) return "not found";
  return plainLine(
    versions.map(([key, version]) => `${cudaWords[key] ?? key} ${version}`).join(" · "),
  );
}

function gpus(found: readonly GpuFact[]): Fact[] {
  if (found.length === 0) return [{ label: "GPUs", description: "none seen", icon: "chip" }];
  return found.map((gpu) => ({
    label: plainLine(`GPU ${gpu.index}: ${gpu.name}`),
    description: `${gibibytes(gpu.free)} of ${gibibytes(gpu.memory)} GiB free`,
    tooltip: plainLine(
      [
        ...(gpu.utilization === null ? [] : [`${gpu.utilization} % busy`]),
        ...(gpu.temperature === null ? [] : [`${gpu.temperature} °C`]),
      ].join(", "),
    ),
    icon: "chip",
    ...(gpu.processes.length === 0
      ? {}
      : {
          children: gpu.processes.map(({ pid, name, memory }) => ({
            label: plainLine(`${name} (${pid})`),
            description: memory === null ? "memory not told" : `holds ${gibibytes(memory)} GiB`,
            icon: "gear",
          })),
        }),
  }));
}

function gibibytes(bytes: number): string {
  return (bytes / 2 ** 30).toFixed(1);
}
