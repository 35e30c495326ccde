"""How a custom request reaches a use case: decode, run in the pool, encode, or say why not."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from pygls.exceptions import JsonRpcException, JsonRpcInvalidParams

from propel_helper.facts.problem import Problem
from propel_helper.lsp.coding import BadParams, decode
from propel_helper.lsp.server import PropelServer
from propel_helper.wire import Request

P = TypeVar("P")
R = TypeVar("R")

REQUEST_FAILED = -32803
"""LSP 3.17, "RequestFailed": syntactically right, but it could not be done."""


def answer(
    server: PropelServer,
    request: Request[P, R],
    use_case: Callable[[P], R],
    then: Callable[[R], None] = lambda _: None,
) -> None:
    """Answer ``request`` by ``use_case``; a ``Problem`` becomes a failed request with its text.

    ``then`` is called with the result, on the loop, unless the client has given the request up.
    """

    async def handle(params: Any) -> Any:  # noqa: ANN401 - JSON in, JSON out
        try:
            decoded = decode(server.facts, request.params, params)
        except BadParams as error:
            raise JsonRpcInvalidParams(str(error)) from error
        try:
            result = await server.in_pool(use_case, decoded)
        except Problem as problem:
            raise JsonRpcException(
                str(problem),
                REQUEST_FAILED,
                {"kind": "problem", "cause": problem.cause, "nextStep": problem.next_step},
            ) from problem
        then(result)
        return server.facts.unstructure(result)

    server.feature(request.method)(handle)
