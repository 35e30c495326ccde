"""A small client of the Debug Adapter Protocol, enough to be the editor of a test.

https://microsoft.github.io/debug-adapter-protocol/specification
"""

from __future__ import annotations

import json
import queue
import socket
import subprocess
import threading
from collections.abc import Callable, Sequence
from typing import IO, Any

DEADLINE_S = 60.0

Message = dict[str, Any]


class Client:
    """One debug session: over a process's pipes, or over a socket for a child session."""

    def __init__(
        self, reader: IO[bytes], writer: IO[bytes], close: Callable[[], None], pid: int = 0
    ) -> None:
        self.pid = pid
        self._writer = writer
        self._close = close
        self._seq = 0
        self._lock = threading.Lock()
        self._heard: queue.Queue[Message | None] = queue.Queue()
        self.kept: list[Message] = []
        threading.Thread(target=self._listen, args=(reader,), daemon=True).start()

    @classmethod
    def spawn(cls, argv: Sequence[str]) -> Client:
        """Start an adapter."""
        adapter = subprocess.Popen(argv, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        stdin, stdout = adapter.stdin, adapter.stdout
        assert stdin is not None
        assert stdout is not None

        def close() -> None:
            stdin.close()
            adapter.wait(DEADLINE_S)

        return cls(stdout, stdin, close, adapter.pid)

    @classmethod
    def reach(cls, host: str, port: int) -> Client:
        """Connect to an adapter that listens."""
        link = socket.create_connection((host, port))
        return cls(
            link.makefile("rb"), link.makefile("wb"), lambda: link.shutdown(socket.SHUT_RDWR)
        )

    def send(self, command: str, **arguments: Any) -> int:
        """Send a request; returns its number."""
        with self._lock:
            self._seq += 1
            self._put(
                {
                    "seq": self._seq,
                    "type": "request",
                    "command": command,
                    "arguments": arguments,
                }
            )
            return self._seq

    def ask(self, command: str, **arguments: Any) -> Message:
        """Send a request and wait for its answer's body."""
        return self.answer(self.send(command, **arguments))

    def answer(self, number: int) -> Message:
        """The body of the answer to a request."""
        found = self.wait(lambda one: one.get("request_seq") == number)
        assert found["success"], found
        body: Message = found.get("body") or {}
        return body

    def event(self, name: str) -> Message:
        """The body of the next event of that name; of one heard before, if it was not taken."""
        body: Message = self.wait(lambda one: one.get("event") == name).get("body") or {}
        return body

    def has_event(self, name: str) -> bool:
        """Whether such an event was heard and not taken."""
        while not self._heard.empty():
            message = self._heard.get()
            assert message is not None, f"the adapter went away; heard: {self.kept}"
            self.kept.append(message)
        return any(one.get("event") == name for one in self.kept)

    def child(self) -> Message:
        """Configuration of the next child session that the adapter asks for."""
        asked = self.wait(lambda one: one.get("command") == "startDebugging")
        with self._lock:
            self._seq += 1
            self._put(
                {
                    "seq": self._seq,
                    "type": "response",
                    "request_seq": asked["seq"],
                    "command": "startDebugging",
                    "success": True,
                }
            )
        configuration: Message = asked["arguments"]["configuration"]
        return configuration

    def wait(self, fits: Callable[[Message], bool]) -> Message:
        """The first message that fits; the others are kept."""
        for index, one in enumerate(self.kept):
            if fits(one):
                return self.kept.pop(index)
        while True:
            message = self._heard.get(timeout=DEADLINE_S)
            assert message is not None, f"the adapter went away; heard: {self.kept}"
            if fits(message):
                return message
            self.kept.append(message)

    def close(self) -> None:
        """End the connection, and the adapter that was started."""
        self._close()

    def _put(self, message: Message) -> None:
        data = json.dumps(message).encode()
        self._writer.write(b"Content-Length: %d\r\n\r\n%s" % (len(data), data))
        self._writer.flush()

    def _listen(self, reader: IO[bytes]) -> None:
        try:
            while line := reader.readline():
                length = int(line.partition(b":")[2])
                reader.readline()
                self._heard.put(json.loads(reader.read(length)))
        except (OSError, ValueError):
            pass
        self._heard.put(None)


def begin(client: Client, configuration: Message) -> int:
    """Everything up to ``configurationDone``, as VS Code does it; returns attach's number."""
    client.ask(
        "initialize",
        clientID="vscode",
        adapterID="debugpy",
        pathFormat="path",
        linesStartAt1=True,
        columnsStartAt1=True,
        supportsVariableType=True,
        supportsStartDebuggingRequest=True,
    )
    return client.send("attach", **configuration)


def configure(client: Client, **exceptions: Any) -> None:
    """Answer ``initialized``: what to stop at, then go."""
    client.event("initialized")
    client.ask("setExceptionBreakpoints", **({"filters": ["uncaught"]} | exceptions))
    client.ask("configurationDone")


def locals_at_stop(client: Client) -> tuple[Message, dict[str, str]]:
    """The top frame of the next stop, and the values of its locals."""
    stopped = client.event("stopped")
    assert stopped["reason"] == "exception", stopped
    frames = client.ask("stackTrace", threadId=stopped["threadId"])["stackFrames"]
    scopes = client.ask("scopes", frameId=frames[0]["id"])["scopes"]
    found = client.ask("variables", variablesReference=scopes[0]["variablesReference"])
    return frames[0], {one["name"]: one["value"] for one in found["variables"]}
