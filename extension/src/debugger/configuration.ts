/** What a debug session is started with. Needs no editor. */
import type { DebugPlan, DebugTarget } from "../helper/wire.gen";

/** Propel's own part of a configuration; debugpy hands it on to child sessions. */
export interface Mark {
  /** Tells a session from others while it starts. */
  readonly id: string;
  readonly run: string;
  /**
   * For a crash: what to stop at where it leaves a person's own code, as a traceback names it,
   * "" for nothing besides what ends the process.
   */
  readonly exception: string | undefined;
}

export interface Configuration {
  readonly type: string;
  readonly name: string;
  readonly request: "attach";
  readonly [key: string]: unknown;
}

/** https://github.com/microsoft/debugpy/wiki/Debug-configuration-settings */
const common = { request: "attach", justMyCode: false, showReturnValue: true } as const;

/** Waits for the program of `plan` and for all that it starts. */
export function listening(type: string, plan: DebugPlan, id: string): Configuration {
  const mark: Mark = { id, run: plan.run, exception: plan.exception };
  const listen = { host: plan.host, port: plan.port };
  return { ...common, type, name: `Debug ${plan.run}`, listen, subProcess: true, propel: mark };
}

/** Enters a process that runs, and nothing that it starts later. */
export function entering(
  type: string,
  run: string,
  { pid, name }: DebugTarget,
  id: string,
): Configuration {
  const mark: Mark = { id, run, exception: undefined };
  return { ...common, type, name, processId: pid, subProcess: false, propel: mark };
}

export function markIn(configuration: Readonly<Record<string, unknown>>): Mark | undefined {
  const value = configuration["propel"];
  if (typeof value !== "object" || value === null) return undefined;
  const { id, run, exception } = value as Readonly<Record<string, unknown>>;
  if (typeof id !== "string" || typeof run !== "string") return undefined;
  return { id, run, exception: typeof exception === "string" ? exception : undefined };
}

const everything = "Python Exceptions";

interface ExceptionOption {
  readonly path: readonly { readonly names: readonly string[] }[];
  readonly breakMode: string;
}

/**
 * What to stop at for a known crash, besides what a person chose (`filters`): every exception that
 * ends a process, and this very one where it leaves the person's own code. What started that code
 * (multiprocessing, Hydra, a DataLoader) may catch it only to report it.
 */
export function exceptionOptions(
  filters: readonly string[],
  exception: string,
): readonly ExceptionOption[] {
  const all = [{ names: [everything] }];
  const options: ExceptionOption[] = [{ path: all, breakMode: "unhandled" }];
  if (filters.includes("raised")) options.push({ path: all, breakMode: "always" });
  if (filters.includes("userUnhandled")) options.push({ path: all, breakMode: "userUnhandled" });
  if (exception !== "") {
    options.push({ path: [...all, { names: [exception] }], breakMode: "userUnhandled" });
  }
  return options;
}
