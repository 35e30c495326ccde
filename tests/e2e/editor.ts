import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { existsSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import {
  chromium,
  type Browser,
  type FrameLocator,
  type Locator,
  type Page,
} from "playwright-core";
import { packagePath } from "../../extension/dev/package.mjs";
import { inRoot } from "../../extension/dev/paths.mjs";
import {
  installExtension,
  quietSettings,
  settingsFile,
  startServer,
} from "../../extension/dev/server.mjs";
import { findBrowser } from "../../extension/dev/system.mjs";
import { installed, oldest } from "../../extension/dev/vscode.mjs";

type Server = Awaited<ReturnType<typeof startServer>>;

/** The editor under test; `npm run test:e2e` runs every scenario once for each version. */
const underTest = process.env["PROPEL_E2E_EDITOR"] ?? oldest;

export interface EditorOptions {
  /** The folder to open, or the file of a workspace with several. */
  readonly folder: string;
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Added to the environment of the editor and of all that it starts. */
  readonly env?: Readonly<Record<string, string>>;
  /** Whether the editor asks if the folder can be trusted, as it does for a person. */
  readonly askForTrust?: boolean;
  /** Other packages to install beside Propel. */
  readonly extensions?: readonly string[];
  /** Of the page, in pixels. */
  readonly size?: { readonly width: number; readonly height: number };
  /** False leaves Propel out. */
  readonly withPropel?: boolean;
}

interface RowElement {
  readonly innerText: string;
  getAttribute(name: string): string | null;
}

/** What is read of the page's elements; the tests themselves run without a DOM. */
interface StyledElement {
  readonly style: { readonly top: string };
  readonly textContent: string | null;
}

const testSettings = {
  ...quietSettings,
  "git.enabled": false,
  // The other renderers draw on a canvas, which no test can read.
  "terminal.integrated.gpuAcceleration": "off",
};

const usualSize = { width: 1440, height: 900 };

const browserFlags = [
  ...["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"],
  ...["--disable-background-networking", "--disable-component-update", "--disable-dev-shm-usage"],
];

/**
 * A real VS Code with Propel in it, in a browser page that a test drives as a person would. Each
 * one has settings, extensions and Propel's state of its own.
 */
export class Editor {
  readonly #options: EditorOptions;
  readonly #home: string;
  readonly #browser: Browser;
  #server: Server | undefined;
  #page: Page | undefined;

  private constructor(options: EditorOptions, home: string, browser: Browser) {
    this.#options = options;
    this.#home = home;
    this.#browser = browser;
  }

  static async open(options: EditorOptions): Promise<Editor> {
    const executablePath = findBrowser();
    if (executablePath === undefined) throw new Error("No Chromium or Chrome on this machine");
    const home = await mkdtemp(join(tmpdir(), "propel-e2e-"));
    const browser = await chromium.launch({ executablePath, args: browserFlags });
    const editor = new Editor(options, home, browser);
    try {
      await editor.#furnish();
      await editor.startServer();
      await editor.openPage();
    } catch (error) {
      await editor.close();
      throw error;
    }
    return editor;
  }

  /**
   * A second window on the same folder, of the same server: an extension host and a helper of its
   * own. It is closed with the first.
   */
  async anotherWindow(): Promise<Editor> {
    const other = new Editor(this.#options, this.#home, this.#browser);
    other.#server = this.#server;
    await other.openPage();
    return other;
  }

  async #furnish(): Promise<void> {
    const { settings = {}, extensions = [], withPropel = true } = this.#options;
    const file = settingsFile(this.#home);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, JSON.stringify({ ...testSettings, ...settings }, null, 2));
    for (const vsix of [...(withPropel ? [packagePath()] : []), ...extensions]) {
      if (!existsSync(vsix)) throw new Error(`${vsix} is missing: \`npm run package\``);
      await installExtension(installed(underTest), this.#home, vsix);
    }
  }

  /** Settings of the server's machine: those with a `machine` scope are read nowhere else. */
  async setMachineSettings(settings: Readonly<Record<string, unknown>>): Promise<void> {
    const file = join(this.#home, "user-data", "Machine", "settings.json");
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, JSON.stringify(settings, null, 2));
  }

  /** Ends everything and removes what it wrote. Sessions go on: the test ends its own. */
  async close(): Promise<void> {
    await this.#browser.close();
    await this.stopServer();
    await rm(this.#home, { recursive: true, force: true });
  }

  /** Where the helper of this editor keeps runs and logs; give it to `propel-helper` as well. */
  get stateHome(): string {
    return join(this.#home, "state");
  }

  get page(): Page {
    if (this.#page === undefined) throw new Error("The page is closed");
    return this.#page;
  }

  // --- the server and the page: what a person's connection and laptop lid do

  async startServer(): Promise<void> {
    const { folder, env = {}, askForTrust = false } = this.#options;
    this.#server = await startServer(installed(underTest), {
      home: this.#home,
      folder,
      env: { XDG_STATE_HOME: this.stateHome, ...env },
      askForTrust,
    });
  }

  async stopServer(): Promise<void> {
    await this.#server?.stop();
    this.#server = undefined;
  }

  async restartServer(): Promise<void> {
    await this.closePage();
    await this.stopServer();
    await this.startServer();
    await this.openPage();
  }

  async openPage(): Promise<void> {
    if (this.#server === undefined) throw new Error("The server is stopped");
    const page = await this.#browser.newPage({ viewport: this.#options.size ?? usualSize });
    this.#page = page;
    await page.goto(this.#server.url);
    await page.locator(".monaco-workbench").waitFor({ timeout: 60_000 });
    await page
      .locator(".explorer-folders-view .monaco-list-row")
      .first()
      .waitFor({ timeout: 60_000 });
  }

  /** What "Developer: Reload Window" does: the browser keeps what was open. */
  async reloadPage(): Promise<void> {
    await this.page.reload();
    await this.page.locator(".monaco-workbench").waitFor({ timeout: 60_000 });
  }

  async closePage(): Promise<void> {
    await this.#page?.close();
    this.#page = undefined;
  }

  /** Ends the page without a word to the server, as a crash, a power cut or a lost network does. */
  async losePage(): Promise<void> {
    const { page } = this;
    const crashed = page.waitForEvent("crash");
    const session = await page.context().newCDPSession(page);
    void session.send("Page.crash").catch(() => undefined);
    await crashed;
    await this.closePage();
  }

  /** Takes a picture to be looked at; returns its path. */
  async screenshot(name: string): Promise<string> {
    const path = inRoot("tests", "e2e", "screenshots", installed(underTest).vscode, `${name}.png`);
    await this.page.screenshot({ path });
    return path;
  }

  /** Waits; a wait in vain says what a person would see instead. */
  async #orShow(wait: Promise<void>): Promise<void> {
    try {
      await wait;
    } catch (error) {
      const picture = await this.screenshot(`failed_${Date.now()}`);
      const said = error instanceof Error ? error.message : String(error);
      const words = [said, ...(await this.#shown()), picture].join("\n");
      throw new Error(words, { cause: error });
    }
  }

  async #shown(): Promise<string[]> {
    const places = {
      input: ".quick-input-widget:visible",
      dialog: ".monaco-dialog-box",
      notifications: ".notifications-toasts .notification-list-item-message",
      tabs: ".tab",
      views: ".sidebar .monaco-list-row",
      "status bar": ".statusbar-item:visible",
    };
    return Promise.all(
      Object.entries(places).map(async ([name, place]) => {
        const texts = tidy(await this.page.locator(place).allInnerTexts());
        return `${name}: ${texts.join(" | ")}`;
      }),
    );
  }

  // --- commands and files

  /** Runs a command from the palette by its title as shown there, "Category: Title". */
  async runCommand(title: string): Promise<void> {
    const row = this.#rows.filter({ hasText: title }).first();
    // What takes the focus at this moment closes the palette: then it is opened once more.
    const chosen = async (): Promise<boolean> => {
      try {
        await this.#input.first().fill(`>${title}`, { timeout: 3000 });
        await row.waitFor({ timeout: 3000 });
        // Rows are reused while the list is filtered: a click could meet another command's.
        await steady(this.#rows);
        await row.click({ timeout: 3000 });
        return true;
      } catch {
        return false;
      }
    };
    // An open palette never learns of commands that an extension registers later.
    for (let attempt = 0; attempt < 10; attempt++) {
      await this.page.keyboard.press("F1");
      if (await chosen()) return;
      await this.page.keyboard.press("Escape");
    }
    throw new Error(`The palette has no command "${title}"`);
  }

  /** Opens a file of the folder by its name or relative path, and puts the cursor somewhere. */
  async openFile(name: string, line?: number, column = 1): Promise<void> {
    await this.page.keyboard.press("Control+P");
    await this.setInput(name);
    await this.chooseRow(basename(name));
    const tab = this.page.locator(".tab.active", { hasText: basename(name) });
    await tab.first().waitFor();
    if (line !== undefined) await this.goTo(line, column);
  }

  /** The text of the active editor, as far as it is drawn. */
  async editorText(): Promise<string> {
    const lines = this.page.locator(".editor-group-container.active .view-lines .view-line");
    const boxes = await lines.evaluateAll((elements) =>
      elements.map((element) => ({
        top: Number.parseInt((element as unknown as StyledElement).style.top, 10),
        text: (element as unknown as StyledElement).textContent ?? "",
      })),
    );
    // The editor reuses line elements while it scrolls: their order says nothing.
    const ordered = boxes.toSorted((a, b) => a.top - b.top).map(({ text }) => text);
    return ordered.join("\n").replaceAll("\u00a0", " ");
  }

  /** Puts the cursor somewhere in the active editor. */
  async goTo(line: number, column = 1): Promise<void> {
    await this.page.keyboard.press("Control+G");
    // Newer versions fill in the colon, older ones keep it: typing the whole text suits both.
    await this.setInput(`:${line}:${column}`);
    await this.acceptInput();
  }

  /** Saves the active editor once it has changed, and waits until it is written. */
  async save(): Promise<void> {
    const dirty = this.page.locator(".tab.active.dirty").first();
    // What a fix changes arrives a moment after the click.
    await dirty.waitFor({ timeout: 3000 }).catch(() => undefined);
    await this.page.keyboard.press("Control+S");
    await dirty.waitFor({ state: "detached" });
  }

  // --- the input at the top: quick picks, palettes and questions

  get #input(): Locator {
    return this.page.locator(".quick-input-widget:visible input");
  }

  get #rows(): Locator {
    return this.page.locator(".quick-input-widget:visible .quick-input-list .monaco-list-row");
  }

  /** The texts of the rows to choose from, as far as they are drawn. */
  async inputRows(): Promise<string[]> {
    return steady(this.#rows);
  }

  async chooseRow(text: string): Promise<void> {
    const row = this.#rows.filter({ hasText: text }).first();
    await this.#orShow(row.waitFor());
    await steady(this.#rows);
    await this.#orShow(row.click());
  }

  /** What the input says: its title, the line below it, the hint in it, and the text in it. */
  async inputText(): Promise<{
    title: string;
    prompt: string;
    placeholder: string;
    value: string;
  }> {
    await this.#input.first().waitFor();
    const widget = this.page.locator(".quick-input-widget:visible");
    return {
      title: tidy(await widget.locator(".quick-input-title").allInnerTexts()).join(" "),
      prompt: tidy(await widget.locator(".quick-input-message").allInnerTexts()).join(" "),
      placeholder: (await this.#input.first().getAttribute("placeholder")) ?? "",
      value: await this.#input.first().inputValue(),
    };
  }

  async setInput(text: string): Promise<void> {
    await this.#input.first().fill(text);
  }

  async acceptInput(): Promise<void> {
    await this.#input.first().press("Enter");
  }

  async cancelInput(): Promise<void> {
    await this.#input.first().press("Escape");
  }

  /** Leaves every step before a launch that may be left, until the last question is there. */
  async skipSteps(): Promise<void> {
    const optional = this.page
      .locator(".quick-input-widget:visible .quick-input-title")
      .filter({ hasText: /Escape skips it|you are asked once more/ });
    await optional.or(this.#dialog).first().waitFor({ timeout: 60_000 });
    const deadline = Date.now() + 90_000;
    while (!(await this.#dialog.isVisible())) {
      if (Date.now() > deadline) {
        throw new Error(`The last question never came: ${await this.screenshot("no_question")}`);
      }
      const title = await optional
        .first()
        .textContent({ timeout: 500 })
        .catch(() => null);
      if (title === null) continue;
      const input = this.#input.first();
      // Held for as long as a person's finger takes: its release must not reach the last question.
      await input.press("Escape", { timeout: 1000, delay: 150 }).catch(() => undefined);
      // The next one has another title, or is the dialog.
      const next = optional.filter({ hasNotText: title }).or(this.#dialog);
      await next
        .first()
        .waitFor({ timeout: 10_000 })
        .catch(() => undefined);
    }
  }

  // --- problems and fixes

  /** The rows of the Problems panel, files and problems alike. */
  async problems(): Promise<string[]> {
    await this.runCommand("Problems: Focus on Problems View");
    await this.page.locator(".markers-panel").waitFor();
    return steady(this.page.locator(".markers-panel .monaco-list-row"), 0);
  }

  get squiggles(): Locator {
    return this.page.locator(".squiggly-error");
  }

  /** Opens the quick fixes at the cursor, once the editor has the focus; returns their rows. */
  async openQuickFixes(): Promise<Locator> {
    const rows = this.page.locator(".action-widget .monaco-list-row.action");
    for (let attempt = 0; attempt < 10 && !(await rows.first().isVisible()); attempt++) {
      await this.page.keyboard.press("Control+.");
      await rows
        .first()
        .waitFor({ timeout: 5000 })
        .catch(() => undefined);
    }
    await rows.and(this.page.locator(".focused")).first().waitFor();
    return rows;
  }

  /**
   * Opens the quick fixes at the cursor; with a title, chooses that one. Returns the titles.
   * The cursor is where `openFile` or `goTo` put it.
   */
  async quickFix(title?: string): Promise<string[]> {
    const rows = await this.openQuickFixes();
    const titles = await steady(rows);
    const { keyboard } = this.page;
    if (title !== undefined) {
      // By keys: in older versions an invisible element catches the clicks.
      const focused = rows.and(this.page.locator(".focused")).filter({ hasText: title });
      for (let step = 0; (await focused.count()) === 0; step++) {
        if (step > titles.length) throw new Error(`No "${title}" among: ${titles.join(", ")}`);
        await keyboard.press("ArrowDown");
      }
    }
    await keyboard.press(title === undefined ? "Escape" : "Enter");
    await rows.first().waitFor({ state: "detached" });
    return titles;
  }

  // --- what the editor says by itself

  get #toasts(): Locator {
    return this.page.locator(".notifications-toasts .notification-list-item");
  }

  /** The texts of the notifications that are shown now. */
  async notifications(): Promise<string[]> {
    return tidy(await this.#toasts.locator(".notification-list-item-message").allInnerTexts());
  }

  /** Waits for a notification; returns its whole text. */
  async notification(text: string | RegExp, timeout = 60_000): Promise<string> {
    const message = this.#toasts
      .locator(".notification-list-item-message")
      .filter({ hasText: text })
      .first();
    await this.#orShow(message.waitFor({ timeout }));
    return message.innerText();
  }

  async clickNotificationButton(label: string): Promise<void> {
    await this.#toasts.locator(".monaco-button", { hasText: label }).first().click();
  }

  get #dialog(): Locator {
    return this.page.locator(".monaco-dialog-box");
  }

  /** Opens a row's context menu and chooses an entry. A menu takes no click in its first moments. */
  async chooseMenuItem(row: Locator, label: string): Promise<void> {
    const item = this.page.locator(".context-view .action-item", { hasText: label });
    await row.click({ button: "right" });
    await item.waitFor();
    for (let attempt = 0; attempt < 10 && (await item.isVisible()); attempt++) {
      await item.click({ timeout: 2000 }).catch(() => undefined);
      await item.waitFor({ state: "hidden", timeout: 1000 }).catch(() => undefined);
    }
  }

  /** Waits for a modal dialog; returns its message and detail. */
  async dialogText(timeout = 60_000): Promise<string> {
    await this.#dialog.waitFor({ timeout });
    return this.#dialog.locator(".dialog-message-container").innerText();
  }

  async dialogButtons(): Promise<string[]> {
    await this.#dialog.waitFor();
    return tidy(await this.#dialog.locator(".dialog-buttons .monaco-button").allInnerTexts());
  }

  async clickDialog(label: string): Promise<void> {
    await this.pressInDialog(label);
    await this.#dialog.waitFor({ state: "detached" });
  }

  /** For a button after which another dialog stands there at once. */
  async pressInDialog(label: string): Promise<void> {
    await this.#dialog.locator(".monaco-button", { hasText: label }).first().click();
  }

  async statusBar(): Promise<string[]> {
    return tidy(await this.page.locator(".statusbar-item:visible").allInnerTexts());
  }

  // --- views

  /** Opens a view container by the name of its icon at the left. */
  async openView(name: string): Promise<void> {
    const icon = this.page.locator(`.activitybar .action-item [aria-label^="${name}"]`).first();
    const pane = this.page.locator(".sidebar .composite.title", { hasText: new RegExp(name, "i") });
    // A badge may lie over the icon; the item below takes the click either way.
    if (!(await pane.isVisible())) await icon.click({ force: true });
    await pane.first().waitFor();
  }

  /** The rows of the trees in the side bar, as far as they are drawn. */
  async treeRows(): Promise<string[]> {
    return steady(this.page.locator(".sidebar .monaco-list-row"), 0);
  }

  treeRow(text: string | RegExp): Locator {
    return this.page.locator(".sidebar .monaco-list-row").filter({ hasText: text }).first();
  }

  /** Shows the variables of a debugger's stop; only older editors do so by themselves. */
  async openLocals(): Promise<void> {
    await this.page.locator(".debug-toolbar").waitFor({ timeout: 90_000 });
    await this.openView("Run and Debug");
    const locals = this.treeRow("Locals");
    await locals.waitFor();
    if ((await locals.getAttribute("aria-expanded")) === "false") await locals.click();
  }

  /** The text of the visible terminal. */
  async terminalText(): Promise<string> {
    const rows = this.page.locator(".terminal-wrapper.active .xterm-rows > div");
    return (await rows.allInnerTexts()).join("\n").replaceAll("\u00a0", " ");
  }

  /** The content of the last opened webview. */
  get webview(): FrameLocator {
    const outer = this.page.locator("iframe.webview.ready").last().contentFrame();
    return outer.frameLocator("#active-frame");
  }
}

/**
 * The texts of a list's rows, once at least some are there and drawing has come to rest. Rows
 * are reused while a list is drawn, so their order in the page says nothing.
 */
async function steady(rows: Locator, atLeast = 1): Promise<string[]> {
  if (atLeast > 0) await rows.nth(atLeast - 1).waitFor();
  const read = async (): Promise<string[]> => {
    const found = await rows.evaluateAll((elements) =>
      elements.map((element) => {
        const row = element as unknown as RowElement;
        return { index: Number(row.getAttribute("data-index")), text: row.innerText };
      }),
    );
    return tidy(found.toSorted((a, b) => a.index - b.index).map(({ text }) => text));
  };
  let before = await read();
  for (let quiet = 0, tries = 0; quiet < 2 && tries < 50; tries++) {
    await new Promise((resolve) => setTimeout(resolve, 100));
    const now = await read();
    quiet = now.length >= atLeast && now.join("\n") === before.join("\n") ? quiet + 1 : 0;
    before = now;
  }
  return before;
}

/** Screen text without the layout's spaces; what shows nothing is left out. */
function tidy(texts: readonly string[]): string[] {
  return texts.map((text) => text.replaceAll(/\s+/g, " ").trim()).filter((text) => text !== "");
}
