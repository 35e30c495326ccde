/** The top of the panel: which run this is, how far it is, and how the charts are to look. */
import { button, element, setAttribute, setText } from "./elements";
import type { Heads, RunHead } from "./messages";
import type { Look } from "./board";

export interface HeaderOwner {
  readonly look: Look;
  readonly changed: () => void;
  readonly reset: () => void;
  readonly compare: () => void;
  readonly alone: () => void;
}

export class Header {
  readonly root: HTMLElement;
  readonly #command = element("h1");
  readonly #summary = element("span", { class: "summary" });
  readonly #progress = element("span", { class: "progress" });
  readonly #reading = element("span", { class: "reading", role: "status" });
  readonly #trouble = element("p", { class: "trouble", role: "alert" });
  readonly #other = element("span", { class: "other" });
  readonly #reset: HTMLButtonElement;

  constructor(private readonly owner: HeaderOwner) {
    this.#reset = button(
      "Reset zoom",
      { title: "Show everything (Escape or 0 in a chart)" },
      () => {
        owner.reset();
      },
    );
    this.#reset.disabled = true;
    const tools = element(
      "div",
      { class: "tools", role: "toolbar", "aria-label": "Charts" },
      this.#axis(),
      this.#smoothing(),
      this.#logarithmic(),
      this.#reset,
      this.#other,
    );
    const first = element("div", { class: "first" }, this.#command, this.#summary);
    const second = element("div", { class: "second" }, this.#progress, this.#reading);
    this.root = element("header", {}, first, second, tools, this.#trouble);
  }

  show({ main, other, trouble }: Heads): void {
    setText(this.#command, main?.command ?? "This run is gone");
    setAttribute(this.#command, "title", main?.command ?? "");
    setText(this.#summary, main?.summary ?? "");
    this.#summary.className = `summary ${main?.state ?? ""}`;
    setText(this.#trouble, trouble);
    this.#showOther(other);
  }

  progress(text: string, read: number): void {
    setText(this.#progress, text);
    setText(this.#reading, read < 1 ? `reading the log: ${Math.floor(read * 100)}%` : "");
  }

  zoomed(isZoomed: boolean): void {
    this.#reset.disabled = !isZoomed;
  }

  #showOther(other: RunHead | null): void {
    const told = other === null ? "" : JSON.stringify(other);
    if (this.#other.dataset["told"] === told && this.#other.childElementCount > 0) return;
    this.#other.dataset["told"] = told;
    if (other === null) {
      const compare = button("Compare…", { title: "Draw another run in the same charts" }, () => {
        this.owner.compare();
      });
      this.#other.replaceChildren(compare);
      return;
    }
    const name = element("span", { class: "name" }, `(other) ${other.command}`);
    name.title = `${other.command}\n${other.summary}`;
    const end = button(
      "✕",
      { title: "End the comparison", "aria-label": "End the comparison" },
      () => {
        this.owner.alone();
      },
    );
    const swatch = element("span", { class: "swatch other" });
    this.#other.replaceChildren(swatch, name, end);
  }

  #axis(): HTMLElement {
    const { look } = this.owner;
    const choices = (["step", "time"] as const).map((axis) => {
      const choice = button(axis === "step" ? "Steps" : "Time", {}, () => {
        look.axis = axis;
        mark();
        this.owner.reset();
        this.owner.changed();
      });
      choice.title = axis === "step" ? "Over steps" : "Over time, told from how the log grew";
      return { axis, choice };
    });
    const mark = (): void => {
      for (const { axis, choice } of choices) {
        setAttribute(choice, "aria-pressed", String(axis === look.axis));
      }
    };
    mark();
    const buttons = choices.map(({ choice }) => choice);
    return element("span", { class: "segments", role: "group", "aria-label": "Over" }, ...buttons);
  }

  #smoothing(): HTMLElement {
    const { look } = this.owner;
    const slider = element("input", {
      type: "range",
      min: "0",
      max: "0.98",
      step: "0.02",
      title: "Exponential mean of each curve; the values themselves stay faintly visible",
    });
    slider.value = String(look.smoothing);
    slider.addEventListener("input", () => {
      look.smoothing = Number(slider.value);
      this.owner.changed();
    });
    return element("label", {}, "Smooth ", slider);
  }

  #logarithmic(): HTMLElement {
    const { look } = this.owner;
    const box = element("input", { type: "checkbox" });
    box.checked = look.isLog;
    box.addEventListener("change", () => {
      look.isLog = box.checked;
      this.owner.changed();
    });
    const title = "Logarithmic values, where all are above zero";
    return element("label", { title }, box, " Log scale");
  }
}
