"""Builds the server: which message reaches which use case."""

from __future__ import annotations

import asyncio
import logging
import sys
from importlib.metadata import PackageNotFoundError, version

from lsprotocol import types
from pygls.uris import to_fs_path

from propel_helper.lsp import coach, debugging, history, stuck
from propel_helper.lsp.desk import Desk
from propel_helper.lsp.methods import register
from propel_helper.lsp.panel import register_panel
from propel_helper.lsp.scans import Scans
from propel_helper.lsp.server import PropelServer


def serve() -> None:
    """Speak LSP on stdin and stdout until the client says exit; log to stderr."""
    logging.basicConfig(stream=sys.stderr, level=logging.WARNING, format="%(name)s: %(message)s")
    logging.getLogger("propel").setLevel(logging.INFO)
    build().start_io()


def build() -> PropelServer:
    """The server with every feature registered."""
    server = PropelServer(_version())
    desk = Desk(server)
    scans = Scans(server)
    register(server, desk, scans)
    register_panel(server, desk)
    debugging.register(server, desk)
    stuck.register(server, desk)
    coach.register(server, desk)
    history.register(server, desk)

    @server.feature(types.INITIALIZE)
    def initialize(params: types.InitializeParams) -> None:
        options = params.initialization_options
        server.options = options if isinstance(options, dict) else {}

    @server.feature(types.INITIALIZED)
    async def initialized(_: types.InitializedParams) -> None:
        server.loop = asyncio.get_running_loop()
        desk.open()
        await scans.watch_files()

    @server.feature(types.TEXT_DOCUMENT_DID_OPEN)
    def opened(params: types.DidOpenTextDocumentParams) -> None:
        desk.publish_uri(params.text_document.uri)

    @server.feature(types.TEXT_DOCUMENT_DID_CHANGE)
    def changed(params: types.DidChangeTextDocumentParams) -> None:
        desk.publish_uri(params.text_document.uri)

    @server.feature(types.TEXT_DOCUMENT_DID_SAVE)
    def saved(params: types.DidSaveTextDocumentParams) -> None:
        desk.publish_uri(params.text_document.uri)
        desk.hints.touched(to_fs_path(params.text_document.uri) or "")

    @server.feature(types.TEXT_DOCUMENT_DID_CLOSE)
    def closed(params: types.DidCloseTextDocumentParams) -> None:
        desk.publish_uri(params.text_document.uri)

    @server.feature(types.WORKSPACE_DID_CHANGE_WATCHED_FILES)
    def outside(params: types.DidChangeWatchedFilesParams) -> None:
        for change in params.changes:
            desk.publish_uri(change.uri)
            desk.hints.touched(to_fs_path(change.uri) or "")
        files = [to_fs_path(change.uri) for change in params.changes]
        scans.touched([file for file in files if file])

    @server.feature(
        types.TEXT_DOCUMENT_CODE_ACTION,
        types.CodeActionOptions(code_action_kinds=[types.CodeActionKind.QuickFix]),
    )
    def code_actions(params: types.CodeActionParams) -> list[types.CodeAction]:
        file = to_fs_path(params.text_document.uri) or ""
        return desk.marks.actions(file, params.range.start.line, params.range.end.line)

    @server.feature(types.SHUTDOWN)
    def shutdown(_: None) -> None:
        desk.close()

    return server


def _version() -> str:
    try:
        return version("propel-helper")
    except PackageNotFoundError:
        return "bundled"
