"""``python -m propel_helper`` is the command line; ``... lsp`` the server on stdio."""

import sys

from propel_helper.cli import main

if __name__ == "__main__":
    sys.exit(main())
