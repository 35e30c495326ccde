import * as vscode from "vscode";
import { settingDefaults } from "./settings.gen";

type Settings = typeof settingDefaults;

/** One setting of `propel.*`; a value of another type than the default's counts as unset. */
export function setting<K extends keyof Settings>(key: K): Settings[K] {
  const fallback = settingDefaults[key];
  const value = vscode.workspace.getConfiguration("propel").get<unknown>(key);
  return isLike(value, fallback) ? value : fallback;
}

/** All settings, by the keys of `settings.gen.ts`. */
export function allSettings(): Record<string, unknown> {
  const keys = Object.keys(settingDefaults) as (keyof Settings)[];
  return Object.fromEntries(keys.map((key) => [key, setting(key)]));
}

function isLike<T>(value: unknown, fallback: T): value is T {
  return typeof value === typeof fallback;
}
