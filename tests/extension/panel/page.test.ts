import { expect, test } from "vitest";
import { Marks } from "../../../extension/src/panel/marks";
import { page } from "../../../extension/src/panel/page";

const parts = { nonce: "abc", script: "s.js", style: "s.css", source: "https://x", run: "r" };

test("nothing is allowed but the two files, and no other script", () => {
  const html = page(parts);
  expect(html).toContain(`content="default-src 'none'; style-src https://x; `);
  expect(html).toContain("script-src 'nonce-abc'\"");
  expect(html).not.toContain("unsafe-");
  expect(html.match(/<script/g)).toHaveLength(1);
});

test("a run's name can't become markup", () => {
  expect(page({ ...parts, run: '"><script>' })).toContain('data-run="&quot;&gt;&lt;script&gt;"');
});

test("what a page was told is remembered by curve", () => {
  const marks = new Marks();
  const points = { at: [], seconds: [], values: [] };
  const piece = { attempt: 1, name: "loss", version: 0, start: 0, settled: 3, taken: 4, ...points };
  const news = {
    ...{ run: "r", read: 1, settled: true, progress: "", empty: "", charts: [], markers: [] },
    pieces: [piece, { ...piece, name: "lr" }, { ...piece, settled: 5 }],
  };
  marks.take(news);
  expect(marks.all).toEqual([
    { attempt: 1, name: "loss", version: 0, settled: 5, taken: 4 },
    { attempt: 1, name: "lr", version: 0, settled: 3, taken: 4 },
  ]);
  marks.clear();
  expect(marks.all).toEqual([]);
});
