"""Starts the helper from the extension's own folder, on any Python from 3.10 on.

Run as ``python -I -S start.py SUBCOMMAND``: isolated mode ignores PYTHONPATH, PYTHONHOME and the
user's packages, and without ``site`` nothing of the environment that trains is imported. Only
what stands beside this file is put on the path.
"""

import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent

if sys.version_info < (3, 10):
    sys.exit("propel-helper needs Python 3.10 or newer; this is " + sys.version.split()[0])

sys.path[:0] = [str(HERE), str(HERE / "bundled" / "libs")]

from propel_helper.cli import main  # noqa: E402 - the path has to be set first

sys.exit(main())
