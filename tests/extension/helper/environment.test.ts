import { expect, test } from "vitest";
import { withoutEditor } from "../../../extension/src/helper/environment";

test("the editor's own variables go, the person's stay", () => {
  const environment = {
    ELECTRON_RUN_AS_NODE: "1",
    VSCODE_IPC_HOOK_CLI: "/run/x.sock",
    CODE_SERVER_PARENT_PID: "7",
    SNAP: "/snap/code/1",
    SNAP_NAME: "code",
    SNAPSHOTS: "mine",
    CUDA_VISIBLE_DEVICES: "0,1",
    WANDB_MODE: "",
    GONE: undefined,
  };
  expect(withoutEditor(environment)).toEqual({
    SNAPSHOTS: "mine",
    CUDA_VISIBLE_DEVICES: "0,1",
    WANDB_MODE: "",
  });
});
