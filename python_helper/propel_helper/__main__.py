"""``python -m propel_helper`` is the command line; ``... lsp`` the server on stdio."""

import sys

if __name__ == "__main__":
    try:
        from propel_helper.cli import main
    except KeyboardInterrupt:
        sys.exit(130)
    sys.exit(main())
