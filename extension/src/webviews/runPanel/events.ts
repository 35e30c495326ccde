/** What happened to the run, as a list: for who does not see the signs in the charts, and to jump. */
import type { Marker } from "../../helper/wire.gen";
import { button, element } from "./elements";
import { signs } from "./flags";
import { clock, count } from "./numbers";

export class EventList {
  readonly root = element("ol", { class: "events", "aria-label": "What happened" });
  #told = "";

  /** @param jump to the crash of an attempt in its log */
  constructor(private readonly jump: (attempt: number) => void) {}

  show(markers: readonly Marker[]): void {
    const told = JSON.stringify(markers);
    if (told === this.#told) return;
    this.#told = told;
    this.root.hidden = markers.length === 0;
    this.root.replaceChildren(...markers.map((marker) => element("li", {}, this.#chip(marker))));
  }

  #chip(marker: Marker): HTMLElement {
    const { kind, at, seconds, text, attempt } = marker;
    const step = at === null ? "" : `step ${count(at)}, `;
    const place = element("span", { class: "place" }, ` ${step}${clock(seconds)}`);
    const sign = element("span", { "aria-hidden": "true" }, `${signs[kind]} `);
    const isCrash = kind === "crash";
    const chip = isCrash
      ? button("", { title: "Show it in the log" }, () => {
          this.jump(attempt);
        })
      : element("span");
    chip.classList.add("event", kind);
    chip.append(sign, element("span", { class: "text" }, text), place);
    return chip;
  }
}
