import * as vscode from "vscode";
import type { Ctx } from "../context";
import { pickFix } from "../fix/pickFix";
import { claim as claimed, type CrashNotice, type RunNote } from "../helper/wire.gen";
import { withoutLinks } from "../plainText";
import { goToCrash } from "../runs/crashOf";
import { setting } from "../settings";

type Told = CrashNotice | RunNote;

/** The notifications of ended attempts and reached targets. Each is shown once, by one window. */
export function notices({ helper }: Ctx): vscode.Disposable {
  /**
   * Whether this window tells it, asked when it can. While its connection is lost, which may last
   * for hours, nothing of it reaches a person: whoever opens the folder meanwhile is told there.
   */
  const isOurs = async ({ run: { run }, claim }: Told): Promise<boolean> => {
    // Answered by the window itself, as soon as there is one.
    await vscode.commands.getCommands(true);
    return (await helper.requestQuietly(claimed, { run, claim }))?.first !== false;
  };
  const once = async <T extends Told>(told: T, show: (told: T) => Promise<void>): Promise<void> => {
    if (await isOurs(told)) await show(told);
  };
  return vscode.Disposable.from(
    helper.onRunEnded((notice) => {
      void once(notice, tell);
    }),
    helper.onTargetReached((note) => {
      void once(note, tellReached);
    }),
  );
}

/** A person named the metric and its value: this is what they wait for. */
async function tellReached({ run, text }: RunNote): Promise<void> {
  const button = "Check In";
  const told = withoutLinks(`${run.command}: ${text}`);
  const choice = await vscode.window.showInformationMessage(told, button);
  if (choice === button) await execute("propel.checkIn", { run: run.run });
}

async function tell(notice: CrashNotice): Promise<void> {
  const { state } = notice.run;
  const text = withoutLinks(notice.text);
  if (state === "succeeded") {
    if (setting("notify.success")) void vscode.window.showInformationMessage(text);
    return;
  }
  const offered = buttons(notice);
  const titles = [...offered.keys()];
  const isCrash = state === "failed" || notice.rule !== null;
  const choice = await (isCrash
    ? vscode.window.showErrorMessage(text, ...titles)
    : vscode.window.showWarningMessage(text, ...titles));
  if (choice !== undefined) await offered.get(choice)?.();
}

/** What can be done about it, by the button's title. */
function buttons(notice: CrashNotice): ReadonlyMap<string, () => Promise<unknown>> {
  const run = notice.run.run;
  const found = new Map<string, () => Promise<unknown>>();
  if (notice.file !== null) found.set("Go to Line", () => goToCrash(notice));
  else found.set("Open Log", () => execute("propel.openLog", { run }));
  if (notice.redirect !== null) {
    found.set("Why no fix?", () => execute("propel.redirect", { run, text: notice.redirect }));
  } else if (notice.fixes.length > 0) {
    found.set("Fix…", async () => {
      const fix = await pickFix(notice.fixes);
      if (fix !== undefined) await execute("propel.fix", { run, fix });
    });
  }
  return found;
}

async function execute(command: string, argument: object): Promise<void> {
  await vscode.commands.executeCommand(command, argument);
}
