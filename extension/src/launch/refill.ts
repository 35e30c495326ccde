/** Rows of a list that is on the screen already. Needs no editor. */

interface Named {
  readonly label: string;
  readonly description?: string | undefined;
}

/** What a quick pick and its likes have in common. */
interface List<T> {
  items: readonly T[];
  activeItems: readonly T[];
}

/** Puts `rows` into `list`. Who has moved to a row already stays there when more rows come. */
export function refill<T extends Named>(list: List<T>, rows: readonly T[]): void {
  // New items make the first one active: where the person was is asked for before.
  const [active] = list.activeItems;
  list.items = rows;
  const kept = active && rows.find((one) => isSame(one, active));
  list.activeItems = kept === undefined ? rows.slice(0, 1) : [kept];
}

function isSame(one: Named, other: Named): boolean {
  return one.label === other.label && one.description === other.description;
}
