/** The helper as the rest of the extension sees it: running or not, asked or restarted. */
import * as vscode from "vscode";
import {
  DidChangeConfigurationNotification,
  State,
  type RequestType,
} from "vscode-languageclient/node";
import { allSettings } from "../settings";
import { HelperClient } from "./client";
import { Coalesced } from "./coalesced";
import { failureOf } from "./failure";
import { RestartBudget } from "./restartBudget";
import { startClient, type StartParts } from "./startClient";
import { tellDown, tellFailure, type Trouble } from "./tell";
import {
  progressed,
  runChanged,
  runEnded,
  runGone,
  scanned,
  targetReached,
  type CrashNotice,
  type Run,
  type RunNote,
  type RunProgress,
  type ScanNews,
} from "./wire.gen";

export type HelperState =
  | { readonly tag: "idle" }
  | { readonly tag: "starting" }
  | { readonly tag: "running"; readonly client: HelperClient }
  | (Trouble & { readonly tag: "down" });

/** Restarts after a crash before Propel gives up, and the time (ms) they are counted in. */
const restarts = { limit: 3, span: 3 * 60_000 };

/** Files that a crash is likely to be in. Watching all would watch every checkpoint, too. */
const ownFiles = "**/*.{py,pyi,sh,yaml,yml,json,toml,ini,cfg,md,txt}";

export class Helper implements vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<HelperState>();
  readonly #runChanged = new vscode.EventEmitter<Run>();
  readonly #runEnded = new vscode.EventEmitter<CrashNotice>();
  readonly #runGone = new vscode.EventEmitter<string>();
  readonly #scanned = new vscode.EventEmitter<ScanNews>();
  readonly #progressed = new vscode.EventEmitter<RunProgress>();
  readonly #targetReached = new vscode.EventEmitter<RunNote>();
  readonly #budget = new RestartBudget(restarts.limit, restarts.span);
  readonly #restarting = new Coalesced(() => this.#replace());
  readonly #listeners: vscode.Disposable[] = [];
  readonly #outside = vscode.workspace.createFileSystemWatcher(ownFiles);
  #state: HelperState = { tag: "idle" };
  #disposed = false;

  readonly onDidChangeState = this.#changed.event;
  readonly onRunChanged = this.#runChanged.event;
  readonly onRunEnded = this.#runEnded.event;
  /** The id of a run that was removed, here or elsewhere. */
  readonly onRunGone = this.#runGone.event;
  readonly onScanned = this.#scanned.event;
  readonly onProgressed = this.#progressed.event;
  readonly onTargetReached = this.#targetReached.event;

  constructor(private readonly parts: StartParts) {
    this.#listeners.push(
      this.#outside,
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration("propel.helper.python")) {
          if (this.#state.tag !== "idle") void this.restart();
        } else if (event.affectsConfiguration("propel")) {
          void this.#sendSettings();
        }
      }),
      // Which runs it watches is settled when it starts.
      vscode.workspace.onDidChangeWorkspaceFolders(() => {
        if (this.#state.tag !== "idle") void this.restart();
      }),
    );
  }

  get state(): HelperState {
    return this.#state;
  }

  /** Starts the helper unless it runs. Tells nobody of a failure: that is a state. */
  async start(): Promise<boolean> {
    if (this.#state.tag !== "running") await this.#restarting.join();
    return this.#state.tag === "running";
  }

  /** Stops and starts; many calls at once make one restart, or two. */
  async restart(): Promise<boolean> {
    this.#budget.reset();
    await this.#restarting.run();
    return this.#state.tag === "running";
  }

  /**
   * Asks the helper. The one place where a failed request is told: the answer is undefined when
   * it failed (and a person has been told) or was cancelled.
   */
  async request<P, R>(
    type: RequestType<P, R, void>,
    params: P,
    token?: vscode.CancellationToken,
  ): Promise<R | undefined> {
    if (!(await this.start())) {
      this.tellDown();
      return undefined;
    }
    if (this.#state.tag !== "running") return undefined;
    return this.#send(this.#state.client, type, params, token, (text) => {
      this.parts.log.error(`${type.method}: ${text}`);
      void tellFailure(text, this.parts.log);
    });
  }

  /** For what nobody asked for: is told to the log only, and starts nothing. */
  async requestQuietly<P, R>(type: RequestType<P, R, void>, params: P): Promise<R | undefined> {
    if (this.#state.tag !== "running") return undefined;
    return this.#send(this.#state.client, type, params, undefined, (text) => {
      this.parts.log.warn(`${type.method}: ${text}`);
    });
  }

  /** Says why the helper is not running and what can be done. For a person who asked. */
  tellDown(): void {
    if (this.#state.tag === "down") void tellDown(this.#state, this.parts.log);
  }

  async stop(): Promise<void> {
    this.#disposed = true;
    await this.#end();
  }

  dispose(): void {
    this.#disposed = true;
    const emitters = [this.#changed, this.#runChanged, this.#runEnded, this.#runGone];
    const others = [this.#scanned, this.#progressed, this.#targetReached];
    for (const item of [...this.#listeners, ...emitters, ...others]) item.dispose();
  }

  async #replace(): Promise<void> {
    await this.#end();
    this.#become({ tag: "starting" });
    const started = await startClient(this.parts, this.#outside, (client) => {
      client.onNotification(runChanged, (run) => {
        this.#runChanged.fire(run);
      });
      client.onNotification(runEnded, (notice) => {
        this.#runEnded.fire(notice);
      });
      client.onNotification(runGone, ({ run }) => {
        this.#runGone.fire(run);
      });
      client.onNotification(scanned, (news) => {
        this.#scanned.fire(news);
      });
      client.onNotification(progressed, (told) => {
        this.#progressed.fire(told);
      });
      client.onNotification(targetReached, (note) => {
        this.#targetReached.fire(note);
      });
    });
    if (!(started instanceof HelperClient)) {
      this.#become({ tag: "down", ...started });
      return;
    }
    started.onDidChangeState(({ newState }) => {
      if (newState === State.Stopped && this.#isCurrent(started)) this.#crashed();
    });
    this.#become({ tag: "running", client: started });
  }

  #crashed(): void {
    const again = !this.#disposed && this.#budget.spend(Date.now());
    this.#become({
      tag: "down",
      cause: `Propel's helper stopped unexpectedly${again ? "" : ", several times in a row"}.`,
      nextStep: again ? "It is being started again." : "The log says why; your runs go on.",
    });
    if (again) void this.#restarting.run();
    else if (!this.#disposed) this.tellDown();
  }

  async #end(): Promise<void> {
    if (this.#state.tag !== "running") return;
    const { client } = this.#state;
    this.#become({ tag: "idle" });
    await client.dispose().catch((error: unknown) => {
      this.parts.log.warn(`The helper did not stop cleanly: ${String(error)}`);
    });
  }

  async #sendSettings(): Promise<void> {
    if (this.#state.tag !== "running") return;
    const params = { settings: allSettings() };
    await this.#state.client.sendNotification(DidChangeConfigurationNotification.type, params);
  }

  async #send<P, R>(
    client: HelperClient,
    { method }: RequestType<P, R, void>,
    params: P,
    token: vscode.CancellationToken | undefined,
    failed: (text: string) => void,
  ): Promise<R | undefined> {
    try {
      // An absent token must be absent: it would be sent as a second parameter.
      return await (token === undefined
        ? client.sendRequest<R>(method, params)
        : client.sendRequest<R>(method, params, token));
    } catch (error) {
      const failure = failureOf(method, error);
      const isAwaited = token?.isCancellationRequested !== true;
      if (failure.tag !== "cancelled" && isAwaited) failed(failure.text);
      return undefined;
    }
  }

  #isCurrent(client: HelperClient): boolean {
    return this.#state.tag === "running" && this.#state.client === client;
  }

  #become(state: HelperState): void {
    this.#state = state;
    if (!this.#disposed) this.#changed.fire(state);
  }
}
