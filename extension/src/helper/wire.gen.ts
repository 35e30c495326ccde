// Generated from python_helper/propel_helper/wire.py by `npm run gen`. Do not edit.
import { NotificationType, RequestType } from "vscode-languageclient/node";

/**
 * An absolute folder.
 */
export interface FolderParams {
  readonly folder: string;
}

/**
 * A command that was found, not yet run.
 *
 * Attributes:
 *     command: the shell text as it would be offered, one line.
 *     source: where such a command comes from, e.g. ``script``, ``shell``, ``readme``.
 *     file: the file that names it, relative to the scanned folder, with ``/``.
 *     line: line in ``file`` (from 1), or None when the file as a whole is the source.
 *     notes: what a person should know before picking it, one sentence.
 *     score: how likely a person would pick it; higher is better, comparable in one scan only.
 *     cwd: folder to run in, relative to the scanned folder; "" is that folder itself.
 *     entry: the file that it starts, relative to the scanned folder; "" when it is none of it.
 */
export interface TrainingCommand {
  readonly command: string;
  readonly source: string;
  readonly file: string;
  readonly line: number | null;
  readonly notes: string;
  readonly score: number;
  readonly cwd: string;
  readonly entry: string;
}

/**
 * Python that the project asks for, and the one that its best command would get.
 *
 * Attributes:
 *     version: version text as declared, e.g. ``>=3.9``; None when nothing declares one.
 *     source: where that was read, relative to the scanned folder.
 *     interpreter: absolute path of the Python that the best command would get, None if unknown.
 *     found: that interpreter's version, None if unknown.
 *     own: whether it is an environment of this project or the one that is switched on.
 */
export interface PythonFact {
  readonly version: string | null;
  readonly source: string | null;
  readonly interpreter: string | null;
  readonly found: string | null;
  readonly own: boolean;
}

/**
 * A training framework of the project.
 *
 * Attributes:
 *     name: distribution name.
 *     version: version text as declared, None when it is declared or imported without one.
 *     installed: version that the interpreter of ``PythonFact`` has, None if it hasn't or unknown.
 */
export interface FrameworkFact {
  readonly name: string;
  readonly version: string | null;
  readonly installed: string | null;
}

/**
 * A process that holds GPU memory.
 *
 * Attributes:
 *     name: its program as the driver names it, "" where it doesn't.
 *     memory: bytes, None where the driver doesn't tell.
 *     user: who owns it, "" where the system doesn't tell (another container's process).
 *     run: the run that it belongs to, "" for none of this host's.
 */
export interface GpuProcess {
  readonly pid: number;
  readonly name: string;
  readonly memory: number | null;
  readonly user: string;
  readonly run: string;
}

/**
 * One GPU.
 *
 * Attributes:
 *     index: its number as the driver counts (``CUDA_DEVICE_ORDER=PCI_BUS_ID``).
 *     name: product name.
 *     memory: bytes it has.
 *     free: bytes that are free.
 *     utilization: percent of time that a kernel ran in the last sample, None if unknown.
 *     temperature: degrees Celsius, None if unknown.
 *     processes: who holds its memory, largest first.
 */
export interface GpuFact {
  readonly index: number;
  readonly name: string;
  readonly memory: number;
  readonly free: number;
  readonly utilization: number | null;
  readonly temperature: number | null;
  readonly processes: readonly GpuProcess[];
}

/**
 * What the project trains with: what its files declare, and what this host has.
 *
 * Attributes:
 *     python: Python asked for and found.
 *     frameworks: training frameworks, the main one first.
 *     cuda: versions by what has them: ``driver``, ``driver_cuda`` (the newest CUDA that the
 *         driver runs), ``toolkit``, ``framework`` (the CUDA that the framework was built for).
 *     gpus: the GPUs of this host.
 *     trackers: experiment trackers that the project uses, by distribution name.
 *     precision: ``bf16``, ``fp16`` or ``amp`` when the project trains so by itself, else None.
 *     notes: what a person should know before a run, one sentence each.
 */
export interface Environment {
  readonly python: PythonFact;
  readonly frameworks: readonly FrameworkFact[];
  readonly cuda: Readonly<Record<string, string>> | null;
  readonly gpus: readonly GpuFact[];
  readonly trackers: readonly string[];
  readonly precision: string | null;
  readonly notes: readonly string[];
}

/**
 * Everything that one scan found; ``commands`` best first.
 *
 * ``skipped``: what could not be read or was left out, as ``path: reason``. ``unfinished``: the
 * folder answers slowly, and the scan goes on.
 */
export interface ScanReport {
  readonly commands: readonly TrainingCommand[];
  readonly configs: readonly string[];
  readonly environment: Environment;
  readonly skipped: readonly string[];
  readonly unfinished: boolean;
}

/**
 * An absolute folder, and where the links lead.
 *
 * ``links``: what a link to one of its files starts with ("" or ``/``-ended). ``lines``: what one
 * to a line of a Markdown file starts with, ``FILE:LINE`` follows.
 */
export interface TableParams {
  readonly folder: string;
  readonly links: string;
  readonly lines: string;
}

/**
 * A document to show in the editor's Markdown preview.
 */
export interface MarkdownText {
  readonly markdown: string;
}

/**
 * The command being edited; ``cwd`` is relative to ``folder``, "" for the folder itself.
 */
export interface OptionsParams {
  readonly folder: string;
  readonly command: string;
  readonly cwd: string;
}

/**
 * One option, as it may be added to the command's text.
 *
 * Attributes:
 *     name: as it is written: ``--lr``, ``trainer.max_epochs`` (key=value), ``DATA`` (positional).
 *     form: how a value is given: ``--name value``, ``name=value``, ``--name`` or ``value``.
 *     type: ``int``, ``float``, ``str``, ``bool``, ``path``, ``list``, or the type's own name;
 *         None when the script does not say.
 *     default: the default as text, None when there is none or it can't be read.
 *     choices: the only values it takes, empty when it takes any.
 *     help: what the script says about it, "" when nothing.
 *     takes_path: whether a value names a file or folder.
 *     required: whether the script can't start without it.
 *     values: files of the project that fit as a value: configs, checkpoints.
 *     file: the file that declares it, relative to the project.
 *     line: its line, from 1.
 */
export interface Option {
  readonly name: string;
  readonly form: string;
  readonly type: string | null;
  readonly default: string | null;
  readonly choices: readonly string[];
  readonly help: string;
  readonly takesPath: boolean;
  readonly required: boolean;
  readonly values: readonly string[];
  readonly file: string;
  readonly line: number | null;
}

/**
 * Options that the command's script takes; empty when none can be read.
 */
export interface OptionList {
  readonly options: readonly Option[];
}

/**
 * One confirmed (or to be confirmed) shell text and the absolute folder it runs in.
 *
 * ``backend`` is ``auto``, ``screen``, ``tmux`` or ``slurm``; ``options`` are for a scheduler
 * (Slurm: of sbatch), "" for its own defaults and for all others.
 */
export interface CommandParams {
  readonly command: string;
  readonly cwd: string;
  readonly backend: string;
  readonly options: string;
}

/**
 * What would happen on a yes.
 *
 * Attributes:
 *     command: the text, exactly as it would run.
 *     cwd: absolute folder.
 *     backend: the backend that was chosen, "" when there is none.
 *     python: absolute path of the interpreter the command would get, None when unknown.
 *     notes: what a person should know before saying yes.
 *     problem: why it can't be launched here, with the next step; None when it can.
 *     backends: every backend that works here, the preferred one first.
 *     placeholders: parts of the text that are still to be filled in, such as ``<path>``.
 *     options: what a scheduler would be asked for, as it was given.
 *     scheduled: whether the backend takes options.
 */
export interface LaunchPlan {
  readonly command: string;
  readonly cwd: string;
  readonly backend: string;
  readonly python: string | null;
  readonly notes: readonly string[];
  readonly problem: string | null;
  readonly backends: readonly string[];
  readonly placeholders: readonly string[];
  readonly options: string;
  readonly scheduled: boolean;
}

/**
 * What became of a run.
 */
export type RunState = "running" | "succeeded" | "failed" | "killed" | "lost";

/**
 * A file that a fix edited.
 *
 * Attributes:
 *     file: absolute path.
 *     before: absolute path of the kept original, byte for byte.
 *     after: SHA-256 (hex) of the file right after the fix.
 */
export interface FixedFile {
  readonly file: string;
  readonly before: string;
  readonly after: string;
}

/**
 * One fix that a person said yes to.
 *
 * Attributes:
 *     fingerprint: names the error it was for: rule, affected thing and place, without rank,
 *         time or line number.
 *     attempt: the attempt that crashed.
 *     changes: what was changed, as the gate named it.
 *     at: seconds since the epoch.
 *     number: counts the fixes of a run, from 1.
 *     files: the files it edited, with their originals.
 *     reverted: whether the originals were brought back.
 *     step: the last training step that the attempt had printed, None when it printed none.
 */
export interface FixRecord {
  readonly rule: string;
  readonly fix: string;
  readonly fingerprint: string;
  readonly attempt: number;
  readonly changes: readonly string[];
  readonly at: number;
  readonly number: number;
  readonly files: readonly FixedFile[];
  readonly reverted: boolean;
  readonly step: number | null;
}

/**
 * What really runs in a run's session, as the system showed it.
 *
 * Attributes:
 *     pid: process id of the program that was looked at: the first Python below the session's
 *         shell, else the first program.
 *     arguments: the program and its arguments as it was started (the first 64).
 *     program: absolute path of the executable, links resolved; "" where the system hides it.
 *     python: absolute path of the interpreter as it was called (a virtual environment's link is
 *         not resolved), None when it is no Python.
 *     cwd: absolute folder it runs in, "" where the system hides it.
 *     environment: folder of the virtual or conda environment that the interpreter belongs to, ""
 *         when it belongs to none.
 *     differs: one sentence for each thing that is not as it was confirmed.
 */
export interface Observed {
  readonly pid: number;
  readonly arguments: readonly string[];
  readonly program: string;
  readonly python: string | null;
  readonly cwd: string;
  readonly environment: string;
  readonly differs: readonly string[];
}

/**
 * One confirmed command in one session, as its last attempt stands.
 *
 * Attributes:
 *     run: id, unique on this host.
 *     command: shell text of the last attempt, exactly as confirmed.
 *     cwd: absolute folder that it runs in.
 *     backend: ``screen``, ``tmux`` or ``slurm``.
 *     session: full name of the session (screen: ``PID.NAME``).
 *     log: absolute path of the last attempt's log.
 *     attempt: number of the last attempt, from 1.
 *     state: what became of the last attempt.
 *     exit_status: its exit status (128 + N for signal N), None while unknown.
 *     reason: how the end is known, one sentence; while running what is worth knowing, else "".
 *     started: seconds since the epoch.
 *     ended: seconds since the epoch, None while running or unknown.
 *     attach, detach, list, kill: how a person does it, in the backend's own words.
 *     fixes: fixes applied so far, oldest first.
 *     options: what a scheduler was asked for besides (Slurm: options of sbatch), else "".
 *     observed: what really runs, None until it was seen.
 *     debugged: the text that was started instead of ``command``, the same under a debugger; ""
 *         without one.
 *     silence: that it has printed nothing for much longer than usual, one or two sentences;
 *         "" when it prints, or when nobody watches.
 */
export interface Run {
  readonly run: string;
  readonly command: string;
  readonly cwd: string;
  readonly backend: string;
  readonly session: string;
  readonly log: string;
  readonly attempt: number;
  readonly state: RunState;
  readonly exitStatus: number | null;
  readonly reason: string;
  readonly started: number;
  readonly ended: number | null;
  readonly attach: string;
  readonly detach: string;
  readonly list: string;
  readonly kill: string;
  readonly fixes: readonly FixRecord[];
  readonly options: string;
  readonly observed: Observed | null;
  readonly debugged: string;
  readonly silence: string;
}

/**
 * Runs, newest first.
 */
export interface RunList {
  readonly runs: readonly Run[];
}

/**
 * A run's id.
 */
export interface RunParams {
  readonly run: string;
}

/**
 * A fix of a run's present finding.
 */
export interface FixParams {
  readonly run: string;
  readonly fix: string;
}

/**
 * A text edit in the editor's own terms: lines and UTF-16 columns from 0.
 */
export interface Replacement {
  readonly line: number;
  readonly character: number;
  readonly endLine: number;
  readonly endCharacter: number;
  readonly newText: string;
}

/**
 * All replacements in one file (absolute path).
 */
export interface FileChange {
  readonly file: string;
  readonly replacements: readonly Replacement[];
}

/**
 * A fix computed anew for the files as they stand now.
 *
 * Attributes:
 *     gate: the sentence to show, word for word.
 *     title: what the fix does, as a menu entry.
 *     kind: ``edit``, ``command``, ``rerun`` or ``guide``.
 *     changes: edits for the editor to apply.
 *     command: text that would run first, None without one.
 *     warning: what to know before saying yes (safety, a script that is running), for a
 *         ``guide`` what the person is to do, or None.
 *     refused: why there is nothing to apply any more, None when there is.
 *     tried: what was tried before (Markdown) when that is why it is refused, else "".
 */
export interface FixProposal {
  readonly gate: string;
  readonly title: string;
  readonly kind: string;
  readonly changes: readonly FileChange[];
  readonly command: string | null;
  readonly warning: string | null;
  readonly refused: string | null;
  readonly tried: string;
}

/**
 * A fix that a person said yes to. Its edits are in the files already.
 *
 * ``restart``: whether the command is to be started again.
 */
export interface ApplyParams {
  readonly run: string;
  readonly fix: string;
  readonly restart: boolean;
}

/**
 * A fix as a menu entry.
 */
export interface FixChoice {
  readonly id: string;
  readonly title: string;
}

/**
 * A run crashed or ended: what the one notification says.
 *
 * Attributes:
 *     run: the run as it stands.
 *     text: one sentence.
 *     file: absolute path of the line that caused it, None when there is none.
 *     line: line in ``file``, from 1.
 *     fixes: id and title of each fix offered.
 *     redirect: the sentence shown instead of a fix, None for runtime crashes.
 *     rule: code of the rule, None when the run simply ended.
 *     claim: what ``propel/claim`` is asked with before it is shown.
 */
export interface CrashNotice {
  readonly run: Run;
  readonly text: string;
  readonly file: string | null;
  readonly line: number | null;
  readonly fixes: readonly FixChoice[];
  readonly redirect: string | null;
  readonly rule: string | null;
  readonly claim: string;
}

/**
 * What is to be told of a run, by the name that its notification came with.
 */
export interface ClaimParams {
  readonly run: string;
  readonly claim: string;
}

/**
 * ``first``: nobody on this host has told a person of it yet, so the asker does.
 */
export interface Claimed {
  readonly first: boolean;
}

/**
 * A request in a person's own words.
 */
export interface AskParams {
  readonly sentence: string;
}

/**
 * Whether the crash stops training from running, or is about what training means.
 */
export type Scope = "runtime" | "logic";

/**
 * Kind of crash. All but ``LOGIC`` stop training from running and may be fixed.
 */
export type Category = "cuda" | "oom" | "path" | "dependency" | "config" | "environment" | "distributed" | "permission" | "logic";

/**
 * What is said to a request.
 *
 * Attributes:
 *     scope: ``logic`` for a change of what training means, and for what is not understood.
 *     category: kind of runtime bug the sentence speaks of; ``logic`` otherwise.
 *     redirect: the sentence of the design for logic, None for runtime.
 *     answer: what Propel can do about a runtime bug; the redirect again for logic.
 */
export interface Answer {
  readonly scope: Scope;
  readonly category: Category;
  readonly redirect: string | null;
  readonly answer: string;
}

/**
 * How much of a curve somebody has: as the last ``CurvePiece`` of it said.
 */
export interface CurveMark {
  readonly attempt: number;
  readonly name: string;
  readonly version: number;
  readonly settled: number;
  readonly taken: number;
}

/**
 * A run, and what is known of its curves already.
 */
export interface CurvesParams {
  readonly run: string;
  readonly marks: readonly CurveMark[];
}

/**
 * One chart and the series that belong in it.
 *
 * Attributes:
 *     id: ``loss``, ``lr``, ``rate``, or the name of its first series.
 *     title: as shown above it.
 *     unit: of its values, "" without one.
 *     names: its series, the most important one first.
 *     target: the value that a person wants one of them to reach, None without one.
 */
export interface Chart {
  readonly id: string;
  readonly title: string;
  readonly unit: string;
  readonly names: readonly string[];
  readonly target: number | null;
}

/**
 * Points of one series in one attempt; they replace all from index ``start`` on.
 *
 * Attributes:
 *     version: points of another version are of no use any more.
 *     settled: how many points of the whole curve will not change in this version.
 *     taken: how many points of the log they were made from.
 *     at: place of each point: steps since the beginning of the attempt.
 *     seconds: when it was printed, since the run's first start. Logs carry no clock: told from
 *         how the log grew.
 *     values: None where the log printed no finite number.
 */
export interface CurvePiece {
  readonly attempt: number;
  readonly name: string;
  readonly version: number;
  readonly start: number;
  readonly settled: number;
  readonly taken: number;
  readonly at: readonly number[];
  readonly seconds: readonly number[];
  readonly values: readonly (number | null)[];
}

/**
 * What happened at a marker.
 */
export type MarkerKind = "restart" | "crash" | "killed" | "end" | "fix" | "not-a-number";

/**
 * Something that happened to a run.
 *
 * Attributes:
 *     attempt: the attempt it happened in.
 *     at: place as in ``CurvePiece``, None when the attempt has reported none.
 *     seconds: since the run's first start.
 *     text: one sentence.
 */
export interface Marker {
  readonly kind: MarkerKind;
  readonly attempt: number;
  readonly at: number | null;
  readonly seconds: number;
  readonly text: string;
}

/**
 * What is new in a run's curves.
 *
 * Attributes:
 *     read: part of the logs that has been read, 0 to 1.
 *     settled: whether nothing more will come unless the run is started again.
 *     progress: how far the run is, one line; "" when the log tells nothing or was not yet read.
 *     empty: why there is nothing to draw, with what to do next; "" when there is.
 *     charts: all charts, in order.
 *     pieces: new points.
 *     markers: all markers, in the order in which they happened.
 */
export interface RunCurves {
  readonly run: string;
  readonly read: number;
  readonly settled: boolean;
  readonly progress: string;
  readonly empty: string;
  readonly charts: readonly Chart[];
  readonly pieces: readonly CurvePiece[];
  readonly markers: readonly Marker[];
}

/**
 * The part of some series of a run that lies between two places.
 */
export interface DetailParams {
  readonly run: string;
  readonly names: readonly string[];
  readonly first: number;
  readonly last: number;
}

/**
 * The part that was asked for, as fine as it was kept; one piece for each attempt.
 */
export interface Detail {
  readonly pieces: readonly CurvePiece[];
}

/**
 * A run, and the newest GPU sample that is known (seconds since the epoch, 0 for none).
 */
export interface GpuCurvesParams {
  readonly run: string;
  readonly taken: number;
}

/**
 * Samples of one GPU during a run.
 *
 * Attributes:
 *     memory: bytes it has.
 *     own: whether the run's processes hold it.
 *     used: bytes in use.
 *     busy: percent of time that a kernel ran, None where the driver doesn't tell.
 */
export interface GpuCurve {
  readonly index: number;
  readonly name: string;
  readonly memory: number;
  readonly own: boolean;
  readonly used: readonly number[];
  readonly busy: readonly (number | null)[];
}

/**
 * Samples that are new since the last time.
 *
 * Attributes:
 *     at, seconds: place and time of each sample, as in ``CurvePiece``.
 *     taken: of the newest sample, seconds since the epoch; 0 without one.
 *     reason: why there are none, one sentence; "" when there are.
 */
export interface GpuCurves {
  readonly gpus: readonly GpuCurve[];
  readonly at: readonly number[];
  readonly seconds: readonly number[];
  readonly taken: number;
  readonly reason: string;
}

/**
 * A page of a run's log.
 *
 * ``attempt`` 0 is the last one. ``offset`` (bytes) is where the page ends (``before``), begins
 * (``after``) or what it stands around; of no meaning at the ``end`` and at the ``crash``.
 */
export interface LogPageParams {
  readonly run: string;
  readonly attempt: number;
  readonly way: "after" | "before" | "around" | "end" | "crash";
  readonly offset: number;
}

/**
 * A line of a log as a terminal would show it. ``offset``: bytes to its beginning.
 */
export interface LogLine {
  readonly offset: number;
  readonly text: string;
}

/**
 * Some lines of an attempt's log.
 *
 * Attributes:
 *     attempt: whose log it is.
 *     size: bytes of the log.
 *     start: offset of the first line; what was asked for may begin before.
 *     end: offset just past the last whole line.
 *     lines: whole lines, in order.
 *     pending: the line that is still being written, "" without one; the last page has it.
 *     crash: offset of the line that is to be shown, where a crash was asked for; None without.
 */
export interface LogPage {
  readonly attempt: number;
  readonly size: number;
  readonly start: number;
  readonly end: number;
  readonly lines: readonly LogLine[];
  readonly pending: string;
  readonly crash: number | null;
}

/**
 * A text to look for in the log of a run's attempt (0: the last) from ``offset`` (bytes) on.
 */
export interface LogSearchParams {
  readonly run: string;
  readonly attempt: number;
  readonly text: string;
  readonly offset: number;
}

/**
 * Lines that hold a text.
 *
 * Attributes:
 *     lines: in order; each with the part of it that was found.
 *     next: offset to go on from, None when the whole log was searched.
 *     size: bytes of the log.
 */
export interface LogHits {
  readonly lines: readonly LogLine[];
  readonly next: number | null;
  readonly size: number;
}

/**
 * No parameters.
 */
export interface Nothing {
}

/**
 * All GPUs, or why there are none.
 *
 * Attributes:
 *     gpus: by index.
 *     driver: version of the driver, None without one.
 *     cuda: newest CUDA version that the driver runs, None without one.
 *     reason: why ``gpus`` is empty, one sentence; "" when it isn't.
 */
export interface GpuReport {
  readonly gpus: readonly GpuFact[];
  readonly driver: string | null;
  readonly cuda: string | null;
  readonly reason: string;
}

/**
 * What "Debug this crash" would start.
 *
 * Attributes:
 *     run: the run's id; it gets a new attempt, the log of the one that crashed stays.
 *     command: the text, exactly as it would run.
 *     confirmed: the run's command that it was made from.
 *     cwd: absolute folder.
 *     session: full name of the session that it runs in; "" when it gets a new one.
 *     python: absolute path of the interpreter, None when unknown.
 *     host, port: where the debugger is to listen, on loopback.
 *     exception: the crash's exception as the traceback names it, to be stopped at where it
 *         leaves the person's own code; "" when it ends the process anyway.
 *     notes: what a person should know before saying yes.
 */
export interface DebugPlan {
  readonly run: string;
  readonly command: string;
  readonly confirmed: string;
  readonly cwd: string;
  readonly session: string;
  readonly python: string | null;
  readonly host: string;
  readonly port: number;
  readonly exception: string;
  readonly notes: readonly string[];
}

/**
 * A yes to ``command``, the text of a plan whose debugger listens on ``port``.
 */
export interface DebugParams {
  readonly run: string;
  readonly port: number;
  readonly command: string;
}

/**
 * A Python process of a run.
 *
 * Attributes:
 *     pid: process id.
 *     name: what a person calls it: ``rank 3``, ``launcher``, ``rank 3, worker 1``, ``train.py``.
 *     detail: the program it runs and its process id, on one line.
 *     rank: its rank, None when it is not the process of a rank.
 *     problem: why no debugger can be attached to it, with the next step; None when one can.
 */
export interface DebugTarget {
  readonly pid: number;
  readonly name: string;
  readonly detail: string;
  readonly rank: number | null;
  readonly problem: string | null;
}

/**
 * The Python processes of a run that a debugger can be attached to, or why not.
 */
export interface DebugTargets {
  readonly targets: readonly DebugTarget[];
}

/**
 * Program and arguments of a debug adapter that speaks DAP on its standard streams.
 */
export interface DebugAdapter {
  readonly argv: readonly string[];
}

/**
 * What a thread is about.
 */
export type Wait = "collective" | "meeting" | "backward" | "data" | "typing" | "stopped" | "file" | "network" | "lock" | "child" | "gpu" | "sleep" | "build" | "import" | "other" | "computes";

/**
 * A line of a file (from 1); the file as printed, or relative to the root.
 */
export interface Place {
  readonly file: string;
  readonly line: number;
}

/**
 * A frame and whether it is the person's own code (``user``).
 */
export interface OwnedFrame {
  readonly file: string;
  readonly line: number;
  readonly function: string;
  readonly code: string | null;
  readonly user: boolean;
}

/**
 * Threads that stand at the same place of the code.
 *
 * Attributes:
 *     who: ``Ranks 0, 1, 2``, ``The main process``, ``2 data loader workers of rank 0``.
 *     text: what they do and where, one sentence.
 *     doing: what they do, as a gerund (``reading a file``).
 *     wait: the kind.
 *     call: name of what they wait in (``all_reduce``), "" without one.
 *     ranks: ranks in it, ascending; empty without ranks.
 *     pids: their processes.
 *     role: ``rank`` (or the one process of a run without ranks), ``worker`` (a data loader's),
 *         ``thread`` (a further thread), ``helper`` (any other process).
 *     is_odd: whether the others wait for it.
 *     moves: whether it was at another place a moment later.
 *     at: the innermost line of the person's own code, None without one.
 *     frames: the stack of the first of them, outermost first; files as they are to be shown.
 */
export interface WaitGroup {
  readonly who: string;
  readonly text: string;
  readonly doing: string;
  readonly wait: Wait;
  readonly call: string;
  readonly ranks: readonly number[];
  readonly pids: readonly number[];
  readonly role: string;
  readonly isOdd: boolean;
  readonly moves: boolean;
  readonly at: Place | null;
  readonly frames: readonly OwnedFrame[];
}

/**
 * What a look at all processes of a run says.
 *
 * Attributes:
 *     run: id of the run.
 *     text: the answer, one or two sentences.
 *     groups: who stands where; the odd ones first.
 *     recorder: what the Flight Recorder's dumps say, one sentence each; empty without dumps.
 *     notes: what was not seen and why, one sentence each.
 */
export interface Hang {
  readonly run: string;
  readonly text: string;
  readonly groups: readonly WaitGroup[];
  readonly recorder: readonly string[];
  readonly notes: readonly string[];
}

/**
 * Why a run is stuck.
 *
 * Attributes:
 *     root: the absolute folder that the files' paths count from.
 *     log_size: bytes that the run had printed when it was looked at.
 */
export interface StuckReport {
  readonly root: string;
  readonly hang: Hang;
  readonly logSize: number;
}

/**
 * What the coach says, with the place it is about.
 *
 * Attributes:
 *     id: names it; a person dismisses it by this name.
 *     text: what is said, numbers filled in.
 *     fix: what a person would do about it, "" when that is theirs alone to know.
 *     file: absolute path, None when it is about no file.
 *     line: line in ``file``, from 1.
 */
export interface Remark {
  readonly id: string;
  readonly text: string;
  readonly fix: string;
  readonly file: string | null;
  readonly line: number | null;
}

/**
 * An answer to pick. ``command``: a text to go on editing with, None to go on to the launch.
 */
export interface Choice {
  readonly label: string;
  readonly detail: string;
  readonly answer: string;
  readonly command: string | null;
}

/**
 * One of the questions before a launch.
 *
 * Attributes:
 *     id: names it; the answer is kept by this name.
 *     text: the question.
 *     hint: an example of an answer that is typed, "" where one is picked.
 *     choices: answers to pick, the one that changes nothing first; none where one is typed.
 */
export interface Question {
  readonly id: string;
  readonly text: string;
  readonly hint: string;
  readonly choices: readonly Choice[];
}

/**
 * What to know and to decide before a launch; all empty when there is nothing.
 *
 * Attributes:
 *     findings: what would stop the command, each with its fix.
 *     pitfalls: what is worth a look, without what was seen before an earlier launch.
 *     questions: what nothing answers yet.
 */
export interface Preflight {
  readonly findings: readonly Remark[];
  readonly pitfalls: readonly Remark[];
  readonly questions: readonly Question[];
}

/**
 * An answer that is being typed; ``folder`` and ``cwd`` as in ``OptionsParams``.
 */
export interface AnswerParams {
  readonly folder: string;
  readonly cwd: string;
  readonly question: string;
  readonly answer: string;
}

/**
 * Why an answer can't be taken, with an example of one that can; "" when it can.
 */
export interface Judgement {
  readonly problem: string;
}

/**
 * What was answered and shown before a run was launched.
 *
 * Attributes:
 *     run: its id.
 *     folder: absolute; where the path of a checkpoint counts from.
 *     answers: by the question's id; "" was skipped.
 *     seen: pitfalls that were shown.
 */
export interface RememberParams {
  readonly run: string;
  readonly folder: string;
  readonly answers: Readonly<Record<string, string>>;
  readonly seen: readonly Remark[];
}

/**
 * How a run stands.
 *
 * Attributes:
 *     lines: state, progress, last checkpoint, target: one sentence each.
 *     remarks: what to look at, without what was dismissed.
 *     dismissed: ids of what is said no more for this run.
 */
export interface CheckInReport {
  readonly run: Run;
  readonly lines: readonly string[];
  readonly remarks: readonly Remark[];
  readonly dismissed: readonly string[];
}

/**
 * A prompt of a run, by its id.
 */
export interface PromptParams {
  readonly run: string;
  readonly prompt: string;
}

/**
 * A run that is over, the bytes that it keeps, and why it has to stay ("" when it may go).
 */
export interface Prunable {
  readonly run: Run;
  readonly size: number;
  readonly kept: string;
}

/**
 * The runs of the client's folders that are over, oldest first.
 */
export interface PrunableList {
  readonly runs: readonly Prunable[];
}

/**
 * The ids of the runs whose records and logs a person wants removed.
 */
export interface PruneParams {
  readonly runs: readonly string[];
}

/**
 * The ids of the runs that are gone, and why others stayed.
 */
export interface Pruned {
  readonly runs: readonly string[];
  readonly problems: readonly string[];
}

/**
 * A folder's files have changed, and with them what a scan finds there.
 */
export interface ScanNews {
  readonly folder: string;
  readonly report: ScanReport;
}

/**
 * How far a run is as a person reads it; "" is what its log says nothing of.
 *
 * Words, because a loss may be NaN, which JSON lacks.
 *
 * Attributes:
 *     epoch, step: ``3/10``, ``1200/5000``.
 *     loss, lr: a number, ``nan`` or ``inf``.
 *     rate: ``3.2 steps/s``.
 *     left: ``12 min left``, by what was printed last.
 */
export interface ProgressWords {
  readonly epoch: string;
  readonly step: string;
  readonly loss: string;
  readonly lr: string;
  readonly rate: string;
  readonly left: string;
}

/**
 * How far an attempt of a run is. ``name``: what it is called where there is little room.
 */
export interface RunProgress {
  readonly run: string;
  readonly attempt: number;
  readonly name: string;
  readonly words: ProgressWords;
}

/**
 * Something about a run that a person asked to be told of, in one or two sentences.
 *
 * ``claim``: what ``propel/claim`` is asked with before it is shown.
 */
export interface RunNote {
  readonly run: Run;
  readonly text: string;
  readonly claim: string;
}

export const scan = new RequestType<FolderParams, ScanReport, void>("propel/scan");
export const stopScan = new RequestType<FolderParams, FolderParams, void>("propel/stopScan");
export const table = new RequestType<TableParams, MarkdownText, void>("propel/table");
export const options = new RequestType<OptionsParams, OptionList, void>("propel/options");
export const plan = new RequestType<CommandParams, LaunchPlan, void>("propel/plan");
export const launch = new RequestType<CommandParams, Run, void>("propel/launch");
export const runs = new RequestType<FolderParams, RunList, void>("propel/runs");
export const restart = new RequestType<RunParams, Run, void>("propel/restart");
export const kill = new RequestType<RunParams, Run, void>("propel/kill");
export const propose = new RequestType<FixParams, FixProposal, void>("propel/propose");
export const apply = new RequestType<ApplyParams, Run, void>("propel/apply");
export const revert = new RequestType<RunParams, Run, void>("propel/revert");
export const dismiss = new RequestType<RunParams, Run, void>("propel/dismiss");
export const crash = new RequestType<RunParams, CrashNotice, void>("propel/crash");
export const claim = new RequestType<ClaimParams, Claimed, void>("propel/claim");
export const ask = new RequestType<AskParams, Answer, void>("propel/ask");
export const curves = new RequestType<CurvesParams, RunCurves, void>("propel/curves");
export const detail = new RequestType<DetailParams, Detail, void>("propel/detail");
export const gpuCurves = new RequestType<GpuCurvesParams, GpuCurves, void>("propel/gpuCurves");
export const logPage = new RequestType<LogPageParams, LogPage, void>("propel/logPage");
export const logSearch = new RequestType<LogSearchParams, LogHits, void>("propel/logSearch");
export const gpus = new RequestType<Nothing, GpuReport, void>("propel/gpus");
export const debugPlan = new RequestType<RunParams, DebugPlan, void>("propel/debugPlan");
export const debug = new RequestType<DebugParams, Run, void>("propel/debug");
export const debugTargets = new RequestType<RunParams, DebugTargets, void>("propel/debugTargets");
export const debugAdapter = new RequestType<Nothing, DebugAdapter, void>("propel/debugAdapter");
export const stuck = new RequestType<RunParams, StuckReport, void>("propel/stuck");
export const unmark = new RequestType<RunParams, RunParams, void>("propel/unmark");
export const preflight = new RequestType<OptionsParams, Preflight, void>("propel/preflight");
export const judge = new RequestType<AnswerParams, Judgement, void>("propel/judgeAnswer");
export const remember = new RequestType<RememberParams, RunParams, void>("propel/remember");
export const checkIn = new RequestType<RunParams, CheckInReport, void>("propel/checkIn");
export const dismissPrompt = new RequestType<PromptParams, CheckInReport, void>("propel/dismissPrompt");
export const card = new RequestType<RunParams, MarkdownText, void>("propel/card");
export const prunable = new RequestType<FolderParams, PrunableList, void>("propel/prunable");
export const prune = new RequestType<PruneParams, Pruned, void>("propel/prune");
export const scanned = new NotificationType<ScanNews>("propel/scanned");
export const runChanged = new NotificationType<Run>("propel/runChanged");
export const runEnded = new NotificationType<CrashNotice>("propel/runEnded");
export const runGone = new NotificationType<RunParams>("propel/runGone");
export const progressed = new NotificationType<RunProgress>("propel/progressed");
export const targetReached = new NotificationType<RunNote>("propel/targetReached");
