/** The lines of a log that are on the page, and which of them. Needs no page itself. */
import type { LogLine, LogPage } from "../../helper/wire.gen";
import type { LogWay } from "./messages";

/** More lines than anybody scrolls through; the others are asked for again. */
export const mostLines = 3000;

export interface Row {
  readonly offset: number;
  readonly text: string;
  /** Lines are missing between the one before and this one. */
  readonly isAfterGap: boolean;
}

export class LogLines {
  rows: readonly Row[] = [];
  pending = "";
  size = 0;
  /** Offset just past the last line here. */
  end = 0;
  /** Whether nothing stands before the first line, or after the last. */
  hasStart = false;
  hasEnd = false;

  clear(): void {
    this.rows = [];
    this.pending = "";
    this.size = this.end = 0;
    this.hasStart = this.hasEnd = false;
  }

  /** What the page changed: all of it, or only one end. */
  take(way: LogWay, page: LogPage): "all" | "top" | "bottom" {
    const rows = page.lines.map(rowOf);
    this.size = page.size;
    if (way === "before" && this.rows.length > 0) {
      const before = this.rows.filter(({ offset }) => offset >= page.end);
      this.rows = [...rows, ...before].slice(0, mostLines);
      this.hasEnd &&= this.rows.length === rows.length + before.length;
      this.end = this.hasEnd ? this.end : (this.rows.at(-1)?.offset ?? page.end);
      this.hasStart = page.start === 0 || rows.length === 0;
      return "top";
    }
    this.pending = page.pending;
    const isCut = page.size < this.end;
    if (way === "after" && !isCut && this.rows.length > 0) {
      const [first, ...rest] = rows;
      const isGap = page.start > this.end && first !== undefined;
      const news = first === undefined ? [] : [{ ...first, isAfterGap: isGap }, ...rest];
      const all = [...this.rows.filter(({ offset }) => offset < page.start), ...news];
      this.hasStart &&= all.length <= mostLines;
      this.rows = all.slice(-mostLines);
      this.end = page.end;
      this.hasEnd = isAtEnd(page);
      return "bottom";
    }
    this.rows = rows;
    this.end = page.end;
    this.hasStart = page.start === 0;
    this.hasEnd = isAtEnd(page);
    return "all";
  }

  indexOf(offset: number): number {
    const next = this.rows.findIndex((row) => row.offset > offset);
    return (next === -1 ? this.rows.length : next) - 1;
  }
}

function rowOf({ offset, text }: LogLine): Row {
  return { offset, text, isAfterGap: false };
}

function isAtEnd(page: LogPage): boolean {
  return page.end >= page.size || page.pending !== "";
}

/** Where `needle` stands in `text`, in either case; as pairs of start and end. */
export function found(text: string, needle: string): readonly (readonly [number, number])[] {
  const low = text.toLowerCase();
  const wanted = needle.toLowerCase();
  const places: [number, number][] = [];
  if (wanted === "" || low.length !== text.length) return places;
  for (let at = low.indexOf(wanted); at !== -1; at = low.indexOf(wanted, at + wanted.length)) {
    places.push([at, at + wanted.length]);
  }
  return places;
}
