/** What was found about a command before its launch: a list that keeps nobody from launching. */
import * as vscode from "vscode";
import type { Remark } from "../helper/wire.gen";
import { withoutIcons } from "../plainText";
import { wrapped } from "./wrapped";

interface Row extends vscode.QuickPickItem {
  readonly goes?: "on" | "back";
  readonly remark?: Remark;
}

/** Whether a person wants to change the command. Leaving the list goes on. */
export async function showFindings(
  findings: readonly Remark[],
  pitfalls: readonly Remark[],
): Promise<boolean> {
  const picker = vscode.window.createQuickPick<Row>();
  picker.title = "Propel: Launch Training. Before it runs; you are asked once more.";
  picker.placeholder = summaryOf(findings.length, pitfalls.length);
  picker.ignoreFocusOut = true;
  picker.items = rows(findings, pitfalls);
  picker.activeItems = picker.items.slice(0, 1);
  picker.onDidTriggerItemButton(({ item }) => {
    if (item.remark !== undefined) void open(item.remark);
  });
  try {
    return await new Promise<boolean>((resolve) => {
      picker.onDidHide(() => {
        resolve(false);
      });
      picker.onDidAccept(() => {
        const [row] = picker.selectedItems;
        if (row?.goes !== undefined) resolve(row.goes === "back");
        else if (row?.remark !== undefined) void open(row.remark);
      });
      picker.show();
    });
  } finally {
    picker.dispose();
  }
}

/** `1 thing would stop this command, 2 are worth a look.` */
function summaryOf(findings: number, pitfalls: number): string {
  const many = (count: number): string => `${count} ${count === 1 ? "thing" : "things"}`;
  const stops = findings > 0 ? [`${many(findings)} may stop this command`] : [];
  const worth = pitfalls > 0 ? [`${many(pitfalls)} worth a look`] : [];
  return `${[...stops, ...worth].join(", ")}.`;
}

function rows(findings: readonly Remark[], pitfalls: readonly Remark[]): Row[] {
  const first: Row[] = [
    { label: "$(arrow-right) Go on to the launch", goes: "on", alwaysShow: true },
    { label: "$(edit) Change the command", goes: "back", alwaysShow: true },
  ];
  const stops = findings.flatMap((remark) => rowsOf(remark, "warning"));
  const worth = pitfalls.flatMap((remark) => rowsOf(remark, "lightbulb"));
  return [
    ...first,
    ...(stops.length === 0 ? [] : [separator("may stop it"), ...stops]),
    ...(worth.length === 0 ? [] : [separator("worth a look"), ...worth]),
  ];
}

/** A row shows two lines and cuts the rest, so that a long remark takes several. */
function rowsOf(remark: Remark, icon: string): Row[] {
  const lines = [...wrapped(remark.text), ...(remark.fix === "" ? [] : wrapped(remark.fix))];
  const pairs = Array.from({ length: Math.ceil(lines.length / 2) }, (_, index) =>
    lines.slice(2 * index, 2 * index + 2),
  );
  const buttons =
    remark.file === null ? [] : [{ iconPath: new vscode.ThemeIcon("go-to-file"), tooltip: "Show" }];
  return pairs.map(([label = "", detail = ""], index) => ({
    label: index === 0 ? `$(${icon}) ${withoutIcons(label)}` : withoutIcons(label),
    detail: withoutIcons(detail),
    alwaysShow: true,
    remark,
    ...(index === 0 ? { buttons } : {}),
  }));
}

/** Beside the list, which stays. */
async function open({ file, line }: Remark): Promise<void> {
  if (file === null) return;
  const at = new vscode.Position(Math.max(0, (line ?? 1) - 1), 0);
  const options = { preserveFocus: true, selection: new vscode.Range(at, at) };
  try {
    await vscode.window.showTextDocument(vscode.Uri.file(file), options);
  } catch {
    void vscode.window.showErrorMessage(`${file} can't be opened any more.`);
  }
}

function separator(label: string): Row {
  return { label, kind: vscode.QuickPickItemKind.Separator };
}
