import { expect, test } from "vitest";
import { shellWords } from "../../extension/src/shellWords";

test.each([
  [
    "screen -r 4711.propel-train-20250101-120000",
    ["screen", "-r", "4711.propel-train-20250101-120000"],
  ],
  ["tmux -S '/tmp/a b/s' attach -t =x:", ["tmux", "-S", "/tmp/a b/s", "attach", "-t", "=x:"]],
  [`a "b \\"c\\" $d" ''`, ["a", `b "c" $d`, ""]],
  ["a\\ b c", ["a b", "c"]],
  ["one'two'\"three\"", ["onetwothree"]],
  ["  ", []],
])("%j", (text, words) => {
  expect(shellWords(text)).toEqual(words);
});
