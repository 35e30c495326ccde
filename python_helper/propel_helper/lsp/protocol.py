"""What Propel needs of the JSON-RPC layer beyond pygls's defaults.

Measured on pygls 2.1: params of an undeclared method become a namedtuple (a key ``type_name`` is
eaten as its class name), and a request whose params have the wrong shape is never answered. Here
undeclared params stay the decoded JSON, and every request with an id gets an answer.
"""

from __future__ import annotations

from typing import Any

from cattrs import Converter
from lsprotocol import converters
from pygls.exceptions import JsonRpcException
from pygls.protocol import JsonRPCNotification, JsonRPCRequestMessage, LanguageServerProtocol
from typing_extensions import override


def message_converter() -> Converter:
    """lsprotocol's converter; messages of methods that LSP lacks keep their params as JSON."""
    converter = converters.get_converter()
    for message in (JsonRPCRequestMessage, JsonRPCNotification):
        converter.register_structure_hook(message, lambda data, cls: cls(**_known(data, cls)))
    return converter


def _known(data: dict[str, Any], cls: type) -> dict[str, Any]:
    names = [item.name for item in cls.__attrs_attrs__]  # type: ignore[attr-defined]
    return {name: data.get(name) for name in names}


class PropelProtocol(LanguageServerProtocol):
    """Answers what pygls would leave unanswered."""

    @override
    def structure_message(self, data: dict[str, Any]) -> Any:
        """Decode one message; a request that can't be decoded is answered with the error."""
        try:
            return super().structure_message(data)
        except JsonRpcException as error:
            if "id" in data and "method" in data:
                self._send_response(data["id"], None, error.to_response_error())
            raise
