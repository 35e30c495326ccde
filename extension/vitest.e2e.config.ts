import { defineConfig } from "vitest/config";

const minute = 60_000;

export default defineConfig({
  test: {
    root: new URL("..", import.meta.url).pathname,
    include: ["tests/e2e/**/*.e2e.ts"],
    // Each file drives an editor, a browser and training runs of its own on a small machine.
    fileParallelism: false,
    testTimeout: 3 * minute,
    // On a busy machine an editor may take seconds for what is usually seen at once.
    expect: { poll: { timeout: 20_000, interval: 100 } },
    hookTimeout: 3 * minute,
    retry: 0,
    bail: 0,
  },
});
