/**
 * A stand-in for Microsoft's Python Debugger, which no registry within reach has: an extension of
 * the same name whose debug type `debugpy` starts debugpy's adapter, as the real one does.
 */
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { nodeProgram, venvProgram } from "../../extension/dev/paths.mjs";
import { execute } from "./training";

const main = `
const vscode = require("vscode");
const { appendFileSync } = require("node:fs");
exports.activate = (context) => {
  const factory = {
    createDebugAdapterDescriptor: ({ configuration, name }) => {
      appendFileSync(process.env.STAND_IN_LOG, name + "\\n");
      const { connect } = configuration;
      if (connect) return new vscode.DebugAdapterServer(connect.port, connect.host);
      return new vscode.DebugAdapterExecutable(process.env.STAND_IN_PYTHON, ["-m", "debugpy.adapter"]);
    },
  };
  context.subscriptions.push(vscode.debug.registerDebugAdapterDescriptorFactory("debugpy", factory));
};
`;

const manifest = {
  name: "debugpy",
  publisher: "ms-python",
  version: "2099.1.0",
  engines: { vscode: "^1.100.0" },
  main: "main.js",
  activationEvents: ["onDebug"],
  contributes: {
    debuggers: [{ type: "debugpy", label: "Python Debugger", languages: ["python"] }],
  },
};

export interface StandIn {
  readonly vsix: string;
  /** Each line is the name of a session that it was asked for. */
  readonly log: string;
  readonly env: Readonly<Record<string, string>>;
}

export async function standIn(folder: string): Promise<StandIn> {
  const source = join(folder, "python-debugger");
  await mkdir(source, { recursive: true });
  await writeFile(join(source, "package.json"), JSON.stringify(manifest));
  await writeFile(join(source, "main.js"), main);
  await writeFile(join(source, "README.md"), "A stand-in.\n");
  await writeFile(join(source, "LICENSE"), "None.\n");
  const vsix = join(folder, "python-debugger.vsix");
  const vsce = nodeProgram("vsce");
  const args = ["package", "--out", vsix, "--no-dependencies", "--allow-missing-repository"];
  await execute(vsce, args, { cwd: source });
  const log = join(folder, "sessions.log");
  await writeFile(log, "");
  return { vsix, log, env: { STAND_IN_LOG: log, STAND_IN_PYTHON: venvProgram("python") } };
}
