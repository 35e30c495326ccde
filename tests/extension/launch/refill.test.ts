import { expect, test } from "vitest";
import { refill } from "../../../extension/src/launch/refill";

interface Row {
  readonly label: string;
  readonly description?: string;
}

/** A list as the editor shows it: whenever it gets items, the first one becomes active. */
class Shown {
  #items: readonly Row[] = [];
  activeItems: readonly Row[] = [];

  get items(): readonly Row[] {
    return this.#items;
  }

  set items(items: readonly Row[]) {
    this.#items = items;
    this.activeItems = items.slice(0, 1);
  }
}

const row = (label: string, description = "script"): Row => ({
  label,
  description,
});

function moved(to: Row): Shown {
  const list = new Shown();
  refill(list, [row("a"), row("b")]);
  expect(list.activeItems).toEqual([row("a")]);
  list.activeItems = list.items.filter((one) => one.label === to.label);
  return list;
}

test("who has moved to a row stays there when more rows come", () => {
  const list = moved(row("b"));
  refill(list, [row("best"), row("a"), row("b")]);
  expect(list.activeItems).toEqual([row("b")]);
  // It must be a row of the new list: the editor knows no other.
  expect(list.activeItems[0]).toBe(list.items[2]);
});

test("the best row is active when the one before is gone", () => {
  const list = moved(row("b"));
  refill(list, [row("best"), row("b", "readme")]);
  expect(list.activeItems).toEqual([row("best")]);
});

test("an empty list has no active row", () => {
  const list = moved(row("b"));
  refill(list, []);
  expect(list.activeItems).toEqual([]);
});
