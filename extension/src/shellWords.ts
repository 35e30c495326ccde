/**
 * Splits a command that the helper made (how to attach to a session) into an argument vector.
 * Quotes and backslashes group as in POSIX shells (XCU 2.2); nothing is expanded.
 */
export function shellWords(text: string): string[] {
  const words: string[] = [];
  const token = /\s+|'([^']*)'|"((?:\\.|[^"\\])*)"|\\(.)|([^\s'"\\]+)/gsu;
  let word: string | undefined;
  for (const [whole, single, double, escaped, bare] of text.matchAll(token)) {
    const part = single ?? double?.replace(/\\(["\\$`])/g, "$1") ?? escaped ?? bare;
    if (part !== undefined) {
      word = (word ?? "") + part;
    } else if (whole.trim() === "" && word !== undefined) {
      words.push(word);
      word = undefined;
    }
  }
  if (word !== undefined) words.push(word);
  return words;
}
