/** The log: its newest lines as they come, a search through all of it, and the way to the crash. */
import type { LogHits, LogPage } from "../../helper/wire.gen";
import { button, element, setText } from "./elements";
import { HitList } from "./hitList";
import { found, LogLines } from "./logLines";
import type { LogWay } from "./messages";

export interface LogOwner {
  readonly page: (way: LogWay, attempt: number, offset: number) => void;
  readonly follow: (attempt: number, offset: number | null) => void;
  readonly search: (search: number, attempt: number, text: string, offset: number) => void;
  readonly openLog: () => void;
  readonly goToCrash: () => void;
  readonly say: (text: string) => void;
}

/** Pixels from either end at which more lines are asked for. */
const near = 200;

export class LogView {
  readonly root: HTMLElement;
  readonly #lines = new LogLines();
  readonly #list = element("div", {
    class: "lines",
    tabindex: "0",
    role: "region",
    "aria-label": "Log",
  });
  readonly #input = element("input", {
    type: "search",
    placeholder: "Search the whole log",
    "aria-label": "Search the whole log",
  });
  readonly #count = element("span", { class: "count", role: "status" });
  readonly #attempts = element("select", { "aria-label": "Attempt" });
  readonly #followBox = element("input", { type: "checkbox" });
  readonly #crashButtons = element("span");
  #attempt = 0;
  readonly #hits = new HitList();
  #marked: number | undefined;
  #isAsking = false;
  #height = 0;

  constructor(private readonly owner: LogOwner) {
    this.#input.addEventListener("keydown", (event) => {
      this.#pressed(event);
    });
    this.#attempts.addEventListener("change", () => {
      this.#open(Number(this.#attempts.value));
    });
    this.#followBox.checked = true;
    this.#followBox.addEventListener("change", () => {
      this.#setFollow(this.#followBox.checked);
    });
    this.#list.addEventListener("scroll", () => {
      this.#scrolled();
    });
    new ResizeObserver(() => {
      if (this.isFollowing) this.#list.scrollTop = this.#list.scrollHeight;
    }).observe(this.#list);
    this.root = element(
      "section",
      { class: "log", "aria-label": "Log" },
      this.#tools(),
      this.#list,
    );
  }

  get isFollowing(): boolean {
    return this.#followBox.checked;
  }

  /** Moves the focus into the search. */
  focusSearch(): void {
    this.#input.focus();
    this.#input.select();
  }

  /** @param newest number of the last attempt */
  setAttempts(newest: number, hasCrash: boolean): void {
    this.#crashButtons.hidden = !hasCrash;
    this.#attempts.hidden = newest < 2;
    if (this.#attempts.options.length === newest) return;
    const options = Array.from({ length: newest }, (_, index) => newest - index).map((attempt) => {
      const isNewest = attempt === newest;
      const label = isNewest ? `Attempt ${attempt} (newest)` : `Attempt ${attempt}`;
      return element("option", { value: isNewest ? "0" : String(attempt) }, label);
    });
    this.#attempts.replaceChildren(...options);
    this.#attempts.value = String(this.#attempt);
  }

  take(way: LogWay, page: LogPage): void {
    this.#isAsking = false;
    const wasAtEnd = this.isFollowing;
    const before = this.#list.scrollHeight - this.#list.scrollTop;
    const changed = this.#lines.take(way, page);
    if (way === "crash") this.#marked = page.crash ?? undefined;
    this.#draw();
    if (way === "crash" || way === "around") {
      this.#showMarked(way === "crash" && page.crash === null);
    } else if (changed === "top") {
      this.#list.scrollTop = this.#list.scrollHeight - before;
    } else if (wasAtEnd) {
      this.#list.scrollTop = this.#list.scrollHeight;
    }
  }

  takeHits(search: number, hits: LogHits): void {
    if (search !== this.#hits.search) return;
    const next = this.#hits.take(hits);
    if (this.#hits.current === undefined) this.#step(1);
    if (next !== undefined) this.owner.search(search, this.#attempt, this.#hits.needle, next);
    setText(this.#count, this.#hits.text);
  }

  toCrash(attempt: number): void {
    this.#attempt = [...this.#attempts.options].some(({ value }) => value === String(attempt))
      ? attempt
      : 0;
    this.#attempts.value = String(this.#attempt);
    this.#stopFollowing();
    this.owner.page("crash", this.#attempt, 0);
  }

  #tools(): HTMLElement {
    const crash = button("Crash", { title: "Show the crash in the log" }, () => {
      this.toCrash(this.#attempt);
    });
    const line = button("Go to Line", { title: "Open the line that caused the crash" }, () => {
      this.owner.goToCrash();
    });
    this.#crashButtons.append(crash, " ", line);
    this.#crashButtons.hidden = true;
    this.#attempts.hidden = true;
    const step = (label: string, title: string, by: number): HTMLButtonElement =>
      button(label, { title, "aria-label": title }, () => {
        this.#step(by);
      });
    return element(
      "div",
      { class: "tools", role: "toolbar", "aria-label": "Log" },
      element("h2", {}, "Log"),
      this.#attempts,
      this.#input,
      step("↑", "Previous hit (Shift+Enter)", -1),
      step("↓", "Next hit (Enter)", 1),
      this.#count,
      element("span", { class: "space" }),
      this.#crashButtons,
      element("label", { title: "Show new lines as they come" }, this.#followBox, " Follow"),
      button("Open Log", { title: "Open the whole log in an editor" }, () => {
        this.owner.openLog();
      }),
    );
  }

  #open(attempt: number): void {
    this.#attempt = attempt;
    this.#lines.clear();
    this.#endSearch();
    this.#setFollow(true);
  }

  #setFollow(isOn: boolean): void {
    this.#followBox.checked = isOn;
    this.#marked = isOn ? undefined : this.#marked;
    const here = this.#lines.hasEnd ? this.#lines.end : null;
    this.owner.follow(this.#attempt, isOn ? here : -1);
    if (isOn) this.#list.scrollTop = this.#list.scrollHeight;
  }

  #stopFollowing(): void {
    if (this.isFollowing) this.#setFollow(false);
  }

  #scrolled(): void {
    const { scrollTop, scrollHeight, clientHeight } = this.#list;
    // A list that became lower was not scrolled by anybody.
    if (clientHeight !== this.#height) {
      this.#height = clientHeight;
      return;
    }
    const left = scrollHeight - clientHeight - scrollTop;
    if (left > near / 2) this.#stopFollowing();
    const first = this.#lines.rows[0];
    if (this.#isAsking || first === undefined) return;
    if (scrollTop < near && !this.#lines.hasStart) {
      this.#isAsking = true;
      this.owner.page("before", this.#attempt, first.offset);
    } else if (left < near && !this.#lines.hasEnd) {
      this.#isAsking = true;
      this.owner.page("after", this.#attempt, this.#lines.end);
    }
  }

  #pressed(event: KeyboardEvent): void {
    if (event.key === "Escape") {
      this.#input.value = "";
      this.#endSearch();
      this.#draw();
    } else if (event.key === "Enter") {
      event.preventDefault();
      const text = this.#input.value;
      if (text.trim() === "") this.#endSearch();
      else if (text === this.#hits.needle) this.#step(event.shiftKey ? -1 : 1);
      else this.#begin(text);
    }
  }

  #begin(text: string): void {
    this.#endSearch();
    this.#hits.begin(text);
    setText(this.#count, this.#hits.text);
    this.owner.search(this.#hits.search, this.#attempt, text, 0);
  }

  #endSearch(): void {
    this.#hits.end();
    this.#marked = undefined;
    setText(this.#count, "");
  }

  #step(by: number): void {
    const hit = this.#hits.step(by);
    if (hit === undefined) return;
    this.#stopFollowing();
    this.#marked = hit.offset;
    setText(this.#count, this.#hits.text);
    this.owner.say(hit.text);
    const row = this.#lines.rows[this.#lines.indexOf(hit.offset)];
    if (row?.offset === hit.offset) {
      this.#draw();
      this.#showMarked(false);
    } else this.owner.page("around", this.#attempt, hit.offset);
  }

  #showMarked(isMissing: boolean): void {
    if (isMissing) this.owner.say("This log shows no crash.");
    if (isMissing) setText(this.#count, "no crash in this log");
    this.#list.querySelector(".marked")?.scrollIntoView({ block: "center" });
  }

  #draw(): void {
    const rows = this.#lines.rows.map(({ offset, text, isAfterGap }) => {
      const row = element("div", { class: "line" });
      row.append(...pieces(text, this.#hits.needle));
      if (offset === this.#marked) row.classList.add("marked");
      if (isAfterGap) row.classList.add("gap");
      return row;
    });
    if (this.#lines.pending !== "") {
      rows.push(element("div", { class: "line pending" }, this.#lines.pending));
    }
    if (rows.length === 0) rows.push(element("div", { class: "line none" }, "The log is empty."));
    this.#list.replaceChildren(...rows);
  }
}

/** A line's text with its hits marked; an empty line is still a line high. */
function pieces(text: string, needle: string): (Node | string)[] {
  const made: (Node | string)[] = [];
  let at = 0;
  for (const [start, end] of found(text, needle)) {
    made.push(text.slice(at, start), element("mark", {}, text.slice(start, end)));
    at = end;
  }
  made.push(at === 0 && text === "" ? "\u200b" : text.slice(at));
  return made;
}
