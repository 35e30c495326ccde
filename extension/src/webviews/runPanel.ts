/** The run panel's page. It shows what the extension tells and asks it for what a person wants. */
import { Board, type Look } from "./runPanel/board";
import { element, setText } from "./runPanel/elements";
import { EventList } from "./runPanel/events";
import { Header } from "./runPanel/header";
import { LogView } from "./runPanel/logView";
import type { Heads, PanelState, ToHost, ToPage } from "./runPanel/messages";

interface Host {
  postMessage(message: ToHost): void;
  getState(): Partial<PanelState> | undefined;
  setState(state: PanelState): void;
}
declare function acquireVsCodeApi(): Host;

class RunPanelPage {
  readonly #host = acquireVsCodeApi();
  readonly #began = performance.now();
  readonly #look: Look;
  readonly #board: Board;
  readonly #header: Header;
  readonly #log: LogView;
  readonly #events: EventList;
  readonly #voice = element("div", { class: "voice", "aria-live": "polite" });
  #heads: Heads = { main: null, other: null, trouble: "" };
  #isPainted = false;

  constructor() {
    const { axis = "step", smoothing = 0, isLog = false } = this.#host.getState() ?? {};
    this.#look = { axis, smoothing, isLog };
    const say = (text: string): void => {
      setText(this.#voice, text);
    };
    const post = (message: ToHost): void => {
      this.#host.postMessage(message);
    };
    this.#board = new Board(
      {
        say,
        zoomed: (isZoomed) => {
          this.#header.zoomed(isZoomed);
        },
        wantDetail: (names, range) => {
          post({ type: "detail", names, range });
        },
      },
      this.#look,
    );
    this.#header = new Header({
      look: this.#look,
      changed: () => {
        this.#board.draw();
        this.#keep();
      },
      reset: () => {
        this.#board.reset();
      },
      compare: () => {
        post({ type: "compare" });
      },
      alone: () => {
        post({ type: "alone" });
      },
    });
    this.#log = new LogView({
      say,
      page: (way, attempt, offset) => {
        post({ type: "log", way, attempt, offset });
      },
      follow: (attempt, offset) => {
        post({ type: "follow", attempt, offset });
      },
      search: (search, attempt, text, offset) => {
        post({ type: "search", search, attempt, text, offset });
      },
      openLog: () => {
        post({ type: "open", what: "log" });
      },
      goToCrash: () => {
        post({ type: "open", what: "crash" });
      },
    });
    this.#events = new EventList((attempt) => {
      this.#log.toCrash(attempt);
    });
  }

  start(): void {
    const { empty, gpuNote, root } = this.#board;
    const top = element("div", { class: "top" }, empty, root, gpuNote, this.#events.root);
    document.body.append(this.#header.root, top, this.#log.root, this.#voice);
    addEventListener("message", ({ data }: MessageEvent<ToPage>) => {
      this.#take(data);
    });
    addEventListener("keydown", (event) => {
      if (event.key.toLowerCase() !== "f" || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      this.#log.focusSearch();
    });
    this.#host.postMessage({ type: "ready" });
    this.#host.postMessage({ type: "follow", attempt: 0, offset: null });
  }

  #take(message: ToPage): void {
    switch (message.type) {
      case "heads":
        this.#heads = message.heads;
        this.#header.show(message.heads);
        this.#tellLog();
        this.#keep();
        return;
      case "forget":
        this.#board.forget(message.slot);
        this.#board.draw();
        return;
      case "curves": {
        const arrived = performance.now();
        const newest = this.#heads[message.slot]?.attempt ?? 1;
        this.#board.take(message.slot, message.curves, newest);
        if (message.slot !== "main") return;
        this.#header.progress(message.curves.progress, message.curves.read);
        this.#events.show(message.curves.markers);
        this.#tellLog();
        this.#tellPainted(arrived);
        return;
      }
      case "detail":
        this.#board.takeDetail(message.slot, message.pieces, message.range);
        return;
      case "gpu":
        this.#board.takeGpu(message.gpu);
        return;
      case "log":
        this.#log.take(message.way, message.page);
        return;
      case "hits":
        this.#log.takeHits(message.search, message.hits);
    }
  }

  #tellLog(): void {
    const hasCrash = this.#board.markers.some(({ kind }) => kind === "crash");
    this.#log.setAttempts(this.#heads.main?.attempt ?? 1, hasCrash);
  }

  /** How long the first picture took, once it is on the screen: of the page, and of its data. */
  #tellPainted(arrived: number): void {
    if (this.#isPainted || this.#board.points === 0) return;
    this.#isPainted = true;
    requestAnimationFrame(() => {
      setTimeout(() => {
        const now = performance.now();
        const milliseconds = now - this.#began;
        const points = this.#board.points;
        document.body.dataset["painted"] = String(Math.round(milliseconds));
        document.body.dataset["drawn"] = String(Math.round(now - arrived));
        this.#host.postMessage({ type: "painted", milliseconds, points });
      });
    });
  }

  #keep(): void {
    const { main, other } = this.#heads;
    const run = main?.run ?? document.body.dataset["run"] ?? "";
    this.#host.setState({ run, other: other?.run ?? null, ...this.#look });
  }
}

new RunPanelPage().start();
