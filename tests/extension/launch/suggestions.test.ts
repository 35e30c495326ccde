import { expect, test } from "vitest";
import type { Option } from "../../../extension/src/helper/wire.gen";
import { argumentsEnd, scriptPart, suggestions } from "../../../extension/src/launch/suggestions";

function option(name: string, changes: Partial<Option> = {}): Option {
  return {
    name,
    form: "--name value",
    type: null,
    default: null,
    choices: [],
    help: "",
    takesPath: false,
    required: false,
    values: [],
    file: "train.py",
    line: 1,
    ...changes,
  };
}

const options = [
  option("--config", { takesPath: true, values: ["configs/a.yaml", "configs/my run.yaml"] }),
  option("--lr", { type: "float", default: "0.1", help: "step size" }),
  option("--optimizer", { choices: ["sgd", "adam"], default: "adam", required: true }),
  option("--amp", { form: "--name" }),
  option("trainer.max_epochs", { form: "name=value", default: "3" }),
];

function texts(text: string): string[] {
  return suggestions(text, options).map((one) => one.text);
}

test("offers each option with what is known of it, and puts it at the end", () => {
  const [, lr, optimizer] = suggestions("python train.py", options);
  expect(lr).toEqual({
    label: "--lr",
    description: "float · default 0.1",
    detail: "step size",
    text: "python train.py --lr ",
  });
  expect(optimizer?.description).toBe("required · default adam · one of sgd, adam");
  expect(texts("python train.py")).toContain("python train.py trainer.max_epochs=");
  expect(texts("python train.py ")).toContain("python train.py --amp ");
});

test("leaves out what is in the text already", () => {
  const labels = suggestions("python train.py --amp --lr=1 ", options).map(({ label }) => label);
  expect(labels).toEqual(["--config", "--optimizer", "trainer.max_epochs"]);
});

test("completes the option that is being typed", () => {
  expect(texts("python train.py --opt")).toEqual(["python train.py --optimizer "]);
  expect(texts("python train.py --rate")).toHaveLength(5);
  expect(texts("python train.py trainer.m")).toEqual(["python train.py trainer.max_epochs="]);
});

test("offers the values of the option that the text ends with", () => {
  expect(texts("python train.py --optimizer ")).toEqual([
    "python train.py --optimizer sgd",
    "python train.py --optimizer adam",
  ]);
  expect(texts("python train.py --optimizer a")).toEqual(["python train.py --optimizer adam"]);
  expect(texts("python train.py --config ")).toEqual([
    "python train.py --config configs/a.yaml",
    "python train.py --config 'configs/my run.yaml'",
  ]);
  expect(texts("python train.py --lr ")).toEqual(["python train.py --lr 0.1"]);
  expect(texts("python train.py trainer.max_epochs=")).toEqual([
    "python train.py trainer.max_epochs=3",
  ]);
});

test("goes on with options once a value is whole", () => {
  expect(texts("python train.py --optimizer adam")).toContain(
    "python train.py --optimizer adam --lr ",
  );
});

test("adds before a pipe or a redirection, with a gap where a value belongs", () => {
  expect(texts("python train.py 2>&1 | tee log")).toContain("python train.py --lr  2>&1 | tee log");
  const plain = [option("--data", { type: "path" })];
  expect(suggestions("cd x && python a.py | tee log", plain)[0]?.text).toBe(
    "cd x && python a.py --data <path> | tee log",
  );
  expect(argumentsEnd("python a.py --name 'x | y'")).toBe("python a.py --name 'x | y'".length);
});

test("a positional argument is a gap to fill", () => {
  const [first] = suggestions("python a.py", [option("DATA", { form: "value" })]);
  expect(first).toMatchObject({ description: "positional", text: "python a.py <DATA>" });
});

test("the script is what stands before the first option", () => {
  expect(scriptPart("torchrun train.py --lr 1")).toBe("torchrun train.py");
  expect(scriptPart(" python  -m pkg.train -x")).toBe("python");
});
