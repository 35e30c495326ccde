/** A scan as rows: commands, configs, environment. Needs no editor. */
import { join, posix } from "node:path";
import type { ScanReport, TrainingCommand } from "../helper/wire.gen";
import { plain, plainLine } from "../plainText";
import { environmentRows } from "./environmentRows";
import type { ProjectRow } from "./row";

/** Above this many commands from more than a few folders, each folder gets a row of its own. */
const crowd = { commands: 12, folders: 3 };

/** The three groups of one folder; ids start with `folder`. */
export function projectRows(folder: string, report: ScanReport): readonly ProjectRow[] {
  const id = (name: string): string => `${folder}\n${name}`;
  const { commands, configs, environment, skipped, unfinished } = report;
  return [
    ...(unfinished ? [stopRow(id("stop"))] : []),
    {
      id: id("commands"),
      label: "Commands",
      description: count(commands.length, unfinished),
      icon: "rocket",
      children:
        commands.length === 0 ? [noCommand(id("none"), unfinished)] : commandRows(folder, commands),
    },
    {
      id: id("configs"),
      label: "Configs",
      description: count(configs.length, unfinished),
      icon: "settings",
      isClosed: true,
      children:
        configs.length === 0
          ? [noConfig(id("no config"), unfinished)]
          : configRows(folder, configs),
    },
    {
      id: id("environment"),
      label: "Environment",
      icon: "server-environment",
      children: environmentRows(folder, environment),
    },
    ...(skipped.length === 0 ? [] : [skippedGroup(id("skipped"), skipped)]),
  ];
}

function stopRow(id: string): ProjectRow {
  return {
    id,
    label: "Still looking…",
    description: "Click to stop",
    tooltip: "The folder answers slowly. Click to stop here: what was found so far stays.",
    icon: "loading~spin",
    runs: "propel.stopScan",
  };
}

function count(many: number, unfinished: boolean): string {
  if (many > 0) return `${many}`;
  return unfinished ? "none yet" : "none found";
}

/** What the scan could not read: perhaps the command that is missed. */
function skippedGroup(id: string, skipped: readonly string[]): ProjectRow {
  return {
    id,
    label: "Not read",
    description: `${skipped.length}`,
    icon: "warning",
    colour: "list.warningForeground",
    isClosed: true,
    children: skipped.map((text, index) => ({
      id: `${id} ${index}`,
      label: plainLine(text),
      icon: "circle-slash",
    })),
  };
}

function noCommand(id: string, unfinished: boolean): ProjectRow {
  return {
    id,
    label: unfinished ? "No training command yet." : "No training command was found.",
    description: "Click to type one",
    tooltip: "Click to type a command, or open the folder that holds the training script.",
    icon: "edit",
    runs: "propel.launch",
  };
}

function noConfig(id: string, unfinished: boolean): ProjectRow {
  return {
    id,
    label: unfinished ? "No config yet." : "No config was found.",
    tooltip: "Looked for YAML, JSON and TOML in configs/, conf/ and config/.",
    icon: "info",
  };
}

function configRows(folder: string, configs: readonly string[]): ProjectRow[] {
  return configs.map((path) => ({
    id: `${folder}\nconfig ${path}`,
    label: plainLine(posix.basename(path)),
    description: plainLine(posix.dirname(path)).replace(/^\.$/, ""),
    tooltip: plainLine(path),
    icon: "file",
    opens: { file: join(folder, path), line: null },
  }));
}

/** Best first; in a crowd by folder, the one with the best command first. */
function commandRows(folder: string, commands: readonly TrainingCommand[]): readonly ProjectRow[] {
  const rows = commands.map((found, index) => ({
    group: posix.dirname(found.entry === "" ? found.file : found.entry),
    row: commandRow(folder, found, index),
  }));
  const groups = new Set(rows.map(({ group }) => group));
  if (commands.length <= crowd.commands || groups.size <= crowd.folders) {
    return rows.map(({ row }) => row);
  }
  return [...groups].map((group, index) => {
    const children = rows.filter((one) => one.group === group).map(({ row }) => row);
    return {
      id: `${folder}\ngroup ${group}`,
      label: group === "." ? "(this folder)" : `${plainLine(group)}/`,
      description: `${children.length}`,
      icon: "folder",
      children,
      ...(index === 0 ? {} : { isClosed: true }),
    };
  });
}

function commandRow(folder: string, found: TrainingCommand, index: number): ProjectRow {
  const place = found.line === null ? found.file : `${found.file}:${found.line}`;
  const where = plainLine(`${found.source} · ${place}`);
  const tooltip = [
    plain(found.command),
    `From: ${where}`,
    ...(found.cwd === "" ? [] : [`Runs in: ${plainLine(found.cwd)}`]),
    ...(found.notes === "" ? [] : [plainLine(found.notes)]),
  ];
  return {
    id: `${folder}\ncommand ${index} ${found.command}`,
    label: plainLine(found.command),
    description: where,
    tooltip: tooltip.join("\n"),
    icon: "terminal",
    opens: { file: join(folder, found.file), line: found.line },
    command: found.command,
    cwd: found.cwd,
    folder,
  };
}
