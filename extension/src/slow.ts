import * as vscode from "vscode";

/** Milliseconds after which a person is shown that something is under way. */
const patience = 1000;

export interface Work {
  readonly title: string;
  /** Whether it can be given up half-way without leaving something behind. */
  readonly cancellable: boolean;
}

/** Runs `task`; shows progress once it takes longer than a second. Undefined when cancelled. */
export async function slow<T>(
  { title, cancellable }: Work,
  task: (token: vscode.CancellationToken) => Promise<T>,
): Promise<T | undefined> {
  const source = new vscode.CancellationTokenSource();
  const result = task(source.token);
  const cancelled = new Promise<undefined>((resolve) => {
    source.token.onCancellationRequested(() => {
      resolve(undefined);
    });
  });
  const settled = result.then(
    () => "settled" as const,
    () => "settled" as const,
  );
  const timer = new Promise<"slow">((resolve) => setTimeout(resolve, patience, "slow"));
  if ((await Promise.race([settled, timer])) === "slow") {
    const options = { location: vscode.ProgressLocation.Notification, title, cancellable };
    void vscode.window.withProgress(options, async (_, token) => {
      token.onCancellationRequested(() => {
        source.cancel();
      });
      await Promise.race([settled, cancelled]);
    });
  }
  return Promise.race([result, cancelled]).finally(() => {
    source.dispose();
  });
}
