import * as vscode from "vscode";
import { exceptionOptions, type Mark } from "./configuration";
import type { Ears, Link, Message } from "./link";

export interface AdapterParts {
  readonly mark: Mark | undefined;
  /** Opens the way to debugpy's adapter. */
  readonly open: (ears: Ears) => Link;
  /** debugpy has met a further process of the run. */
  readonly child: (configuration: Readonly<Record<string, unknown>>) => void;
}

/**
 * Hands messages on between the editor and debugpy's adapter. Propel's own are: what a debugged
 * crash stops at, what child sessions are called, and that a pause shows where it is.
 */
export class PropelDebugAdapter extends vscode.Disposable implements vscode.DebugAdapter {
  readonly #sent = new vscode.EventEmitter<vscode.DebugProtocolMessage>();
  readonly #link: Link;
  #isConfigured = false;

  readonly onDidSendMessage = this.#sent.event;

  constructor(private readonly parts: AdapterParts) {
    super(() => {
      this.#link.dispose();
      this.#sent.dispose();
    });
    this.#link = parts.open({
      hear: (message) => {
        this.#fromAdapter(message);
      },
      end: () => {
        // Without this event the editor would keep a session that nobody answers for.
        this.#sent.fire({ seq: 0, type: "event", event: "terminated" });
      },
    });
  }

  handleMessage(message: vscode.DebugProtocolMessage): void {
    this.#link.send(this.#toAdapter(message as Message));
  }

  #toAdapter(message: Message): Message {
    const exception = this.parts.mark?.exception;
    // Later ones are a person's own choice in the Breakpoints view.
    if (
      message.command !== "setExceptionBreakpoints" ||
      exception === undefined ||
      this.#isConfigured
    ) {
      return message;
    }
    this.#isConfigured = true;
    const chosen = message.arguments as { readonly filters?: readonly string[] } | undefined;
    const filters = chosen?.filters ?? [];
    return {
      ...message,
      arguments: { filters, exceptionOptions: exceptionOptions(filters, exception) },
    };
  }

  #fromAdapter(message: Message): void {
    if (message.type !== "request" || message.command !== "startDebugging") {
      this.#sent.fire(shown(message));
      return;
    }
    const { seq, command } = message;
    this.#link.send({ seq: 0, type: "response", request_seq: seq, command, success: true });
    const asked = message.arguments as { readonly configuration?: object } | undefined;
    this.parts.child({ ...asked?.configuration });
  }
}

/** debugpy asks the editor to leave the focus alone when a person has paused, and nothing is seen. */
function shown(message: Message): Message {
  if (message.event !== "stopped") return message;
  const body = message.body as { readonly reason?: string } | undefined;
  if (body?.reason !== "pause") return message;
  return { ...message, body: { ...body, preserveFocusHint: false } };
}
