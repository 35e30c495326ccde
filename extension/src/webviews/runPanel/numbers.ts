/** Numbers as a person reads them on an axis and in a sentence. Needs no page. */

const suffixes = [
  { size: 1e12, name: "T" },
  { size: 1e9, name: "G" },
  { size: 1e6, name: "M" },
  { size: 1e3, name: "k" },
] as const;

/** `12.5k`, `1.2M`, `0.031`, `3e-4`: at most `digits` digits that say something. */
export function short(value: number, digits = 4): string {
  if (value === 0) return "0";
  const size = Math.abs(value);
  if (size < 1e-3 || size >= 1e15) {
    return value.toExponential(Math.max(0, digits - 2)).replace(/\.?0*e\+?/, "e");
  }
  const suffix = suffixes.find((one) => size >= one.size);
  if (suffix === undefined) return trimmed(value.toPrecision(digits));
  return `${trimmed((value / suffix.size).toPrecision(digits))}${suffix.name}`;
}

/** `19,999`, `0.5`, `12.5M`: a step in a sentence, where each one counts. */
export function count(value: number): string {
  if (Math.abs(value) >= 1e7) return short(value, 6);
  return value.toLocaleString("en-US", { maximumFractionDigits: 2 });
}

function trimmed(text: string): string {
  return text.includes(".") && !text.includes("e") ? text.replace(/\.?0+$/, "") : text;
}

/** Ticks of one axis: all with the same suffix, and as many decimals as their distance needs. */
export function ticks(values: readonly number[]): string[] {
  const step = Math.abs((values[1] ?? 0) - (values[0] ?? 0));
  const largest = Math.max(0, ...values.map(Math.abs));
  if (largest !== 0 && largest < 1e-2) {
    const power = Math.floor(Math.log10(largest) + 1e-9);
    return fixed(values, 10 ** power, step, `e${power}`);
  }
  const suffix = suffixes.find((one) => largest >= one.size);
  return fixed(values, suffix?.size ?? 1, step, suffix?.name ?? "");
}

function fixed(values: readonly number[], size: number, step: number, suffix: string): string[] {
  const decimals = decimalsOf(step / size);
  return values.map((value) => {
    if (value === 0) return "0";
    return `${(value / size).toFixed(decimals)}${suffix}`;
  });
}

/** Decimals that write a number whole, as far as it makes sense on an axis. */
function decimalsOf(step: number): number {
  const isWhole = (decimals: number): boolean => {
    const scaled = step * 10 ** decimals;
    return Math.abs(scaled - Math.round(scaled)) < 1e-6 * Math.max(1, scaled);
  };
  return [0, 1, 2, 3, 4, 5, 6].find(isWhole) ?? 6;
}

/** `45 s`, `3:20`, `2:05:00`, `1 d 3 h`: a place on the time axis. */
export function clock(seconds: number): string {
  const whole = Math.round(Math.abs(seconds));
  const sign = seconds < 0 ? "-" : "";
  if (whole < 60) return `${sign}${whole} s`;
  const two = (count: number): string => String(count).padStart(2, "0");
  const [hours, minutes] = [Math.floor(whole / 3600), Math.floor((whole % 3600) / 60)];
  if (hours === 0) return `${sign}${minutes}:${two(whole % 60)}`;
  if (hours < 48) return `${sign}${hours}:${two(minutes)}:${two(whole % 60)}`;
  return `${sign}${Math.floor(hours / 24)} d ${hours % 24} h`;
}

/** Steps of a time axis that a person would choose, in seconds. */
export const timeSteps: readonly number[] = [
  ...[1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10_800, 21_600, 43_200],
  ...[1, 2, 5, 10, 20, 50, 100, 200].map((days) => days * 86_400),
];

/** `1.2 of 4 GB`, `640 kB`: bytes of a log. */
export function bytes(count: number): string {
  return count < 1000 ? `${count} bytes` : `${short(count, 3)}B`;
}
