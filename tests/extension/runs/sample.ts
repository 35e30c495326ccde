import type { Run } from "../../../extension/src/helper/wire.gen";

/** A run as the helper tells it, changed where a test says so. */
export function sampleRun(changes: Partial<Run> = {}): Run {
  return {
    run: "20250301-100000-ab12",
    command: "python train.py --epochs 3",
    cwd: "/home/ada/rings",
    backend: "screen",
    session: "4711.propel-train-20250301-100000",
    log: "/home/ada/.local/state/propel/runs/x/1.log",
    attempt: 1,
    state: "running",
    exitStatus: null,
    reason: "",
    started: 1_000_000,
    ended: null,
    attach: "screen -r 4711.propel-train-20250301-100000",
    detach: "Ctrl-A, then D",
    list: "screen -ls",
    kill: "screen -S 4711.propel-train-20250301-100000 -X quit",
    fixes: [],
    options: "",
    observed: null,
    debugged: "",
    silence: "",
    ...changes,
  };
}
