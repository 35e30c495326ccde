import { randomUUID } from "node:crypto";
import * as vscode from "vscode";
import { markIn, type Configuration } from "./configuration";
import type { Message } from "./link";

/** A session on its way. */
export interface Starting {
  /** Whether its debugger listens by now; false once it is clear that it never will. */
  readonly listening: Promise<boolean>;
  /** Whether it is up; the editor itself has said why not. */
  readonly started: Promise<boolean>;
  readonly stop: () => void;
}

interface Known {
  readonly listens: () => void;
  session: vscode.DebugSession | undefined;
  isGivenUp: boolean;
}

/** The debug types that sessions of Propel have: its own, and that of Microsoft's Python Debugger. */
export const debugTypes = ["propel", "debugpy"] as const;

/** Microsoft's debugger where a person has it: its views and settings are the ones they know. */
export function debugType(): (typeof debugTypes)[number] {
  return vscode.extensions.getExtension("ms-python.debugpy") === undefined ? "propel" : "debugpy";
}

/** Starts debug sessions and keeps hold of those that are still on their way. */
export class DebugSessions implements vscode.DebugAdapterTrackerFactory {
  readonly #known = new Map<string, Known>();

  newId(): string {
    return randomUUID();
  }

  start(folder: vscode.WorkspaceFolder | undefined, configuration: Configuration): Starting {
    const id = markIn(configuration)?.id ?? "";
    let listens = (): void => undefined;
    const heard = new Promise<true>((resolve) => {
      listens = () => {
        resolve(true);
      };
    });
    const known: Known = { listens, session: undefined, isGivenUp: false };
    this.#known.set(id, known);
    const started = Promise.resolve(vscode.debug.startDebugging(folder, configuration)).then(
      (isUp) => isUp,
      () => false,
    );
    void started.finally(() => this.#known.delete(id));
    const never = started.then(() => false);
    const stop = (): void => {
      known.isGivenUp = true;
      // Without a session "stop" would mean every session of the editor.
      if (known.session !== undefined) void vscode.debug.stopDebugging(known.session);
    };
    return { listening: Promise.race([heard, never]), started, stop };
  }

  createDebugAdapterTracker(session: vscode.DebugSession): vscode.DebugAdapterTracker | undefined {
    const id = markIn(session.configuration)?.id;
    const known = id === undefined ? undefined : this.#known.get(id);
    if (known === undefined || session.parentSession !== undefined) return undefined;
    known.session = session;
    if (known.isGivenUp) void vscode.debug.stopDebugging(session);
    return {
      onDidSendMessage: (message: Message) => {
        if (message.event === "debugpyWaitingForServer") known.listens();
      },
    };
  }
}
