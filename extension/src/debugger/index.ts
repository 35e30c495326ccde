/** The debug type `propel`: debugpy's adapter from Propel's own package, one session per process. */
import * as vscode from "vscode";
import type { Ctx } from "../context";
import { withoutEditor } from "../helper/environment";
import { debugAdapter, debugTargets } from "../helper/wire.gen";
import { plainLine } from "../plainText";
import { PropelDebugAdapter } from "./adapter";
import { markIn } from "./configuration";
import { connected, spawned, type Ears, type Link } from "./link";
import { debugTypes } from "./sessions";

type Values = Readonly<Record<string, unknown>>;

/** gdb may read the symbols of gigabytes of libraries before the debugger is in (seconds). */
const enterTimeout = { DEBUGPY_PROCESS_SPAWN_TIMEOUT: "120" };

export function registerDebugger(ctx: Ctx): vscode.Disposable {
  const factory: vscode.DebugAdapterDescriptorFactory = {
    createDebugAdapterDescriptor: async (session) => {
      const open = await wayTo(ctx, session.configuration);
      if (open === undefined) throw new Error("Propel's helper does not run; see its log.");
      const adapter = new PropelDebugAdapter({
        mark: markIn(session.configuration),
        open,
        child: (configuration) => {
          void startChild(ctx, session, configuration);
        },
      });
      return new vscode.DebugAdapterInlineImplementation(adapter);
    },
  };
  // Microsoft's debugger starts child sessions itself; only their names are Propel's.
  const names: vscode.DebugConfigurationProvider = {
    resolveDebugConfiguration: async (_, configuration) => {
      const run = markIn(configuration)?.run;
      const pid = number(configuration["subProcessId"]);
      if (run === undefined || pid === undefined) return configuration;
      return { ...configuration, name: await nameOf(ctx, run, pid) };
    },
  };
  const commands: vscode.DebugConfigurationProvider = {
    resolveDebugConfiguration: (_, configuration) => {
      if (configuration.request === "attach") return configuration;
      void vscode.window.showInformationMessage(
        'Propel debugs its runs: "Propel: Debug This Crash" starts a crashed one under the ' +
          'debugger, "Propel: Attach Debugger to Run" enters one that trains.',
      );
      return undefined;
    },
  };
  return vscode.Disposable.from(
    vscode.debug.registerDebugAdapterDescriptorFactory("propel", factory),
    vscode.debug.registerDebugConfigurationProvider("propel", commands),
    vscode.debug.registerDebugConfigurationProvider("debugpy", names),
    ...debugTypes.map((type) =>
      vscode.debug.registerDebugAdapterTrackerFactory(type, ctx.debugging),
    ),
  );
}

/** How to reach the adapter: a child session's is up already, any other gets one of its own. */
async function wayTo(ctx: Ctx, configuration: Values): Promise<((ears: Ears) => Link) | undefined> {
  const { host, port } = (configuration["connect"] ?? {}) as Values;
  const there = number(port);
  if (number(configuration["subProcessId"]) !== undefined && there !== undefined) {
    const at = typeof host === "string" ? host : "127.0.0.1";
    return (ears) => connected(at, there, ears);
  }
  const found = await ctx.helper.request(debugAdapter, {});
  if (found === undefined) return undefined;
  const environment = { ...withoutEditor(process.env), ...enterTimeout };
  return (ears) => spawned(found.argv, environment, ears);
}

async function startChild(
  ctx: Ctx,
  session: vscode.DebugSession,
  configuration: Values,
): Promise<void> {
  const run = markIn(configuration)?.run ?? "";
  const pid = number(configuration["subProcessId"]) ?? 0;
  const name = await nameOf(ctx, run, pid);
  const child = { ...configuration, type: session.type, request: "attach", name };
  await vscode.debug.startDebugging(session.workspaceFolder, child, { parentSession: session });
}

/** `rank 3` where the helper can tell, else the process. */
async function nameOf({ helper }: Ctx, run: string, pid: number): Promise<string> {
  const found = await helper.requestQuietly(debugTargets, { run });
  const target = found?.targets.find((one) => one.pid === pid);
  return target === undefined ? `process ${pid}` : `${plainLine(target.name)} (process ${pid})`;
}

function number(value: unknown): number | undefined {
  return typeof value === "number" ? value : undefined;
}
