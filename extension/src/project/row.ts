/** A row of the Propel view. Needs no editor. */
export interface Place {
  /** Absolute. */
  readonly file: string;
  /** From 1; null: the file as a whole. */
  readonly line: number | null;
}

export interface ProjectRow {
  /** Unique in the view, and the same after a scan for the same thing. */
  readonly id: string;
  readonly label: string;
  readonly description?: string;
  readonly tooltip?: string;
  /** Of the editor's icons. */
  readonly icon?: string;
  /** A colour of the editor's theme. */
  readonly colour?: string;
  readonly children?: readonly ProjectRow[];
  readonly isClosed?: true;
  /** What a click opens. */
  readonly opens?: Place;
  /** A command that a click runs. */
  readonly runs?: string;
  /** A training command: with these "Launch Training" goes straight to the text. */
  readonly command?: string;
  readonly cwd?: string;
  readonly folder?: string;
}
