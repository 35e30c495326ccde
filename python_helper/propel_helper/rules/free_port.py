"""The launch of several processes, meeting on another port."""

from __future__ import annotations

from propel_helper.facts.surroundings import Surroundings
from propel_helper.rules import launch_changes
from propel_helper.rules.launch_settings import Change
from propel_helper.rules.launch_text import Launch, Option, launch_of

_HERE = frozenset({"localhost", "127.0.0.1", "::1", "[::1]"})
_HIGHEST = 65535


def elsewhere(port: str | None, surroundings: Surroundings) -> Change | None:
    """The launch with a free port, or with the next number; None with several nodes.

    ``port``: the number that is taken, where the message names it. Ports are chosen by torchrun
    (``--standalone``, port 0 of a c10d endpoint) and by accelerate (port 0, from 0.20 on).
    """
    launch = launch_of(surroundings)
    if launch is None or _many_nodes(launch):
        return None
    variable = launch.variable("MASTER_PORT")
    if launch.launcher in {"torchrun", "launch"}:
        return _torchrun(launch)
    if launch.launcher == "accelerate":
        return _numbered(
            launch, launch.launcher_option("--main_process_port"), "main_process_port", "0"
        )
    if launch.launcher == "deepspeed":
        option = launch.launcher_option("--master_port")
        return _numbered(launch, option, "master_port", _next(option, port))
    option = launch.option("--master_port", "--port", "--dist_port", "--main_process_port")
    for given in (variable, option):
        if given is not None and (port is None or given.value == port):
            new = _next(given, port)
            steps = launch_changes.steps(launch, [launch_changes.value(given, new)])
            return Change(f"letting the processes meet on port {new} (`{given.name}`)", steps)
    return None


def many_nodes(surroundings: Surroundings) -> bool:
    """Whether the launch has processes on other machines, which have to know the port as well."""
    launch = launch_of(surroundings)
    return launch is not None and _many_nodes(launch)


def _many_nodes(launch: Launch) -> bool:
    nodes = launch.launcher_option("--nnodes", "--num_nodes", "--num_machines")
    address = launch.launcher_option("--master_addr", "--main_process_ip")
    far = address is not None and (address.value or "") not in _HERE
    return far or (nodes is not None and nodes.value not in {"1", "1:1"})


def _torchrun(launch: Launch) -> Change | None:
    endpoint = launch.launcher_option("--rdzv_endpoint")
    if endpoint is not None:
        host, _, _ = (endpoint.value or "").rpartition(":")
        if host not in _HERE:
            return None
        steps = launch_changes.steps(launch, [launch_changes.value(endpoint, f"{host}:0")])
        return Change(
            f"letting torchrun choose a free port (`{endpoint.with_value(f'{host}:0')}`)", steps
        )
    if launch.launcher_option("--standalone") is not None:
        return None
    port = launch.launcher_option("--master_port")
    if port is not None:
        change = (port.first, port.last, "--standalone")
    else:
        change = launch_changes.launcher_options(launch, "--standalone")
    steps = launch_changes.steps(launch, [change])
    return Change("letting torchrun choose a free port (`--standalone`)", steps)


def _numbered(launch: Launch, option: Option | None, name: str, new: str) -> Change:
    if option is not None:
        change = launch_changes.value(option, new)
    else:
        change = launch_changes.launcher_options(launch, f"--{name} {new}")
    chosen = "a free port" if new == "0" else f"port {new}"
    words = f"letting the processes meet on {chosen} (`--{name} {new}`)"
    return Change(words, launch_changes.steps(launch, [change]))


def _next(option: Option | None, port: str | None) -> str:
    number = option.value if option and (option.value or "").isdigit() else port
    return str(min(int(number or 29500) + 1, _HIGHEST))
