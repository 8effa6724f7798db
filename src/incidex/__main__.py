"""`python -m incidex`, the same as the command `incidex`."""

import sys

from incidex.cli import main

if __name__ == "__main__":
    sys.exit(main())
