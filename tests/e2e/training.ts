/** The sample project in an editor, its runs, and what the command line says of them. */
import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { cp, mkdir, mkdtemp, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { promisify } from "node:util";
import { expect } from "vitest";
import { inRoot, venvProgram } from "../../extension/dev/paths.mjs";
import { trainingEnvironment } from "../../extension/dev/start.mjs";
import { Editor, type EditorOptions } from "./editor";

export interface Run {
  readonly run: string;
  readonly command: string;
  readonly state: string;
  readonly session: string;
  readonly backend: string;
  readonly log: string;
}

export const execute = promisify(execFile);

/** Ends the runs that were started in an editor, and their sessions. */
export async function endRuns(
  { stateHome }: Editor,
  more: Readonly<Record<string, string>> = {},
): Promise<void> {
  const env = { ...process.env, ...more, XDG_STATE_HOME: stateHome };
  const helper = venvProgram("propel-helper");
  const { stdout } = await execute(helper, ["runs", "--json"], { env });
  for (const { run } of JSON.parse(stdout) as Run[]) await execute(helper, ["kill", run], { env });
}

/** A copy of the sample project; `prepare` may change it before the editor opens it. */
export class Training {
  private constructor(
    readonly folder: string,
    readonly venv: string,
    readonly editor: Editor,
    private readonly env: Readonly<Record<string, string>>,
  ) {}

  static async open(
    options: Omit<EditorOptions, "folder"> = {},
    prepare: (folder: string) => Promise<void> = () => Promise.resolve(),
  ): Promise<Training> {
    const folder = join(await mkdtemp(join(tmpdir(), "propel-e2e-project-")), "rings");
    await cp(inRoot("tests", "sample_project"), folder, { recursive: true });
    await prepare(folder);
    const venv = await trainingEnvironment();
    const path = [join(venv, "bin"), await gdbFolder(folder), process.env["PATH"] ?? ""].join(
      delimiter,
    );
    // With VSCODE_CLI the editor takes this PATH as it is, instead of asking a login shell.
    const env = { VIRTUAL_ENV: venv, PATH: path, VSCODE_CLI: "1", ...options.env };
    const editor = await Editor.open({ ...options, folder, env });
    return new Training(folder, venv, editor, options.env ?? {});
  }

  /** Ends the runs that are left, the editor, and removes the folder. */
  async close(): Promise<void> {
    await endRuns(this.editor, this.env);
    await this.editor.close();
    await rm(dirname(this.folder), { recursive: true, force: true });
  }

  async helper(...args: string[]): Promise<string> {
    const env = { ...process.env, ...this.env, XDG_STATE_HOME: this.editor.stateHome };
    const { stdout } = await execute(venvProgram("propel-helper"), args, { env });
    return stdout;
  }

  async runs(): Promise<Run[]> {
    return JSON.parse(await this.helper("runs", "--json")) as Run[];
  }

  async stateOf(command: string): Promise<string | undefined> {
    return (await this.runs()).find((run) => run.command === command)?.state;
  }

  /**
   * Answers the three questions of "Launch Training" and skips what else is asked; returns what
   * the last one said.
   */
  async launch(row: string, command: string): Promise<string> {
    const { editor } = this;
    await editor.runCommand("Propel: Launch Training");
    await editor.chooseRow(row);
    await expect.poll(async () => (await editor.inputText()).value).toContain("python");
    await editor.setInput(command);
    await editor.acceptInput();
    await editor.skipSteps();
    const confirmation = await editor.dialogText();
    await editor.clickDialog("Launch");
    return confirmation;
  }
}

/**
 * A folder for PATH with the gdb of the development packages, where there is one: a system's own
 * may be too old for its processor.
 */
async function gdbFolder(project: string): Promise<string> {
  const folder = join(dirname(project), "gdb");
  await mkdir(folder);
  const gdb = venvProgram("gdb");
  if (existsSync(gdb)) await symlink(gdb, join(folder, "gdb"));
  return folder;
}
