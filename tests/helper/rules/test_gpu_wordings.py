"""Message forms of cuda, oom and distributed crashes by framework and version: one rule each.

The forms come from the frameworks' own sources; where no machine with a GPU was at hand they rest on
those alone.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from propel_helper.app.surroundings import LocalSurroundings
from propel_helper.facts.crash import Crash, CrashKind, Frame
from propel_helper.facts.finding import Category
from propel_helper.rules import all_rules

TAIL = (
    "\nCUDA kernel errors might be asynchronously reported at some other API call, so the stacktrace "
    "below might be incorrect.\nFor debugging consider passing CUDA_LAUNCH_BLOCKING=1."
)
TORCH = "/opt/venv/lib/python3.11/site-packages/torch/"
DISTRIBUTED = Frame(f"{TORCH}distributed/run.py", 9, "main")
LAUNCHER = Frame("/opt/venv/lib/python3.11/site-packages/accelerate/commands/launch.py", 9, "main")
SPAWN = Frame("/usr/lib/python3.11/multiprocessing/spawn.py", 1, "main")

# rule -> (exception, message) of each form.
CUDA = {
    "torch-without-cuda": [
        ("AssertionError", "Torch not compiled with CUDA enabled"),
        ("AttributeError", "module 'torch._C' has no attribute '_cuda_setDevice'"),
        ("RuntimeError", "PyTorch was compiled without CUDA support"),
    ],
    "no-nvidia-driver": [
        ("pynvml.NVMLError_LibraryNotFound", "NVML Shared Library Not Found"),
        (
            "RuntimeError",
            "Found no NVIDIA driver on your system. Please check that you have an NVIDIA GPU",
        ),
        (
            "AssertionError",
            "\nFound no NVIDIA driver on your system. Please check that you have an NVIDIA",
        ),
        (
            "RuntimeError",
            "Caught RuntimeError in replica 0.\nFound no NVIDIA driver on your system.",
        ),
    ],
    "nvidia-driver-too-old": [
        (
            "RuntimeError",
            "The NVIDIA driver on your system is too old (found version 11040). Please update",
        ),
        (
            "RuntimeError",
            "CUDA error: CUDA driver version is insufficient for CUDA runtime version" + TAIL,
        ),
        (
            "RuntimeError",
            (
                "Unexpected error from cudaGetDeviceCount(). Did you run some cuda functions before calling "
                "NumCudaDevices() that might have already set an error? Error 804: forward compatibility was "
                "attempted on non supported HW"
            ),
        ),
        (
            "RuntimeError",
            (
                "Unexpected error from cudaGetDeviceCount(). Did you run some cuda functions before calling "
                "NumCudaDevices() that might have already set an error? Error 803: system has unsupported "
                "display driver / cuda driver combination"
            ),
        ),
    ],
    "no-visible-gpu": [
        ("RuntimeError", "Cannot access accelerator device when none is available."),
        ("RuntimeError", "No CUDA GPUs are available"),
        ("torch.AcceleratorError", "CUDA error: no CUDA-capable device is detected" + TAIL),
        (
            "lightning.fabric.utilities.exceptions.MisconfigurationException",
            "No supported gpu backend found!",
        ),
        ("MisconfigurationException", "You requested GPUs: [0, 1]\n But your machine only has: []"),
        (
            "RuntimeError",
            (
                "Unknown backend: 'gpu' requested, but no platforms that are instances of gpu are present. "
                "Platforms present are: cpu"
            ),
        ),
        (
            "RuntimeError",
            "Unable to initialize backend 'cuda': NOT_FOUND (set JAX_PLATFORMS=cpu to skip)",
        ),
    ],
    "invalid-device-ordinal": [
        ("RuntimeError", "CUDA error: invalid device ordinal" + TAIL),
        (
            "torch.AcceleratorError",
            "CUDA error: invalid device ordinal\nGPU device may be out of range, do you have enough GPUs?"
            + TAIL,
        ),
        ("AssertionError", "Invalid device id"),
        ("MisconfigurationException", "You requested gpu: [0, 1]\n But your machine only has: [0]"),
    ],
    "checkpoint-on-another-device": [
        (
            "RuntimeError",
            (
                "Attempting to deserialize object on a CUDA device but torch.cuda.is_available() is False. If "
                "you are running on a CPU-only machine, please use torch.load with map_location=torch.device("
                "'cpu') to map your storages to the CPU."
            ),
        ),
        (
            "RuntimeError",
            (
                "Attempting to deserialize object on CUDA device 3 but torch.cuda.device_count() is 1. Please "
                "use torch.load with map_location to map your storages to an existing device."
            ),
        ),
        (
            "RuntimeError",
            "don't know how to restore data location of torch.storage.UntypedStorage (tagged with npu:0)",
        ),
    ],
    "weights-only-refused": [
        (
            "_pickle.UnpicklingError",
            (
                "Weights only load failed. This file can still be loaded, to do so you have two options\n\t(1)"
                " In PyTorch 2.6, we changed the default value\n\tWeightsUnpickler error: Unsupported global: "
                "GLOBAL argparse.Namespace was not an allowed global by default. Please use"
            ),
        ),
        (
            "_pickle.UnpicklingError",
            (
                "Weights only load failed. Re-running `torch.load` with `weights_only` set to `False` will "
                "likely succeed.\n WeightsUnpickler error: Unsupported class numpy.core.multiarray.scalar"
            ),
        ),
    ],
    "cuda-not-starting": [
        (
            "RuntimeError",
            "cuda runtime error (30) : unknown error at /pytorch/aten/src/THC/THCGeneral.cpp:50",
        ),
        (
            "torch.cuda.DeferredCudaCallError",
            "CUDA call failed lazily at initialization with error: device >= 0 && device < num_gpus INTERNAL ASSERT FAILED",
        ),
        (
            "RuntimeError",
            (
                "CUDA unknown error - this may be due to an incorrectly set up environment, e.g. changing env "
                "variable CUDA_VISIBLE_DEVICES after program start. Setting the available devices to be zero."
            ),
        ),
        (
            "RuntimeError",
            (
                "Unexpected error from cudaGetDeviceCount(). Did you run some cuda functions before calling "
                "NumCudaDevices() that might have already set an error? Error 802: system not yet initialized"
            ),
        ),
        ("c10::CUDAError", "CUDA error: initialization error"),
    ],
    "no-kernel-for-this-gpu": [
        ("RuntimeError", "cuda runtime error (8) : invalid device function at THCTensorCopy.cu:20"),
        ("RuntimeError", "Triton Error [CUDA]: device kernel image is invalid"),
        (
            "RuntimeError",
            "CUDA error: no kernel image is available for execution on the device" + TAIL,
        ),
        ("RuntimeError", "FlashAttention only supports Ampere GPUs or newer."),
    ],
    "gpu-busy": [
        ("RuntimeError", "CUDA error: all CUDA-capable devices are busy or unavailable" + TAIL),
        (
            "torch.AcceleratorError",
            "CUDA error: CUDA-capable device(s) is/are busy or unavailable" + TAIL,
        ),
    ],
    "gpu-hardware-fault": [
        ("RuntimeError", "CUDA error: uncorrectable ECC error encountered" + TAIL),
        (
            "RuntimeError",
            "CUDA error: uncorrectable NVLink error detected during the execution" + TAIL,
        ),
        (
            "RuntimeError",
            "CUDA error: Invalid access of peer GPU memory over nvlink or a hardware error" + TAIL,
        ),
    ],
    "illegal-gpu-memory-access": [
        ("RuntimeError", "CUDA error: an illegal memory access was encountered" + TAIL),
        ("RuntimeError", "CUDA error: unspecified launch failure" + TAIL),
        ("torch.AcceleratorError", "CUDA error: misaligned address" + TAIL),
        ("RuntimeError", "CUDA error: an illegal instruction was encountered" + TAIL),
        ("RuntimeError", "HIP error: an illegal memory access was encountered"),
    ],
    "kernel-timed-out": [
        ("RuntimeError", "CUDA error: the launch timed out and was terminated" + TAIL),
    ],
    "device-side-assert": [
        (
            "RuntimeError",
            "cuda runtime error (59) : device-side assert triggered at THCReduceAll.cuh:327",
        ),
        ("RuntimeError", "CUDA error: device-side assert triggered" + TAIL),
        (
            "torch.AcceleratorError",
            "CUDA error: device-side assert triggered\nSearch for `cudaErrorAssert'",
        ),
    ],
    "tensors-on-different-devices": [
        (
            "RuntimeError",
            (
                "Expected all tensors to be on the same device, but found at least two devices, cuda:0 and "
                "cpu! (when checking argument for argument mat1 in method wrapper_CUDA_addmm)"
            ),
        ),
        (
            "RuntimeError",
            (
                "Expected all tensors to be on the same device, but got mat1 is on cuda:0, different from "
                "other tensors on cpu (when checking argument in method wrapper_CUDA_addmm)"
            ),
        ),
        (
            "RuntimeError",
            "Input type (torch.cuda.FloatTensor) and weight type (torch.FloatTensor) should be the same",
        ),
        (
            "RuntimeError",
            (
                "module must have its parameters and buffers on device cuda:0 (device_ids[0]) but found one of "
                "them on device: cpu"
            ),
        ),
        ("RuntimeError", "Placeholder storage has not been allocated on MPS device!"),
    ],
    "gpu-tensor-to-numpy": [
        (
            "TypeError",
            (
                "can't convert cuda:0 device type tensor to numpy. Use Tensor.cpu() to copy the tensor to host "
                "memory first."
            ),
        ),
        (
            "TypeError",
            "can't convert CUDA tensor to numpy. Use Tensor.cpu() to copy the tensor to host",
        ),
    ],
    "cuda-in-forked-process": [
        (
            "RuntimeError",
            (
                "Cannot re-initialize CUDA in forked subprocess. To use CUDA with multiprocessing, you must "
                "use the 'spawn' start method"
            ),
        ),
    ],
    "cuda-library-failure": [
        (
            "RuntimeError",
            "CUDA error: CUBLAS_STATUS_NOT_INITIALIZED when calling `cublasCreate(handle)`",
        ),
        (
            "RuntimeError",
            "CUDA error: CUBLAS_STATUS_EXECUTION_FAILED when calling `cublasSgemm( handle)`",
        ),
        ("RuntimeError", "cuDNN error: CUDNN_STATUS_EXECUTION_FAILED"),
        ("RuntimeError", "Unable to find a valid cuDNN algorithm to run convolution"),
        ("RuntimeError", "GET was unable to find an engine to execute this computation"),
        (
            "UnknownError",
            "Graph execution error:\n\nDNN library is not found.\n\t [[{{node conv}}]]",
        ),
    ],
    "precision-without-gpu": [
        ("ValueError", "fp16 mixed precision requires a GPU (not 'cpu')."),
        (
            "ValueError",
            "Your setup doesn't support bf16/gpu. You need to assign use_cpu if you want CPU.",
        ),
    ],
    "gpu-tensor-pinned": [
        (
            "RuntimeError",
            "cannot pin 'torch.cuda.FloatTensor' only dense CPU tensors can be pinned",
        ),
    ],
    "cuda-error": [
        (
            "RuntimeError",
            "CUDA error: peer access is not supported between these two devices" + TAIL,
        ),
        ("torch.AcceleratorError", "CUDA error: too many resources requested for launch" + TAIL),
        ("RuntimeError", "CUDA error: invalid configuration argument" + TAIL),
    ],
}
OOM = {
    "gpu-out-of-memory": [
        (
            "RuntimeError",
            "cuda runtime error (2) : out of memory at /pytorch/aten/src/THC/THCStorage.cu:58",
        ),
        ("RuntimeError", "Triton Error [CUDA]: out of memory"),
        (
            "RuntimeError",
            (
                "CUDA out of memory. Tried to allocate 338.00 MiB (GPU 0; 10.91 GiB total capacity; 9.64 GiB "
                "already allocated; 211.38 MiB free; 489.12 MiB cached)"
            ),
        ),
        (
            "torch.cuda.OutOfMemoryError",
            (
                "CUDA out of memory. Tried to allocate 98.00 MiB. GPU 2 has a total capacty of 31.74 GiB of "
                "which 58.88 MiB is free. Process 771 has 31.68 GiB memory in use. Of the allocated memory "
                "30.55 GiB is allocated by PyTorch, and 745.58 MiB is reserved by PyTorch but unallocated."
            ),
        ),
        (
            "torch.OutOfMemoryError",
            (
                "Allocation on device 0 would exceed allowed memory. (out of memory)\nCurrently allocated : "
                "9.43 GiB\nRequested               : 640.00 MiB\nDevice limit            : 11.59 GiB"
            ),
        ),
        ("RuntimeError", "CUDA error: out of memory" + TAIL),
        (
            "torch.OutOfMemoryError",
            "HIP out of memory. Tried to allocate 2.00 GiB. GPU 0 has a total",
        ),
        (
            "RuntimeError",
            "MPS backend out of memory (MPS allocated: 7.64 GiB, other allocations: 1.00 GiB)",
        ),
        (
            "torch.distributed.DistBackendError",
            (
                "NCCL error in: ../NCCLUtils.cpp:94, unhandled cuda error (run with NCCL_DEBUG=INFO for "
                "details), NCCL version 2.21.5\nncclUnhandledCudaError: Call to CUDA function failed.\nLast "
                "error:\nCuda failure 2 'out of memory'"
            ),
        ),
    ],
    "impossible-allocation": [
        ("torch.OutOfMemoryError", "CUDA out of memory. Tried to allocate more than 1EB memory."),
    ],
    "accelerator-out-of-memory": [
        (
            "jax.errors.JaxRuntimeError",
            "RESOURCE_EXHAUSTED: Out of memory while trying to allocate 17179869184 bytes.",
        ),
        (
            "tensorflow.python.framework.errors_impl.ResourceExhaustedError",
            (
                "OOM when allocating tensor with shape[32,131,512,512] and type float on /job:localhost/"
                "replica:0/task:0/device:GPU:0 by allocator GPU_0_bfc"
            ),
        ),
        ("tensorflow.python.framework.errors_impl.InternalError", "Dst tensor is not initialized."),
        (
            "cupy.cuda.memory.OutOfMemoryError",
            "Out of memory allocating 1,024 bytes (allocated so far: 0)",
        ),
    ],
    "host-out-of-memory": [
        ("MemoryError", "bad allocation"),
        ("RuntimeError", "std::bad_alloc"),
        (
            "RuntimeError",
            (
                "[enforce fail at alloc_cpu.cpp:127] err == 0. DefaultCPUAllocator: can't allocate memory: you "
                "tried to allocate 1080000000000 bytes. Error code 12 (Cannot allocate memory)"
            ),
        ),
        (
            "RuntimeError",
            (
                "[enforce fail at CPUAllocator.cpp:68] . DefaultCPUAllocator: can't allocate memory: you tried "
                "to allocate 1080000000000 bytes. Error code 12 (Cannot allocate memory)"
            ),
        ),
        (
            "RuntimeError",
            (
                "[enforce fail at alloc_cpu.cpp:80] data. DefaultCPUAllocator: not enough memory: you tried to "
                "allocate 12845056000 bytes."
            ),
        ),
        (
            "numpy.core._exceptions._ArrayMemoryError",
            "Unable to allocate 879. TiB for an array with shape (29491200000, 64, 64) and data type float64",
        ),
        ("MemoryError", ""),
        ("OSError", "[Errno 12] Cannot allocate memory"),
    ],
    "worker-killed": [
        ("RuntimeError", "DataLoader worker (pid 22846) is killed by signal: Killed. "),
        ("RuntimeError", "DataLoader worker (pid(s) 22846) exited unexpectedly"),
    ],
}
DIST = {
    "rendezvous-port-taken": [
        (
            "RuntimeError",
            (
                "The server socket has failed to listen on any local network address. The server socket has "
                "failed to bind to [::]:29500 (errno: 98 - Address already in use)."
            ),
        ),
        (
            "torch.distributed.DistNetworkError",
            (
                "The server socket has failed to listen on any local network address. port: 29555, useIpv6: "
                "false, code: -98, name: EADDRINUSE, message: address already in use"
            ),
        ),
        (
            "ConnectionError",
            (
                "Tried to launch distributed communication on port `29500`, but another process is utilizing "
                "it. Please specify a different port"
            ),
        ),
    ],
    "run-without-its-launcher": [
        (
            "ValueError",
            (
                "Error initializing torch.distributed using env:// rendezvous: environment variable RANK "
                "expected, but not set"
            ),
        ),
    ],
    "process-group-not-ready": [
        (
            "RuntimeError",
            "Default process group has not been initialized, please make sure to call init_process_group.",
        ),
        ("RuntimeError", "trying to initialize the default process group twice!"),
    ],
    "backend-not-available": [
        ("RuntimeError", "Distributed package doesn't have NCCL built in"),
        ("ValueError", "ProcessGroupNCCL is only supported with GPUs, no GPUs found!"),
        (
            "RuntimeError",
            "Distributed package doesn't have MPI built in. MPI is only included if you build",
        ),
    ],
    "processes-do-not-meet": [
        (
            "torch.distributed.DistNetworkError",
            "The client socket has timed out after 6000ms while trying to connect to (node17, 29500).",
        ),
        (
            "torch.distributed.DistStoreError",
            "Timed out after 9 seconds waiting for clients. 1/4 clients joined.",
        ),
        (
            "RendezvousConnectionError",
            "The connection to the C10d store has failed. See inner exception",
        ),
    ],
    "collective-timeout": [
        (
            "RuntimeError",
            (
                "[Rank 0] Caught collective operation timeout: WorkNCCL(OpType=ALLREDUCE, TensorShape=[1], "
                "Timeout(ms)=1800000) ran for 1806986 milliseconds before timing out."
            ),
        ),
        (
            "RuntimeError",
            "[../gloo/transport/tcp/unbound_buffer.cc:84] Timed out waiting 1800000ms for recv operation to complete",
        ),
        ("RuntimeError", "Rank 0 failed to pass monitoredBarrier in 30000 ms"),
    ],
    "nccl-error": [
        (
            "torch.distributed.DistBackendError",
            (
                "NCCL error in: ../NCCLUtils.cpp:94, invalid usage (run with NCCL_DEBUG=WARN for details), NCCL "
                "version 2.21.5\nncclInvalidUsage: This usually reflects invalid usage of NCCL library.\nLast "
                "error:\nDuplicate GPU detected : rank 0 and rank 1 both on CUDA device 1000"
            ),
        ),
        (
            "RuntimeError",
            (
                "NCCL error in: /pytorch/torch/lib/c10d/ProcessGroupNCCL.cpp:784, unhandled system error, NCCL "
                "version 2.7.8"
            ),
        ),
        (
            "torch.distributed.DistBackendError",
            (
                "NCCL error in: ../NCCLUtils.cpp:94, remote process exited or there was a network error, NCCL "
                "version 2.27.3\nncclRemoteError: A call failed possibly due to a network error or a remote "
                "process exiting prematurely."
            ),
        ),
    ],
    "cpu-tensor-in-collective": [
        ("RuntimeError", "No backend type associated with device type cpu"),
        ("RuntimeError", "Tensors must be CUDA and dense"),
    ],
    "unused-parameters": [
        (
            "RuntimeError",
            "Expected to have finished reduction in the prior iteration before starting a new one.",
        ),
    ],
    "parameter-used-twice": [
        ("RuntimeError", "Expected to mark a variable ready only once. This error")
    ],
    "ranks-that-differ": [
        (
            "RuntimeError",
            (
                "[1]: params[0] in this process with sizes [33, 40] appears not to match sizes of the same "
                "param in process 0."
            ),
        ),
        (
            "RuntimeError",
            "Detected mismatch between collectives on ranks. Rank 1 is running collective: X",
        ),
        (
            "RuntimeError",
            (
                "DistributedDataParallel is not needed when a module doesn't have any parameter that requires "
                "a gradient."
            ),
        ),
    ],
    "world-that-does-not-fit": [
        ("ValueError", "Invalid rank 4, rank should be in the interval [0, 3]"),
        ("ValueError", "No slot '2' specified on host 'localhost'"),
        ("ValueError", "Cuda is not available."),
        ("ValueError", "Unsupported nproc_per_node value: two"),
    ],
    "lost-process": [
        (
            "RuntimeError",
            (
                "[../third_party/gloo/gloo/transport/tcp/pair.cc:525] Read error [127.0.0.1]:17288: Connection "
                "reset by peer"
            ),
        ),
    ],
    "failed-process": [
        ("ChildFailedError", "\n====\ntrain.py FAILED\n----"),
        ("CalledProcessError", "Command '['python', 'train.py']' returned non-zero exit status 1."),
    ],
    "process-start": [
        ("RuntimeError", "context has already been set"),
        (
            "RuntimeError",
            "An attempt has been made to start a new process before the current process has",
        ),
    ],
}
EXITS = {
    "process-killed": [
        "Killed",
        "run.sh: line 5: 12084 Killed    python classroom.py",
        "task 0: Killed",
    ],
    "job-memory-limit": [
        (
            "slurmstepd: error: Detected 1 oom_kill event in StepId=1.batch. Some of the step tasks have been "
            "OOM Killed."
        ),
        "Memory cgroup out of memory: Killed process 4711 (python) total-vm:1kB",
        "srun: error: node3: task 1: Out Of Memory",
    ],
    "gpu-hardware-fault": ["NVRM: Xid (PCI:0000:3b:00): 79, pid=1, GPU has fallen off the bus."],
}
CRASHES = Path(__file__).parents[2] / "crashes"
MINE = {Category.CUDA, Category.OOM, Category.DISTRIBUTED}


def forms(table: dict[str, list[tuple[str, str]]]) -> list[tuple[str, str, str]]:
    return [(rule, *form) for rule, every in table.items() for form in every]


def claimed(crash: Crash, command: str | None = None) -> list[str]:
    around = LocalSurroundings(None, None, command)
    return [
        rule.code
        for rule in all_rules()
        if rule.looks_at(crash) and not rule.last and rule.explain(crash, around) is not None
    ]


def raised(exception: str, message: str) -> Crash:
    frames = {"ValueError": (DISTRIBUTED,), "CalledProcessError": (LAUNCHER,)}
    if "process before" in message or "context has" in message:
        found: tuple[Frame, ...] = (SPAWN,)
    else:
        found = frames.get(exception, (DISTRIBUTED,) if "Child" in exception else ())
    return Crash(CrashKind.EXCEPTION, exception, message, found)


@pytest.mark.parametrize(("rule", "exception", "message"), forms(CUDA) + forms(OOM) + forms(DIST))
def test_each_form_is_claimed_by_one_rule(rule: str, exception: str, message: str) -> None:
    assert claimed(raised(exception, message), "python train.py --epochs 3") == [rule]


@pytest.mark.parametrize(
    ("rule", "message"), [(rule, text) for rule, every in EXITS.items() for text in every]
)
def test_each_end_is_claimed_by_one_rule(rule: str, message: str) -> None:
    assert claimed(Crash(CrashKind.EXIT, None, message)) == [rule]


@pytest.mark.parametrize(
    ("exception", "message"),
    [
        # Types, labels and sizes: what training means.
        (
            "RuntimeError",
            "Input type (torch.cuda.HalfTensor) and weight type (torch.cuda.FloatTensor)",
        ),
        ("IndexError", "Target 7 is out of bounds."),
        ("RuntimeError", "mat1 and mat2 must have the same dtype, but got Half and Float"),
        # Other services' words.
        (
            "google.api_core.exceptions.ResourceExhausted",
            "429 RESOURCE_EXHAUSTED: Quota exceeded for gpus",
        ),
        ("ConnectionResetError", "[Errno 104] Connection reset by peer"),
        ("BrokenPipeError", "[Errno 32] Broken pipe"),
        ("subprocess.CalledProcessError", "Command '['make']' returned non-zero exit status 2."),
        # A person's own words.
        ("ValueError", "the GPU memory budget is negative"),
        ("KeyError", "'rank'"),
    ],
)
def test_other_crashes_are_not_claimed(exception: str, message: str) -> None:
    codes = {rule.code for rule in all_rules() if rule.category in MINE}
    assert not codes & set(claimed(Crash(CrashKind.EXCEPTION, exception, message)))


ALLOWED = re.compile(
    r"""torch\.cuda\.is_available\(\)|[,.] ?(?:device=[\w.]+|to\([\w.]+\)|cpu\(\))$"""
    r"""|, map_location=["']cpu["']$|, weights_only=False$|add_safe_globals\(\[[\w.]+\]\)\n$"""
    r"""|^\n?import (?:torch|argparse|collections|datetime|pathlib|types)\n+$|^\d+$|^cpu$|^gloo$"""
    r"""|--local[-_]rank|^--standalone$|^ ?--\w+_port \d+$|^\.cpu\(\)$"""
)
"""Devices, loading, backends, ports and launch options: all that an edit of these rules may write."""


def test_edits_write_devices_loading_and_launch_options_alone() -> None:
    mine = {rule.code for rule in all_rules() if rule.category in MINE}
    written = [
        step["new_text"]
        for golden in CRASHES.rglob("finding.json")
        if golden.relative_to(CRASHES).parts[0] in mine
        for fix in json.loads(golden.read_text("utf-8"))["fixes"]
        for step in fix["steps"]
        if step["kind"] == "edit"
    ]
    assert len(written) > 10
    assert [text for text in written if not ALLOWED.search(text)] == []
