/** Runs in words. Needs no editor. */
import type { ProgressWords, Run, RunState } from "../helper/wire.gen";
import { plainLine } from "../plainText";

export interface Look {
  readonly icon: string;
  /** A colour of the editor's theme, or none. */
  readonly colour?: string;
  readonly word: string;
}

const looks: Readonly<Record<RunState, Look>> = {
  running: { icon: "sync~spin", colour: "charts.blue", word: "running" },
  succeeded: { icon: "pass", colour: "testing.iconPassed", word: "succeeded" },
  failed: { icon: "error", colour: "testing.iconFailed", word: "failed" },
  killed: { icon: "circle-slash", word: "killed" },
  lost: { icon: "question", colour: "list.warningForeground", word: "lost" },
};

/** A run that goes on and prints nothing any more: it may be stuck. */
export const silent: Look = {
  icon: "debug-pause",
  colour: "list.warningForeground",
  word: "running, silent",
};

export function look(state: RunState): Look {
  return looks[state];
}

/** `45 s`, `3 min 20 s`, `2 h 5 min`, `1 d 3 h`. */
export function duration(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  const units = [
    { size: 86_400, name: "d" },
    { size: 3600, name: "h" },
    { size: 60, name: "min" },
    { size: 1, name: "s" },
  ];
  const first = units.findIndex(({ size }) => whole >= size);
  const shown = first === -1 ? units.slice(-1) : units.slice(first, first + 2);
  let rest = whole;
  const parts = shown.map(({ size, name }) => {
    const count = Math.floor(rest / size);
    rest -= count * size;
    return { count, name };
  });
  const told = parts.filter(({ count }, index) => index === 0 || count > 0);
  return told.map(({ count, name }) => `${count} ${name}`).join(" ");
}

/** `812 bytes`, `3.4 MiB`. */
export function bytes(count: number): string {
  const units = ["KiB", "MiB", "GiB", "TiB"];
  let size = count;
  let unit = "bytes";
  for (const next of units) {
    if (size < 1024) break;
    size /= 1024;
    unit = next;
  }
  return `${unit === "bytes" ? size : size.toFixed(1)} ${unit}`;
}

/** How long the last attempt has been or was running. `now`: seconds since the epoch. */
export function elapsed(run: Run, now: number): string | undefined {
  const end = run.ended ?? (run.state === "running" ? now : undefined);
  return end === undefined ? undefined : duration(end - run.started);
}

/** `failed (exit 1)`, `running`. */
export function stateText(run: Run): string {
  const { word } = run.silence === "" ? look(run.state) : silent;
  const status = run.state === "failed" ? run.exitStatus : null;
  return status === null ? word : `${word} (exit ${status})`;
}

/** Step and loss, as far as the log tells them. */
export function placeParts(words: ProgressWords | undefined): string[] {
  if (words === undefined) return [];
  const { epoch, step, loss } = words;
  const place = step === "" ? named("epoch", epoch) : named("step", step);
  return told(place, named("loss", loss));
}

/** Rate and remaining time, of a run that goes on. */
export function speedParts(run: Run, words: ProgressWords | undefined): string[] {
  return words === undefined || run.state !== "running" ? [] : told(words.rate, words.left);
}

export function progressParts(run: Run, words: ProgressWords | undefined): string[] {
  return [...placeParts(words), ...speedParts(run, words)];
}

function told(...parts: readonly string[]): string[] {
  return parts.map(plainLine).filter((part) => part !== "");
}

function named(name: string, text: string): string {
  return text === "" ? "" : `${name} ${text}`;
}

/** State, time, progress and session on one line. */
export function summary(run: Run, now: number, words?: ProgressWords): string {
  const time = elapsed(run, now);
  const attempt = run.attempt > 1 ? `attempt ${run.attempt}` : undefined;
  const how = run.debugged === "" ? undefined : "under the debugger";
  const progress = progressParts(run, words);
  const parts = [stateText(run), time, ...progress, attempt, how, plainLine(run.session)];
  return parts.filter((part) => part !== undefined && part !== "").join(" · ");
}

export function byNewest(left: Run, right: Run): number {
  return right.started - left.started;
}
