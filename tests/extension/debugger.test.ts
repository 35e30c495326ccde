import { PassThrough } from "node:stream";
import { describe, expect, test } from "vitest";
import {
  entering,
  exceptionOptions,
  listening,
  markIn,
} from "../../extension/src/debugger/configuration";
import { Link, type Message } from "../../extension/src/debugger/link";

function linked(): { input: PassThrough; output: PassThrough; heard: Message[]; ends: number[] } {
  const [input, output] = [new PassThrough(), new PassThrough()];
  const heard: Message[] = [];
  const ends: number[] = [];
  new Link(
    input,
    output,
    (message) => heard.push(message),
    () => ends.push(1),
    () => undefined,
  );
  return { input, output, heard, ends };
}

function framed(message: object): Buffer {
  const body = Buffer.from(JSON.stringify(message));
  return Buffer.concat([Buffer.from(`Content-Length: ${body.length}\r\n\r\n`), body]);
}

async function settled(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 20));
}

describe("the link to an adapter", () => {
  test("messages may come in any pieces, with any text in them", async () => {
    const { input, heard } = linked();
    const messages = [1, 2, 3].map((seq) => ({ seq, type: "event", event: "größe \r\n\r\n ✓" }));
    const bytes = Buffer.concat(messages.map(framed));
    for (let at = 0; at < bytes.length; at += 7) input.write(bytes.subarray(at, at + 7));
    await settled();
    expect(heard).toEqual(messages);
  });

  test("its end is told once", async () => {
    const { input, ends } = linked();
    input.destroy(new Error("gone"));
    await settled();
    expect(ends).toEqual([1]);
  });

  test("what is no header ends it instead of waiting for ever", async () => {
    const { input, ends, heard } = linked();
    input.write("Traceback (most recent call last):\r\n\r\n");
    await settled();
    expect(ends).toEqual([1]);
    expect(heard).toEqual([]);
  });
});

describe("the configuration of a session", () => {
  const plan = {
    run: "r",
    command: "",
    confirmed: "",
    cwd: "/p",
    session: "",
    python: null,
    host: "127.0.0.1",
    port: 5,
    exception: "KeyError",
    notes: [],
  };

  test("a crash's session listens on loopback and takes the processes that it starts", () => {
    const made = listening("propel", plan, "id");
    expect(made).toMatchObject({ listen: { host: "127.0.0.1", port: 5 }, subProcess: true });
    expect(markIn(made)).toEqual({ id: "id", run: "r", exception: "KeyError" });
  });

  test("a session that enters a process leaves what it starts alone", () => {
    const target = { pid: 7, name: "rank 1", detail: "", rank: 1, problem: null };
    const made = entering("debugpy", "r", target, "id");
    expect(made).toMatchObject({ type: "debugpy", name: "rank 1", processId: 7 });
    expect(made["subProcess"]).toBe(false);
    expect(markIn(made)?.exception).toBeUndefined();
  });

  test("another's configuration has no mark", () => {
    expect(markIn({ propel: "x" })).toBeUndefined();
    expect(markIn({ propel: { run: 1 } })).toBeUndefined();
  });
});

test("a known crash is stopped at where it leaves a person's own code, besides what they chose", () => {
  const all = { names: ["Python Exceptions"] };
  expect(exceptionOptions([], "KeyError")).toEqual([
    { path: [all], breakMode: "unhandled" },
    { path: [all, { names: ["KeyError"] }], breakMode: "userUnhandled" },
  ]);
  expect(exceptionOptions(["raised", "uncaught"], "").map((one) => one.breakMode)).toEqual([
    "unhandled",
    "always",
  ]);
});
