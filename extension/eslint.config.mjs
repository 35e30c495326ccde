import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import js from "@eslint/js";
import { defineConfig } from "eslint/config";
import tseslint from "typescript-eslint";

const here = dirname(fileURLToPath(import.meta.url));
const webviews = "extension/src/webviews/**";
const projects = ["extension/tsconfig.json"];
if (existsSync(join(here, "src", "webviews"))) projects.push("extension/tsconfig.webviews.json");

// State at module level outlives deactivation, and nobody owns it.
const moduleState = ["Program > ", "Program > ExportNamedDeclaration > "].map((where) => ({
  selector: `${where}VariableDeclaration[kind!='const']`,
  message: "Keep state in an object with an owner, not in the module.",
}));
const nativeEnum = {
  selector: "TSEnumDeclaration",
  message: "Use a union of string literals.",
};

export default defineConfig(
  { ignores: ["**/dist/**", "**/node_modules/**", "**/*.gen.ts", ".venv/**"] },
  js.configs.recommended,
  tseslint.configs.strictTypeChecked,
  tseslint.configs.stylisticTypeChecked,
  {
    linterOptions: { reportUnusedDisableDirectives: "error" },
    languageOptions: {
      parserOptions: { project: projects, tsconfigRootDir: join(here, "..") },
    },
    rules: {
      eqeqeq: "error",
      "no-restricted-syntax": ["error", ...moduleState, nativeEnum],
      // TypeScript itself knows which names exist.
      "no-undef": "off",
      "@typescript-eslint/consistent-type-exports": "error",
      "@typescript-eslint/consistent-type-imports": ["error", { fixStyle: "inline-type-imports" }],
      "@typescript-eslint/explicit-module-boundary-types": "error",
      "@typescript-eslint/prefer-readonly": "error",
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "@typescript-eslint/switch-exhaustiveness-check": [
        "error",
        { considerDefaultExhaustiveForUnions: true },
      ],
      // The compiler's noPropertyAccessFromIndexSignature asks for the opposite.
      "@typescript-eslint/dot-notation": "off",
    },
  },
  {
    // Which process a module runs in must be visible from its imports.
    files: [webviews],
    rules: { "no-restricted-imports": ["error", { paths: ["vscode"], patterns: ["node:*"] }] },
  },
  {
    // What beforeAll makes can only be kept in the module.
    files: ["tests/**"],
    rules: { "no-restricted-syntax": ["error", nativeEnum] },
  },
  {
    files: ["tests/extension/**"],
    rules: {
      "no-restricted-imports": [
        "error",
        { paths: [{ name: "vscode", message: "Unit tests run without an editor." }] },
      ],
    },
  },
  {
    // Plain JavaScript: the types are in JSDoc, where these two rules can't see them.
    files: ["**/*.mjs"],
    rules: {
      "@typescript-eslint/explicit-module-boundary-types": "off",
      "@typescript-eslint/no-unsafe-assignment": "off",
    },
  },
);
