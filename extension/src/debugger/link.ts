/** The base protocol of the Debug Adapter Protocol: JSON with a header, over two streams. */
import { spawn } from "node:child_process";
import { connect } from "node:net";
import type { Readable, Writable } from "node:stream";

/** https://microsoft.github.io/debug-adapter-protocol/specification#Base_Protocol_ProtocolMessage */
export interface Message {
  readonly seq: number;
  readonly type: string;
  readonly command?: string;
  readonly event?: string;
  readonly arguments?: unknown;
  readonly body?: unknown;
}

const header = /^Content-Length: *(\d+)$/im;
const blankLine = "\r\n\r\n";

/** Milliseconds that an adapter has to end by itself once nobody speaks to it any more. */
const grace = 5000;

export class Link {
  #rest = Buffer.alloc(0);
  #ended = false;

  constructor(
    input: Readable,
    private readonly output: Writable,
    private readonly hear: (message: Message) => void,
    private readonly end: () => void,
    private readonly release: () => void,
  ) {
    input.on("data", (chunk: Buffer) => {
      this.#rest = Buffer.concat([this.#rest, chunk]);
      this.#read();
    });
    const closed = (): void => {
      this.#finish();
    };
    input.on("close", closed).on("error", closed);
    output.on("error", closed);
  }

  send(message: object): void {
    if (this.#ended) return;
    const body = Buffer.from(JSON.stringify(message));
    this.output.write(`Content-Length: ${body.length}${blankLine}`);
    this.output.write(body);
  }

  dispose(): void {
    this.output.end();
    this.release();
  }

  #read(): void {
    for (;;) {
      const at = this.#rest.indexOf(blankLine);
      if (at < 0) return;
      const start = at + blankLine.length;
      const length = Number(header.exec(this.#rest.toString("latin1", 0, at))?.[1]);
      if (!Number.isInteger(length)) {
        this.#finish();
        return;
      }
      if (this.#rest.length < start + length) return;
      const text = this.#rest.toString("utf8", start, start + length);
      this.#rest = this.#rest.subarray(start + length);
      this.hear(JSON.parse(text) as Message);
    }
  }

  #finish(): void {
    if (this.#ended) return;
    this.#ended = true;
    this.end();
  }
}

export interface Ears {
  readonly hear: (message: Message) => void;
  readonly end: () => void;
}

/** Starts an adapter that speaks on its standard streams. */
export function spawned(
  [program = "", ...args]: readonly string[],
  env: Readonly<Record<string, string>>,
  { hear, end }: Ears,
): Link {
  const child = spawn(program, args, { env, stdio: ["pipe", "pipe", "ignore"] });
  child.on("error", end);
  const release = (): void => {
    const timer = setTimeout(() => child.kill("SIGKILL"), grace);
    child.once("exit", () => {
      clearTimeout(timer);
    });
  };
  return new Link(child.stdout, child.stdin, hear, end, release);
}

/** Speaks to an adapter that listens, for a child session. */
export function connected(host: string, port: number, { hear, end }: Ears): Link {
  const socket = connect(port, host);
  return new Link(socket, socket, hear, end, () => {
    socket.destroy();
  });
}
