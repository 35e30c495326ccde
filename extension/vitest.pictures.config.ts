import { defineConfig } from "vitest/config";
import endToEnd from "./vitest.e2e.config";

export default defineConfig({
  test: { ...endToEnd.test, include: ["tests/e2e/*.shot.ts"] },
});
