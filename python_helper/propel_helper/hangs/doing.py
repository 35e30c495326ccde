"""What a thread does, in words: by the library it is in, else by what the system says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from propel_helper.facts.crash import Frame
from propel_helper.facts.hang import Wait
from propel_helper.facts.stack import Deed, Pause
from propel_helper.facts.wording import Wording


@dataclass(frozen=True)
class Doing:
    """``verb`` is an infinitive, ``rest`` what follows it; ``call`` names what is waited in."""

    wait: Wait
    call: str
    verb: str
    rest: str

    @property
    def one(self) -> str:
        """``waits in all_reduce``."""
        return (
            f"is {self.rest}".rstrip()
            if self.verb == "be"
            else f"{self.verb}s {self.rest}".rstrip()
        )

    @property
    def many(self) -> str:
        """``wait in all_reduce``."""
        return (
            f"are {self.rest}".rstrip()
            if self.verb == "be"
            else f"{self.verb} {self.rest}".rstrip()
        )

    @property
    def gerund(self) -> str:
        """``waiting in all_reduce``."""
        if self.verb == "be":
            return self.rest
        return f"{self.verb.removesuffix('e')}ing {self.rest}".rstrip()


@dataclass(frozen=True)
class _Kind:
    """A frame of a library that tells what is waited for. ``{}`` in ``rest`` is its function."""

    wait: Wait
    file: Wording
    function: Wording
    verb: str
    rest: str
    call: str = "{}"


def _kind(wait: Wait, file: str, function: str, verb: str, rest: str, call: str = "{}") -> _Kind:
    return _Kind(wait, Wording(file), Wording(rf"(?:{function})\Z"), verb, rest, call)


_COLLECTIVES = (
    r"(?:grouped_|hierarchical_)?(?:all_?reduce|all_?gather|reduce_?scatter|broadcast|all_?to_?all)\w*"
    r"|_all_gather_base|_reduce_scatter_base|(?:monitored_)?barrier|reduce|i?send|i?recv|gather\w*"
    r"|scatter\w*|(?:send|recv)_object_list|wait_for_everyone|synchronize"
)

# The first that fits any frame below the person's own line, so the telling ones stand first. The
# names are those of the libraries' own sources: torch 1.13 to 2.13, CPython 3.8 to 3.14.
_KINDS = (
    _kind(
        Wait.TYPING, r"/(?:pdb|bdb)\.py$|/(?:ipdb|pudb|IPython/(?:core/debugger|terminal))\b", ".*",
        "wait", "at a breakpoint for someone to type", "breakpoint",
    ),
    _kind(
        Wait.LOCK, r"/torch/utils/file_baton\.py$", "wait", "wait",
        "for the lock file of a build that another process holds or has left behind",
    ),
    _kind(
        Wait.MEETING, r"/torch/distributed/(?:distributed_c10d|rendezvous)\.py$",
        r"init_process_group|_new_process_group_helper|_store_based_barrier|_create_\w*store"
        r"|\w*rendezvous\w*",
        "wait", "for the other ranks in init_process_group", "init_process_group",
    ),
    _kind(
        Wait.COLLECTIVE, r"/torch/nn/parallel/distributed\.py$",
        r"_sync_\w+|_verify_\w+|_pre_forward|_post_forward|_distributed_broadcast_coalesced",
        "wait", "for the other ranks in DistributedDataParallel", "DistributedDataParallel",
    ),
    _kind(
        Wait.COLLECTIVE,
        r"/(?:torch/distributed|deepspeed|horovod|accelerate|mpi4py|apex|megatron)/", _COLLECTIVES,
        "wait", "in {}",
    ),
    _kind(
        Wait.DATA, r"/torch/utils/data/dataloader\.py$", r"_shutdown_workers|__del__",
        "wait", "for its data loader's workers to end",
    ),
    _kind(
        Wait.DATA, r"/torch/utils/data/dataloader\.py$", r"__next__|_next_data|_(?:try_)?get_data",
        "wait", "for its data loader", "DataLoader",
    ),
    _kind(
        Wait.DATA, r"/torch/utils/data/dataloader\.py$", r"__iter__|__init__|_get_iterator",
        "start", "its data loader's workers", "DataLoader",
    ),
    _kind(
        Wait.BACKWARD, r"/torch/(?:_tensor|autograd/\w+)\.py$", r"backward|_engine_run_backward",
        "be", "in the backward pass", "backward",
    ),
    _kind(
        Wait.GPU, r"/torch/cuda/\w+\.py$|/cupy/cuda/", "synchronize|wait", "wait", "for the GPU in {}",
    ),
    _kind(
        Wait.BUILD, r"/torch/(?:_inductor|_dynamo|utils/cpp_extension)\b|/triton/(?:compiler|runtime)/",
        ".*", "compile", "", "compile",
    ),
    _kind(Wait.NETWORK, r"/site-packages/wandb/", ".*", "wait", "for wandb", "wandb"),
    _kind(
        Wait.NETWORK,
        r"/(?:urllib3|requests|httpx|httpcore|aiohttp|botocore|s3fs|gcsfs|huggingface_hub)/"
        r"|/http/client\.py$|/urllib/request\.py$|/ssl\.py$",
        ".*", "wait", "for the network",
    ),
    _kind(Wait.LOCK, r"/filelock/", ".*", "wait", "for a lock file"),
    _kind(
        Wait.CHILD, r"/subprocess\.py$",
        r"_?wait|_?communicate|run|call|check_call|check_output|_try_wait",
        "wait", "for another program to end",
    ),
    _kind(
        Wait.CHILD, r"/multiprocessing/(?:process|popen_\w+|pool)\.py$",
        r"join|wait|poll|get|map|starmap|next",
        "wait", "for another process",
    ),
    _kind(Wait.CHILD, r"/torch/multiprocessing/spawn\.py$", "join", "wait", "for the processes it started"),
    _kind(Wait.FILE, r"/torch/serialization\.py$", "save|_save", "write", "a checkpoint"),
    _kind(Wait.FILE, r"/torch/serialization\.py$", "load|_load", "read", "a checkpoint"),
    _kind(Wait.IMPORT, r"^<frozen importlib", ".*", "import", "modules"),
    _kind(
        Wait.LOCK,
        r"/(?:threading|queue|selectors)\.py$|/(?:multiprocessing|concurrent/futures|asyncio)/",
        r".*", "wait", "in {}",
    ),
)  # fmt: skip

_GPU_CALLS = Wording(r"\.(item|cpu|tolist|numpy|synchronize|nonzero|cuda)\(")
_WAIT_CALL = Wording(r"\.wait\(")

_DEEDS = {
    Pause.TERMINAL: (Wait.TYPING, "wait", "for someone to type on its terminal"),
    Pause.NETWORK: (Wait.NETWORK, "wait", "for the network"),
    Pause.PIPE: (Wait.CHILD, "wait", "for another process to write"),
    Pause.GPU: (Wait.GPU, "wait", "for the GPU's driver"),
    Pause.SLEEP: (Wait.SLEEP, "sleep", ""),
    Pause.CHILD: (Wait.CHILD, "wait", "for another process to end"),
    Pause.LOCK: (Wait.LOCK, "wait", "for a lock"),
    Pause.COMPUTES: (Wait.COMPUTES, "compute", ""),
    Pause.UNKNOWN: (Wait.OTHER, "be", ""),
}
_FILES = {"open": ("open", "{}"), "write": ("write", "{}"), "lock": ("wait", "for a lock on {}")}


def doing(inner: Sequence[Frame], line: Frame | None, deed: Deed, *, ranked: bool) -> Doing:
    """What a thread does.

    Args:
        inner: the frames below the person's own line, outermost first.
        line: that line, None without one.
        deed: what the system says.
        ranked: whether the process is one of several ranks.
    """
    if deed.pause is Pause.STOPPED:
        return Doing(Wait.STOPPED, "", "be", "stopped by a signal or a debugger")
    for kind in _KINDS:
        for frame in inner:
            function = plain_name(frame.function)
            if kind.file.search(frame.file) and kind.function.match(function):
                return _told(kind, frame)
    code = (line.code or "") if line is not None and not inner else ""
    if ranked and deed.pause is Pause.LOCK and _WAIT_CALL.search(code):
        # The handle of an asynchronous collective: C++ without a frame of its own.
        return Doing(Wait.COLLECTIVE, "wait", "wait", "for a collective in wait")
    called = _GPU_CALLS.search(code)
    if called is not None and deed.pause in (Pause.COMPUTES, Pause.LOCK, Pause.GPU):
        return Doing(Wait.GPU, called[1], "wait", f"for a result in {called[1]}")
    return _by_deed(inner, deed)


def _told(kind: _Kind, frame: Frame) -> Doing:
    # Python 3.11 and newer tell the class as well: "Event.wait" says more than "wait".
    full = frame.function if kind.wait is Wait.LOCK else plain_name(frame.function)
    return Doing(kind.wait, kind.call.format(full), kind.verb, kind.rest.format(full))


def _by_deed(inner: Sequence[Frame], deed: Deed) -> Doing:
    call = inner[0].function if inner else ""
    if deed.pause is Pause.FILE:
        verb, rest = _FILES.get(deed.call, ("read", "{}"))
        return Doing(Wait.FILE, call, verb, rest.format(deed.what or "a file"))
    wait, verb, rest = _DEEDS[deed.pause]
    if call and wait in (Wait.LOCK, Wait.OTHER, Wait.COMPUTES):
        return Doing(wait, call, "be" if wait is Wait.OTHER else verb, f"in {call}")
    return Doing(wait, call, verb, rest)


def plain_name(function: str) -> str:
    """``Event.wait`` -> ``wait``: Python 3.11 and newer tell qualified names."""
    return function.rpartition(".")[2]
