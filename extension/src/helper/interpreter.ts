/**
 * Which Python starts the helper. It need not be the one that trains: the helper runs with
 * `-I -S`, so no virtual environment and no PYTHONPATH reaches it.
 */
import { execFile } from "node:child_process";
import { access, constants } from "node:fs/promises";
import { delimiter, isAbsolute, join } from "node:path";

export type Interpreter =
  | { readonly tag: "found"; readonly path: string; readonly version: string }
  | { readonly tag: "tooOld"; readonly path: string; readonly version: string }
  | { readonly tag: "missing"; readonly tried: readonly string[] };

export interface Search {
  /** The setting `propel.helper.python`; empty means: look on PATH. */
  readonly setting: string;
  readonly environment: Readonly<Record<string, string>>;
}

const oldest = { major: 3, minor: 10 };
const names = ["python3", ...[14, 13, 12, 11, 10].map((minor) => `python3.${minor}`), "python"];

/** A shim or a file on a slow disk may take a while; a Python that hangs must not hang us. */
const patience = 10_000;

/** The first Python that starts and is new enough; one that can't be started is passed over. */
export async function findInterpreter(search: Search): Promise<Interpreter> {
  const tried: string[] = [];
  let old: Interpreter | undefined;
  for await (const path of candidates(search)) {
    tried.push(path);
    const started = await startedAt(path, search.environment);
    if (started === undefined) continue;
    const [major = 0, minor = 0] = started.version.split(".").map(Number);
    const { version } = started;
    if (major > oldest.major || (major === oldest.major && minor >= oldest.minor)) {
      const isShim = search.setting === "" && started.program !== path;
      const real = isShim ? await startedAt(started.program, search.environment) : undefined;
      return { tag: "found", path: real?.version === version ? started.program : path, version };
    }
    old ??= { tag: "tooOld", path, version };
  }
  return old ?? { tag: "missing", tried };
}

/** Why no Python was found and what to do, for a person. */
export function whyNone(
  result: Exclude<Interpreter, { tag: "found" }>,
  setting: string,
): { readonly cause: string; readonly nextStep: string } {
  const named = setting !== "";
  const which = named ? `The setting propel.helper.python names ${setting}, which` : "";
  const nextStep = named
    ? "Point the setting to Python 3.10 or newer, or clear it."
    : "Install Python 3.10 or newer, or name one in the setting propel.helper.python.";
  if (result.tag === "tooOld") {
    return named
      ? { cause: `${which} is Python ${result.version}, too old for Propel's helper.`, nextStep }
      : {
          cause:
            "Propel's helper needs Python 3.10 or newer; the best on PATH is " +
            `${result.version} (${result.path}).`,
          nextStep,
        };
  }
  return named
    ? { cause: `${which} can't be started.`, nextStep }
    : { cause: "Propel's helper needs Python 3.10 or newer, and none on PATH starts.", nextStep };
}

async function* candidates({ setting, environment }: Search): AsyncGenerator<string> {
  if (setting.startsWith("~/")) yield join(environment["HOME"] ?? "/", setting.slice(2));
  else if (setting !== "") yield setting;
  if (setting !== "") return;
  const folders = (environment["PATH"] ?? "").split(delimiter).filter(isAbsolute);
  for (const name of names) {
    for (const folder of new Set(folders)) {
      const path = join(folder, name);
      if (await isProgram(path)) yield path;
    }
  }
}

async function isProgram(path: string): Promise<boolean> {
  return access(path, constants.X_OK).then(
    () => true,
    () => false,
  );
}

const question = "import sys; print('%d.%d' % sys.version_info[:2]); print(sys.executable)";

/**
 * `major.minor` and the program itself, or undefined when it can't be started (a broken venv,
 * another program). Where `path` is a version manager's shim, `program` is the Python behind it:
 * a shim changes the PATH that runs would inherit from the helper.
 */
async function startedAt(
  path: string,
  environment: Readonly<Record<string, string>>,
): Promise<{ readonly program: string; readonly version: string } | undefined> {
  return new Promise((resolve) => {
    const options = { env: environment, timeout: patience, killSignal: "SIGKILL" } as const;
    execFile(path, ["-I", "-S", "-c", question], options, (error, stdout) => {
      const [version = "", program = ""] = stdout.split("\n");
      const isPython = error === null && /^\d+\.\d+$/.test(version);
      resolve(isPython ? { program: isAbsolute(program) ? program : path, version } : undefined);
    });
  });
}
