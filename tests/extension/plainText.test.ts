import { describe, expect, test } from "vitest";
import { plain, plainLine, withoutIcons, withoutLinks } from "../../extension/src/plainText";

describe("plain", () => {
  test.each([
    ["\u001b[31mError\u001b[0m: no", "Error: no"],
    ["\u001b]0;title\u0007python train.py", "python train.py"],
    ["one\r\ntwo\rthree", "one\ntwo\nthree"],
    ["a\tb\u0000\u0008c\u009b", "a bc"],
    ["safe\u202e]reversed[\u2066", "safe]reversed["],
    ["Trainingslauf für 模型 🚀", "Trainingslauf für 模型 🚀"],
  ])("%j becomes %j", (text, wanted) => {
    expect(plain(text)).toBe(wanted);
  });
});

test("plainLine puts everything on one line", () => {
  expect(plainLine("  python train.py \n  --lr 1  ")).toBe("python train.py --lr 1");
});

test("a command's $(nproc) does not become an icon", () => {
  const text = "torchrun --nproc_per_node=$(nproc) train.py";
  expect(withoutIcons(text)).toBe("torchrun --nproc_per_node=\\$(nproc) train.py");
});

test("a name from a log does not become a link that runs a command", () => {
  expect(withoutLinks("[open](command:workbench.action.quit)")).not.toContain("](");
});
