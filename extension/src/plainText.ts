/**
 * What people read from logs, READMEs and file names is untrusted: nothing in it may move a
 * cursor, reverse a line or become a link or an icon of the editor.
 */
import { stripVTControlCharacters } from "node:util";

/** C0 and C1 controls except the newline, and Unicode's invisible direction marks. */
// eslint-disable-next-line no-control-regex -- finding control characters is the purpose
const controls = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** Text without terminal codes and control characters; lines stay lines. */
export function plain(text: string): string {
  const lines = stripVTControlCharacters(text).replace(/\r\n?/g, "\n").replace(/\t/g, " ");
  return lines.replace(controls, "");
}

/** The same on one line. */
export function plainLine(text: string): string {
  return plain(text)
    .replace(/\s*\n\s*/g, " ")
    .trim();
}

/** For quick picks and the status bar, where `$(name)` would become an icon. */
export function withoutIcons(text: string): string {
  return plainLine(text).replace(/\$\(/g, "\\$(");
}

/** For notifications, where `[text](command:...)` would become a link. */
export function withoutLinks(text: string): string {
  return plainLine(text).replace(/\]\(/g, "] (");
}
