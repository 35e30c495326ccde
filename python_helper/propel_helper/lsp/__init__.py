"""Floor 4: the language server, a thin adapter over the use cases. One file per group of methods.

The only importer of pygls, lsprotocol and cattrs.
"""
