/** The names of a chart's lines, each with its value at the cursor; a click hides a line. */
import { nearest, type Column } from "./align";
import { button, element, setAttribute, setText } from "./elements";
import { short } from "./numbers";
import type { Line } from "./plot";
import type { Theme } from "./theme";

export class Legend {
  readonly root = element("div", { class: "legend" });
  readonly #hidden = new Set<string>();
  #values: readonly (HTMLElement | undefined)[] = [];

  /** @param changed is told the label of lines that are to be hidden or shown */
  constructor(private readonly changed: (label: string, isShown: boolean) => void) {}

  isShown(label: string): boolean {
    return !this.#hidden.has(label);
  }

  /** What it says now, for a screen reader. */
  get text(): string {
    return [...this.root.querySelectorAll("button")].map((one) => one.innerText).join(", ");
  }

  make(lines: readonly Line[], theme: Theme): void {
    this.root.replaceChildren();
    this.#values = lines.map((line) => (line.isNamed ? this.#add(line, theme) : undefined));
  }

  /** @param index of the place, undefined for the last value of each line */
  show(columns: readonly Column[], index: number | undefined): void {
    for (const [at, column] of columns.entries()) {
      const node = this.#values[at];
      const wanted = nearest(column, index ?? column.length - 1);
      const value = wanted === undefined ? undefined : column[wanted];
      if (node !== undefined) setText(node, typeof value === "number" ? short(value) : "–");
    }
  }

  #add({ label, slot, colour }: Line, { lines }: Theme): HTMLElement {
    const value = element("span", { class: "value" });
    const swatch = element("span", { class: `swatch ${slot}` });
    swatch.style.borderColor = lines[colour % lines.length] ?? "";
    const toggle = button("", { "aria-pressed": String(this.isShown(label)) }, () => {
      const isShown = this.#hidden.delete(label);
      if (!isShown) this.#hidden.add(label);
      setAttribute(toggle, "aria-pressed", String(isShown));
      this.changed(label, isShown);
    });
    toggle.append(swatch, element("span", {}, label), value);
    toggle.title = `Show or hide ${label}`;
    this.root.append(toggle);
    return value;
  }
}
