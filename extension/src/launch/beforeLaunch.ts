/** Between the edited text and the last question: what to know, and what nothing answers yet. */
import { relative } from "node:path";
import { setTimeout } from "node:timers/promises";
import type { Ctx } from "../context";
import { preflight, remember, type Preflight, type Remark, type Run } from "../helper/wire.gen";
import { setting } from "../settings";
import { slow } from "../slow";
import { askQuestion } from "./askQuestion";
import { showFindings } from "./findings";

/** Undefined goes on to the last question; a text is to be edited first. */
export type Detour = string | undefined;

/**
 * Milliseconds until whoever skipped the last step with Escape has let the key go: the editor's
 * dialogs are cancelled by its release (`keyup` in VS Code's dialog.ts), and the last question is one.
 */
const release = 500;

/** What was answered and shown on the way to one launch, however often its text was edited. */
export class BeforeLaunch {
  readonly #answers = new Map<string, string>();
  readonly #seen = new Map<string, Remark>();
  /** Findings and pitfalls that a person has gone on from, by their text. */
  readonly #passed = new Set<string>();

  constructor(
    private readonly ctx: Ctx,
    private readonly folder: string,
    private readonly cwd: string,
  ) {}

  /** Shows what was found and asks what is open; nothing of it keeps anybody from launching. */
  async look(command: string): Promise<Detour> {
    const cwd = relative(this.folder, this.cwd);
    const params = { folder: this.folder, command, cwd };
    // Given up half-way, the launch goes on without it: the last question is still to come.
    const found = await slow({ title: "Looking before the launch…", cancellable: true }, (token) =>
      this.ctx.helper.request(preflight, params, token),
    );
    if (found === undefined) return undefined;
    const before = this.#answers.size + this.#passed.size;
    const detour = (await this.#show(found, command)) ?? (await this.#ask(found, cwd));
    const wasAsked = this.#answers.size + this.#passed.size > before;
    if (detour === undefined && wasAsked) await setTimeout(release);
    return detour;
  }

  /** Keeps the answers with the run that was launched. */
  async keep({ run }: Run): Promise<void> {
    const seen = [...this.#seen.values()];
    if (this.#answers.size === 0 && seen.length === 0) return;
    const answers = Object.fromEntries(this.#answers);
    await this.ctx.helper.request(remember, { run, folder: this.folder, answers, seen });
  }

  async #show({ findings, pitfalls }: Preflight, command: string): Promise<Detour> {
    const isNew = ({ text }: Remark): boolean => !this.#passed.has(text);
    if (![...findings, ...pitfalls].some(isNew)) return undefined;
    const wantsToEdit = await showFindings(findings, pitfalls.filter(isNew));
    for (const pitfall of pitfalls) this.#seen.set(pitfall.text, pitfall);
    if (wantsToEdit) return command;
    for (const { text } of [...findings, ...pitfalls]) this.#passed.add(text);
    return undefined;
  }

  async #ask({ questions }: Preflight, cwd: string): Promise<Detour> {
    const isWanted = setting("launch.questions");
    const open = questions.filter(({ id }) => isWanted && !this.#answers.has(id));
    for (const [index, question] of open.entries()) {
      const place = { step: index + 1, of: open.length, folder: this.folder, cwd };
      const given = await askQuestion(this.ctx, question, place);
      this.#answers.set(question.id, given.answer);
      if (given.command !== null) return given.command;
    }
    return undefined;
  }
}
