/** Long sentences in lists that cut what does not fit. Needs no editor. */

/** Characters that fit into a row of a quick pick, beside the name of its group. */
const width = 66;

/** `text` in lines that fit; a word that is longer than a line stands alone. */
export function wrapped(text: string): string[] {
  const lines: string[] = [];
  for (const word of text.split(/\s+/).filter((part) => part !== "")) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= width) {
      lines[lines.length - 1] = `${last} ${word}`;
    } else lines.push(word);
  }
  return lines;
}
