/**
 * Variables that belong to the editor's own processes. Runs inherit the helper's environment, and
 * a training run must see what a shell of the person's would see. VS Code strips the same from
 * its terminals (`sanitizeProcessEnvironment` in src/vs/base/common/processes.ts); the last two
 * are those of its browser edition.
 */
const editorsOwn =
  /^(VSCODE_|ELECTRON_|SNAP$|SNAP_|GDK_PIXBUF_|CHROME_DESKTOP$|CODE_SERVER_|NODE_EXEC_PATH$)/;

/** `environment` without the editor's own variables. */
export function withoutEditor(environment: NodeJS.ProcessEnv): Record<string, string> {
  const kept: Record<string, string> = {};
  for (const [name, value] of Object.entries(environment)) {
    if (value !== undefined && !editorsOwn.test(name)) kept[name] = value;
  }
  return kept;
}
