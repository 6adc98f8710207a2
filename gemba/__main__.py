"""Start Gemba with ``python -m gemba``."""

from __future__ import annotations

import sys

from gemba.cli import main

if __name__ == "__main__":
    sys.exit(main())
