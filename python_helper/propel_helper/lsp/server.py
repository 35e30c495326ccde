"""The server object: pygls's language server, a pool for whatever may block, and the watch."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any, ParamSpec, TypeVar

from pygls.lsp.server import LanguageServer
from typing_extensions import override

from propel_helper.lsp.coding import fact_converter
from propel_helper.lsp.protocol import PropelProtocol, message_converter
from propel_helper.wire import Notification

P = ParamSpec("P")
T = TypeVar("T")

log = logging.getLogger("propel")


class PropelServer(LanguageServer):
    """Speaks LSP on stdio; its loop never waits on a file, a process or a GPU.

    pygls's own thread pool also reads stdin, so a handler that blocks there blocks the server:
    use cases run in a pool of their own.
    """

    def __init__(self, version: str) -> None:
        super().__init__(
            "propel-helper",
            version,
            protocol_cls=PropelProtocol,
            converter_factory=message_converter,
        )
        self.facts = fact_converter()
        self.pool = ThreadPoolExecutor(max_workers=4, thread_name_prefix="propel")
        self.options: dict[str, Any] = {}
        """``initializationOptions`` of the client."""
        self.loop: asyncio.AbstractEventLoop | None = None

    async def in_pool(self, use_case: Callable[P, T], *args: P.args, **named: P.kwargs) -> T:
        """Run a blocking use case away from the loop."""
        work = partial(use_case, *args, **named)
        return await asyncio.get_running_loop().run_in_executor(self.pool, work)

    def on_loop(self, action: Callable[P, None], *args: P.args, **named: P.kwargs) -> None:
        """Run ``action`` on the server's loop, from any thread; dropped once the loop is over."""
        if self.loop is not None and not self.loop.is_closed():
            self.loop.call_soon_threadsafe(partial(action, *args, **named))

    def tell(self, notification: Notification[T], value: T) -> None:
        """Send one of the wire's notifications. On the loop only."""
        self.protocol.notify(notification.method, self.facts.unstructure(value))

    @override
    def report_server_error(self, error: Exception, source: Any) -> None:
        """Log what went wrong outside a request; pygls would open a pop-up."""
        log.error("%s: %s", getattr(source, "__name__", source), error)
