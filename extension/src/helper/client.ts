/** The language client: how the helper's process is started and spoken to. One per start. */
import { homedir } from "node:os";
import * as vscode from "vscode";
import {
  CloseAction,
  ErrorAction,
  LanguageClient,
  RevealOutputChannelOn,
  State,
  type LanguageClientOptions,
} from "vscode-languageclient/node";

export interface ClientParts {
  readonly python: string;
  /** The extension's folder. */
  readonly extension: vscode.Uri;
  readonly version: string;
  readonly environment: Readonly<Record<string, string>>;
  /** Tells of files that change outside the editor. */
  readonly outside: vscode.FileSystemWatcher;
  readonly settings: () => Record<string, unknown>;
  readonly log: vscode.LogOutputChannel;
}

export class HelperClient extends LanguageClient {
  constructor({ python, extension, version, environment, outside, settings, log }: ClientParts) {
    const start = vscode.Uri.joinPath(extension, "python_helper", "start.py").fsPath;
    const options: LanguageClientOptions = {
      // A crash may be in any kind of file, and its squiggle follows the edits there.
      documentSelector: [{ scheme: "file" }],
      diagnosticCollectionName: "propel",
      synchronize: { fileEvents: outside },
      outputChannel: log,
      revealOutputChannelOn: RevealOutputChannelOn.Never,
      initializationOptions: () => ({
        settings: settings(),
        pages: vscode.Uri.joinPath(extension, "extension", "pages").toString(),
        version,
      }),
      initializationFailedHandler: () => false,
      // Starting again is the owner's decision: only it knows when to give up.
      errorHandler: {
        error: () => ({ action: ErrorAction.Continue, handled: true }),
        closed: () => ({ action: CloseAction.DoNotRestart, handled: true }),
      },
    };
    const args = ["-I", "-S", start, "lsp"];
    // A folder that stays: a workspace may be deleted under a running helper.
    const spawning = { cwd: homedir(), env: environment };
    super("propel", "Propel", { command: python, args, options: spawning }, options);
  }

  /** A client that never got running can't be stopped by the protocol, only ended. */
  override async stop(timeout?: number): Promise<void> {
    if (this.state === State.Running) return super.stop(timeout);
    this.serverProcess?.kill();
  }

  /** Goes to the log only: what a person is told is decided in `tell.ts`. */
  override error(message: string, data?: unknown): void {
    super.error(message, data, false);
  }
}
