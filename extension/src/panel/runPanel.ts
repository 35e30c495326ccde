/** One run panel: a page in an editor tab, and what goes between it and the helper. */
import { randomBytes } from "node:crypto";
import * as vscode from "vscode";
import type { Helper } from "../helper/helper";
import { detail, logPage, logSearch, type Run } from "../helper/wire.gen";
import { plainLine } from "../plainText";
import { summary } from "../runs/describe";
import { pickRun } from "../runs/pickRun";
import type { RunStore } from "../runs/runStore";
import type { RunHead, Slot, ToHost, ToPage } from "../webviews/runPanel/messages";
import { Feed } from "./feed";
import { page } from "./page";

export interface PanelParts {
  readonly extension: vscode.Uri;
  readonly helper: Helper;
  readonly runs: RunStore;
  readonly log: vscode.LogOutputChannel;
}

export class RunPanel implements vscode.Disposable {
  readonly #feed: Feed;
  readonly #listeners: vscode.Disposable[] = [];
  #isReady = false;

  constructor(
    readonly panel: vscode.WebviewPanel,
    readonly run: string,
    private other: string | undefined,
    private readonly parts: PanelParts,
  ) {
    this.#feed = new Feed({
      helper: parts.helper,
      post: (message) => {
        this.#post(message);
      },
      run: (slot) => {
        const run = this.#runOf(slot);
        return run === undefined ? undefined : { run: run.run, isRunning: run.state === "running" };
      },
      tick: () => {
        this.#tellHeads();
      },
    });
    this.#listeners.push(
      panel.webview.onDidReceiveMessage((message: ToHost) => {
        void this.#take(message);
      }),
      panel.onDidChangeViewState(() => {
        this.#turn();
      }),
      parts.runs.onDidChange(() => {
        this.#tellHeads();
        this.#feed.wake("main");
        this.#feed.wake("other");
      }),
      parts.helper.onDidChangeState(({ tag }) => {
        // Another helper's points are counted anew.
        if (tag === "running") this.#forget("main", "other");
        this.#tellHeads();
      }),
    );
    this.#load();
    this.#feed.warm();
  }

  dispose(): void {
    this.#feed.stop();
    for (const listener of this.#listeners) listener.dispose();
  }

  #load(): void {
    const { webview } = this.panel;
    const folder = vscode.Uri.joinPath(this.parts.extension, "extension", "dist", "webviews");
    const uri = (name: string): string =>
      webview.asWebviewUri(vscode.Uri.joinPath(folder, name)).toString();
    webview.options = { enableScripts: true, localResourceRoots: [folder] };
    webview.html = page({
      nonce: randomBytes(16).toString("base64url"),
      script: uri("runPanel.js"),
      style: uri("runPanel.css"),
      source: webview.cspSource,
      run: this.run,
    });
  }

  /** Asks the helper only while somebody can see it. */
  #turn(): void {
    if (this.panel.visible && this.#isReady) this.#feed.start();
    else this.#feed.rest();
    // A page that is hidden is thrown away; it says so when it is there again.
    if (!this.panel.visible) this.#isReady = false;
  }

  #runOf(slot: Slot): Run | undefined {
    const id = slot === "main" ? this.run : this.other;
    return id === undefined ? undefined : this.parts.runs.get(id);
  }

  #post(message: ToPage): void {
    void this.panel.webview.postMessage(message);
  }

  #forget(...slots: readonly Slot[]): void {
    this.#feed.forget(...slots);
    for (const slot of slots) this.#post({ type: "forget", slot });
  }

  #tellHeads(): void {
    const main = this.#runOf("main");
    if (main !== undefined) this.panel.title = title(main);
    if (!this.#isReady) return;
    const { state } = this.parts.helper;
    const trouble = state.tag === "down" ? `${state.cause} ${state.nextStep}` : "";
    const heads = { main: head(main), other: head(this.#runOf("other")), trouble };
    this.#post({ type: "heads", heads });
  }

  async #take(message: ToHost): Promise<void> {
    switch (message.type) {
      case "ready":
        return this.#begin();
      case "compare":
        return this.#compare();
      case "alone":
        this.#setOther(undefined);
        return;
      case "follow": {
        const isOn = message.offset !== -1;
        const { attempt, offset } = message;
        this.#feed.follow(isOn ? { attempt, offset } : undefined);
        if (this.#isReady && this.panel.visible && isOn) this.#feed.start();
        return;
      }
      case "open": {
        const command = message.what === "log" ? "propel.openLog" : "propel.goToCrash";
        await vscode.commands.executeCommand(command, { run: this.run });
        return;
      }
      case "painted": {
        const { milliseconds, points } = message;
        const time = `${Math.round(milliseconds)} ms`;
        this.parts.log.debug(`The panel of ${this.run} showed ${points} points after ${time}.`);
        return;
      }
      default:
        return this.#ask(message);
    }
  }

  async #begin(): Promise<void> {
    this.#isReady = true;
    if (this.parts.helper.state.tag !== "running") await this.parts.helper.start();
    if (this.#runOf("main") === undefined) await this.parts.runs.refresh();
    this.#tellHeads();
    this.#feed.forget("main", "other");
    this.#turn();
  }

  /** What a person wants to see now. A page that can't be had is told by the helper's own words. */
  async #ask(message: Extract<ToHost, { type: "detail" | "log" | "search" }>): Promise<void> {
    const { run, other } = this;
    const { helper } = this.parts;
    if (message.type === "detail") {
      const { names, range } = message;
      const slots = { main: run, ...(other === undefined ? {} : { other }) } as const;
      for (const [slot, id] of Object.entries(slots)) {
        const params = { run: id, names, ...range };
        const answer = await helper.requestQuietly(detail, params);
        const { pieces = [] } = answer ?? {};
        this.#post({ type: "detail", slot: slot as Slot, range, pieces });
      }
    } else if (message.type === "log") {
      const { way, attempt, offset } = message;
      const answer = await helper.request(logPage, { run, attempt, way, offset });
      if (answer !== undefined) this.#post({ type: "log", way, page: answer });
    } else {
      const { search, attempt, text, offset } = message;
      const answer = await helper.request(logSearch, { run, attempt, text, offset });
      if (answer !== undefined) this.#post({ type: "hits", search, hits: answer });
    }
  }

  async #compare(): Promise<void> {
    await this.parts.runs.refresh();
    const others = this.parts.runs.all.filter(({ run }) => run !== this.run);
    if (others.length === 0) {
      const text = "There is no other run of this folder to compare with yet.";
      void vscode.window.showInformationMessage(text);
      return;
    }
    const picked = await pickRun(others, {
      title: "Propel: Compare Runs",
      placeholder: "Which run should be drawn in the same charts?",
    });
    if (picked !== undefined) this.#setOther(picked.run);
  }

  #setOther(other: string | undefined): void {
    this.other = other;
    this.#forget("other");
    this.#tellHeads();
    if (this.panel.visible) this.#feed.start();
  }
}

function title(run: Run): string {
  // What tells runs apart is seldom where their Python lies.
  const command = plainLine(run.command).replace(/^\S*\//, "");
  const cut = command.length > 40 ? `${command.slice(0, 39)}…` : command;
  return `Run: ${cut}`;
}

function head(run: Run | undefined): RunHead | null {
  if (run === undefined) return null;
  return {
    run: run.run,
    command: plainLine(run.command),
    state: run.state,
    summary: summary(run, Date.now() / 1000),
    attempt: run.attempt,
  };
}
