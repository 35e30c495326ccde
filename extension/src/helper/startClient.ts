/** One start of the helper: find a Python, run it, wait until it answers. */
import type * as vscode from "vscode";
import { allSettings, setting } from "../settings";
import { HelperClient } from "./client";
import { withoutEditor } from "./environment";
import { findInterpreter, whyNone } from "./interpreter";
import type { Trouble } from "./tell";

export interface StartParts {
  /** The extension's folder. */
  readonly extension: vscode.Uri;
  readonly version: string;
  readonly log: vscode.LogOutputChannel;
}

/** Milliseconds that a helper may take to start, on a cold disk far away. */
const patience = 60_000;

/**
 * A client that runs, or why there is none.
 *
 * @param outside tells of files that change outside the editor
 * @param prepare is given the client before it starts, so that it misses no notification
 */
export async function startClient(
  { extension, version, log }: StartParts,
  outside: vscode.FileSystemWatcher,
  prepare: (client: HelperClient) => void,
): Promise<HelperClient | Trouble> {
  const environment = withoutEditor(process.env);
  const named = setting("helper.python").trim();
  const found = await findInterpreter({ setting: named, environment });
  if (found.tag !== "found") return whyNone(found, named);
  const python = found.path;
  log.info(`Starting the helper with Python ${found.version}: ${python}`);
  const parts = { python, extension, version, environment, outside, settings: allSettings, log };
  const client = new HelperClient(parts);
  prepare(client);
  try {
    await inTime(client.start());
    return client;
  } catch (error) {
    log.error(`The helper did not start: ${String(error)}`);
    await client.stop();
    return { cause: "Propel's helper did not start.", nextStep: "The log says why." };
  }
}

async function inTime(started: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    const error = new Error(`no answer within ${patience / 1000} s`);
    timer = setTimeout(reject, patience, error);
  });
  await Promise.race([started, late]).finally(() => {
    clearTimeout(timer);
  });
}
