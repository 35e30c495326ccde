import { expect, test } from "vitest";
import { failureOf } from "../../../extension/src/helper/failure";

function responseError(code: number, message: string, data?: unknown): Error {
  return Object.assign(new Error(message), { code, data });
}

test("a problem is told in the helper's words: cause and next step", () => {
  const data = { kind: "problem", cause: "There is no screen.", nextStep: "apt install screen" };
  expect(failureOf("propel/launch", responseError(-32803, "x", data))).toEqual({
    tag: "problem",
    text: "There is no screen. apt install screen",
  });
});

test("a cancelled request is nobody's business", () => {
  expect(failureOf("propel/scan", responseError(-32800, "cancelled"))).toEqual({
    tag: "cancelled",
  });
});

test("a lost connection says so", () => {
  const failure = failureOf("propel/scan", responseError(-32097, "Pending response rejected"));
  expect(failure).toMatchObject({ tag: "fault" });
  expect(JSON.stringify(failure)).toContain("stopped before it answered");
});

test.each([[new Error("boom")], ["boom"], [responseError(-32603, "boom", { cause: 3 })]])(
  "anything else (%s) names the request",
  (error) => {
    const text = "Propel's helper failed at propel/scan: boom";
    expect(failureOf("propel/scan", error)).toEqual({ tag: "fault", text });
  },
);
